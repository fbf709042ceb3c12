//! Simulated customers: thousands of conversations with the assistant, each with a goal that can be
//! reached, judged by the bookings alone.
//!
//! A conversation follows from its seed: the business, the day, the calendar, the goal and every
//! word of the customer. Nothing else is random.

mod customer;
mod diary;
mod goal;
mod phrases;
mod random;
mod report;
mod sight;
mod splitting;

use std::{
    fmt::Write as _,
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use frontdesk::{
    booking::{Business, Businesses},
    clock::Clock as _,
    language::Language,
};

use self::{
    customer::Customer,
    diary::Diary,
    goal::{Goal, Kind},
    phrases::Phrases,
    random::Random,
    report::{Outcome, Played, Report, Stumbled},
};
use super::{
    alone::Alone,
    player::Stage as _,
    scene::{Booked, Said, Setting, Status, Told, Who},
};
use crate::support::ManualClock;

const ENGLISH: &[&str] = &[
    "demo",
    "en_a_barber",
    "en_a_nails",
    "en_a_dentist",
    "en_b_workshop",
    "en_c_salon",
    "en_c_tutor",
];
const SPANISH: &[&str] = &[
    "demo",
    "es_a_barberia",
    "es_a_unas",
    "es_a_dental",
    "es_b_fisio",
    "es_c_taller",
    "es_c_pelu",
];
/// The turns after which a customer gives up.
const MOST_TURNS: usize = 12;
/// The times in a row that a reply may come again before a customer gives up.
const MOST_SAME: usize = 3;
/// The conversations of each language.
const CONVERSATIONS: usize = 5_000;

static BUSINESSES: LazyLock<[Vec<Arc<Businesses>>; 2]> = LazyLock::new(|| {
    let read = |name: &&str| super::file::businesses(&super::file::read(name));
    [ENGLISH, SPANISH].map(|names| names.iter().map(read).collect())
});

/// The part of a conversation that is settled before its first word.
struct Scene {
    businesses: Arc<Businesses>,
    business: Arc<Business>,
    phrases: &'static Phrases,
    now: DateTime<Utc>,
    goal: Goal,
    taken: Vec<super::scene::Wanted>,
    random: Random,
}

impl Scene {
    fn new(language: Language, seed: usize) -> Self {
        let mut random = Random::new(2 * seed as u64 + u64::from(language == Language::Spanish));
        let place = usize::from(language == Language::Spanish);
        let businesses = Arc::clone(random.pick(&BUSINESSES[place]));
        let business = businesses.default_business();
        let phrases = Phrases::of(language);
        let kind = *random.pick(Kind::ALL);
        loop {
            let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
            let date = first + TimeDelta::days(random.between(0, 729));
            let minute = random.between(7 * 60, 22 * 60);
            let local = date.and_hms_opt(0, 0, 0).unwrap() + TimeDelta::minutes(minute);
            let now = business.zone.instant(local);
            let mut diary = Diary::new(&business, now);
            let goal = Goal::random(kind, &mut diary, phrases, &mut random);
            let taken = diary.taken;
            if let Some(goal) = goal {
                return Self {
                    businesses,
                    business,
                    phrases,
                    now,
                    goal,
                    taken,
                    random,
                };
            }
        }
    }

    fn setting(&self, name: Option<&str>) -> Setting {
        let clock = ManualClock::at("2026-01-01T00:00:00Z");
        clock.set(self.now);
        Setting {
            clock: Arc::new(clock),
            file: String::new(),
            businesses: Arc::clone(&self.businesses),
            phone: None,
            name: name.map(Into::into),
        }
    }

    fn customer(&self) -> Customer<'_> {
        let today = self.business.zone.to_local(self.now).date();
        Customer::new(
            self.goal.clone(),
            &self.business,
            self.phrases,
            today,
            self.random.clone(),
        )
    }
}

/// A conversation under way.
struct Conversation {
    stage: Alone,
    transcript: String,
    /// The reply before, and how often it has come again in a row.
    last: String,
    again: usize,
}

impl Conversation {
    async fn new(scene: &Scene, name: Option<&str>) -> Self {
        let mut stage = Alone::on(scene.setting(name));
        for wanted in &scene.taken {
            stage.book(Who::Rival, wanted).await;
        }
        if let Some(wanted) = scene.goal.had() {
            stage.book(Who::Customer, &wanted).await;
        }
        Self {
            stage,
            transcript: String::new(),
            last: String::new(),
            again: 0,
        }
    }

    fn wait(&mut self, seconds: i64) {
        let clock = &self.stage.setting().clock;
        clock.set(clock.now() + TimeDelta::seconds(seconds));
    }

    /// Says a turn; `phrase` stands beside it in the transcript.
    async fn say(&mut self, turn: Vec<Said>, phrase: &str) -> Told {
        let words = turn.iter().map(|said| match said {
            Said::Text(text) => text.replace('\n', " / "),
            Said::Tap(title) => format!("(tap) {title}"),
            other => format!("{other:?}"),
        });
        let words: Vec<_> = words.collect();
        let words = words.join(" || ");
        let key = phrase.split_once(": ").map_or("", |(key, _)| key);
        writeln!(self.transcript, "> {words}  [{key}]").unwrap();
        let told = self.stage.say(turn).await;
        let shown = told.shown().replace('\n', " / ");
        let line = if self.last == shown {
            "< (the same once more)"
        } else {
            &shown
        };
        writeln!(self.transcript, "{line}").unwrap();
        self.again = if self.last == shown {
            self.again + 1
        } else {
            0
        };
        self.last = shown;
        told
    }

    /// Returns the bookings that are booked or requested.
    fn booked(&mut self) -> Vec<Booked> {
        let mut booked = self.stage.bookings(Status::Booked);
        booked.extend(self.stage.bookings(Status::Requested));
        booked
    }
}

/// Plays the conversation of a seed.
async fn play(language: Language, seed: usize) -> Played {
    let scene = Scene::new(language, seed);
    let mut customer = scene.customer();
    let has_profile = !customer.persona.gives_name && customer.between(0, 9) < 4;
    let name = has_profile.then(|| customer.name.clone());
    let mut conversation = Conversation::new(&scene, name.as_deref()).await;
    let header = header(&scene, &customer, has_profile);
    conversation.transcript.push_str(&header);
    let mut played = Played {
        language,
        seed,
        kind: scene.goal.kind,
        outcome: Outcome::GaveUp("no end"),
        turns: 0,
        stumbles: Vec::new(),
        transcript: String::new(),
    };
    let mut reply: Option<Told> = None;
    let mut phrase = String::new();
    let mut booked = conversation.booked();
    while played.turns < MOST_TURNS {
        if reply.as_ref().is_some_and(|told| told.handoff.is_some()) {
            let what = "passed to a person";
            played.outcome = Outcome::GaveUp(what);
            played.stumbles.push(Stumbled { what, phrase });
            break;
        }
        let next = customer.next(reply.as_ref(), &booked);
        if let Some(what) = next.stumble {
            played.stumbles.push(Stumbled { what, phrase });
        }
        let pause = if next.waits { 240 } else { 10 };
        let seconds = customer.between(pause, pause + 80);
        conversation.wait(seconds);
        phrase = next.phrase;
        reply = Some(conversation.say(next.turn, &phrase).await);
        played.turns += 1;
        booked = conversation.booked();
        if let Some(wrong) = scene.goal.wrong(&booked, &customer.name) {
            played.outcome = if wrong == goal::MISNAMED {
                Outcome::Misnamed
            } else {
                Outcome::Wrong(wrong)
            };
        } else if scene.goal.lost(&booked) {
            played.outcome = Outcome::Wrong("the old appointment is lost");
        } else if scene.goal.is_met(&booked, &customer.name)
            && reply.as_ref().is_some_and(|told| customer.has_left(told))
        {
            played.outcome = Outcome::Success;
            break;
        } else if conversation.again >= MOST_SAME {
            played.outcome = Outcome::GaveUp("the same reply again and again");
            break;
        } else {
            continue;
        }
        let what = "something wrong is firm";
        played.stumbles.push(Stumbled { what, phrase });
        break;
    }
    if played.outcome == Outcome::Success
        && let Some(thanks) = customer.thanks()
    {
        conversation.wait(20);
        conversation
            .say(vec![Said::Text(thanks)], "thanks_bye: ")
            .await;
        if !scene.goal.is_met(&conversation.booked(), &customer.name) {
            played.outcome = Outcome::Wrong("thanks changed it");
        }
    }
    for one in conversation.booked() {
        let local = scene.business.zone.to_local(one.start);
        let names = (&one.name, &one.for_name);
        let line = format!("= {} {} {local} {names:?}", one.services, one.resource);
        writeln!(conversation.transcript, "{line}").unwrap();
    }
    played.transcript = conversation.transcript;
    played
}

fn header(scene: &Scene, customer: &Customer<'_>, has_profile: bool) -> String {
    let visit = |visit: &goal::Visit| {
        let staff = visit.staff.as_ref().map_or("any", |one| one.as_str());
        let at = visit.local.format("%a %Y-%m-%dT%H:%M");
        format!("{} {staff} {at}", visit.service.as_str())
    };
    let goal = &scene.goal;
    let now = scene.business.zone.to_local(scene.now);
    let mut header = format!(
        "# {} at {}, {}{}\n# wants {}",
        scene.business.id.as_str(),
        now.format("%a %Y-%m-%dT%H:%M"),
        customer.name,
        if has_profile { " (known)" } else { "" },
        visit(&goal.last),
    );
    let mut add = |label: &str, one: Option<&goal::Visit>| {
        if let Some(one) = one {
            write!(header, "; {label} {}", visit(one)).unwrap();
        }
    };
    add("has", goal.old.as_ref());
    add("second", goal.second.as_ref());
    add(
        "first asks for",
        (goal.first != goal.last).then_some(&goal.first),
    );
    if let Some(other) = &goal.other {
        write!(header, "; {} {}", other.relation, other.name).unwrap();
    }
    header.push('\n');
    header
}

/// Plays `count` conversations of each language, on all cores.
fn play_all(count: usize) -> Report {
    let next = AtomicUsize::new(0);
    let report = Mutex::new(Report::default());
    let cores = std::thread::available_parallelism().map_or(1, Into::into);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread();
                let runtime = { runtime }.build().unwrap();
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= 2 * count {
                        return;
                    }
                    let languages = [Language::English, Language::Spanish];
                    let played = runtime.block_on(play(languages[n % 2], n / 2));
                    report.lock().unwrap().add(played);
                }
            });
        }
    });
    report.into_inner().unwrap()
}

/// Reads a test setting from the environment: to run longer, or to play one seed.
#[expect(
    clippy::disallowed_methods,
    reason = "tests have no configuration file"
)]
fn asked(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[test]
fn a_customer_gets_what_they_came_for() {
    let count = asked("SIMULATED_CONVERSATIONS").map(|count| count.parse().unwrap());
    let report = play_all(count.unwrap_or(2 * CONVERSATIONS) / 2);
    if let Some(file) = asked("SIMULATED_REPORT") {
        std::fs::write(file, report.text(usize::MAX)).unwrap();
    }
    assert!(report.is_good(), "{}", report.text(3));
}

#[tokio::test]
async fn a_seed_gives_the_same_conversation_every_time() {
    for language in [Language::English, Language::Spanish] {
        for seed in 0..100 {
            let [first, second] = [play(language, seed).await, play(language, seed).await];
            assert_eq!(first.transcript, second.transcript);
        }
    }
}
