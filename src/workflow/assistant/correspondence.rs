//! The words for what is said to a customer unasked.

use super::{
    Assistant,
    answer::Row,
    memory::Memory,
    question::reminder_rows,
    spoken,
    texts::{self, Dates},
};
use crate::{
    booking::{Booking, BookingId, Business},
    language::{Language, wording::Texts},
    message::{Body, Choice, Reply, Template},
    workflow::{Correspondence, State},
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
        let language = spoken(business, Memory::language_of(state));
        let letter = Letter {
            business,
            language,
            texts: texts::of(language, &business.texts),
            dates: texts::dates(language),
        };
        letter.reminder(booking)
    }
}

/// How a reminder is answered.
fn reminder_choices(texts: &Texts<'_>, id: BookingId) -> Vec<Choice> {
    let rows = reminder_rows(texts, id).into_iter();
    rows.map(Row::into_choice).collect()
}

impl Letter<'_> {
    /// In free words, and in the parameters of the owner's template: the service, the day and
    /// time, and the business.
    fn reminder(&self, booking: &Booking) -> Option<Body> {
        let details = &booking.details;
        let service = self.business.service(&details.service)?;
        let service = service.name.get(self.language);
        let moment = self
            .dates
            .moment(self.business.zone.to_local(details.visible.start));
        let person = self.business.staff_member(&details.resource);
        let mut what = service.to_owned();
        if let Some(person) = person {
            what.push(' ');
            what.push_str(&self.texts.with_staff(&person.name));
        }
        let name = &self.business.name;
        let reply = Reply::Choices {
            text: self.texts.reminder(name, &format!("{what}, {moment}")),
            choices: reminder_choices(&self.texts, booking.id),
            button: Some(self.texts.choose()),
        };
        let reminder = self.business.reminder.as_ref();
        let template = reminder.and_then(|reminder| reminder.template.as_ref());
        let template = template.map(|template| Template {
            name: template.clone(),
            language: self.language.code().into(),
            parameters: vec![service.to_owned(), moment, name.clone()],
        });
        Some(Body::ReplyOrTemplate { reply, template })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use async_trait::async_trait;

    use super::*;
    use crate::{
        booking::{
            BookingDetails, BookingStatus, Businesses, Calendar, CalendarError, Opening,
            OpeningsRequest, ResourceId, ServiceId, Span,
        },
        language::Phrasebook,
        message::CustomerId,
        workflow::StateChange,
    };

    /// Is not asked.
    #[derive(Debug)]
    struct NoCalendar;

    #[async_trait]
    impl Calendar for NoCalendar {
        async fn openings(&self, _: &OpeningsRequest<'_>) -> Result<Vec<Opening>, CalendarError> {
            Ok(Vec::new())
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
                service: ServiceId::new(service),
                resource: ResourceId::new("ana"),
                visible,
                blocked: visible,
                customer: CustomerId(1),
                name: None,
            },
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
            (&*template.parameters[0], &*template.parameters[2]),
            ("Corte", "Luna")
        );
    }

    #[test]
    fn without_a_template_nothing_stands_for_the_words() {
        let body = assistant("").reminder(&booking("cut"), None).unwrap();
        assert!(matches!(body, Body::ReplyOrTemplate { template: None, .. }));
    }

    #[test]
    fn of_a_service_that_is_gone_nobody_is_reminded() {
        assert!(assistant("").reminder(&booking("gone"), None).is_none());
    }
}
