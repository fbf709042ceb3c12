//! Messages that will never arrive.
//!
//! The invariant: where one was about an appointment, the owner is told, once for each change of
//! the appointment, in the transaction in which the message became dead.

use super::{notice, report::UNDELIVERED};
use crate::{
    booking::BookingId,
    message::{SourceKind, ThreadId},
    metrics::DeliveryChannel,
    store::{
        NoticeWay,
        sqlite::{encoding::source, fault::Fault, transaction::Transaction},
    },
    workflow::{Alert, AlertKind},
};

/// A message that a provider took and did not deliver.
#[derive(Debug)]
pub(in super::super) struct Undelivered {
    pub(in super::super) outbox: i64,
    pub(in super::super) channel: DeliveryChannel,
    /// The provider's.
    pub(in super::super) error_code: Option<i64>,
}

/// The reason of what a provider refuses for its receiver at once.
const REFUSED_FOR_RECEIVER: &str = "undeliverable";

/// Notes for metrics and log that a provider took a message and did not deliver it.
pub(super) fn count(
    transaction: &mut Transaction<'_>,
    outbox: i64,
    error_code: Option<i64>,
) -> Result<(), Fault> {
    let channel = transaction.find(
        "SELECT t.source, o.way FROM outbox o JOIN threads t ON t.id = o.thread WHERE o.id = ?1",
        [outbox],
        |row| {
            let way = row.get_ref(1)?.as_str_or_null()?;
            if way.is_some_and(|way| way != NoticeWay::Tag.as_str()) {
                return Ok(DeliveryChannel::Owner);
            }
            Ok(match source(row, 0)? {
                SourceKind::Highlevel => DeliveryChannel::Highlevel,
                SourceKind::Whatsapp | SourceKind::Direct => DeliveryChannel::Whatsapp,
            })
        },
    )?;
    transaction.after.undelivered.push(Undelivered {
        outbox,
        channel: channel.unwrap_or(DeliveryChannel::Owner),
        error_code,
    });
    Ok(())
}

/// Tells the owner of a message about an appointment that just became dead. A reminder counts only
/// where its receiver cannot be reached: that none may be sent is how the business is set up.
pub(super) fn tell(
    transaction: &mut Transaction<'_>,
    outbox: i64,
    reason: &str,
) -> Result<(), Fault> {
    let found = transaction.find(
        "SELECT business, thread, kind = 'reminder', booking, EXISTS (
            SELECT 1 FROM outbox b WHERE b.thread = a.thread AND b.id <> a.id AND b.state = 'dead'
                AND b.booking = a.booking AND b.booking_version = a.booking_version)
         FROM outbox a WHERE id = ?1 AND booking IS NOT NULL",
        [outbox],
        |row| {
            let booking = BookingId(uuid::Uuid::from_bytes(row.get(3)?));
            let business: Box<str> = row.get(0)?;
            Ok((
                business,
                row.get::<_, i64>(1)?,
                row.get::<_, bool>(2)?,
                booking,
                row.get::<_, bool>(4)?,
            ))
        },
    )?;
    let Some((business, thread, is_reminder, booking, is_told)) = found else {
        return Ok(());
    };
    if is_told || is_reminder && !matches!(reason, UNDELIVERED | REFUSED_FOR_RECEIVER) {
        return Ok(());
    }
    let alert = Alert {
        booking: Some(booking),
        ..Alert::new(AlertKind::Undelivered)
    };
    notice::write(transaction, &business, ThreadId(thread), &alert)
}
