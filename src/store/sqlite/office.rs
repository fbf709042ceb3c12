//! What the people of a business look up and do.
//!
//! The invariant: a change and what is remembered of its request are one transaction.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::{
    Store, booking, customer,
    encoding::{Millis, instant, int, millis},
    fault::Fault,
    thread::missing,
    transaction::Transaction,
    writer::Urgency,
};
use crate::{
    booking::{BookingId, Effect},
    message::{BusinessId, PhoneKey, PhoneNumber},
    store::{
        BookingEntry, BookingsWanted, Error, Firmness, KnownCustomer, Office, Once, Remembered,
        RequestKey,
    },
};

#[async_trait]
impl Office for Store {
    async fn customer(
        &self,
        business: &BusinessId,
        phone: Option<PhoneNumber>,
        name: Option<Box<str>>,
    ) -> Result<KnownCustomer, Error> {
        let business = business.clone();
        self.writer
            .run(Urgency::Patient, move |transaction| {
                transaction.after.rows += 1;
                let name = name.as_deref();
                customer::of_phone(transaction, business.as_str(), phone.as_ref(), name)
            })
            .await
    }

    async fn bookings(&self, wanted: BookingsWanted) -> Result<Vec<BookingEntry>, Error> {
        let now = millis(self.clock.now());
        self.readers
            .read(move |conn| bookings(conn, &wanted, now))
            .await
    }

    async fn booking_entry(&self, id: BookingId) -> Result<Option<BookingEntry>, Error> {
        self.readers.read(move |conn| entry(conn, id)).await
    }

    async fn remembered(&self, key: &RequestKey) -> Result<Option<Remembered>, Error> {
        let key = key.clone();
        self.readers.read(move |conn| remembered(conn, &key)).await
    }

    async fn apply_once(
        &self,
        effects: Vec<Effect>,
        key: RequestKey,
        answer: Box<str>,
    ) -> Result<Once, Error> {
        self.writer
            .run(Urgency::Patient, move |transaction| {
                apply_once(transaction, &effects, &key, &answer)
            })
            .await
    }
}

fn apply_once(
    transaction: &mut Transaction<'_>,
    effects: &[Effect],
    key: &RequestKey,
    answer: &str,
) -> Result<Once, Fault> {
    transaction.after.rows += 1;
    if let Some(before) = remembered(transaction.conn, key)? {
        return Ok(Once::Before(before));
    }
    let Some(first) = effects.first() else {
        return Ok(Once::Applied);
    };
    if let Err(conflict) = booking::apply(transaction, None, None, effects)? {
        return Ok(Once::Conflict(conflict));
    }
    transaction.execute(
        "INSERT INTO answers (business, key, digest, booking, at, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            key.business.as_str(),
            &*key.key,
            key.digest,
            first.booking().0.as_bytes(),
            transaction.now,
            answer,
        ],
    )?;
    Ok(Once::Applied)
}

fn remembered(conn: &Connection, key: &RequestKey) -> Result<Option<Remembered>, Fault> {
    let mut statement =
        conn.prepare_cached("SELECT digest, body FROM answers WHERE business = ?1 AND key = ?2")?;
    let found = statement.query_row((key.business.as_str(), &*key.key), |row| {
        Ok((row.get::<_, [u8; 32]>(0)?, row.get(1)?))
    });
    Ok(found.optional()?.map(|(digest, body)| {
        if digest == key.digest {
            Remembered::Answer(body)
        } else {
            Remembered::AnotherRequest
        }
    }))
}

/// A row that points to a booking: its id, its last change, its customer's number and name.
macro_rules! entries {
    ($rest:literal) => {
        concat!(
            "SELECT b.id, b.changed_at, c.phone, c.name
             FROM bookings b JOIN customers c ON c.id = b.customer ",
            $rest
        )
    };
}

pub(super) use entries;

fn bookings(
    conn: &Connection,
    wanted: &BookingsWanted,
    now: Millis,
) -> Result<Vec<BookingEntry>, Fault> {
    let (after_start, after_id) = match wanted.after {
        Some((start, id)) => (millis(start), id.0.into_bytes().to_vec()),
        None => (Millis::MIN, Vec::new()),
    };
    let from = wanted.from.map_or(Millis::MIN, millis);
    let phone = wanted.phone.as_ref().map(PhoneNumber::key);
    let mut statement = conn.prepare_cached(entries!(
        "WHERE b.business = ?1 AND b.visible_start >= ?2 AND b.visible_start < ?3
            AND (b.visible_start, b.id) > (?4, ?5)
            AND CASE ?6 WHEN 'firm' THEN b.status IN ('booked', 'requested')
                WHEN 'held' THEN b.status = 'held' AND b.expires_at > ?7
                ELSE b.status = 'cancelled' END
            AND (?8 IS NULL OR b.customer IN (
                SELECT id FROM customers
                    WHERE phone_key IS NOT NULL AND phone_key = ?8 AND business = ?1
                UNION ALL
                SELECT customer FROM identities
                    WHERE business = ?1 AND kind = 'phone' AND value = ?8))
         ORDER BY b.visible_start, b.id LIMIT ?9"
    ))?;
    let mut rows = statement.query(params![
        wanted.business.as_str(),
        from.max(after_start),
        wanted.until.map_or(Millis::MAX, millis),
        after_start,
        after_id,
        wanted.firmness.as_str(),
        now,
        phone.as_ref().map(PhoneKey::as_str),
        int(wanted.limit as u64),
    ])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(read(conn, row)?);
    }
    Ok(entries)
}

/// One booking, whatever its status.
pub(super) fn entry(conn: &Connection, id: BookingId) -> Result<Option<BookingEntry>, Fault> {
    let mut statement = conn.prepare_cached(entries!("WHERE b.id = ?1"))?;
    let mut rows = statement.query([id.0.as_bytes()])?;
    rows.next()?.map(|row| read(conn, row)).transpose()
}

/// The booking that a row points to.
pub(super) fn read(conn: &Connection, row: &Row<'_>) -> Result<BookingEntry, Fault> {
    let id = BookingId(Uuid::from_bytes(row.get(0)?));
    let phone = row.get_ref(2)?.as_str_or_null()?.map(PhoneNumber::parse);
    Ok(BookingEntry {
        booking: booking::booking(conn, id)?.ok_or_else(missing)?,
        changed_at: instant(row, 1)?,
        // A number that does not read back is as good as none: nobody can be rung by it.
        phone: phone.and_then(Result::ok),
        customer_name: row.get(3)?,
    })
}

impl Firmness {
    /// The name in the query.
    fn as_str(self) -> &'static str {
        match self {
            Self::Firm => "firm",
            Self::Held => "held",
            Self::Cancelled => "cancelled",
        }
    }
}
