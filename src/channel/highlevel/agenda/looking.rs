//! Looking for what an earlier attempt may have made.
//!
//! The invariant: of several that are ours by their very title one is kept, so that a calendar that
//! takes more than one at a time, and told of the first too late, does not end with two.

use http::{Method, StatusCode};

use super::{APPOINTMENTS, Asking, CANCELLED, Slot, changed};
use crate::channel::{
    Answered, SendError,
    highlevel::appointment::{self, Appointment},
};

impl Asking<'_> {
    /// What an earlier attempt made, if it did.
    pub(super) async fn made(
        &self,
        contact: &str,
        slot: Slot<'_>,
    ) -> Result<Option<Answered>, SendError> {
        let mut own = self.own(contact, slot).await?;
        // What has our title is ours more surely than what somebody made by hand.
        own.sort_by_key(|one| !self.has_our_title(one));
        let mut own = own.into_iter();
        let Some(kept) = own.next() else {
            return Ok(None);
        };
        let zone = &self.wanted.business.zone;
        if kept.start(zone).is_none() {
            // Nobody knows whether this is the one.
            return Err(SendError::Ambiguous);
        }
        for another in own.filter(|one| self.has_our_title(one)) {
            self.give_up(&another).await?;
        }
        Ok(Some(Answered::Done {
            id: kept.id,
            contact: Some(contact.into()),
        }))
    }

    /// The appointments at a place that may be the one that is asked for.
    async fn own(&self, contact: &str, slot: Slot<'_>) -> Result<Vec<Appointment>, SendError> {
        let path = format!(
            "calendars/events?locationId={}&calendarId={}&startTime={}&endTime={}",
            self.access.location,
            self.calendar,
            slot.span.start.timestamp_millis(),
            slot.span.end.timestamp_millis(),
        );
        let now = self.wanted.now;
        let answer = self.highlevel.read(&self.access, &path, now).await?;
        let all = Appointment::read_all(&answer).ok_or(SendError::Ambiguous)?;
        let (others, zone) = (self.wanted.others, &self.wanted.business.zone);
        let own = all.into_iter().filter(|one| {
            one.is_kept()
                && one.calendar_id.as_deref() == Some(self.calendar)
                && one.contact_id.as_deref() == Some(contact)
                && (slot.user.is_none() || one.assigned_user_id.as_deref() == slot.user)
                && one.start(zone).is_none_or(|at| at == slot.span.start)
                && !others.contains(&one.id)
        });
        Ok(own.collect())
    }

    fn has_our_title(&self, appointment: &Appointment) -> bool {
        appointment.title.as_deref() == Some(self.wanted.title)
    }

    /// Gives up what was made a second time.
    async fn give_up(&self, another: &Appointment) -> Result<(), SendError> {
        let path = format!("{APPOINTMENTS}/{}", appointment::safe(&another.id)?);
        let answer = self.write(Method::PUT, &path, &CANCELLED).await?;
        if changed(&answer)?.is_some() || answer.status == StatusCode::NOT_FOUND {
            return Ok(());
        }
        Err(self.error(&answer))
    }
}
