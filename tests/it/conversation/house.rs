//! The whole house: what Meta would post, signed, to a running app with its store on disk, and a
//! Graph API that takes what it says and holds every call to what Meta documents.
//!
//! The clock is the script's. What is under way is awaited, never slept for.

mod contact;
mod payload;
mod rows;

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::{
    app::{App, Setup},
    booking::{BookingStatus, Verdict},
    cli::client::Request,
    clock::Clock as _,
    config::Config,
    message::PhoneNumber,
};
use tempfile::TempDir;

use self::{payload::Tap, rows::Rows};
use super::{
    file::{CALENDAR, LOCATION, NOTICE, NUMBER, OWNER, REMINDER},
    player::Stage,
    scene::{Booked, Said, Setting, Status, Told, Wanted, Who},
};
use crate::support::{
    graph::{Graph, TOKEN, Webhook, Writer},
    leadconnector::{self, Calendar, LeadConnector},
    process::{client, eventually},
    provider::PATIENCE,
};

const SECRET: &str = "what Meta signs with in these tests";
const META: Webhook<'_> = Webhook {
    secret: SECRET,
    number: NUMBER,
};
/// The number of a customer who is not said to have another.
const CUSTOMER: &str = "+12025550137";
/// A contact of HighLevel's whom nobody here knows.
const SOMEBODY: &str = "somebody";
const RIVAL: &str = "+12025550138";
/// As long must a thread be quiet before its turn, by default.
const QUIET: TimeDelta = TimeDelta::milliseconds(2500);

/// The app, started with the first thing that happens.
pub(super) struct House {
    setting: Setting,
    by: By,
    /// Whether HighLevel keeps the calendar.
    at_highlevel: bool,
    open: Option<Open>,
}

/// How customers write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// To a number of WhatsApp's, by Meta.
    Meta,
    /// As contacts of HighLevel's, which answers them, too.
    Highlevel,
}

struct Open {
    by: By,
    app: App,
    graph: Graph,
    rows: Rows,
    keeper: Option<LeadConnector>,
    client: reqwest::Client,
    /// How many messages were written to it.
    written: u32,
    /// What was ever offered.
    offered: Vec<Tap>,
    /// What was offered last, to a contact.
    choices: Vec<String>,
    /// How many messages contacts have heard.
    heard: usize,
    /// The ids of what was said to the customer.
    ours: Vec<String>,
    _folder: TempDir,
}

impl House {
    pub(super) fn new() -> Self {
        let setting = Setting::new();
        Self {
            setting,
            by: By::Meta,
            at_highlevel: false,
            open: None,
        }
    }

    /// The same, with the calendar kept by a HighLevel that holds every call to what it documents.
    pub(super) fn at_highlevel() -> Self {
        Self {
            at_highlevel: true,
            ..Self::new()
        }
    }

    /// The same, with customers who are contacts of HighLevel's and write through it.
    pub(super) fn through_highlevel() -> Self {
        Self {
            by: By::Highlevel,
            ..Self::at_highlevel()
        }
    }

    /// Ends the app, which leaves nothing under way. Whatever was said was taken.
    pub(super) async fn close(mut self) {
        self.settle().await;
        if let Some(open) = self.open.take() {
            let Open {
                app, rows, keeper, ..
            } = open;
            assert_eq!(rows.unsent(), 0, "something was not sent");
            if let Some(keeper) = keeper {
                let there = keeper.appointments().into_iter();
                let ours = there.filter(|one| one.is_kept() && one.contact != SOMEBODY);
                let there = ours.map(|one| one.id);
                assert_eq!(there.collect::<BTreeSet<_>>(), rows.kept_elsewhere());
            }
            app.shutdown().request();
            app.join().await;
        }
    }

    async fn open(&mut self) -> &mut Open {
        if self.open.is_none() {
            let keeper = if self.at_highlevel {
                self.setting.keep_at_highlevel();
                Some(calendar(&self.setting).await)
            } else {
                None
            };
            self.open = Some(Open::start(&self.setting, keeper, self.by).await);
        }
        self.open.as_mut().unwrap()
    }

    /// Waits until nothing is under way.
    async fn settle(&self) {
        if let Some(open) = &self.open {
            open.delivered(&self.setting).await;
        }
    }

    fn customer(&self) -> PhoneNumber {
        let known = self.setting.phone.clone();
        known.unwrap_or_else(|| PhoneNumber::parse(CUSTOMER).unwrap())
    }

    /// Writes, and waits until it is answered, if with nothing.
    async fn write(&mut self, phone: &PhoneNumber, turn: Vec<Said>) {
        let name = self.setting.name.clone();
        let at = self.setting.clock.now();
        let open = self.open().await;
        for said in turn {
            let from = Writer {
                phone,
                name: name.as_deref(),
                at,
            };
            open.post(&from, &said).await;
        }
        let open = self.open.as_ref().unwrap();
        let thread = open.rows.thread(phone);
        let signals = open.app.store().signals();
        loop {
            let watch = signals.watch(thread).unwrap();
            let settled = watch.armed();
            if open.rows.is_answered(thread) {
                break;
            }
            // The customer has finished typing.
            self.setting.clock.advance(QUIET);
            signals.work_arrived();
            tokio::time::timeout(PATIENCE, settled).await.unwrap();
        }
        open.delivered(&self.setting).await;
    }
}

impl House {
    /// Somebody has booked in HighLevel itself, which says nothing of it: the appointment's id.
    async fn book_there(&mut self, wanted: &Wanted, contact: &str) -> String {
        self.open().await;
        let (business, now) = (self.setting.business(), self.setting.clock.now());
        let visit = business.visit(&wanted.services).unwrap();
        let span = visit.visible(wanted.start);
        let person = business.staff_member(&wanted.resource);
        let user = person.and_then(|person| person.highlevel_user.as_deref());
        let keeper = self.open().await.keeper.as_ref().unwrap();
        let made = keeper.staff_makes((CALENDAR, contact), user, span, now);
        made["appointment"]["id"].as_str().unwrap().to_owned()
    }

    /// The staff has booked for the customer in HighLevel, which tells of it.
    async fn book_at_the_desk(&mut self, wanted: &Wanted) {
        let phone = self.customer();
        let contact = contact::contact_id(&phone);
        let id = self.book_there(wanted, &contact).await;
        let business = self.setting.business();
        let visit = business.visit(&wanted.services).unwrap();
        let language = business.default_language();
        let names: Vec<_> = visit
            .services
            .iter()
            .map(|one| one.name.get(language))
            .collect();
        let now = self.setting.clock.now();
        let open = self.open().await;
        let keeper = open.keeper.as_ref().unwrap();
        let told = keeper.staff_names(&id, &names.join(" and "), now);
        open.send(contact::event(&phone, &told)).await;
    }
}

/// A calendar of HighLevel's that is free all day, in steps of the business's own grid: its hours
/// and notice are those of the business file.
async fn calendar(setting: &Setting) -> LeadConnector {
    let business = setting.business();
    let users = business.staff.iter();
    let users = users.map(|person| person.highlevel_user.as_deref().unwrap());
    let mut team: Vec<_> = users.map(|user| (user.to_owned(), 0..24 * 60)).collect();
    if team.is_empty() {
        team.push((Calendar::NOBODY.to_owned(), 0..24 * 60));
    }
    let api = LeadConnector::start().await;
    let minutes = business.rules.slot_minutes.into();
    let calendar = Calendar {
        hours: team,
        slot_minutes: minutes,
        interval_minutes: minutes,
        ..Calendar::of(LOCATION, business.zone.name())
    };
    api.has_calendar(CALENDAR, calendar);
    api
}

impl Stage for House {
    fn setting(&mut self) -> &mut Setting {
        &mut self.setting
    }

    async fn say(&mut self, turn: Vec<Said>) -> Told {
        let phone = self.customer();
        let before = {
            let open = self.open().await;
            open.graph.take_taken();
            open.rows.snapshot(&phone)
        };
        self.write(&phone, turn).await;
        let open = self.open.as_mut().unwrap();
        let mut told = open.rows.told(&phone, &before);
        told.silent = open.rows.snapshot(&phone) == before;
        open.hear(&mut told);
        told
    }

    async fn book(&mut self, who: Who, wanted: &Wanted) {
        if self.at_highlevel && who == Who::Rival {
            self.book_there(wanted, SOMEBODY).await;
            return;
        }
        if self.by == By::Highlevel {
            return self.book_at_the_desk(wanted).await;
        }
        let phone = match who {
            Who::Customer => self.customer(),
            Who::Rival => PhoneNumber::parse(RIVAL).unwrap(),
        };
        if self.open().await.rows.customer(&phone).is_none() {
            // Nobody answers a sticker, but its sender is known from then on.
            self.write(&phone, vec![Said::Sticker]).await;
        }
        let open = self.open.as_ref().unwrap();
        let customer = open.rows.customer(&phone).unwrap();
        let effect = self.setting.effect(wanted, customer);
        let id = effect.booking();
        let applied = open.app.store().apply(vec![effect]).await;
        applied.unwrap().unwrap();
        eventually(async || !open.rows.is_asked()).await;
        let booking = open.app.store().booking(id).await.unwrap().unwrap();
        assert_eq!(booking.status, BookingStatus::Booked, "{wanted:?}");
    }

    fn rival(&mut self, _: Wanted) {
        panic!("nobody can be made to book in that instant from outside");
    }

    fn elsewhere(&mut self) {
        panic!("nobody keeps a calendar here");
    }

    fn go_down(&mut self) {
        panic!("nobody keeps a calendar here");
    }

    async fn answer(&mut self, _: Verdict) -> Told {
        panic!("nobody keeps a calendar here");
    }

    fn pass_on(&mut self) {
        panic!("one workflow leads all conversations here");
    }

    async fn remind(&mut self) -> Told {
        self.settle().await;
        let Self { setting, open, .. } = self;
        let open = open.as_mut().unwrap();
        open.graph.take_taken();
        // One of what was moved since is due, too, and does not go out.
        while open.graph.taken().is_empty() {
            setting.clock.set(open.rows.next_reminder());
            open.app.store().signals().mail_arrived();
            open.delivered(setting).await;
        }
        assert_eq!(open.graph.taken().len(), 1, "one reminder");
        let mut told = Told::default();
        open.hear(&mut told);
        told
    }

    async fn garble(&mut self) {
        self.open.as_ref().unwrap().rows.garble();
    }

    async fn staff(&mut self, text: &str) {
        let (phone, at) = (self.customer(), self.setting.clock.now());
        let to = Writer {
            phone: &phone,
            name: None,
            at,
        };
        let open = self.open().await;
        open.written += 1;
        if open.by == By::Highlevel {
            let id = format!("staff{}", open.written);
            open.send(contact::by_staff(&phone, text, &id, at)).await;
            return;
        }
        let echo = META.echo(&to, &open.written.to_string(), text);
        open.send(echo).await;
    }

    async fn pass(&mut self, until: DateTime<Utc>) -> Vec<String> {
        self.settle().await;
        self.setting.clock.set(until);
        let Some(open) = &self.open else {
            return Vec::new();
        };
        open.graph.take_taken();
        open.app.store().signals().mail_arrived();
        open.delivered(&self.setting).await;
        let news = open.rows.news_since(until);
        let taken = open.graph.take_taken().into_iter();
        let told = taken.filter(|taken| taken.recipient == OWNER).count();
        assert_eq!(told, news.len(), "what the owner is told arrives");
        news
    }

    fn bookings(&mut self, status: Status) -> Vec<Booked> {
        let (phone, now) = (self.customer(), self.setting.clock.now());
        let open = self.open.as_ref();
        open.map_or_else(Vec::new, |open| open.rows.bookings(&phone, status, now))
    }
}

impl Open {
    async fn start(setting: &Setting, keeper: Option<LeadConnector>, by: By) -> Self {
        let (folder, graph) = (tempfile::tempdir().unwrap(), Graph::start().await);
        for language in ["en", "es"] {
            graph.approve(NOTICE, language, 1);
            graph.approve(REMINDER, language, 3);
        }
        let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        std::fs::write(file("business.toml"), &setting.file).unwrap();
        let mut environment = HashMap::from([
            ("HOST", "127.0.0.1".to_owned()),
            ("PORT", "0".to_owned()),
            ("DATABASE_URL", format!("sqlite:{}", file("frontdesk.db"))),
            ("BUSINESS", file("business.toml")),
            ("WHATSAPP_APP_SECRET", SECRET.to_owned()),
            ("WHATSAPP_ACCESS_TOKEN", TOKEN.to_owned()),
            ("WHATSAPP_API_URL", graph.url()),
        ]);
        if let Some(keeper) = &keeper {
            environment.insert("GHL_TOKEN", leadconnector::TOKEN.to_owned());
            environment.insert("GHL_API_URL", keeper.url());
            environment.insert("GHL_PUBLIC_KEY", contact::app_key().public_key());
            environment.insert("GHL_WEBHOOK_SECRET", contact::SECRET.to_owned());
        }
        let config = Config::load(&[&environment]).unwrap();
        let setup = Setup::new(config, &environment).unwrap();
        let client = client();
        let app = App::start(&setup, setting.clock.clone()).await.unwrap();
        Self {
            by,
            app,
            graph,
            rows: Rows::of(&folder.path().join("frontdesk.db"), by),
            keeper,
            client,
            written: 0,
            offered: Vec::new(),
            choices: Vec::new(),
            heard: 0,
            ours: Vec::new(),
            _folder: folder,
        }
    }

    async fn post(&mut self, from: &Writer<'_>, said: &Said) {
        self.written += 1;
        if self.by == By::Highlevel {
            let words = contact::words(said, &self.choices);
            let id = format!("m{}", self.written);
            let message = contact::message(from.phone, from.name, &words, &id);
            return self.send(message).await;
        }
        let (kind, content) = payload::content(said, &self.offered, &self.ours, self.written);
        let message = META.message(from, &self.written.to_string(), kind, &content);
        self.send(message).await;
    }

    async fn send(&self, request: Request) {
        let Request {
            path,
            headers,
            body,
            ..
        } = request;
        let url = format!("http://{}{path}", self.app.address());
        let posted = self.client.post(url).headers(headers).body(body).send();
        let answer = posted.await.unwrap();
        assert_eq!(answer.status(), 200);
    }

    /// Waits until everything that is due was taken and settled.
    async fn delivered(&self, setting: &Setting) {
        eventually(async || !self.rows.is_due(setting.clock.now())).await;
    }

    /// What a contact has not heard yet, from a message on.
    fn hear_contact(&mut self, told: &mut Told) {
        let taken = self.keeper.as_ref().unwrap().taken().split_off(self.heard);
        self.heard += taken.len();
        let words: Vec<_> = taken.iter().map(|taken| &*taken.message).collect();
        told.text = words.join("\n");
        for taken in &taken {
            self.choices = contact::titles(&taken.message);
            told.titles.extend(self.choices.clone());
        }
    }

    /// What was taken, sorted by who gets it.
    fn hear(&mut self, told: &mut Told) {
        if self.by == By::Highlevel {
            self.hear_contact(told);
            let to_owner = self.graph.take_taken().len();
            assert_eq!(to_owner, told.news, "what the owner is told arrives");
            return;
        }
        let taken = self.graph.take_taken();
        let (to_owner, to_customer): (Vec<_>, Vec<_>) = taken
            .into_iter()
            .partition(|taken| taken.recipient == OWNER);
        assert_eq!(to_owner.len(), told.news, "what the owner is told arrives");
        let words: Vec<_> = to_customer.iter().map(payload::words).collect();
        told.text = words.join("\n");
        for taken in to_customer {
            let taps = payload::taps(&taken);
            told.titles.extend(taps.iter().map(|tap| tap.title.clone()));
            self.offered.extend(taps);
            self.ours.push(taken.id);
        }
    }
}
