//! Appointments taken in, moved and given up in the calendars that HighLevel keeps.
//!
//! The invariant: HighLevel knows no key of ours, so that whatever may have been made is looked for
//! before it is asked for again, and once more after that: where the second attempt is refused, it
//! may be the first that is in its way, and where it is not, one of two is given up.

mod looking;

use async_trait::async_trait;
use http::{Method, StatusCode};
use serde::Serialize;

use super::{
    Access, Highlevel,
    appointment::{self, Appointment, Cancellation, Creation, Place},
    give_up, slots,
    verdict::{self, Verdict},
};
use crate::{
    booking::{Change, ResourceId, Span, zone::Zone},
    call::Answer,
    channel::{Agenda, Answered, SendError, Wanted},
};

const APPOINTMENTS: &str = "calendars/events/appointments";
const CANCELLED: Cancellation = Cancellation {
    appointment_status: "cancelled",
};

/// One change, with what all of its calls need.
struct Asking<'a> {
    highlevel: &'a Highlevel,
    wanted: &'a Wanted<'a>,
    access: Access<'a>,
    calendar: &'a str,
}

/// A place in the calendar.
#[derive(Clone, Copy)]
struct Slot<'a> {
    user: Option<&'a str>,
    span: Span,
}

#[async_trait]
impl Agenda for Highlevel {
    async fn change(&self, wanted: &Wanted<'_>) -> Result<Answered, SendError> {
        let asking = Asking::new(self, wanted)?;
        match wanted.change {
            Change::Create => asking.create().await,
            Change::Move {
                resource, visible, ..
            } => asking.move_to(resource, *visible).await,
            Change::Cancel => asking.cancel().await,
        }
    }
}

// === impl Asking ===

impl<'a> Asking<'a> {
    fn new(highlevel: &'a Highlevel, wanted: &'a Wanted<'a>) -> Result<Self, SendError> {
        let elsewhere = wanted.booking.elsewhere.as_ref();
        let calendar = elsewhere.map(|one| &*one.calendar);
        let calendar = calendar.or(wanted.business.calendar_elsewhere());
        Ok(Self {
            highlevel,
            wanted,
            access: highlevel.access_of(wanted.business)?,
            calendar: calendar.ok_or(give_up("no_calendar"))?,
        })
    }

    async fn create(&self) -> Result<Answered, SendError> {
        let details = &self.wanted.booking.details;
        let slot = self.slot(&details.resource, details.visible)?;
        let contact = self.contact().await?;
        if self.wanted.doubtful
            && let Some(made) = self.made(&contact, slot).await?
        {
            return Ok(made);
        }
        let creation = Creation {
            calendar_id: self.calendar,
            location_id: self.access.location,
            contact_id: &contact,
            appointment_status: "confirmed",
            place: self.place(slot),
        };
        let answer = self.write(Method::POST, APPOINTMENTS, &creation).await?;
        if answer.status.is_success() {
            let made = Appointment::read(&answer).ok_or(SendError::Ambiguous)?;
            if self.wanted.doubtful
                && let Some(first) = self.made(&contact, slot).await?
            {
                return Ok(first);
            }
            return Ok(Answered::Done {
                id: made.id,
                contact: Some(contact),
            });
        }
        if self.wanted.doubtful
            && is_refusal(answer.status)
            && let Some(made) = self.made(&contact, slot).await?
        {
            return Ok(made);
        }
        self.refused(&answer, slot).await
    }

    async fn move_to(&self, resource: &ResourceId, visible: Span) -> Result<Answered, SendError> {
        let slot = self.slot(resource, visible)?;
        let path = self.path()?;
        if self.wanted.doubtful {
            let Some(found) = self.appointment(&path).await? else {
                return Ok(Answered::Gone);
            };
            if !found.is_kept() {
                return Ok(Answered::Gone);
            }
            if slot.is_of(&found, &self.wanted.business.zone) {
                return Ok(self.done(found));
            }
        }
        let answer = self.write(Method::PUT, &path, &self.place(slot)).await?;
        match changed(&answer)? {
            Some(moved) if moved.is_kept() => Ok(self.done(moved)),
            Some(_) => Ok(Answered::Gone),
            None if answer.status == StatusCode::NOT_FOUND => Ok(Answered::Gone),
            None => self.refused(&answer, slot).await,
        }
    }

    async fn cancel(&self) -> Result<Answered, SendError> {
        let path = self.path()?;
        if self.wanted.doubtful {
            match self.appointment(&path).await? {
                None => return Ok(Answered::Gone),
                Some(found) if !found.is_kept() => return Ok(self.done(found)),
                Some(_) => {}
            }
        }
        let answer = self.write(Method::PUT, &path, &CANCELLED).await?;
        match changed(&answer)? {
            Some(cancelled) => Ok(self.done(cancelled)),
            None if answer.status == StatusCode::NOT_FOUND => Ok(Answered::Gone),
            None => Err(self.error(&answer)),
        }
    }

    fn slot(&self, resource: &ResourceId, span: Span) -> Result<Slot<'a>, SendError> {
        let user = slots::user(self.wanted.business, resource)?;
        Ok(Slot { user, span })
    }

    fn place(&self, slot: Slot<'a>) -> Place<'a> {
        let zone = &self.wanted.business.zone;
        Place::new(zone, slot.span, slot.user, self.wanted.title)
    }

    /// The address of the appointment.
    fn path(&self) -> Result<String, SendError> {
        let elsewhere = self.wanted.booking.elsewhere.as_ref();
        let id = elsewhere.and_then(|one| one.id.as_deref());
        let id = appointment::safe(id.ok_or(give_up("no_appointment"))?)?;
        Ok(format!("{APPOINTMENTS}/{id}"))
    }

    /// HighLevel's id of who comes.
    async fn contact(&self) -> Result<Box<str>, SendError> {
        let contact = self.wanted.contact;
        if let Some(id) = &contact.provider_id {
            return Ok(id.clone());
        }
        let phone = contact.phone.as_ref().ok_or(give_up("no_contact"))?;
        let name = self.wanted.booking.details.name.as_deref();
        let name = name.or(contact.name.as_deref());
        let now = self.wanted.now;
        self.highlevel
            .contact_with(&self.access, phone, name, now)
            .await
    }

    /// The appointment as it is; none: it is not there any more.
    async fn appointment(&self, path: &str) -> Result<Option<Appointment>, SendError> {
        let request =
            self.highlevel
                .request(&self.access, Method::GET, path, self.highlevel.version());
        let answer = self.highlevel.call(&self.access, request).await?;
        match answer.status {
            StatusCode::NOT_FOUND => Ok(None),
            status if status.is_success() => {
                let found = Appointment::read(&answer);
                found.map(Some).ok_or(SendError::Ambiguous)
            }
            _ => Err(self.error(&answer)),
        }
    }

    async fn write(
        &self,
        method: Method,
        path: &str,
        body: &impl Serialize,
    ) -> Result<Answer, SendError> {
        let version = self.highlevel.version();
        let request = self.highlevel.request(&self.access, method, path, version);
        self.highlevel.call(&self.access, request.json(body)).await
    }

    fn done(&self, appointment: Appointment) -> Answered {
        let known = self.wanted.contact.provider_id.clone();
        Answered::Done {
            id: appointment.id,
            contact: appointment.contact_id.or(known),
        }
    }

    /// What a refusal means: that the time is not free, or that no time will do.
    async fn refused(&self, answer: &Answer, slot: Slot<'_>) -> Result<Answered, SendError> {
        let error = self.error(answer);
        if !is_refusal(answer.status) || !matches!(error, SendError::GiveUp { .. }) {
            return Err(error);
        }
        let words = verdict::words(answer.body.as_deref());
        if words.contains("slot") && words.contains("available") {
            return Ok(Answered::Taken);
        }
        let wanted = slots::Wanted {
            business: self.wanted.business,
            calendar: self.calendar,
            user: slot.user,
            span: slot.span,
            now: self.wanted.now,
        };
        let free = self.highlevel.free_starts(&self.access, &wanted).await?;
        if free.contains(&slot.span.start) {
            return Err(error);
        }
        Ok(Answered::Taken)
    }

    /// What to do about an answer that is not what was asked for.
    fn error(&self, answer: &Answer) -> SendError {
        let verdict = match verdict::refused(answer.status, answer.body.as_deref()) {
            // The reasons of messages are none of appointments.
            Verdict::GiveUp { .. } if answer.status == StatusCode::NOT_FOUND => Verdict::GiveUp {
                reason: "unknown_calendar",
            },
            Verdict::GiveUp { .. } => Verdict::GiveUp { reason: "refused" },
            verdict => verdict,
        };
        let Access { location, .. } = self.access;
        self.highlevel
            .refused(location, &verdict, &answer.headers, self.wanted.now)
    }
}

// === impl Slot ===

impl Slot<'_> {
    /// Whether an appointment is at this very place.
    fn is_of(&self, appointment: &Appointment, zone: &Zone) -> bool {
        appointment.start(zone) == Some(self.span.start)
            && appointment.end(zone) == Some(self.span.end)
            && (self.user.is_none() || appointment.assigned_user_id.as_deref() == self.user)
    }
}

/// Whether what was asked for is refused as it is.
fn is_refusal(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::BAD_REQUEST | StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY
    )
}

/// The appointment after a change; none: the change was refused.
fn changed(answer: &Answer) -> Result<Option<Appointment>, SendError> {
    if !answer.status.is_success() {
        return Ok(None);
    }
    let changed = Appointment::read(answer);
    changed.map(Some).ok_or(SendError::Ambiguous)
}
