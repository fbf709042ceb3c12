//! What is played: the setting, what the customer does, and what comes of it.

use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, Utc};
use frontdesk::{
    booking::{BookingDetails, BookingId, Business, Businesses, Effect, ResourceId, Services},
    message::{CustomerId, PhoneNumber},
    workflow::Consent,
};

use crate::support::ManualClock;

/// The business, its clock and the customer.
pub(super) struct Setting {
    pub(super) clock: Arc<ManualClock>,
    /// The business file.
    pub(super) file: String,
    pub(super) businesses: Arc<Businesses>,
    pub(super) phone: Option<PhoneNumber>,
    pub(super) name: Option<String>,
}

/// What a customer does.
#[derive(Debug, Clone)]
pub(super) enum Said {
    Text(String),
    /// Taps what was offered last under this title.
    Tap(String),
    /// Taps what nobody offered.
    Token(String),
    /// Taps a quick reply of a template.
    Button(String),
    /// Reacts to what was said last; with nothing: takes that back.
    React(String),
    /// Reacts to what was said before that.
    ReactEarlier(String),
    Sticker,
    Voice,
    Place,
    Picture(Option<String>),
    /// Changes the words of the message before.
    Edit(String),
    /// Takes back the message before.
    Revoke,
    Order(Option<String>),
    Form,
    Card,
    /// Opens the conversation for the first time.
    Welcome,
}

/// What a turn came to.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) text: String,
    pub(super) titles: Vec<String>,
    /// Nothing was said and nothing changed.
    pub(super) silent: bool,
    pub(super) handoff: Option<String>,
    /// Until when the staff has the conversation.
    pub(super) until: Option<DateTime<Utc>>,
    /// When the owner is told of it once more.
    pub(super) again: Option<DateTime<Utc>>,
    /// What the owner was told.
    pub(super) alerts: Vec<String>,
    /// How often the owner was told anything, changes of the calendar included.
    pub(super) news: usize,
    pub(super) consent: Option<Consent>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Customer,
    Rival,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Held,
    Requested,
    Booked,
}

/// `haircut ana 2026-03-06T15:30`.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) services: Services,
    pub(super) resource: ResourceId,
    pub(super) start: DateTime<Utc>,
    /// Another than the customer.
    pub(super) for_name: Option<String>,
}

/// What somebody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Booked {
    pub(super) services: String,
    pub(super) resource: String,
    pub(super) start: DateTime<Utc>,
    pub(super) name: Option<String>,
    pub(super) for_name: Option<String>,
}

// === impl Setting ===

impl Setting {
    /// The built-in business, on a Tuesday just before 10:00 in New York.
    pub(super) fn new() -> Self {
        let file = super::file::read("demo");
        Self {
            clock: Arc::new(ManualClock::at("2026-03-03T14:59:00Z")),
            businesses: super::file::businesses(&file),
            file,
            phone: None,
            name: None,
        }
    }

    pub(super) fn business(&self) -> Arc<Business> {
        self.businesses.default_business()
    }

    pub(super) fn open(&mut self, name: &str) {
        self.file = super::file::read(name);
        self.businesses = super::file::businesses(&self.file);
    }

    /// Somebody else keeps the calendar.
    pub(super) fn keep_elsewhere(&mut self) {
        self.file.push_str(super::file::ELSEWHERE);
        self.businesses = super::file::businesses(&self.file);
    }

    /// HighLevel keeps the calendar, and knows the staff.
    pub(super) fn keep_at_highlevel(&mut self) {
        let parts = self.file.split("[[staff]]\n").enumerate();
        let parts = parts.map(|(n, part)| match n {
            0 => part.to_owned(),
            n => format!("[[staff]]\nhighlevel_user = \"user{n}\"\n{part}"),
        });
        let file = parts.collect();
        self.file = file;
        self.keep_elsewhere();
    }

    pub(super) fn utc(&self, local: &str) -> DateTime<Utc> {
        let local: NaiveDateTime = format!("{local}:00").parse().unwrap();
        self.business().zone.instant(local)
    }

    pub(super) fn wanted(&self, text: &str) -> Wanted {
        let (text, other) = match text.split_once(" (for ") {
            Some((text, other)) => (text, Some(other.trim_end_matches(')').to_owned())),
            None => (text, None),
        };
        let [services, resource, start] = text.split(' ').collect::<Vec<_>>()[..] else {
            panic!("no booking: {text}")
        };
        Wanted {
            for_name: other,
            services: services.parse().unwrap(),
            resource: ResourceId::new(resource),
            start: self.utc(start),
        }
    }

    /// What makes it firm.
    pub(super) fn effect(&self, wanted: &Wanted, customer: CustomerId) -> Effect {
        let business = self.business();
        let visit = business.visit(&wanted.services).unwrap();
        let id = BookingId::derive(&format!("{customer:?} {wanted:?}"));
        let details = BookingDetails {
            business: business.id.clone(),
            services: wanted.services.clone(),
            resource: wanted.resource.clone(),
            visible: visit.visible(wanted.start),
            blocked: visit.blocked(wanted.start),
            customer,
            name: None,
            for_name: wanted.for_name.as_deref().map(Into::into),
        };
        Effect::Book { id, details }
    }
}

// === impl Said ===

impl Said {
    pub(super) fn parse(text: &str) -> Self {
        let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
        let rest = rest.to_owned();
        match verb {
            "(tap)" => Self::Tap(rest),
            "(token)" => Self::Token(rest),
            "(button)" => Self::Button(rest),
            "(react)" => Self::React(rest),
            "(unreact)" => Self::React(String::new()),
            "(react-earlier)" => Self::ReactEarlier(rest),
            "(order)" => Self::Order((!rest.is_empty()).then_some(rest)),
            "(form)" => Self::Form,
            "(card)" => Self::Card,
            "(welcome)" => Self::Welcome,
            "(sticker)" => Self::Sticker,
            "(voice)" => Self::Voice,
            "(place)" => Self::Place,
            "(picture)" => Self::Picture((!rest.is_empty()).then_some(rest)),
            "(edit)" => Self::Edit(rest),
            "(revoke)" => Self::Revoke,
            _ => Self::Text(text.to_owned()),
        }
    }
}

// === impl Told ===

impl Told {
    /// Whether what is written is so, and what is; nothing where it is not about what was told.
    pub(super) fn holds(&self, verb: &str, rest: &str) -> Option<(bool, String)> {
        let offered = || self.titles.iter().any(|title| title == rest);
        let handoff = self.handoff.as_deref().unwrap_or("none");
        let alerts = match self.alerts.join(", ") {
            none if none.is_empty() => "none".to_owned(),
            alerts => alerts,
        };
        let consent = match self.consent {
            Some(Consent::OptOut) => "out",
            Some(Consent::OptIn) => "in",
            None => "none",
        };
        Some(match verb {
            "<" => (
                self.text.to_lowercase().contains(&rest.to_lowercase()),
                "otherwise".to_owned(),
            ),
            "!" => (!self.shown().contains(rest), "said".to_owned()),
            "[]" => (offered(), "not offered".to_owned()),
            "choices" => {
                let count = self.titles.len().to_string();
                (count == rest, count)
            }
            "silent" => (self.silent, "otherwise".to_owned()),
            "handoff" => (handoff == rest, handoff.to_owned()),
            "alert" => (alerts == rest, alerts),
            "consent" => (consent == rest, consent.to_owned()),
            _ => return None,
        })
    }

    pub(super) fn shown(&self) -> String {
        let titles = self.titles.iter().map(|title| format!("[{title}]"));
        let titles: Vec<_> = titles.collect();
        format!("< {} {}", self.text, titles.join(" "))
    }
}
