//! Forgetting by age, a slice at a time between other work.
//!
//! The invariant: never an input that waits, nor what a dead turn could be replayed from while it
//! is kept, nor a booking that is not over; and an id that was accepted is recognised for
//! [`DEDUPE_HORIZON_MS`] at least.

use std::time::Duration;

use rusqlite::params;

use super::{
    encoding::{Millis, millis_of},
    fault::Fault,
    transaction::Transaction,
};
use crate::store::Purged;

/// How long an id is recognised: providers repeat for 7 days.
const DEDUPE_HORIZON_MS: Millis = 8 * 24 * 60 * 60 * 1000;
/// The most rows of a table that one slice looks at: a few milliseconds of work.
const SLICE: i64 = 200;

/// Looks only at the oldest rows, since looking for old ones would read the whole table.
macro_rules! oldest {
    ($table:literal, $and:literal) => {
        concat!(
            "DELETE FROM ",
            $table,
            " WHERE id <= (SELECT max(id) FROM (SELECT id FROM ",
            $table,
            " ORDER BY id LIMIT ?2)) AND at < ?1 ",
            $and
        )
    };
}

/// Forgets one slice of what is older than `keep`; nothing while the clock is not trusted.
pub(super) fn purge(transaction: &mut Transaction<'_>, keep: Duration) -> Result<Purged, Fault> {
    if !transaction.trusts_clock() {
        return Ok(Purged::default());
    }
    transaction.after.rows += 1;
    let before = transaction.now.saturating_sub(millis_of(keep));
    let mut purged = messages(transaction, before)?;
    purged.add(threads(transaction, before)?);
    for sql in [
        oldest!(
            "outbox",
            "AND state NOT IN ('pending', 'sending', 'ambiguous')"
        ),
        oldest!("dead_turns", ""),
        oldest!("unprocessed", ""),
        oldest!("notices", ""),
        oldest!("reports", ""),
        "DELETE FROM bookings WHERE id IN
            (SELECT id FROM bookings WHERE visible_end < ?1 LIMIT ?2)",
        "DELETE FROM blocks WHERE id IN
            (SELECT id FROM blocks WHERE ends_at < ?1 LIMIT ?2)",
    ] {
        let rows = transaction.execute(sql, params![before, SLICE])? as u64;
        purged.add(Purged {
            rows,
            more: rows > 0,
        });
    }
    let rows = transaction.execute(
        "DELETE FROM answers WHERE at < ?1",
        [before.max(transaction.now - DEDUPE_HORIZON_MS)],
    )?;
    purged.add(Purged {
        rows: rows as u64,
        more: false,
    });
    // Rows of `unprocessed` may have gone; it is added up again when one comes.
    transaction.memory.unprocessed_bytes = None;
    Ok(purged)
}

/// Messages go in the order in which they came. Those that must stay are passed over once a round.
fn messages(transaction: &mut Transaction<'_>, before: Millis) -> Result<Purged, Fault> {
    let horizon = before.min(transaction.now - DEDUPE_HORIZON_MS);
    let from = transaction.memory.purged_message;
    let to = transaction.find(
        "SELECT max(id) FROM
            (SELECT id FROM messages WHERE id > ?1 AND received_at < ?2 ORDER BY id LIMIT ?3)
         HAVING max(id) IS NOT NULL",
        (from, before, SLICE),
        |row| row.get::<_, i64>(0),
    )?;
    let Some(to) = to else {
        transaction.memory.purged_message = 0;
        return Ok(Purged::default());
    };
    let gone = transaction.execute(
        "DELETE FROM messages WHERE id > ?1 AND id <= ?2 AND received_at < ?3
            AND seq <= (SELECT done_seq FROM threads WHERE threads.id = messages.thread)
            AND NOT EXISTS (SELECT 1 FROM dead_turns d WHERE d.thread = messages.thread
                AND d.first_seq <= messages.seq AND d.last_seq >= messages.seq)",
        (from, to, horizon),
    )?;
    let blanked = transaction.execute(
        "UPDATE messages SET content = NULL, digest = NULL, fingerprint = NULL, reply_to = NULL
         WHERE id > ?1 AND id <= ?2 AND content IS NOT NULL AND received_at < ?3
            AND seq <= (SELECT done_seq FROM threads WHERE threads.id = messages.thread)
            AND NOT EXISTS (SELECT 1 FROM dead_turns d WHERE d.thread = messages.thread
                AND d.first_seq <= messages.seq AND d.last_seq >= messages.seq)",
        (from, to, before),
    )?;
    transaction.memory.purged_message = to;
    Ok(Purged {
        rows: (gone + blanked) as u64,
        more: true,
    })
}

/// What quiet conversations remembered goes too.
fn threads(transaction: &mut Transaction<'_>, before: Millis) -> Result<Purged, Fault> {
    let from = transaction.memory.purged_thread;
    let to = transaction.find(
        "SELECT max(thread) FROM
            (SELECT thread FROM states WHERE thread > ?1 ORDER BY thread LIMIT ?2)
         HAVING max(thread) IS NOT NULL",
        (from, SLICE),
        |row| row.get::<_, i64>(0),
    )?;
    let Some(to) = to else {
        transaction.memory.purged_thread = 0;
        return Ok(Purged::default());
    };
    let rows = transaction.execute(
        "DELETE FROM states WHERE thread > ?1 AND thread <= ?2
            AND (SELECT last_at < ?3 AND last_seq = done_seq FROM threads WHERE id = thread)",
        (from, to, before),
    )?;
    transaction.memory.purged_thread = to;
    Ok(Purged {
        rows: rows as u64,
        more: true,
    })
}

impl Purged {
    fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.more |= other.more;
    }
}
