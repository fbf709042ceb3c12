//! What the people of a business do in HighLevel itself, and the events that tell of it.

use chrono::{DateTime, SecondsFormat, Utc};
use frontdesk::booking::Span;
use serde_json::{Value, json};

use super::{LeadConnector, calendar::Appointment};

/// Each gives the event's body, as HighLevel would sign and send it.
impl LeadConnector {
    /// Somebody of the business makes an appointment, with one of the team where there is one.
    pub(crate) fn staff_makes(
        &self,
        (calendar, contact): (&str, &str),
        user: Option<&str>,
        span: Span,
        at: DateTime<Utc>,
    ) -> Value {
        let made = Appointment {
            id: String::new(),
            calendar: calendar.to_owned(),
            contact: contact.to_owned(),
            user: user.map(ToOwned::to_owned),
            span,
            title: "By hand".to_owned(),
            status: "confirmed".to_owned(),
            hidden: false,
        };
        let id = self.record().calendars.insert(made);
        self.event("AppointmentCreate", &id, at)
    }

    /// Somebody of the business moves an appointment.
    pub(crate) fn staff_moves(&self, id: &str, span: Span, at: DateTime<Utc>) -> Value {
        self.change(id, |one| one.span = span);
        self.event("AppointmentUpdate", id, at)
    }

    /// Somebody of the business sets an appointment's status, such as `cancelled`.
    pub(crate) fn staff_sets(&self, id: &str, status: &str, at: DateTime<Utc>) -> Value {
        self.change(id, |one| status.clone_into(&mut one.status));
        self.event("AppointmentUpdate", id, at)
    }

    /// Somebody of the business gives an appointment another title.
    pub(crate) fn staff_names(&self, id: &str, title: &str, at: DateTime<Utc>) -> Value {
        self.change(id, |one| title.clone_into(&mut one.title));
        self.event("AppointmentUpdate", id, at)
    }

    /// Somebody of the business deletes an appointment.
    pub(crate) fn staff_deletes(&self, id: &str, at: DateTime<Utc>) -> Value {
        let event = self.event("AppointmentDelete", id, at);
        let calendars = &mut self.record().calendars;
        calendars.appointments.retain(|one| one.id != id);
        event
    }

    /// The event that tells of an appointment as it is; HighLevel tells of our own changes, too.
    pub(crate) fn event(&self, kind: &str, id: &str, at: DateTime<Utc>) -> Value {
        let mut record = self.record();
        record.events += 1;
        let webhook_id = format!("webhook{}", record.events);
        let calendars = &record.calendars;
        let found = calendars.appointments.iter().find(|one| one.id == id);
        let mut shown = calendars.shown(found.unwrap());
        let at = at.to_rfc3339_opts(SecondsFormat::Millis, true);
        shown["dateAdded"] = at.clone().into();
        shown["dateUpdated"] = at.clone().into();
        json!({
            "type": kind, "locationId": shown["locationId"], "appointment": shown,
            "timestamp": at, "webhookId": webhook_id,
        })
    }

    fn change(&self, id: &str, change: impl FnOnce(&mut Appointment)) {
        let calendars = &mut self.record().calendars;
        let mut appointments = calendars.appointments.iter_mut();
        change(appointments.find(|one| one.id == id).unwrap());
    }
}
