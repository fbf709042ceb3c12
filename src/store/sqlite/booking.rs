//! Effects on the calendar: the one function that a turn's commit and everything else goes through.
//!
//! The invariants: effects are applied all or none; the triggers of the schema refuse whatever
//! would overlap, so that no path around this module can double-book; a booking is changed only
//! by who saw its present version.

mod change;
mod row;

use self::{
    change::{cancel, confirm, create, move_to},
    row::BookingRow,
};
pub(super) use self::{
    change::{touch, write},
    row::{ahead, booked, booking, busy, of_keeper, open_of},
};
use super::{encoding::millis, fault::Fault, outbox, transaction::Transaction};
use crate::{
    booking::{BookingDetails, BookingId, BookingStatus, Change, Conflict, Effect, Span},
    message::{BusinessId, CustomerId, ThreadId},
    metrics::BookingOutcome,
};

/// Whose bookings effects may touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owner {
    pub(super) business: BusinessId,
    pub(super) customer: CustomerId,
}

/// What one effect came to: a change; none, since it was made before or its keeper is asked; or a
/// conflict.
type Applied = Result<Option<BookingOutcome>, Conflict>;

/// The booking whose change the customer is told of, where effects changed one that was firm or
/// became so.
pub(super) type Changed = Option<BookingId>;

/// Applies effects, all or none. With an owner, only to the owner's bookings. What becomes firm is
/// reminded of in the thread, where it happens in one.
pub(super) fn apply(
    transaction: &mut Transaction<'_>,
    owner: Option<&Owner>,
    thread: Option<ThreadId>,
    effects: &[Effect],
) -> Result<Result<Changed, Conflict>, Fault> {
    let mut changed = None;
    if effects.is_empty() {
        return Ok(Ok(changed));
    }
    transaction.execute("SAVEPOINT effects", ())?;
    let mut outcomes = Vec::with_capacity(effects.len());
    for effect in effects {
        match apply_one(transaction, owner, thread, effect)? {
            Ok(outcome) => {
                if let Some(change) = outcome {
                    let told = thread.filter(|_| owner.is_some());
                    let id = effect.booking();
                    if follow_up(transaction, id, change, thread, told)? {
                        changed = Some(id);
                    }
                }
                outcomes.extend(outcome);
            }
            Err(conflict) => {
                transaction.execute("ROLLBACK TO effects", ())?;
                transaction.execute("RELEASE effects", ())?;
                if matches!(conflict, Conflict::SlotTaken { .. }) {
                    transaction.after.bookings.push(BookingOutcome::Conflict);
                }
                return Ok(Err(conflict));
            }
        }
    }
    transaction.execute("RELEASE effects", ())?;
    transaction.after.bookings.append(&mut outcomes);
    Ok(Ok(changed))
}

/// What follows a change of a booking: its reminders, and the word to the owner of what a customer
/// did in a thread, if there is one. Holds come and go without a word.
pub(super) fn follow_up(
    transaction: &mut Transaction<'_>,
    id: BookingId,
    change: BookingOutcome,
    thread: Option<ThreadId>,
    told: Option<ThreadId>,
) -> Result<bool, Fault> {
    let Some(row) = BookingRow::find(transaction, id)? else {
        return Ok(false);
    };
    let booking = &row.booking;
    let is_placed = matches!(change, BookingOutcome::Booked | BookingOutcome::Moved);
    if is_placed && booking.status == BookingStatus::Booked {
        outbox::schedule_reminders(transaction, booking, thread)?;
    }
    match told {
        Some(thread) if !row.was_held => {
            let business = booking.details.business.as_str();
            outbox::write_change_notice(transaction, business, thread, id, change)?;
            let is_of_holds = matches!(change, BookingOutcome::Held | BookingOutcome::Conflict);
            Ok(!is_of_holds)
        }
        _ => Ok(false),
    }
}

fn apply_one(
    transaction: &mut Transaction<'_>,
    owner: Option<&Owner>,
    thread: Option<ThreadId>,
    effect: &Effect,
) -> Result<Applied, Fault> {
    match effect {
        Effect::Hold {
            id,
            details,
            expires_at,
        } => {
            let expires_at = *expires_at;
            let status = BookingStatus::Held { expires_at };
            create(transaction, owner, thread, *id, details, status)
        }
        Effect::Book { id, details } => {
            let status = BookingStatus::Booked;
            create(transaction, owner, thread, *id, details, status)
        }
        Effect::Confirm {
            id,
            version,
            name,
            for_name,
        } => match seen(transaction, owner, *id, *version)? {
            Some(row) => {
                let names = (name.as_deref(), for_name.as_deref());
                confirm(transaction, thread, row, names)
            }
            None => Ok(Err(Conflict::BookingChanged { id: *id })),
        },
        Effect::Move {
            id,
            version,
            services,
            resource,
            visible,
            blocked,
            attendee,
        } => match seen(transaction, owner, *id, *version)? {
            Some(row) if row.may_move(transaction.now) && !is_empty(*blocked) => {
                let place = Change::Move {
                    services: services.clone(),
                    resource: resource.clone(),
                    visible: *visible,
                    blocked: *blocked,
                    attendee: attendee.clone(),
                };
                move_to(transaction, thread, row.booking, place)
            }
            _ => Ok(Err(Conflict::BookingChanged { id: *id })),
        },
        Effect::Cancel { id, version } => match seen(transaction, owner, *id, *version)? {
            Some(row) if row.booking.status == BookingStatus::Cancelled => Ok(Ok(None)),
            Some(row) => cancel(transaction, thread, &row.booking),
            None => Ok(Err(Conflict::BookingChanged { id: *id })),
        },
    }
}

/// The booking as it was seen: the owner's, at that version.
fn seen(
    transaction: &Transaction<'_>,
    owner: Option<&Owner>,
    id: BookingId,
    version: u32,
) -> Result<Option<BookingRow>, Fault> {
    let row = BookingRow::find(transaction, id)?;
    Ok(row.filter(|row| {
        row.booking.version == version
            && owner.is_none_or(|owner| *owner == Owner::of(&row.booking.details))
    }))
}

/// Whether two details are one appointment; its names may have been mended since.
fn is_same(stored: &BookingDetails, wished: &BookingDetails) -> bool {
    let at = |span: Span| (millis(span.start), millis(span.end));
    Owner::of(stored) == Owner::of(wished)
        && (&stored.services, &stored.resource) == (&wished.services, &wished.resource)
        && (at(stored.visible), at(stored.blocked)) == (at(wished.visible), at(wished.blocked))
}

impl Owner {
    fn of(details: &BookingDetails) -> Self {
        Self {
            business: details.business.clone(),
            customer: details.customer,
        }
    }
}

/// What takes no time cannot overlap, and so cannot be booked.
fn is_empty(span: Span) -> bool {
    millis(span.start) >= millis(span.end)
}
