//! Two threads that turn out to be one person's become one.
//!
//! The invariants: nothing is lost and nothing counted twice: what waited waits, in the order in
//! which it arrived, what is done or dead is so, and the longer pause holds. A turn under way in
//! either loses its lease and runs again in the joined thread.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::{encoding::Millis, fault::Fault};

/// The parts of a thread's row that are put together.
struct Side {
    last_seq: i64,
    done_seq: i64,
    done_first: Option<i64>,
    last_at: Option<Millis>,
    paused_until: Option<Millis>,
    handoff: Option<String>,
    not_before: Millis,
    quiet_at: Millis,
    waiting_since: Millis,
    excused_at: Option<Millis>,
    version: i64,
}

/// An input that waits.
struct Waiting {
    thread: i64,
    seq: i64,
    message: Option<i64>,
    event: Option<String>,
    at: Millis,
}

/// Joins a thread to another one of the same person, which stays as it is where both differ: the
/// caller names the one in which was written last.
pub(super) fn join(conn: &Connection, into: i64, other: i64) -> Result<(), Fault> {
    let (one, two) = (Side::read(conn, into)?, Side::read(conn, other)?);
    let waiting = waiting(conn, into, other)?;
    // What the other one has done comes after what this one has; what waits comes last.
    let shift = one.done_seq;
    let first_waiting = one.done_seq + two.done_seq + 1;
    let new_seqs: HashMap<(i64, i64), i64> = (first_waiting..)
        .zip(&waiting)
        .map(|(seq, input)| ((input.thread, input.seq), seq))
        .collect();
    let last_message = chain(conn, into, other, |thread, seq| {
        let done = if thread == other { seq + shift } else { seq };
        new_seqs.get(&(thread, seq)).copied().unwrap_or(done)
    })?;
    write_waiting(conn, (into, other), first_waiting, &waiting)?;
    move_rows(conn, into, other, shift)?;
    move_lane(conn, into, other)?;
    let last_seq = first_waiting - 1 + i64::try_from(waiting.len()).unwrap_or(0);
    one.merge(conn, into, &two, other, last_seq, last_message)?;
    retire(conn, into, other)
}

impl Side {
    fn read(conn: &Connection, id: i64) -> Result<Self, Fault> {
        let mut statement = conn.prepare_cached(
            "SELECT last_seq, done_seq, done_first, last_at, paused_until, handoff, not_before,
                quiet_at, waiting_since, excused_at, version FROM threads WHERE id = ?1",
        )?;
        let side = statement.query_row([id], |row| {
            Ok(Self {
                last_seq: row.get(0)?,
                done_seq: row.get(1)?,
                done_first: row.get(2)?,
                last_at: row.get(3)?,
                paused_until: row.get(4)?,
                handoff: row.get(5)?,
                not_before: row.get(6)?,
                quiet_at: row.get(7)?,
                waiting_since: row.get(8)?,
                excused_at: row.get(9)?,
                version: row.get(10)?,
            })
        })?;
        Ok(side)
    }

    fn waits(&self) -> bool {
        self.last_seq > self.done_seq
    }

    /// Writes the row of the thread that stays.
    fn merge(
        &self,
        conn: &Connection,
        into: i64,
        two: &Self,
        other: i64,
        last_seq: i64,
        last_message: Option<i64>,
    ) -> Result<(), Fault> {
        let done_seq = self.done_seq + two.done_seq;
        let sides = || [self, two].into_iter().filter(|side| side.waits());
        let not_before = sides().map(|side| side.not_before).max();
        let quiet_at = sides().map(|side| side.quiet_at).max();
        let waiting_since = sides().map(|side| side.waiting_since).min();
        let ready_at = quiet_at.max(not_before);
        let (paused_until, handoff) = if two.paused_until > self.paused_until {
            (two.paused_until, &two.handoff)
        } else {
            (self.paused_until, &self.handoff)
        };
        let done_first = match two.done_first {
            Some(first) if two.done_seq > 0 => Some(first + self.done_seq),
            _ => self.done_first,
        };
        conn.prepare_cached(
            "UPDATE threads SET last_seq = ?2, done_seq = ?3, done_first = ?4, last_message = ?5,
                last_at = ?6, paused_until = ?7, handoff = ?8, not_before = ?9, quiet_at = ?10,
                waiting_since = ?11, excused_at = ?12, version = ?13, ready_at = ?14,
                contact = NULL, turn_last = NULL, attempt = 0, revision = 0, conflict = NULL,
                answer = NULL, lease_token = lease_token + 1, lease_ms = NULL,
                (provider_id, medium, phone) = (SELECT coalesce(threads.provider_id, o.provider_id),
                    coalesce(threads.medium, o.medium), coalesce(threads.phone, o.phone)
                    FROM threads o WHERE o.id = ?15)
             WHERE id = ?1",
        )?
        .execute(params![
            into,
            last_seq,
            done_seq,
            done_first,
            last_message,
            self.last_at.max(two.last_at),
            paused_until,
            handoff,
            not_before.unwrap_or(self.not_before),
            quiet_at.unwrap_or(self.quiet_at),
            waiting_since.unwrap_or(self.waiting_since),
            self.excused_at.max(two.excused_at),
            self.version.max(two.version) + 1,
            ready_at,
            other,
        ])?;
        Ok(())
    }
}

/// What waits in both, in the order in which it arrived; each thread's own order stays.
fn waiting(conn: &Connection, into: i64, other: i64) -> Result<Vec<Waiting>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT i.thread, i.seq, i.message, i.event,
            coalesce(m.received_at, json_extract(i.event, '$.at'), 0)
         FROM inputs i LEFT JOIN messages m ON m.id = i.message
         WHERE i.thread = ?1 ORDER BY i.seq",
    )?;
    let mut of = |thread: i64| -> Result<Vec<Waiting>, Fault> {
        let rows = statement.query_map([thread], |row| {
            Ok(Waiting {
                thread: row.get(0)?,
                seq: row.get(1)?,
                message: row.get(2)?,
                event: row.get(3)?,
                at: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let (mut one, mut two) = (
        of(into)?.into_iter().peekable(),
        of(other)?.into_iter().peekable(),
    );
    let mut merged = Vec::new();
    loop {
        let place = |input: &Waiting| (input.at, input.message);
        let next = match (one.peek(), two.peek()) {
            (Some(first), Some(second)) if place(second) < place(first) => two.next(),
            (Some(_), _) => one.next(),
            (None, _) => two.next(),
        };
        match next {
            Some(input) => merged.push(input),
            None => return Ok(merged),
        }
    }
}

fn write_waiting(
    conn: &Connection,
    (into, other): (i64, i64),
    first: i64,
    waiting: &[Waiting],
) -> Result<(), Fault> {
    conn.prepare_cached("DELETE FROM inputs WHERE thread IN (?1, ?2)")?
        .execute([into, other])?;
    let mut insert = conn.prepare_cached(
        "INSERT INTO inputs (thread, seq, message, event) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (seq, input) in (first..).zip(waiting) {
        insert.execute((into, seq, input.message, &input.event))?;
    }
    Ok(())
}

/// Puts the messages of both into one chain by arrival, each with its new place, and answers the
/// newest.
fn chain(
    conn: &Connection,
    into: i64,
    other: i64,
    new_seq: impl Fn(i64, i64) -> i64,
) -> Result<Option<i64>, Fault> {
    // The chain of what waits or is dead may have lost its middle to the retention.
    let mut statement = conn.prepare_cached(
        "WITH RECURSIVE walk (id) AS (
            SELECT last_message FROM threads WHERE id IN (?1, ?2)
            UNION
            SELECT last_message FROM dead_turns WHERE thread IN (?1, ?2)
            UNION
            SELECT message FROM inputs WHERE thread IN (?1, ?2)
            UNION
            SELECT m.prev FROM walk JOIN messages m ON m.id = walk.id
         )
         SELECT m.id, m.thread, m.seq FROM walk JOIN messages m ON m.id = walk.id
         WHERE m.thread IN (?1, ?2) ORDER BY m.id",
    )?;
    let found = statement.query_map([into, other], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    let found: Vec<(i64, i64, i64)> = found.collect::<Result<_, _>>()?;
    let mut write = conn.prepare_cached(
        "UPDATE messages SET thread = ?2, seq = ?3, prev = ?4
         WHERE id = ?1 AND (thread, seq, prev) IS NOT (?2, ?3, ?4)",
    )?;
    let mut prev: Option<i64> = None;
    for (id, thread, seq) in found {
        write.execute((id, into, new_seq(thread, seq), prev))?;
        prev = Some(id);
    }
    Ok(prev)
}

/// Moves what else belongs to a thread.
fn move_rows(conn: &Connection, into: i64, other: i64, shift: i64) -> Result<(), Fault> {
    for sql in [
        "UPDATE outbox SET thread = ?1, first_seq = first_seq + ?3, last_seq = last_seq + ?3
         WHERE thread = ?2",
        "UPDATE dead_turns SET thread = ?1, first_seq = first_seq + ?3, last_seq = last_seq + ?3
         WHERE thread = ?2",
    ] {
        conn.prepare_cached(sql)?.execute([into, other, shift])?;
    }
    for sql in [
        "UPDATE notices SET thread = ?1 WHERE thread = ?2",
        "UPDATE calendar_requests SET thread = ?1 WHERE thread = ?2",
        "UPDATE thread_names SET thread = ?1 WHERE thread = ?2",
        "UPDATE threads SET joined_to = ?1 WHERE joined_to = ?2",
        // What the one that stays remembers is the newer.
        "UPDATE OR IGNORE states SET thread = ?1 WHERE thread = ?2",
    ] {
        conn.prepare_cached(sql)?.execute([into, other])?;
    }
    Ok(())
}

/// Puts what is to be sent in both into one lane, of which the first is due.
fn move_lane(conn: &Connection, into: i64, other: i64) -> Result<(), Fault> {
    let moved = conn
        .prepare_cached("UPDATE deliveries SET lane = ?1 WHERE lane = ?2")?
        .execute([into, other])?;
    if moved == 0 {
        return Ok(());
    }
    let mut due = conn.prepare_cached(
        "UPDATE deliveries SET due_at = coalesce(due_at,
            (SELECT min(due_at) FROM deliveries WHERE lane = ?1), 0)
         WHERE outbox = (SELECT min(outbox) FROM deliveries WHERE lane = ?1)",
    )?;
    due.execute([into])?;
    let mut wait = conn.prepare_cached(
        "UPDATE deliveries SET due_at = NULL WHERE lane = ?1 AND lease_ms IS NULL
            AND outbox <> (SELECT min(outbox) FROM deliveries WHERE lane = ?1)",
    )?;
    wait.execute([into])?;
    Ok(())
}

/// Leaves of a thread a row that points to the other one: its number is never used again.
fn retire(conn: &Connection, into: i64, other: i64) -> Result<(), Fault> {
    conn.prepare_cached("DELETE FROM states WHERE thread = ?1")?
        .execute([other])?;
    conn.prepare_cached(
        "UPDATE threads SET joined_to = ?1, key = 'joined:' || id, contact = NULL,
            provider_id = NULL, medium = NULL, phone = NULL, version = version + 1, handoff = NULL,
            paused_until = NULL, done_seq = last_seq, done_first = NULL, last_message = NULL,
            last_at = NULL, ready_at = NULL, turn_last = NULL, attempt = 0, revision = 0,
            conflict = NULL, answer = NULL, lease_token = lease_token + 1, lease_ms = NULL
         WHERE id = ?2",
    )?
    .execute([into, other])?;
    Ok(())
}

/// The thread that one was joined to, or itself.
pub(super) fn standing(conn: &Connection, thread: i64) -> Result<i64, Fault> {
    let mut statement =
        conn.prepare_cached("SELECT coalesce((SELECT joined_to FROM threads WHERE id = ?1), ?1)")?;
    Ok(statement.query_row([thread], |row| row.get(0))?)
}
