//! A simulated customer: has a goal, answers what is asked, and corrects what is not the goal.
//!
//! The invariant: the customer never says yes to a question that shows something else than the
//! goal.

use chrono::{Datelike as _, NaiveDate};
use frontdesk::booking::{Business, ServiceId};

use super::{
    goal::{Goal, Kind, Visit, service_name},
    phrases::{Phrases, fill},
    random::Random,
    sight::{Moment, Question, Shown, is_cut},
};
use crate::conversation::scene::{Booked, Said, Told};

/// The way a customer opens and writes.
#[derive(Debug, Clone)]
pub(super) struct Persona {
    pub(super) opening: Opening,
    /// Writes nothing but a greeting first.
    pub(super) greets: bool,
    /// Surrounds messages with fillers.
    pub(super) noisy: bool,
    /// Gives the name with the first message.
    pub(super) gives_name: bool,
    /// The share of choices that are tapped, in percent.
    pub(super) taps: usize,
}

/// The details that a plain wish gives at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    All,
    Day,
    Window,
    Service,
}

/// Something in a reply that a good reply would not have.
pub(super) type Stumble = &'static str;

/// The customer's next turn.
pub(super) struct Move {
    pub(super) turn: Vec<Said>,
    pub(super) stumble: Option<Stumble>,
    /// The phrase that was used, for reports.
    pub(super) phrase: String,
    /// The customer takes a while before this message.
    pub(super) waits: bool,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "a customer remembers independent things"
)]
pub(super) struct Customer<'a> {
    pub(super) goal: Goal,
    pub(super) name: String,
    pub(super) persona: Persona,
    business: &'a Business,
    phrases: &'static Phrases,
    random: Random,
    today: NaiveDate,
    /// The first wish holds no longer; the customer wants the last one.
    changed: bool,
    /// The hesitation, question or refusal of this kind of goal is over.
    twisted: bool,
    /// The last yes/no question showed the goal.
    agreed: bool,
    /// True for the service, the day and the time once they were said.
    told: [bool; 3],
    gave_name: bool,
    /// Another time was asked for by a tap.
    asked_other: bool,
    greeted: bool,
    phrase: String,
    corrections: usize,
}

impl<'a> Customer<'a> {
    pub(super) fn new(
        goal: Goal,
        business: &'a Business,
        phrases: &'static Phrases,
        today: NaiveDate,
        mut random: Random,
    ) -> Self {
        let name = random.pick(phrases.list("names")).clone();
        let opening = match random.below(10) {
            0..5 => Opening::All,
            5..7 => Opening::Day,
            7 => Opening::Window,
            _ => Opening::Service,
        };
        let persona = Persona {
            opening,
            greets: random.chance(12),
            noisy: random.chance(35),
            gives_name: random.chance(20),
            taps: *random.pick(&[0, 20, 60]),
        };
        Self {
            goal,
            name,
            persona,
            business,
            phrases,
            random,
            today,
            changed: false,
            twisted: false,
            agreed: false,
            told: [false; 3],
            gave_name: false,
            asked_other: false,
            greeted: false,
            phrase: String::new(),
            corrections: 0,
        }
    }

    /// The next turn, after a reply; none before the first.
    pub(super) fn next(&mut self, reply: Option<&Told>, booked: &[Booked]) -> Move {
        self.phrase.clear();
        let Some(reply) = reply else {
            return self.open();
        };
        if !self.greeted {
            self.greeted = true;
            return self.open();
        }
        let question = Question::of(reply, self.business);
        let stumble = self.stumble(reply, &question);
        let (turn, waits) = self.answer(&question, booked);
        Move {
            turn,
            stumble,
            phrase: std::mem::take(&mut self.phrase),
            waits,
        }
    }

    fn open(&mut self) -> Move {
        let greets = self.persona.greets && !self.greeted;
        let turn = if greets {
            let text = self.say("filler_before");
            vec![Said::Text(text)]
        } else {
            self.greeted = true;
            let text = self.opening();
            self.surrounded(text)
        };
        Move {
            turn,
            stumble: None,
            phrase: std::mem::take(&mut self.phrase),
            waits: false,
        }
    }

    fn wish(&self) -> &Visit {
        if self.changed {
            &self.goal.last
        } else {
            &self.goal.first
        }
    }

    /// The first message about the goal.
    fn opening(&mut self) -> String {
        match self.goal.kind {
            Kind::Question if self.random.chance(33) => {
                self.twisted = true;
                self.ask()
            }
            Kind::Cancel | Kind::Rebook | Kind::Relative | Kind::Staff => self.whole(),
            kind if kind.is_two() || kind.is_move() => self.whole(),
            Kind::Taken => self.tell("open_service_day_time", [true; 3]),
            _ => match self.persona.opening {
                Opening::All => self.tell("open_service_day_time", [true; 3]),
                Opening::Day => self.tell("open_service_day", [true, true, false]),
                Opening::Window => self.tell("open_service_window", [true, false, false]),
                Opening::Service => self.tell("open_service", [true, false, false]),
            },
        }
    }

    /// Everything about the goal in one message.
    fn whole(&mut self) -> String {
        let key = match self.goal.kind {
            Kind::Staff => "open_service_staff_day_time",
            Kind::Relative => "open_for_other",
            Kind::TwoAtOnce | Kind::TwoInTurn | Kind::TwoEither => return self.two(),
            Kind::Move => "move_day_time",
            Kind::MoveTime => "move_time_only",
            Kind::MoveLater => "move_later_hour",
            Kind::MoveDay => "move_same_time_day",
            Kind::CannotCome => "move_cannot_come",
            Kind::Cancel => "cancel",
            Kind::Rebook => "cancel_rebook",
            _ => "open_service_day_time",
        };
        self.tell(key, [true; 3])
    }

    fn two(&mut self) -> String {
        let places = match self.goal.kind {
            Kind::TwoAtOnce => 0..14,
            Kind::TwoInTurn => 14..24,
            _ => 24..self.phrases.list("open_two").len(),
        };
        self.told = [true; 3];
        let place = places.start + self.random.below(places.len());
        let template = self.phrases.list("open_two")[place].clone();
        self.filled("open_two", &template)
    }

    fn tell(&mut self, key: &str, told: [bool; 3]) -> String {
        for (one, told) in self.told.iter_mut().zip(told) {
            *one |= told;
        }
        self.say(key)
    }

    fn say(&mut self, key: &str) -> String {
        let template = self.random.pick(self.phrases.list(key)).clone();
        self.filled(key, &template)
    }

    fn filled(&mut self, key: &str, template: &str) -> String {
        self.phrase = format!("{key}: {template}");
        let wish = self.wish().clone();
        let theirs = self.goal.second.as_ref().map(|one| one.service.clone());
        let other = self.goal.other.clone();
        fill(template, |gap| match gap {
            "service" => self.service(&wish.service),
            "service2" => self.service(theirs.as_ref().unwrap_or(&wish.service)),
            "day" => {
                let date = wish.local.date();
                self.phrases.day(date, self.today, &mut self.random)
            }
            "time" => self.phrases.time(wish.local.time(), &mut self.random),
            "window" => {
                let at = (wish.local.date(), wish.local.time());
                self.phrases.window(at, self.today, &mut self.random)
            }
            "staff" => {
                let staff = wish.staff.as_ref().unwrap();
                self.business.staff_member(staff).unwrap().name.clone()
            }
            "name" => self.name.clone(),
            "relation" => other.as_ref().unwrap().relation.clone(),
            "other" => other.as_ref().unwrap().name.clone(),
            _ => panic!("no such gap: {gap}"),
        })
    }

    /// A service in the customer's words: its name, or another one that the business file gives.
    fn service(&mut self, id: &ServiceId) -> String {
        let service = self.business.service(id).unwrap();
        let name = service_name(self.business, id, self.phrases.language);
        let is_clear = |alias: &&str| {
            let alias = alias.to_lowercase();
            let mut others = self.business.services.iter().filter(|one| one.id != *id);
            !others.any(|one| one.names().any(|name| name.to_lowercase().contains(&alias)))
        };
        // The demo business has its names in two languages, and no other words.
        let aliases = service.also.iter().map(|alias| &**alias);
        let aliases: Vec<_> = aliases.filter(is_clear).collect();
        if !aliases.is_empty() && self.random.chance(15) {
            return (*self.random.pick(&aliases)).to_owned();
        }
        if self.random.chance(75) && name.chars().any(char::is_lowercase) {
            name.to_lowercase()
        } else {
            name.to_owned()
        }
    }

    /// A message with fillers around it, and with the name, as the persona writes.
    fn surrounded(&mut self, text: String) -> Vec<Said> {
        let phrase = self.phrase.clone();
        let mut texts = vec![text];
        if self.persona.noisy {
            let before = self.say("filler_before");
            let after = self.say("filler_after");
            if self.random.chance(60) && self.greeted {
                texts.insert(0, before);
            }
            if self.random.chance(60) {
                texts.push(after);
            }
        }
        if self.persona.gives_name && !self.gave_name {
            self.gave_name = true;
            let name = self.say("give_name_unasked");
            texts.push(name);
        }
        self.phrase = phrase;
        match self.random.below(4) {
            0 => texts.into_iter().map(Said::Text).collect(),
            1 => vec![Said::Text(texts.join("\n"))],
            _ => {
                let ends = |text: &str| text.ends_with(['.', '!', '?', ',', ':']);
                let mut whole = String::new();
                for text in texts {
                    if !whole.is_empty() {
                        let stop = if ends(&whole) || whole.len() < 12 {
                            " "
                        } else {
                            ". "
                        };
                        whole.push_str(stop);
                    }
                    whole.push_str(&text);
                }
                vec![Said::Text(whole)]
            }
        }
    }

    /// Returns what is wrong with a reply, compared with what was said.
    fn stumble(&self, reply: &Told, question: &Question) -> Option<Stumble> {
        let [service, day, time] = self.told;
        if reply.handoff.is_some() {
            return Some("passed to a person");
        }
        if reply.text.is_empty() {
            return Some("silent");
        }
        let all = service && day && time;
        match question {
            Question::Confirm { cancels, .. } if self.is_right(question) => {
                (*cancels && self.goal.kind.is_move()).then_some("asks whether to cancel")
            }
            Question::Confirm { cancels: true, .. }
                if !matches!(self.goal.kind, Kind::Cancel | Kind::Rebook) =>
            {
                Some("asks whether to cancel")
            }
            Question::Confirm { shown, .. } if shown.is_empty() => None,
            Question::Confirm { shown, .. } => Some(self.difference(shown)),
            Question::Services(_) if service => Some("asks for the service that was said"),
            // Nobody who taps "Another time" minds a list of times.
            Question::Times(_) if all && self.goal.kind != Kind::Taken && !self.asked_other => {
                Some("offers times though the time was said")
            }
            Question::Name if self.gave_name => Some("asks for the name that was given"),
            Question::None => Some("asks nothing"),
            _ => None,
        }
    }

    /// Returns what a yes/no question shows that is not the goal.
    fn difference(&self, shown: &[Shown]) -> Stumble {
        let expected = 1 + usize::from(self.goal.second.is_some());
        if shown.len() != expected {
            return "asks about another number of appointments";
        }
        let (one, wish) = (&shown[0], self.wish());
        if !self.is_service(&one.words, &wish.service) {
            "asks about another service"
        } else if !is_date(one, wish) {
            "asks about another day"
        } else if one.at.time != Some(wish.local.time()) {
            "asks about another time"
        } else if !self.is_staff(&one.words, wish) {
            "asks about another member of staff"
        } else {
            "asks about another person"
        }
    }

    /// Returns whether a yes to this question books the goal and nothing else.
    pub(super) fn accepts(&self, question: &Question) -> bool {
        self.is_right(question)
    }

    /// Returns whether a yes/no question is about the goal and nothing else.
    fn is_right(&self, question: &Question) -> bool {
        let Question::Confirm { shown, cancels, .. } = question else {
            return false;
        };
        if *cancels {
            let old = self.goal.old.as_ref();
            let wanted = matches!(self.goal.kind, Kind::Cancel | Kind::Rebook);
            return wanted
                && !shown.is_empty()
                && shown
                    .iter()
                    .all(|one| old.is_some_and(|old| is_date(one, old) && is_time(one, old)));
        }
        if self.goal.kind == Kind::Cancel {
            return false;
        }
        let wish = self.wish();
        let is_first = |one: &Shown| {
            is_date(one, wish)
                && is_time(one, wish)
                && self.is_service(&one.words, &wish.service)
                && self.is_staff(&one.words, wish)
        };
        match (shown.as_slice(), &self.goal.second) {
            ([one], None) => is_first(one) && self.is_whom(&one.words),
            ([one, two], Some(second)) => {
                let is_second = |one: &Shown| {
                    let start = one.at.time.map(|time| second.local.date().and_time(time));
                    let start = start.map(|start| self.business.zone.instant(start));
                    is_date(one, second)
                        && self.is_service(&one.words, &second.service)
                        && start.is_some_and(|start| self.goal.is_second_start(start))
                };
                let is_own = |one: &Shown| self.goal.is_same_for_both() || self.is_own(&one.words);
                is_first(one) && is_second(two) && is_own(one)
                    || is_first(two) && is_second(one) && is_own(two)
            }
            _ => false,
        }
    }

    /// Returns whether the words of an appointment name this service and no other.
    fn is_service(&self, words: &str, id: &ServiceId) -> bool {
        let service = self.business.service(id).unwrap();
        let words = words.to_lowercase();
        let mut names = service.name.all();
        names.any(|name| {
            let rest = words.strip_prefix(&name.to_lowercase());
            rest.is_some_and(|rest| {
                let rest = rest.trim_start_matches(',');
                let parts = [" for ", " para ", " with ", " con "];
                rest.is_empty() || parts.iter().any(|part| rest.starts_with(part))
            })
        })
    }

    fn is_staff(&self, words: &str, wish: &Visit) -> bool {
        let staff = wish.staff.as_ref();
        staff.is_none_or(|staff| {
            let person = self.business.staff_member(staff);
            person.is_some_and(|person| words.contains(&person.name))
        })
    }

    /// Returns whether the words of an appointment name the person it is for.
    fn is_whom(&self, words: &str) -> bool {
        match &self.goal.other {
            Some(other) => is_for(words, &other.name) || is_for(words, &other.relation),
            None => self.is_own(words),
        }
    }

    /// Returns whether the words of an appointment name nobody but the customer.
    fn is_own(&self, words: &str) -> bool {
        let name = service_name(self.business, &self.wish().service, self.phrases.language);
        let rest = words.to_lowercase().replace(&name.to_lowercase(), "");
        let for_somebody = rest.contains(" for ") || rest.contains(" para ");
        !for_somebody || is_for(words, &self.name)
    }

    /// The next turn, and whether it comes after a while.
    fn answer(&mut self, question: &Question, booked: &[Booked]) -> (Vec<Said>, bool) {
        if self.goal.kind == Kind::Taken && !self.changed {
            self.changed = true;
        }
        // A yes, a hesitation or a question was said, and the question is still open.
        let hesitated = self.twisted && self.agreed && self.goal.kind != Kind::Rebook;
        let text = match question {
            Question::Confirm {
                yes,
                cancels,
                before,
                ..
            } if self.is_right(question) => {
                return self.agree(yes, *cancels, before.is_some());
            }
            Question::Confirm {
                before: Some(other),
                cancels: true,
                ..
            } if self.goal.kind.is_move() && self.random.chance(60) => {
                other.clone_into(&mut self.phrase);
                self.asked_other = true;
                return (vec![Said::Tap(other.clone())], false);
            }
            Question::Confirm {
                shown,
                yes,
                cancels,
                ..
            } if shown.is_empty() && self.agreed => {
                return self.agree(yes, *cancels, false);
            }
            Question::Confirm { shown, cancels, .. } => self.correct(shown, *cancels),
            Question::None if hesitated && !self.is_other_change() => self.yes(),
            Question::Times(times) => return (self.choose_time(times), false),
            Question::Services(titles) => return (self.choose_service(titles), false),
            Question::Name => {
                self.gave_name = true;
                self.say("answer_name")
            }
            Question::TheirName => self.their_name(),
            Question::Choices(titles) => return (self.choose(titles, booked), false),
            Question::None => self.go_on(booked),
        };
        let waits = hesitated && matches!(self.goal.kind, Kind::Hesitate | Kind::HesitateChange);
        (self.message(text), waits)
    }

    fn is_other_change(&self) -> bool {
        self.goal.kind == Kind::HesitateChange && !self.changed
    }

    fn message(&mut self, text: String) -> Vec<Said> {
        if self.persona.noisy && self.random.chance(30) {
            self.surrounded(text)
        } else {
            vec![Said::Text(text)]
        }
    }

    /// Says yes to what is right, unless the goal has a twist left.
    ///
    /// With another choice before the yes, a word of agreement would answer nothing.
    fn agree(&mut self, yes: &str, cancels: bool, is_choice: bool) -> (Vec<Said>, bool) {
        self.agreed = true;
        if !self.twisted {
            self.twisted = true;
            let key = match self.goal.kind {
                Kind::Leave => Some("no_leave_it"),
                Kind::ChangeTime => Some("change_time_before_yes"),
                Kind::ChangeDay => Some("change_day_before_yes"),
                Kind::ChangeService => Some("change_service_before_yes"),
                Kind::Hesitate | Kind::HesitateChange => Some("hesitate"),
                Kind::Question => {
                    let text = self.ask();
                    return (self.message(text), false);
                }
                _ => None,
            };
            let changes = [Kind::ChangeTime, Kind::ChangeDay, Kind::ChangeService];
            if changes.contains(&self.goal.kind) {
                self.changed = true;
                self.agreed = false;
            }
            if let Some(key) = key {
                let text = self.say(key);
                return (self.message(text), false);
            }
        }
        if self.is_other_change() {
            self.changed = true;
            self.agreed = false;
            let text = self.say("change_time_before_yes");
            return (self.message(text), true);
        }
        let waits = self.goal.kind == Kind::Hesitate;
        if self.goal.kind == Kind::Leave {
            let text = self.say("no_leave_it");
            return (self.message(text), false);
        }
        if is_choice && self.random.chance(50) {
            let text = self.whole();
            return (self.message(text), waits);
        }
        if is_choice || self.random.chance(self.persona.taps) {
            yes.clone_into(&mut self.phrase);
            return (vec![Said::Tap(yes.to_owned())], waits);
        }
        let text = if cancels {
            self.yes_to_cancel()
        } else {
            self.yes()
        };
        (self.message(text), waits)
    }

    fn yes(&mut self) -> String {
        let key = match self.random.below(10) {
            0..4 => "yes",
            4..6 => "yes_thanks",
            6..8 => "yes_repeat",
            _ => "yes_and_question",
        };
        self.say(key)
    }

    /// A yes that does not ask for a booking.
    fn yes_to_cancel(&mut self) -> String {
        const OF_BOOKINGS: &[&str] = &[
            "book",
            "works",
            "sounds",
            "one",
            "lovely",
            "great",
            "serva",
            "sérva",
            "serv",
            "agend",
            "apárt",
            "sirve",
            "parece",
            "genial",
            "bacano",
            "sorting",
            "brilliant",
            "amazing",
            "awesome",
        ];
        let key = if self.random.chance(60) {
            "yes"
        } else {
            "yes_thanks"
        };
        let of_bookings = |text: &String| OF_BOOKINGS.iter().any(|word| text.contains(word));
        let phrases = self.phrases.list(key).iter();
        let phrases: Vec<_> = phrases.filter(|text| !of_bookings(text)).collect();
        let template = (*self.random.pick(&phrases)).clone();
        self.filled(key, &template)
    }

    fn correct(&mut self, shown: &[Shown], cancels: bool) -> String {
        self.agreed = false;
        self.corrections += 1;
        let [one] = shown else {
            return self.whole();
        };
        let kind = self.goal.kind;
        let is_plain = !kind.is_two() && kind != Kind::Cancel;
        if !is_plain || cancels || self.corrections.is_multiple_of(3) {
            return self.whole();
        }
        let wish = self.wish();
        let (date, time) = (is_date(one, wish), is_time(one, wish));
        let key = if !self.is_service(&one.words, &wish.service) {
            "change_service_before_yes"
        } else if !date && !time {
            "no_other_day"
        } else if !date {
            "change_day_before_yes"
        } else if !time {
            "change_time_before_yes"
        } else {
            return self.whole();
        };
        self.say(key)
    }

    /// A question in between.
    fn ask(&mut self) -> String {
        let keys = ["ask_price", "ask_duration", "ask_hours", "ask_address"];
        let key = *self.random.pick(&keys);
        if matches!(key, "ask_price" | "ask_duration") {
            self.told[0] = true;
        }
        self.say(key)
    }

    fn choose_time(&mut self, times: &[(String, Moment)]) -> Vec<Said> {
        // Asked which appointment to move or cancel, the customer means the one they had.
        let old = self.goal.old.as_ref();
        let is_old = |at: &Moment| {
            old.is_some_and(|old| {
                let date = (old.local.day(), old.local.month());
                at.time == Some(old.local.time()) && at.date == Some(date)
            })
        };
        if let Some((title, _)) = times.iter().find(|(_, at)| is_old(at)) {
            title.clone_into(&mut self.phrase);
            return vec![Said::Tap(title.clone())];
        }
        let wish = self.wish().clone();
        let date = (wish.local.day(), wish.local.month());
        let is_wish = |at: &Moment| {
            at.time == Some(wish.local.time()) && at.date.is_none_or(|one| one == date)
        };
        let offered = times.iter().find(|(_, at)| is_wish(at));
        if let Some((title, _)) = offered
            && self.random.chance(self.persona.taps)
        {
            title.clone_into(&mut self.phrase);
            return vec![Said::Tap(title.clone())];
        }
        let on_day = times.iter().all(|(_, at)| at.date == Some(date));
        let text = if on_day && self.told[1] {
            self.tell("answer_time", [false, true, true])
        } else if !self.told[1]
            && self.persona.opening == Opening::Service
            && self.random.chance(50)
        {
            self.tell("answer_day", [false, true, false])
        } else {
            self.tell("answer_day_time", [false, true, true])
        };
        self.message(text)
    }

    fn choose_service(&mut self, titles: &[String]) -> Vec<Said> {
        // Asked for a service, somebody who has an appointment mostly says once more what it is
        // about.
        if self.goal.old.is_some() && self.random.chance(75) {
            let text = self.whole();
            return self.message(text);
        }
        let wish = self.wish().service.clone();
        let name = service_name(self.business, &wish, self.phrases.language);
        let title = titles.iter().find(|title| is_cut(title, name));
        if let Some(title) = title
            && self.random.chance(self.persona.taps.max(30))
        {
            self.told[0] = true;
            title.clone_into(&mut self.phrase);
            return vec![Said::Tap(title.clone())];
        }
        let text = self.tell("answer_service", [true, false, false]);
        self.message(text)
    }

    /// Taps a choice that is neither a time nor a service, where one leads to the goal.
    fn choose(&mut self, titles: &[String], booked: &[Booked]) -> Vec<Said> {
        let staff = self.wish().staff.as_ref();
        let name = staff.and_then(|id| self.business.staff_member(id));
        let fits = |title: &&String| name.is_some_and(|person| is_cut(title, &person.name));
        if let Some(title) = titles.iter().find(fits) {
            title.clone_into(&mut self.phrase);
            return vec![Said::Tap(title.clone())];
        }
        let text = self.go_on(booked);
        self.message(text)
    }

    /// The name of the other person, in words that are not about the customer.
    fn their_name(&mut self) -> String {
        const OF_ONESELF: &[&str] = &[
            "my ", "im ", "i'm", "i've", "call me", "this is", "soy", "mi ", "me ", "he ", "ido",
            "servir",
        ];
        let Some(other) = self.goal.other.clone() else {
            return self.say("answer_name");
        };
        let of_oneself = |text: &String| {
            OF_ONESELF
                .iter()
                .any(|word| text.to_lowercase().contains(word))
        };
        let phrases = self.phrases.list("answer_name").iter();
        let phrases: Vec<_> = phrases.filter(|text| !of_oneself(text)).collect();
        let template = (*self.random.pick(&phrases)).clone();
        self.phrase = format!("answer_name: {template}");
        fill(&template, |_| other.name.clone())
    }

    /// Says what was not said yet, or all of it once more, after a reply that asks nothing.
    fn go_on(&mut self, booked: &[Booked]) -> String {
        let [service, day, time] = self.told;
        let kind = self.goal.kind;
        if kind == Kind::Rebook {
            let old = self.goal.old.as_ref();
            let is_old = |one: &Booked| old.is_some_and(|old| old.start == one.start);
            return match (
                booked.iter().any(is_old),
                booked.iter().any(|one| !is_old(one)),
            ) {
                (true, true) => self.say("cancel"),
                (false, _) => self.say("open_service_day_time"),
                _ => self.whole(),
            };
        }
        if kind.is_two() && booked.len() == 1 {
            let second = self.goal.second.as_ref().unwrap().service.clone();
            let service = self.service(&second);
            let other = self.goal.other.clone().unwrap();
            let template = self.random.pick(self.phrases.list("add_person")).clone();
            self.phrase = format!("add_person: {template}");
            return fill(&template, |gap| match gap {
                "service" => service.clone(),
                _ => other.relation.clone(),
            });
        }
        if self.is_other_change() && self.twisted {
            self.changed = true;
            return self.say("change_time_before_yes");
        }
        match (service, day, time) {
            (false, false, false) => self.opening(),
            (false, ..) => self.tell("answer_service", [true, false, false]),
            (true, false, false) => self.tell("answer_day_time", [false, true, true]),
            (true, true, false) => self.tell("answer_time", [false, false, true]),
            _ => self.whole(),
        }
    }

    /// Returns whether a customer who wants nothing in the end has said so, and is asked no more.
    pub(super) fn has_left(&self, reply: &Told) -> bool {
        let asked = matches!(Question::of(reply, self.business), Question::Confirm { .. });
        self.goal.kind != Kind::Leave || self.twisted && !asked
    }

    /// Thanks, once everything is done.
    pub(super) fn thanks(&mut self) -> Option<String> {
        self.random.chance(30).then(|| self.say("thanks_bye"))
    }

    pub(super) fn between(&mut self, first: i64, last: i64) -> i64 {
        self.random.between(first, last)
    }
}

fn is_date(shown: &Shown, visit: &Visit) -> bool {
    shown.at.date == Some((visit.local.day(), visit.local.month()))
}

fn is_time(shown: &Shown, visit: &Visit) -> bool {
    shown.at.time == Some(visit.local.time())
}

/// Returns whether the words of an appointment say that it is for this person.
fn is_for(words: &str, name: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace('-', " ");
    let (words, name) = (plain(words), plain(name));
    let mut parts = ["for", "for your", "para", "para tu"].iter();
    parts.any(|part| words.contains(&format!(" {part} {name}")))
}
