//! What can be looked at, read beside the writer.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension};

use super::{
    encoding::{Millis, count, instant, int, json},
    fault::Fault,
    identity::own_name,
};
use crate::{
    message::{Reply, Seq, ThreadId, ThreadKey},
    store::{Answer, Gauges, StoredReply, Totals},
    workflow::TurnId,
};

/// How long a thread counts as active after its last message.
const ACTIVE_MS: Millis = 30 * 60 * 1000;

pub(super) fn totals(conn: &Connection) -> Result<Totals, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT coalesce(sum(accepted), 0), coalesce(sum(done), 0), coalesce(sum(dead), 0)
         FROM totals",
    )?;
    Ok(statement.query_row((), |row| {
        Ok(Totals {
            accepted: count(row.get(0)?),
            done: count(row.get(1)?),
            dead: count(row.get(2)?),
        })
    })?)
}

pub(super) fn gauges(conn: &Connection, now: Millis) -> Result<Gauges, Fault> {
    let number = |sql: &str, param: Option<Millis>| -> Result<Option<i64>, Fault> {
        let mut statement = conn.prepare_cached(sql)?;
        let found = match param {
            Some(param) => statement.query_row([param], |row| row.get(0)),
            None => statement.query_row((), |row| row.get(0)),
        };
        Ok(found.optional()?.flatten())
    };
    // By number, since a clock that stepped back leaves `received_at` out of order. What a person
    // answers is not late; the bot only takes it out of the queue.
    let oldest = number(
        "SELECT received_at FROM messages WHERE id = (
            SELECT min(message) FROM inputs WHERE thread NOT IN (
                SELECT id FROM threads WHERE paused_until IS NOT NULL AND paused_until > ?1))",
        Some(now),
    )?;
    let waiting = number(
        "SELECT count(*) FROM threads WHERE paused_until IS NOT NULL AND paused_until > ?1
            AND coalesce(handoff, 'takeover') <> 'takeover'",
        Some(now),
    )?;
    let is_moved = number("SELECT moved_at FROM clock WHERE writer = 1", None)?.is_some();
    let active = number(
        "SELECT count(*) FROM threads WHERE last_at > ?1",
        Some(now - ACTIVE_MS),
    )?;
    let pending = number(
        "SELECT (SELECT count(*) FROM deliveries) + (SELECT count(*) FROM calendar_requests)",
        None,
    )?;
    let due = "FROM deliveries WHERE due_at IS NOT NULL AND due_at <= ?1";
    let outbox_waiting = number(&format!("SELECT count(*) {due}"), Some(now))?;
    let oldest_due = number(&format!("SELECT min(due_at) {due}"), Some(now))?;
    let waited = oldest.map_or(0, |received_at| now.saturating_sub(received_at));
    Ok(Gauges {
        oldest_pending: Duration::from_millis(count(waited)),
        active_threads: count(active.unwrap_or(0)),
        waiting_threads: count(waiting.unwrap_or(0)),
        retention_waits: is_moved,
        outbox_pending: count(pending.unwrap_or(0)),
        outbox_waiting: count(outbox_waiting.unwrap_or(0)),
        oldest_outbox: Duration::from_millis(count(now.saturating_sub(oldest_due.unwrap_or(now)))),
    })
}

pub(super) fn answer(conn: &Connection, thread: ThreadId, seq: Seq) -> Result<Answer, Fault> {
    let seq = int(seq.0);
    let position = conn
        .prepare_cached("SELECT done_seq, done_first FROM threads WHERE id = ?1")?
        .query_row([thread.0], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?))
        })
        .optional()?;
    // A thread that is gone was settled long ago.
    let (done_seq, done_first) = position.unwrap_or((i64::MAX, None));
    if seq > done_seq {
        return Ok(Answer::Pending);
    }
    let dead = conn
        .prepare_cached(
            "SELECT 1 FROM dead_turns WHERE thread = ?1 AND last_seq >= ?2 AND first_seq <= ?2",
        )?
        .exists((thread.0, seq))?;
    if dead {
        return Ok(Answer::Dead);
    }
    let found = conn
        .prepare_cached(
            "SELECT first_seq, last_seq, body FROM outbox
             WHERE thread = ?1 AND first_seq <= ?2 AND last_seq >= ?2 AND kind = 'reply'
             ORDER BY id",
        )?
        .query_map((thread.0, seq), |row| {
            Ok((turn(thread, row, 0)?, json::<Reply>(row, 2)?))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    // A turn that said nothing left no reply, but the latest one is known from its thread.
    let latest = done_first
        .filter(|first| *first <= seq)
        .map(|first| TurnId {
            thread,
            first: Seq(count(first)),
            last: Seq(count(done_seq)),
        });
    Ok(Answer::Done {
        turn: found.first().map(|(turn, _)| *turn).or(latest),
        replies: found.into_iter().map(|(_, reply)| reply).collect(),
    })
}

pub(super) fn replies(
    conn: &Connection,
    key: &ThreadKey,
    after: u64,
    limit: usize,
) -> Result<Vec<StoredReply>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT o.id, o.thread, o.first_seq, o.last_seq, o.at, o.body, o.by_person
         FROM thread_names n JOIN outbox o ON o.thread = n.thread
         WHERE n.name = ?1 AND n.business = ?2 AND n.source = ?3 AND n.trust = ?4
            AND o.id > ?5 AND o.kind <> 'notice' AND o.body IS NOT NULL
         ORDER BY o.id LIMIT ?6",
    )?;
    let found = statement.query_map(
        (
            &*own_name(key).value,
            key.business.as_str(),
            key.source.as_str(),
            key.trust.as_str(),
            int(after),
            int(limit as u64),
        ),
        |row| {
            Ok(StoredReply {
                id: count(row.get(0)?),
                turn: match row.get_ref(2)? {
                    rusqlite::types::ValueRef::Null => None,
                    _ => Some(turn(ThreadId(row.get(1)?), row, 2)?),
                },
                at: instant(row, 4)?,
                by_person: row.get(6)?,
                reply: json(row, 5)?,
            })
        },
    )?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn turn(thread: ThreadId, row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<TurnId> {
    Ok(TurnId {
        thread,
        first: Seq(count(row.get(column)?)),
        last: Seq(count(row.get(column + 1)?)),
    })
}

pub(super) fn failures(conn: &Connection) -> Result<Vec<(Box<str>, u64)>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT reason, count(*) FROM (
            SELECT reason FROM unprocessed UNION ALL SELECT reason FROM dead_turns
            UNION ALL SELECT reason FROM outbox WHERE state = 'dead' AND discarded = 0
         ) GROUP BY reason ORDER BY reason",
    )?;
    let found = statement.query_map((), |row| Ok((row.get(0)?, count(row.get(1)?))))?;
    Ok(found.collect::<Result<_, _>>()?)
}
