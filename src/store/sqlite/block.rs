//! Time that a business keeps for itself.

use async_trait::async_trait;
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use super::{
    Store,
    encoding::{Millis, instant, int, millis},
    fault::Fault,
    transaction::Transaction,
    writer::Urgency,
};
use crate::{
    booking::{Block, BlockId, BookingId, Busy, ResourceId, Span},
    message::BusinessId,
    store::{Blocked, Blocks, BlocksWanted, Error},
};

#[async_trait]
impl Blocks for Store {
    async fn block(&self, block: Block, force: bool) -> Result<Blocked, Error> {
        self.writer
            .run(Urgency::Patient, move |transaction| {
                put(transaction, &block, force)
            })
            .await
    }

    async fn blocks(&self, wanted: BlocksWanted) -> Result<Vec<Block>, Error> {
        self.readers.read(move |conn| list(conn, &wanted)).await
    }

    async fn unblock(
        &self,
        id: BlockId,
        business: Option<BusinessId>,
    ) -> Result<Option<BlockId>, Error> {
        self.writer
            .run(Urgency::Patient, move |transaction| {
                transaction.after.rows += 1;
                let gone = transaction.execute(
                    "DELETE FROM blocks WHERE id = ?1 AND business = coalesce(?2, business)",
                    (id.0.as_bytes(), business.as_ref().map(BusinessId::as_str)),
                )?;
                Ok((gone > 0).then_some(id))
            })
            .await
    }
}

fn put(transaction: &mut Transaction<'_>, block: &Block, force: bool) -> Result<Blocked, Fault> {
    transaction.after.rows += 1;
    if !force {
        let booked = booked(transaction, block)?;
        if !booked.is_empty() {
            return Ok(Blocked::Booked(booked));
        }
    }
    transaction.execute(
        "INSERT INTO blocks (id, business, resource, starts_at, ends_at, reason, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            block.id.0.as_bytes(),
            block.business.as_str(),
            block.resource.as_ref().map(ResourceId::as_str),
            millis(block.span.start),
            millis(block.span.end),
            block.reason.as_deref(),
            transaction.now,
        ],
    )?;
    Ok(Blocked::Done)
}

/// What is firm in the time of a block, by start. A hold is no promise: its customer is told when
/// they want to make it firm.
fn booked(transaction: &Transaction<'_>, block: &Block) -> Result<Vec<BookingId>, Fault> {
    let mut statement = transaction.prepare(
        "SELECT id FROM bookings
         WHERE business = ?1 AND status <> 'cancelled' AND status <> 'held'
            AND blocked_end > ?2 AND blocked_start < ?3 AND (?4 IS NULL OR resource = ?4)
         ORDER BY visible_start, id",
    )?;
    let found = statement.query_map(
        params![
            block.business.as_str(),
            millis(block.span.start),
            millis(block.span.end),
            block.resource.as_ref().map(ResourceId::as_str),
        ],
        |row| Ok(BookingId(Uuid::from_bytes(row.get(0)?))),
    )?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn list(conn: &Connection, wanted: &BlocksWanted) -> Result<Vec<Block>, Fault> {
    let (after_start, after_id) = match wanted.after {
        Some((start, id)) => (millis(start), id.0.into_bytes().to_vec()),
        None => (Millis::MIN, Vec::new()),
    };
    let mut statement = conn.prepare_cached(
        "SELECT id, business, resource, starts_at, ends_at, reason FROM blocks
         WHERE business = ?1 AND ends_at > ?2 AND starts_at < ?3 AND (starts_at, id) > (?4, ?5)
         ORDER BY starts_at, id LIMIT ?6",
    )?;
    let found = statement.query_map(
        params![
            wanted.business.as_str(),
            millis(wanted.from),
            wanted.until.map_or(Millis::MAX, millis),
            after_start,
            after_id,
            int(wanted.limit as u64),
        ],
        read,
    )?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Block> {
    Ok(Block {
        id: BlockId(Uuid::from_bytes(row.get(0)?)),
        business: BusinessId::new(row.get_ref(1)?.as_str()?),
        resource: row.get_ref(2)?.as_str_or_null()?.map(ResourceId::new),
        span: Span {
            start: instant(row, 3)?,
            end: instant(row, 4)?,
        },
        reason: row.get(5)?,
    })
}

/// What is blocked within a span.
pub(super) fn busy(
    conn: &Connection,
    business: &BusinessId,
    span: Span,
) -> Result<Vec<Busy>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT resource, starts_at, ends_at FROM blocks
         WHERE business = ?1 AND ends_at > ?2 AND starts_at < ?3 ORDER BY starts_at, id",
    )?;
    let found = statement.query_map(
        (business.as_str(), millis(span.start), millis(span.end)),
        |row| {
            Ok(Busy {
                resource: row.get_ref(0)?.as_str_or_null()?.map(ResourceId::new),
                blocked: Span {
                    start: instant(row, 1)?,
                    end: instant(row, 2)?,
                },
            })
        },
    )?;
    Ok(found.collect::<Result<_, _>>()?)
}
