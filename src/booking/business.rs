//! A business as its file describes it: who, when, what, and by which rules.
//!
//! The invariant: a [`Business`] that exists is whole. Every service has someone who does it, every
//! name is unique, and every rule is within its bounds.

mod faults;
mod file;
mod hint;
mod languages;
mod section;
mod syntax;
mod texts;
mod visit;

use std::fmt;

use chrono::{NaiveDate, TimeDelta};
use url::Url;

pub use self::visit::Visit;
use super::{
    ResourceId, ServiceId,
    hours::{Hours, TimeRange},
    zone::Zone,
};
use crate::{
    language::{Language, wording::Overrides},
    message::{BusinessId, PhoneNumber, Template, TemplateParameter},
};

/// One business, as its file describes it.
#[derive(Debug, Clone)]
pub struct Business {
    /// The id.
    pub id: BusinessId,
    /// The name that customers see.
    pub name: String,
    /// The clock on its wall.
    pub zone: Zone,
    /// The ISO 3166 code by which phone numbers without `+` are read.
    pub country: Option<Box<str>>,
    /// The languages it speaks, the default first; never empty.
    pub languages: Vec<Language>,
    /// In Spanish it says "usted" to customers, and not "tú".
    pub formal: bool,
    /// Where it is.
    pub address: Option<Text>,
    /// A link to it on a map.
    pub map_url: Option<Url>,
    /// The number at which people answer.
    pub phone: Option<PhoneNumber>,
    /// What customers should know about cancelling and being late.
    pub policy: Option<Text>,
    /// What is asked before the first booking.
    pub ask: Vec<Ask>,
    /// How many bookings a customer may have ahead.
    pub max_open_bookings: u32,
    /// The environment variable with the secret that selects this business on `/webhook`.
    pub webhook_secret_env: Option<Box<str>>,
    /// Its WhatsApp numbers.
    pub whatsapp: Whatsapp,
    /// Its HighLevel locations.
    pub highlevel: Highlevel,
    /// The rules of booking.
    pub rules: Rules,
    /// When customers are reminded. None: never.
    pub reminder: Option<Reminder>,
    /// How the owner hears of things.
    pub notify: Notify,
    /// When it is open.
    pub hours: Hours,
    /// Who works there; empty: the shop is the one resource.
    pub staff: Vec<Staff>,
    /// What can be booked; never empty.
    pub services: Vec<Service>,
    /// What people ask most, with the answers.
    pub answers: Vec<Answer>,
    /// What it says in its own words.
    pub texts: Overrides,
}

/// Words in one or more languages, the business's default among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    default: Box<str>,
    others: Box<[(Language, Box<str>)]>,
}

/// Something that is asked before the first booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ask {
    /// The customer's name.
    Name,
}

/// Which WhatsApp numbers are the business's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whatsapp {
    /// Meta's ids of the numbers.
    pub phone_number_ids: Vec<Box<str>>,
    /// The environment variable with its access token.
    pub token_env: Option<Box<str>>,
    /// The codes that templates are approved under, by language, where a code is not the bare
    /// language's.
    pub template_languages: Vec<(Language, Box<str>)>,
}

/// A WhatsApp template that Meta approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovedTemplate {
    /// Its name.
    pub name: Box<str>,
    /// What is filled in, by the names of its variables; empty: its variables are numbered.
    pub variables: Vec<(&'static str, Box<str>)>,
}

/// Which HighLevel locations are the business's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Highlevel {
    /// HighLevel's ids of the locations.
    pub location_ids: Vec<Box<str>>,
    /// The environment variable with its API token.
    pub token_env: Option<Box<str>>,
    /// The HighLevel calendar that is booked instead of the own one.
    pub calendar: Option<Box<str>>,
    /// What contacts are tagged with, for the workflows of the agency.
    pub tags: Tags,
}

/// The tags that HighLevel's contacts get. None: no tag is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tags {
    /// When they booked.
    pub booked: Option<Box<str>>,
    /// When they want a person, or the bot gave up.
    pub needs_human: Option<Box<str>>,
}

/// The rules of booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The earliest start, from now.
    pub notice: TimeDelta,
    /// The latest start, in local days from today.
    pub window_days: u32,
    /// The grid of start times, counted from each opening of the day.
    pub slot_minutes: u16,
    /// How long a time is kept free while the customer makes up their mind.
    pub hold: TimeDelta,
    /// The latest that a customer may cancel, before the start.
    pub cancel_cutoff: TimeDelta,
}

/// When customers are reminded, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// How long before the start, the earliest first; never empty.
    pub before: Vec<TimeDelta>,
    /// The approved WhatsApp template for outside the 24-hour window.
    pub template: Option<ApprovedTemplate>,
    /// The local hours in which none is sent.
    pub quiet: Option<QuietHours>,
}

/// Local hours of rest; they may go over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    /// The minute of the day at which they start.
    pub from_minute: u16,
    /// The minute of the day at which they end.
    pub to_minute: u16,
}

/// How the owner hears of bookings, cancellations and trouble.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notify {
    /// A webhook of the owner's; over TLS, unless it is on this machine.
    pub webhook_url: Option<Url>,
    /// The environment variable with the secret that its calls are signed with; there is one if
    /// and only if there is a webhook.
    pub webhook_secret_env: Option<Box<str>>,
    /// The owner's WhatsApp.
    pub whatsapp: Option<OwnerWhatsapp>,
}

/// Where and how the owner is written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerWhatsapp {
    /// The owner's number.
    pub to: PhoneNumber,
    /// The approved template.
    pub template: ApprovedTemplate,
}

/// Someone who does services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// The id.
    pub id: ResourceId,
    /// The name that customers see.
    pub name: String,
    /// Hours of their own.
    pub hours: Hours,
    /// HighLevel's id of them, where the calendar is kept there.
    pub highlevel_user: Option<Box<str>>,
}

/// Something that can be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The id.
    pub id: ServiceId,
    /// The name that customers see.
    pub name: Text,
    /// What customers call it besides, in any language.
    pub also: Vec<Box<str>>,
    /// How long the customer is there.
    pub duration: TimeDelta,
    /// What is needed before.
    pub buffer_before: TimeDelta,
    /// What is needed after.
    pub buffer_after: TimeDelta,
    /// The price, shown as written.
    pub price: Option<Text>,
    /// Who does it, in the order of the file; never empty.
    pub resources: Vec<ResourceId>,
}

/// A frequent question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Words or phrases by which the question is known, in every language.
    pub words: Vec<Box<str>>,
    /// What is answered.
    pub text: Text,
    /// No menu, only this text, and the owner hears of it at once.
    pub urgent: bool,
}

/// One thing wrong with a business file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: Box<str>,
    /// The key in it; empty where the file as a whole is meant.
    pub key: Box<str>,
    /// What is wrong or allowed.
    pub fault: Box<str>,
}

// === impl Business ===

impl Business {
    /// Reads a business file. `name` is the file's name, for faults and as the default id.
    ///
    /// # Errors
    ///
    /// Every fault of the file.
    pub fn parse(name: &str, text: &str) -> Result<Self, Vec<Fault>> {
        file::parse(name, text)
    }

    /// The service of that id.
    pub fn service(&self, id: &ServiceId) -> Option<&Service> {
        self.services.iter().find(|service| service.id == *id)
    }

    /// The person of that id.
    pub fn staff_member(&self, id: &ResourceId) -> Option<&Staff> {
        self.staff.iter().find(|person| person.id == *id)
    }

    /// The calendar that somebody else keeps for it, where it is not our own.
    pub fn calendar_elsewhere(&self) -> Option<&str> {
        self.highlevel.calendar.as_deref()
    }

    /// The language it speaks unless told otherwise.
    pub fn default_language(&self) -> Language {
        self.languages.first().copied().unwrap_or(Language::English)
    }

    /// The local ranges in which a resource works on a date.
    pub fn open_ranges(&self, resource: &ResourceId, date: NaiveDate) -> Vec<TimeRange> {
        match self.staff_member(resource) {
            Some(person) => self.hours.of_person(&person.hours, date),
            None => self.hours.on(date).to_vec(),
        }
    }
}

// === impl Tags ===

impl Tags {
    /// The tags of a file that names none.
    pub fn usual() -> Self {
        Self {
            booked: Some("booked".into()),
            needs_human: Some("needs-human".into()),
        }
    }
}

// === impl Service ===

impl Service {
    /// Everything that it is called: its name in every language, and what else customers say.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.name
            .all()
            .chain(self.also.iter().map(|words| &**words))
    }
}

// === impl Text ===

impl Text {
    /// Words in one language, or the same in all.
    pub fn new(words: &str) -> Self {
        Self {
            default: words.into(),
            others: Box::default(),
        }
    }

    fn with_others(words: &str, others: Vec<(Language, Box<str>)>) -> Self {
        Self {
            default: words.into(),
            others: others.into(),
        }
    }

    /// The words in a language, or else in the business's default one.
    pub fn get(&self, language: Language) -> &str {
        let mut others = self.others.iter();
        let found = others.find(|(other, _)| *other == language);
        found.map_or(&self.default, |(_, words)| words)
    }

    /// The words in every language.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let others = self.others.iter().map(|(_, words)| &**words);
        std::iter::once(&*self.default).chain(others)
    }
}

// === impl Whatsapp ===

impl Whatsapp {
    /// The code that templates in a language are approved under.
    pub fn template_language(&self, language: Language) -> &str {
        let mut codes = self.template_languages.iter();
        let found = codes.find(|(of, _)| *of == language);
        found.map_or(language.code(), |(_, code)| code)
    }
}

// === impl ApprovedTemplate ===

impl ApprovedTemplate {
    /// The template as it is sent, with its values in the order of numbered variables.
    pub fn filled(&self, language: &str, values: &[(&'static str, &str)]) -> Template {
        let parameter = |name: Option<&Box<str>>, text: &str| TemplateParameter {
            name: name.cloned(),
            text: text.to_owned(),
        };
        let numbered = values.iter().filter(|_| self.variables.is_empty());
        let numbered = numbered.map(|(_, text)| parameter(None, text));
        let named = self.variables.iter().filter_map(|(value, name)| {
            let (_, text) = values.iter().find(|(known, _)| known == value)?;
            Some(parameter(Some(name), text))
        });
        Template {
            name: self.name.clone(),
            language: language.into(),
            parameters: numbered.chain(named).collect(),
        }
    }
}

// === impl Reminder ===

impl Reminder {
    /// What is filled into its template, in the order of numbered variables.
    pub const VALUES: [&str; 3] = ["service", "time", "business"];
}

// === impl OwnerWhatsapp ===

impl OwnerWhatsapp {
    /// What is filled into its template.
    pub const VALUES: [&str; 1] = ["news"];
}

// === impl QuietHours ===

impl QuietHours {
    /// Whether a minute of the day is within them.
    pub fn contains(self, minute: u16) -> bool {
        if self.from_minute <= self.to_minute {
            (self.from_minute..self.to_minute).contains(&minute)
        } else {
            minute >= self.from_minute || minute < self.to_minute
        }
    }
}

// === impl Fault ===

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, key, fault } = self;
        if key.is_empty() {
            write!(f, "{file}: {fault}")
        } else {
            write!(f, "{file}: {key}: {fault}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_may_go_over_midnight() {
        let quiet = QuietHours {
            from_minute: 21 * 60,
            to_minute: 8 * 60,
        };
        assert!(quiet.contains(23 * 60) && quiet.contains(0) && !quiet.contains(8 * 60));
    }
}
