//! The words for what is said unasked: to a customer, and to the owner.

use super::{
    Assistant,
    memory::Memory,
    question::{Row, reminder_rows},
    spoken,
    texts::{self, Dates},
};
use crate::{
    booking::{Booking, BookingId, Business, business::Reminder},
    language::{Language, wording::Texts},
    message::{Body, BusinessId, Choice, Contact, PhoneNumber, Reply},
    workflow::{AlertKind, Correspondence, News, State},
};

/// A letter in one language.
struct Letter<'a> {
    business: &'a Business,
    language: Language,
    texts: Texts<'a>,
    dates: &'static dyn Dates,
}

impl Correspondence for Assistant {
    fn reminder(&self, booking: &Booking, state: Option<&State>) -> Option<Body> {
        let business = self.businesses.by_id(&booking.details.business)?;
        let language = spoken(&business, Memory::language_of(state));
        Letter::new(&business, language).reminder(booking)
    }

    fn title(&self, booking: &Booking, contact: &Contact) -> String {
        let business = self.businesses.by_id(&booking.details.business);
        let business = business.unwrap_or_else(|| self.businesses.default_business());
        Letter::new(&business, business.default_language()).title(booking, contact)
    }

    fn notice(&self, business: &BusinessId, news: &News<'_>) -> String {
        let business = self.businesses.by_id(business);
        let business = business.unwrap_or_else(|| self.businesses.default_business());
        Letter::new(&business, business.default_language()).notice(news)
    }
}

impl<'a> Letter<'a> {
    fn new(business: &'a Business, language: Language) -> Self {
        Self {
            business,
            language,
            texts: texts::of(language, business),
            dates: texts::dates(language, business.country.as_deref()),
        }
    }

    /// In free words, and in the parameters of the owner's template: the service, the day and
    /// time, and the business.
    fn reminder(&self, booking: &Booking) -> Option<Body> {
        let services = Some(self.services(booking)).filter(|names| !names.is_empty())?;
        let name = &self.business.name;
        let reply = Reply::Choices {
            text: self.texts.reminder(name, &self.appointment(booking)),
            choices: reminder_choices(&self.texts, booking.id),
            button: Some(self.texts.choose()),
        };
        let reminder = self.business.reminder.as_ref();
        let template = reminder.and_then(|reminder| reminder.template.as_ref());
        let template = template.map(|template| {
            let language = self.business.whatsapp.template_language(self.language);
            let moment = self.moment(booking);
            let [service, time, business] = Reminder::VALUES;
            let values = [(service, &*services), (time, &moment), (business, name)];
            template.filled(language, &values)
        });
        Some(Body::ReplyOrTemplate { reply, template })
    }

    fn notice(&self, news: &News<'_>) -> String {
        let texts = &self.texts;
        let who = self.who(news);
        let appointment = news.booking.map(|booking| self.appointment(booking));
        let appointment = appointment.unwrap_or_default();
        let words = news.alert.text.as_deref().unwrap_or_default();
        match news.alert.kind {
            AlertKind::Booked => texts.notice_booked(&who, &appointment),
            AlertKind::Moved => texts.notice_moved(&who, &appointment),
            AlertKind::Cancelled => texts.notice_cancelled(&who, &appointment),
            AlertKind::AboutBooking if news.booking.is_some() => {
                texts.notice_about_booking(&who, &appointment, words)
            }
            AlertKind::PersonWanted | AlertKind::AboutBooking => {
                texts.notice_person_wanted(&who, words)
            }
            AlertKind::Urgent => texts.notice_urgent(&who, words),
            AlertKind::DeadTurn => texts.notice_dead_turn(&who),
            AlertKind::Undelivered => texts.notice_undelivered(&who, &appointment),
            AlertKind::Unrouted => texts.notice_unrouted(words),
            AlertKind::TokenRefused => texts.notice_token_refused(),
            AlertKind::TemplateRefused => texts.notice_template_refused(words),
        }
    }

    /// What is done and for whom.
    fn title(&self, booking: &Booking, contact: &Contact) -> String {
        let who = self.known_as(Some(booking), contact);
        format!("{} – {who}", self.what(booking))
    }

    /// The customer by name and number, as far as those are known.
    fn who(&self, news: &News<'_>) -> String {
        self.known_as(news.booking, news.contact)
    }

    fn known_as(&self, booking: Option<&Booking>, contact: &Contact) -> String {
        let under = booking.and_then(|booking| booking.details.name.as_deref());
        let name = under.or(contact.name.as_deref());
        let phone = contact.phone.as_ref().map(PhoneNumber::as_str);
        match (name, phone) {
            (Some(name), Some(phone)) => format!("{name} ({phone})"),
            (Some(one), None) | (None, Some(one)) => one.to_owned(),
            (None, None) => self.texts.notice_somebody(),
        }
    }

    /// What is done, and for whom where that is somebody else; of services that are gone, their ids.
    fn what(&self, booking: &Booking) -> String {
        let details = &booking.details;
        let mut what = self.services(booking);
        if what.is_empty() {
            what = details.services.to_string();
        }
        if let Some(name) = &details.for_name {
            what.push(' ');
            what.push_str(&self.texts.for_somebody(name));
        }
        what
    }

    /// An appointment in one line.
    fn appointment(&self, booking: &Booking) -> String {
        let details = &booking.details;
        let mut what = self.what(booking);
        if let Some(person) = self.business.staff_member(&details.resource) {
            what.push(' ');
            what.push_str(&self.texts.with_staff(&person.name));
        }
        format!("{what}, {}", self.moment(booking))
    }

    /// The names of what is booked; empty where all of it left the file.
    fn services(&self, booking: &Booking) -> String {
        texts::services(&self.texts, self.business, &booking.details.services)
    }

    /// With its year: a letter may be read long after it was written.
    fn moment(&self, booking: &Booking) -> String {
        let start = booking.details.visible.start;
        self.dates.moment(self.business.zone.to_local(start))
    }
}

/// How a reminder is answered.
fn reminder_choices(texts: &Texts<'_>, id: BookingId) -> Vec<Choice> {
    let rows = reminder_rows(texts, id).into_iter();
    rows.map(Row::into_choice).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use async_trait::async_trait;
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::{
        booking::{
            BookingDetails, BookingStatus, Businesses, Calendar, CalendarError, Opening,
            OpeningsRequest, Refusal, ResourceId, ServiceId, Span,
        },
        language::Phrasebook,
        message::CustomerId,
        workflow::{Alert, StateChange},
    };

    /// Is not asked.
    #[derive(Debug)]
    struct NoCalendar;

    #[async_trait]
    impl Calendar for NoCalendar {
        async fn openings(&self, _: &OpeningsRequest<'_>) -> Result<Vec<Opening>, CalendarError> {
            Ok(Vec::new())
        }

        async fn check(
            &self,
            _: &OpeningsRequest<'_>,
            _: DateTime<Utc>,
        ) -> Result<Result<Vec<ResourceId>, Refusal>, CalendarError> {
            Ok(Err(Refusal::Closed))
        }
    }

    fn assistant(reminder: &str) -> Assistant {
        let text = format!(
            "id = \"luna\"\nname = \"Luna\"\ntimezone = \"America/New_York\"\n\
             languages = [\"en\", \"es\"]\n[reminder]\nminutes = [120]\n{reminder}\n\
             [hours]\nmonday = [\"09:00-17:00\"]\n[[staff]]\nid = \"ana\"\nname = \"Ana\"\n\
             [[service]]\nid = \"cut\"\nminutes = 30\nname = {{ en = \"Haircut\", es = \"Corte\" }}\n"
        );
        let business = Business::parse("luna.toml", &text).unwrap();
        let businesses = Arc::new(Businesses::from(business));
        Assistant::new(businesses, Arc::new(NoCalendar), Arc::new(Phrasebook))
    }

    fn booking(service: &str) -> Booking {
        let start = "2026-03-03T15:00:00Z".parse().unwrap();
        let visible = Span { start, end: start };
        Booking {
            id: BookingId::derive("x"),
            version: 1,
            status: BookingStatus::Booked,
            details: BookingDetails {
                business: crate::message::BusinessId::new("luna"),
                services: ServiceId::new(service).into(),
                resource: ResourceId::new("ana"),
                visible,
                blocked: visible,
                customer: CustomerId(1),
                name: None,
                for_name: None,
            },
            elsewhere: None,
        }
    }

    fn state(language: Language) -> State {
        let mut memory = Memory::new("2026-03-01T00:00:00Z".parse().unwrap());
        memory.language = Some(language);
        match memory.into_state() {
            StateChange::Put(state) => state,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_reminder_names_service_person_and_time_in_the_threads_language() {
        let assistant = assistant("template = \"appointment_reminder\"");
        let spanish = state(Language::Spanish);
        let body = assistant.reminder(&booking("cut"), Some(&spanish)).unwrap();
        let Body::ReplyOrTemplate { reply, template } = body else {
            panic!("{body:?}");
        };
        let Reply::Choices { text, choices, .. } = &reply else {
            panic!("{reply:?}");
        };
        assert_eq!(choices.len(), 3);
        for words in ["Luna", "Corte con Ana", "10:00"] {
            assert!(text.contains(words), "{text}");
        }
        let template = template.unwrap();
        assert_eq!(&*template.language, "es");
        assert_eq!(
            (&*template.parameters[0].text, &*template.parameters[2].text),
            ("Corte", "Luna")
        );
    }

    #[test]
    fn a_template_goes_under_its_own_language_code_and_names() {
        let assistant = assistant(
            "template = \"soon\"\ntemplate_parameters = { time = \"at\" }\n\
             [whatsapp]\ntemplate_languages = { es = \"es_MX\" }",
        );
        for (language, code) in [(Language::Spanish, "es_MX"), (Language::English, "en")] {
            let body = assistant.reminder(&booking("cut"), Some(&state(language)));
            let Some(Body::ReplyOrTemplate { template, .. }) = body else {
                panic!("{body:?}");
            };
            let template = template.unwrap();
            assert_eq!(&*template.language, code);
            assert_eq!(template.parameters.len(), 1);
            assert_eq!(template.parameters[0].name.as_deref(), Some("at"));
            assert!(template.parameters[0].text.contains("10:00"));
        }
    }

    #[test]
    fn without_a_template_nothing_stands_for_the_words() {
        let body = assistant("").reminder(&booking("cut"), None).unwrap();
        assert!(matches!(body, Body::ReplyOrTemplate { template: None, .. }));
    }

    #[test]
    fn an_owner_reads_who_did_what() {
        let assistant = assistant("");
        let contact = crate::message::Contact {
            phone: Some(PhoneNumber::parse("+12025550137").unwrap()),
            name: Some("Maria".into()),
            provider_id: None,
            medium: None,
            also: Vec::new(),
        };
        let booking = booking("cut");
        let told = |kind, booking: &Booking, text: Option<&str>| {
            let alert = Alert {
                text: text.map(Into::into),
                ..Alert::new(kind)
            };
            let news = News {
                alert: &alert,
                booking: Some(booking),
                contact: &contact,
            };
            assistant.notice(&BusinessId::new("luna"), &news)
        };
        assert_eq!(
            told(AlertKind::Booked, &booking, None),
            "Maria (+12025550137) booked: Haircut with Ana, Tuesday 3 March 2026, 10:00 AM"
        );
        let mut for_leo = booking.clone();
        for_leo.details.for_name = Some("Leo".into());
        assert_eq!(
            told(AlertKind::Booked, &for_leo, None),
            "Maria (+12025550137) booked: Haircut for Leo with Ana, Tuesday 3 March 2026, 10:00 AM"
        );
        assert_eq!(
            told(AlertKind::PersonWanted, &booking, Some("a human please")),
            "Maria (+12025550137) needs a person: “a human please”"
        );
    }

    #[test]
    fn what_somebody_else_made_without_a_name_is_an_appointment() {
        let mut unnamed = booking("cut");
        unnamed.details.services = crate::booking::Services::unnamed();
        for (language, words) in [
            (Language::English, "Appointment with Ana"),
            (Language::Spanish, "Cita con Ana"),
        ] {
            let reminder = assistant("").reminder(&unnamed, Some(&state(language)));
            let Some(Body::ReplyOrTemplate { reply, .. }) = reminder else {
                panic!("{reminder:?}");
            };
            assert!(format!("{reply:?}").contains(words), "{reply:?}");
        }
    }

    #[test]
    fn of_a_service_that_is_gone_nobody_is_reminded() {
        assert!(assistant("").reminder(&booking("gone"), None).is_none());
    }
}
