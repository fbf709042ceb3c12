//! Who keeps a calendar elsewhere: asked for changes, they answer when a script says so.

use chrono::{DateTime, Timelike as _, Utc};
use frontdesk::booking::{
    Booking, BookingId, BookingStatus, CalendarError, Change, Elsewhere, Verdict,
};

/// The id of the calendar.
const CALENDAR: &str = "calendar";
/// Appointments begin at each half hour there, whatever the business file says.
const MINUTES: u32 = 30;

#[derive(Debug, Default, Clone)]
pub(super) struct Keeper {
    /// What they are asked for, in order.
    asked: Vec<(BookingId, Change)>,
    /// The calendar cannot be seen the next time.
    pub(super) down: bool,
}

impl Keeper {
    pub(super) fn has(start: DateTime<Utc>) -> bool {
        start.minute().is_multiple_of(MINUTES)
    }

    pub(super) fn look(&mut self) -> Result<(), CalendarError> {
        if std::mem::take(&mut self.down) {
            return Err(CalendarError(anyhow::anyhow!("nobody answers")));
        }
        Ok(())
    }

    /// Whether it is firm there.
    pub(super) fn knows(row: &Booking) -> bool {
        let elsewhere = row.elsewhere.as_ref();
        elsewhere.is_some_and(|elsewhere| elsewhere.id.is_some())
    }

    /// What everything is that is not told there yet.
    pub(super) fn place() -> Elsewhere {
        Elsewhere {
            calendar: CALENDAR.into(),
            id: None,
            asked: false,
        }
    }

    pub(super) fn ask(&mut self, row: &mut Booking, change: Change) {
        if change == Change::Create {
            row.status = BookingStatus::Requested;
        } else {
            row.version += 1;
        }
        row.elsewhere.get_or_insert_with(Self::place).asked = true;
        self.asked.push((row.id, change));
    }

    /// What was asked first; it waits on where nobody answers.
    pub(super) fn answer(&mut self, verdict: Verdict) -> (BookingId, Change) {
        let asked = self.asked[0].clone();
        if verdict != Verdict::Delayed {
            self.asked.remove(0);
        }
        asked
    }
}

/// What a booking is once its keeper has answered, or does not.
pub(super) fn settle(row: &mut Booking, change: &Change, verdict: Verdict) {
    if verdict == Verdict::Delayed {
        return;
    }
    let elsewhere = row.elsewhere.as_mut().unwrap();
    elsewhere.asked = false;
    row.version += 1;
    match (verdict, change) {
        (Verdict::Done, Change::Create) => {
            elsewhere.id = Some(row.id.0.to_string().into());
            row.status = BookingStatus::Booked;
        }
        (
            Verdict::Done,
            Change::Move {
                services,
                resource,
                visible,
                blocked,
                attendee,
            },
        ) => {
            attendee.replace(&mut row.details.for_name);
            row.details.services.clone_from(services);
            row.details.resource.clone_from(resource);
            (row.details.visible, row.details.blocked) = (*visible, *blocked);
        }
        (Verdict::Done, Change::Cancel) | (Verdict::Gone, _) | (_, Change::Create) => {
            row.status = BookingStatus::Cancelled;
        }
        _ => {}
    }
}
