//! The rows of bookings, and what is asked of them.

use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::super::{
    block,
    encoding::{Millis, instant, millis, parsed, small},
    fault::Fault,
    transaction::Transaction,
};
use crate::{
    booking::{
        Booking, BookingDetails, BookingId, BookingStatus, Busy, Elsewhere, ResourceId, Span,
    },
    message::{BusinessId, CustomerId},
};

/// The columns that [`read`] expects, in its order.
macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT id, version, status, expires_at, business, services, resource, visible_start,
                visible_end, blocked_start, blocked_end, customer, name, for_name, calendar,
                external_id, calendar IS NOT NULL AND EXISTS (
                    SELECT 1 FROM calendar_requests r WHERE r.booking = bookings.id)
             FROM bookings ",
            $rest
        )
    };
}

pub(super) struct BookingRow {
    pub(super) booking: Booking,
    /// Whether it is, or was when it was given up, a hold.
    pub(super) was_held: bool,
}

impl BookingRow {
    /// The booking of an id, whatever its status.
    pub(super) fn find(
        transaction: &Transaction<'_>,
        id: BookingId,
    ) -> Result<Option<Self>, Fault> {
        transaction.find(columns!("WHERE id = ?1"), [id.0.as_bytes()], |row| {
            Ok(Self {
                booking: read(row)?,
                was_held: row.get::<_, Option<Millis>>(3)?.is_some(),
            })
        })
    }

    /// Whether it still can be at another time.
    pub(super) fn may_move(&self, now: Millis) -> bool {
        match self.booking.status {
            BookingStatus::Held { expires_at } => millis(expires_at) > now,
            BookingStatus::Booked => !self.booking.is_asked(),
            BookingStatus::Requested | BookingStatus::Cancelled => false,
        }
    }
}

/// What stands for a status.
pub(super) fn status_columns(status: BookingStatus) -> (&'static str, Option<Millis>) {
    match status {
        BookingStatus::Held { expires_at } => ("held", Some(millis(expires_at))),
        BookingStatus::Requested => ("requested", None),
        BookingStatus::Booked => ("booked", None),
        BookingStatus::Cancelled => ("cancelled", None),
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Booking> {
    let status = match row.get_ref(2)?.as_str()? {
        "held" => BookingStatus::Held {
            expires_at: instant(row, 3)?,
        },
        "requested" => BookingStatus::Requested,
        "booked" => BookingStatus::Booked,
        // The schema allows nothing else.
        _ => BookingStatus::Cancelled,
    };
    Ok(Booking {
        id: BookingId(Uuid::from_bytes(row.get(0)?)),
        version: small(row.get(1)?),
        status,
        details: BookingDetails {
            business: BusinessId::new(row.get_ref(4)?.as_str()?),
            services: parsed(row, 5)?,
            resource: ResourceId::new(row.get_ref(6)?.as_str()?),
            visible: Span {
                start: instant(row, 7)?,
                end: instant(row, 8)?,
            },
            blocked: Span {
                start: instant(row, 9)?,
                end: instant(row, 10)?,
            },
            customer: CustomerId(row.get(11)?),
            name: row.get(12)?,
            for_name: row.get(13)?,
        },
        elsewhere: elsewhere(row)?,
    })
}

fn elsewhere(row: &Row<'_>) -> rusqlite::Result<Option<Elsewhere>> {
    let Some(calendar) = row.get::<_, Option<Box<str>>>(14)? else {
        return Ok(None);
    };
    Ok(Some(Elsewhere {
        calendar,
        id: row.get(15)?,
        asked: row.get(16)?,
    }))
}

/// One booking, whatever its status.
pub(in super::super) fn booking(
    conn: &Connection,
    id: BookingId,
) -> Result<Option<Booking>, Fault> {
    let mut statement = conn.prepare_cached(columns!("WHERE id = ?1"))?;
    Ok(statement.query_row([id.0.as_bytes()], read).optional()?)
}

/// The booking that is this appointment in the calendar that somebody else keeps, and since when it
/// is so there.
pub(in super::super) fn of_keeper(
    conn: &Connection,
    calendar: &str,
    external_id: &str,
) -> Result<Option<(Booking, Option<Millis>)>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT id, external_at FROM bookings
         WHERE external_id IS NOT NULL AND calendar = ?1 AND external_id = ?2",
    )?;
    let found = statement.query_row((calendar, external_id), |row| {
        Ok((BookingId(Uuid::from_bytes(row.get(0)?)), row.get(1)?))
    });
    let Some((id, since)) = found.optional()? else {
        return Ok(None);
    };
    Ok(booking(conn, id)?.map(|booking| (booking, since)))
}

/// The bookings and live holds of a customer that are not over, by start.
pub(in super::super) fn open_of(
    conn: &Connection,
    customer: i64,
    now: Millis,
) -> Result<Vec<Booking>, Fault> {
    let mut statement = conn.prepare_cached(columns!(
        "WHERE customer = ?1 AND visible_end > ?2 AND status <> 'cancelled'
            AND (status <> 'held' OR expires_at > ?2)
         ORDER BY visible_start"
    ))?;
    let found = statement.query_map((customer, now), read)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The firm bookings that begin after an instant, by business and start.
pub(in super::super) fn ahead(conn: &Connection, from: Millis) -> rusqlite::Result<Vec<Booking>> {
    let mut statement = conn.prepare(columns!(
        "WHERE visible_end > ?1 AND visible_start > ?1 AND status = 'booked'
         ORDER BY business, visible_start, id"
    ))?;
    let found = statement.query_map([from], read)?;
    found.collect()
}

/// The firm bookings of a business that overlap a span, by start.
pub(in super::super) fn booked(
    conn: &Connection,
    business: &BusinessId,
    span: Span,
) -> Result<Vec<Booking>, Fault> {
    let mut statement = conn.prepare_cached(columns!(
        "WHERE business = ?1 AND status <> 'cancelled' AND status = 'booked'
            AND blocked_end > ?2 AND visible_end > ?2 AND visible_start < ?3
         ORDER BY visible_start, id"
    ))?;
    let found = statement.query_map(
        (business.as_str(), millis(span.start), millis(span.end)),
        read,
    )?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// What takes room within a span: bookings and holds by end, then blocks by start; but not what
/// `kept_by` took in, since that calendar is asked itself. A month of a large business is ten
/// thousand rows, so that each name is made once.
pub(in super::super) fn busy(
    conn: &Connection,
    business: &BusinessId,
    span: Span,
    except_holds_of: Option<CustomerId>,
    kept_by: Option<&str>,
    now: Millis,
) -> Result<Vec<Busy>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT resource, blocked_start, blocked_end FROM bookings
         WHERE business = ?1 AND status <> 'cancelled' AND blocked_end > ?2 AND blocked_start < ?3
            AND (status <> 'held' OR (expires_at > ?4 AND customer IS NOT ?5))
            AND (external_id IS NULL OR calendar IS NOT ?6)
         ORDER BY blocked_end, blocked_start, resource",
    )?;
    let mut names: Vec<ResourceId> = Vec::new();
    let found = statement.query_map(
        params![
            business.as_str(),
            millis(span.start),
            millis(span.end),
            now,
            except_holds_of.map(|customer| customer.0),
            kept_by,
        ],
        |row| {
            let name = row.get_ref(0)?.as_str()?;
            let known = names.iter().position(|known| known.as_str() == name);
            let known = known.unwrap_or_else(|| {
                names.push(ResourceId::new(name));
                names.len() - 1
            });
            Ok(Busy {
                resource: Some(names[known].clone()),
                blocked: Span {
                    start: instant(row, 1)?,
                    end: instant(row, 2)?,
                },
            })
        },
    )?;
    let mut busy: Vec<_> = found.collect::<Result<_, _>>()?;
    busy.append(&mut block::busy(conn, business, span)?);
    Ok(busy)
}
