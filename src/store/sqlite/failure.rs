//! What failed for good, replayed or forgotten.

use async_trait::async_trait;
use bytes::Bytes;
use rusqlite::{Connection, Row, params};

use super::{
    Store,
    encoding::{count, instant, int, millis, small, source, unreadable_name},
    fault::Fault,
    thread::ThreadRow,
    transaction::Transaction,
    writer::Urgency,
};
use crate::{
    message::{BusinessId, ThreadId},
    signature::Scheme,
    store::{Error, Failed, Failure, FailureId, Failures, FailuresWanted, Settlement},
};

#[async_trait]
impl Failures for Store {
    async fn failed(&self, wanted: FailuresWanted) -> Result<Vec<Failure>, Error> {
        self.readers.read(move |conn| list(conn, &wanted)).await
    }

    async fn failure(&self, id: FailureId) -> Result<Option<Failure>, Error> {
        self.readers.read(move |conn| one(conn, id)).await
    }

    async fn replay(&self, turn: i64) -> Result<Settlement, Error> {
        self.writer
            .run(Urgency::Patient, move |transaction| {
                replay(transaction, turn)
            })
            .await
    }

    async fn discard(&self, id: FailureId) -> Result<Settlement, Error> {
        self.writer
            .run(Urgency::Patient, move |transaction| {
                discard(transaction, id)
            })
            .await
    }
}

/// The columns that [`read`] expects, in its order; `?1` is the most bytes of a delivery.
macro_rules! failures {
    ($rest:literal) => {
        concat!(
            "SELECT kind, id, business, at, reason, thread, messages, attempts, source, scheme, raw
             FROM (
                SELECT 0 AS kind, id, business, at, reason, thread,
                    last_seq - first_seq + 1 AS messages, attempts, NULL AS source,
                    NULL AS scheme, NULL AS raw
                FROM dead_turns
                UNION ALL
                SELECT 1, id, business, at, reason, NULL, NULL, NULL, source, scheme,
                    coalesce(substr(raw, 1, ?1), x'')
                FROM unprocessed
                UNION ALL
                SELECT 2, id, business, settled_at, reason, thread, NULL, NULL, NULL, NULL, NULL
                FROM outbox WHERE state = 'dead' AND discarded = 0
             ) ",
            $rest
        )
    };
}

fn list(conn: &Connection, wanted: &FailuresWanted) -> Result<Vec<Failure>, Fault> {
    let (at, (kind, number)) = match wanted.after {
        Some((at, id)) => (millis(at), id.parts()),
        None => (i64::MAX, (u8::MAX, i64::MAX)),
    };
    let mut statement = conn.prepare_cached(failures!(
        "WHERE (business = ?2 OR business IS NULL) AND (at, kind, id) < (?3, ?4, ?5)
         ORDER BY at DESC, kind DESC, id DESC LIMIT ?6"
    ))?;
    let found = statement.query_map(
        params![
            int(wanted.preview as u64),
            wanted.business.as_str(),
            at,
            kind,
            number,
            int(wanted.limit as u64),
        ],
        read,
    )?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn one(conn: &Connection, id: FailureId) -> Result<Option<Failure>, Fault> {
    let (kind, number) = id.parts();
    let mut statement = conn.prepare_cached(failures!("WHERE kind = ?2 AND id = ?3"))?;
    let mut found = statement.query_map((i64::MAX, kind, number), read)?;
    Ok(found.next().transpose()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Failure> {
    let number = row.get(1)?;
    let (id, what) = match row.get::<_, u8>(0)? {
        0 => {
            let turn = Failed::Turn {
                thread: ThreadId(row.get(5)?),
                messages: count(row.get(6)?),
                attempts: small(row.get(7)?),
            };
            (FailureId::Turn(number), turn)
        }
        1 => {
            let scheme = Scheme::from_name(row.get_ref(9)?.as_str()?);
            let delivery = Failed::Delivery {
                source: source(row, 8)?,
                scheme: scheme.ok_or_else(|| unreadable_name(9))?,
                raw: Bytes::from(row.get::<_, Vec<u8>>(10)?),
            };
            (FailureId::Delivery(number), delivery)
        }
        _ => {
            let thread = ThreadId(row.get(5)?);
            (FailureId::Message(number), Failed::Message { thread })
        }
    };
    Ok(Failure {
        id,
        business: row.get_ref(2)?.as_str_or_null()?.map(BusinessId::new),
        at: instant(row, 3)?,
        reason: row.get(4)?,
        what,
    })
}

/// A turn that died, and its messages.
struct DeadTurn {
    id: i64,
    thread: i64,
    /// How many messages count as dead by it.
    dead: i64,
    /// Those that are still there, by number.
    messages: Vec<i64>,
}

impl DeadTurn {
    fn find(transaction: &Transaction<'_>, id: i64) -> Result<Option<Self>, Fault> {
        let found = transaction.find(
            "SELECT thread, first_seq, last_seq, last_message FROM dead_turns WHERE id = ?1",
            [id],
            |row| {
                let (thread, first): (i64, i64) = (row.get(0)?, row.get(1)?);
                let (last, newest): (i64, i64) = (row.get(2)?, row.get(3)?);
                Ok((thread, first, last, newest))
            },
        )?;
        let Some((thread, first, last, newest)) = found else {
            return Ok(None);
        };
        let mut statement = transaction.prepare(
            "WITH RECURSIVE walk (id, prev, seq, content) AS (
                SELECT id, prev, seq, content FROM messages WHERE id = ?1
                UNION ALL
                SELECT m.id, m.prev, m.seq, m.content FROM walk JOIN messages m ON m.id = walk.prev
                -- Up to the first: what was replayed or joined stands among others in the chain.
                WHERE walk.seq <> ?2
             )
             SELECT id FROM walk WHERE seq BETWEEN ?2 AND ?3 AND content IS NOT NULL ORDER BY id",
        )?;
        let messages = statement.query_map((newest, first, last), |row| row.get(0))?;
        Ok(Some(Self {
            id,
            thread,
            dead: last - first + 1,
            messages: messages.collect::<Result<_, _>>()?,
        }))
    }

    fn forget(&self, transaction: &Transaction<'_>) -> Result<(), Fault> {
        transaction.execute("DELETE FROM dead_turns WHERE id = ?1", [self.id])?;
        Ok(())
    }
}

fn replay(transaction: &mut Transaction<'_>, turn: i64) -> Result<Settlement, Fault> {
    transaction.after.rows += 1;
    let Some(turn) = DeadTurn::find(transaction, turn)? else {
        return Ok(Settlement::Gone);
    };
    turn.forget(transaction)?;
    let replayed = match ThreadRow::of_id(transaction, turn.thread)? {
        Some(thread) => append(transaction, thread, &turn.messages)?,
        None => 0,
    };
    transaction.after.dead -= turn.dead;
    // What was forgotten meanwhile cannot wait again.
    transaction.after.done += turn.dead - replayed;
    Ok(Settlement::Done)
}

/// Puts messages at the end of their thread's queue, and answers how many.
fn append(
    transaction: &mut Transaction<'_>,
    mut thread: ThreadRow,
    messages: &[i64],
) -> Result<i64, Fault> {
    for message in messages {
        let seq = thread.schedule.arrive(transaction.now, None);
        transaction.execute("UPDATE messages SET seq = ?2 WHERE id = ?1", (message, seq))?;
        transaction.execute(
            "INSERT INTO inputs (thread, seq, message) VALUES (?1, ?2, ?3)",
            (thread.id, seq, message),
        )?;
    }
    thread.save_replay(transaction)?;
    transaction.after.wake = true;
    Ok(int(messages.len() as u64))
}

fn discard(transaction: &mut Transaction<'_>, id: FailureId) -> Result<Settlement, Fault> {
    transaction.after.rows += 1;
    match id {
        FailureId::Turn(number) => {
            let Some(turn) = DeadTurn::find(transaction, number)? else {
                return Ok(Settlement::Gone);
            };
            turn.forget(transaction)?;
            transaction.after.dead -= turn.dead;
            transaction.after.done += turn.dead;
        }
        FailureId::Delivery(number) => {
            let gone = transaction.execute("DELETE FROM unprocessed WHERE id = ?1", [number])?;
            if gone == 0 {
                return Ok(Settlement::Gone);
            }
            // It is added up again when one comes.
            transaction.memory.unprocessed_bytes = None;
        }
        FailureId::Message(number) => {
            let changed = transaction.execute(
                "UPDATE outbox SET discarded = 1
                 WHERE id = ?1 AND state = 'dead' AND discarded = 0",
                [number],
            )?;
            if changed == 0 {
                return Ok(Settlement::Gone);
            }
        }
    }
    Ok(Settlement::Done)
}
