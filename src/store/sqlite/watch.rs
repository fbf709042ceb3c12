//! The machine's clock, held against the store's own record of time.
//!
//! The invariants: nothing is forgotten by age until a clock that leapt has been stable for
//! [`STABLE_MS`]; what waits does not wait longer because the clock stepped back.

use rusqlite::{Connection, OptionalExtension as _};

use super::{encoding::Millis, fault::Fault, transaction::Transaction};

/// A difference to the last write after which the clock is not trusted: it leapt, or the machine
/// was off.
const LEAP_MS: Millis = 24 * 60 * 60 * 1000;
/// How long a clock that leapt has to go on evenly until it is trusted.
pub(super) const STABLE_MS: Millis = 60 * 60 * 1000;
/// A step back that is worth correcting what waits; a shorter one is waited for.
const STEP_MS: Millis = 2_000;
/// How often the time is noted, at least while it does not leap.
const NOTE_EVERY_MS: Millis = 60 * 1000;

/// What the store knows of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Watch {
    /// The last instant at which anything was written.
    last: Millis,
    /// When the clock was first seen after a leap, by itself. None: it is trusted.
    moved_at: Option<Millis>,
    /// The instant that is on disk.
    noted: Millis,
}

/// What an instant means after those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    Even,
    Leapt,
    Settled,
}

impl Watch {
    fn new(now: Millis) -> Self {
        Self {
            last: now,
            moved_at: None,
            noted: Millis::MIN,
        }
    }

    fn read(conn: &Connection) -> rusqlite::Result<Option<Self>> {
        let mut statement =
            conn.prepare_cached("SELECT at, moved_at FROM clock WHERE writer = 1")?;
        let read = |row: &rusqlite::Row<'_>| {
            let at = row.get(0)?;
            Ok(Self {
                last: at,
                moved_at: row.get(1)?,
                noted: at,
            })
        };
        statement.query_row((), read).optional()
    }

    /// Returns whether what is old can be told from what is not.
    pub(super) fn is_trusted(&self) -> bool {
        self.moved_at.is_none()
    }

    fn see(&mut self, now: Millis) -> Seen {
        let by = now.saturating_sub(self.last).saturating_abs();
        self.last = now;
        match self.moved_at {
            _ if by > LEAP_MS => {
                self.moved_at = Some(now);
                Seen::Leapt
            }
            Some(at) if now < at => {
                self.moved_at = Some(now);
                Seen::Even
            }
            Some(at) if now - at >= STABLE_MS => {
                self.moved_at = None;
                Seen::Settled
            }
            _ => Seen::Even,
        }
    }
}

/// Looks at the clock as a transaction begins, and corrects what waits where it stepped back.
pub(super) fn follow(transaction: &mut Transaction<'_>) -> Result<(), Fault> {
    let now = transaction.now;
    let known = match transaction.memory.clock {
        Some(watch) => Some(watch),
        None => Watch::read(transaction.conn)?,
    };
    let mut watch = known.unwrap_or_else(|| Watch::new(now));
    let before = watch.last;
    let seen = watch.see(now);
    match seen {
        Seen::Even => {}
        Seen::Leapt => tracing::warn!(
            moved_secs = now.saturating_sub(before) / 1000,
            "the clock moved by more than a day since the last write: nothing is forgotten by age \
             until it has been stable for an hour"
        ),
        Seen::Settled => tracing::info!("the clock has been stable for an hour"),
    }
    if before.saturating_sub(now) > STEP_MS {
        step_back(transaction, before)?;
    }
    if seen != Seen::Even || now.saturating_sub(watch.noted).saturating_abs() >= NOTE_EVERY_MS {
        transaction.execute(
            "INSERT INTO clock (writer, at, moved_at) VALUES (1, ?1, ?2)
             ON CONFLICT DO UPDATE SET at = excluded.at, moved_at = excluded.moved_at",
            (now, watch.moved_at),
        )?;
        watch.noted = now;
    }
    transaction.memory.clock = Some(watch);
    Ok(())
}

/// Takes the step out of what waits: what was to come comes as long after now as it was after
/// `before`, and what was due is due now.
fn step_back(transaction: &mut Transaction<'_>, before: Millis) -> Result<(), Fault> {
    let now = transaction.now;
    let by = before - now;
    // A pause that was over before the step stays as it is: it may be one from before a leap.
    transaction.execute(
        "UPDATE threads SET
            ready_at = min(ready_at, max(?1, ready_at - ?2)),
            not_before = min(not_before, max(?1, not_before - ?2)),
            quiet_at = min(quiet_at, max(?1, quiet_at - ?2)),
            waiting_since = min(waiting_since, max(?1, waiting_since - ?2)),
            excused_at = min(excused_at, ?1),
            paused_until = CASE WHEN paused_until > ?3 THEN paused_until - ?2 ELSE paused_until END
         WHERE ready_at > ?1 OR not_before > ?1 OR quiet_at > ?1 OR paused_until > ?3
            OR excused_at > ?1",
        (now, by, before),
    )?;
    for table in ["deliveries", "calendar_requests"] {
        transaction.execute(
            &format!(
                "UPDATE {table} SET due_at = min(due_at, max(?1, due_at - ?2)),
                    expires_at = CASE WHEN expires_at > ?3 THEN expires_at - ?2 ELSE expires_at END
                 WHERE due_at > ?1 OR expires_at > ?3"
            ),
            (now, by, before),
        )?;
    }
    tracing::warn!(
        by_secs = by / 1000,
        "the clock stepped back; what waits was moved with it"
    );
    transaction.after.wake = true;
    transaction.after.mail = true;
    Ok(())
}
