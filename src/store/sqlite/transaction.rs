//! A grouped transaction as one piece of work sees it: the connection, the rules, and what is to
//! follow once it is durable.
//!
//! The invariant: nothing outside the database is told of a change before its commit. Work writes
//! its wake-ups and counts into [`After`], which is thrown away with a transaction that fails.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::{CachedStatement, Connection, OptionalExtension, Params, Row};

use super::{
    encoding::{Millis, millis},
    fault::Fault,
    limiter::Limiter,
    outbox::Undelivered,
    watch::{self, Watch},
};
use crate::{clock::Clock, message::ThreadId, metrics::BookingOutcome, store::Policy};

/// What the writer decides by.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) policy: Policy,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) limiter: Option<Limiter>,
}

/// What the writer remembers between transactions, all of it read again after a fault.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Bytes kept in `unprocessed`; none until they were added up.
    pub(super) unprocessed_bytes: Option<u64>,
    /// The last message that the purge has looked at.
    pub(super) purged_message: i64,
    /// The last thread that the purge has looked at.
    pub(super) purged_thread: i64,
    /// The medium refused a write, and nothing as large was written since.
    pub(super) writes_fail: bool,
    /// The time as the store knows it.
    pub(super) clock: Option<Watch>,
}

/// What follows a commit.
#[derive(Debug, Default)]
pub(super) struct After {
    /// Threads may have become ready.
    pub(super) wake: bool,
    /// Something may have become due in the outbox.
    pub(super) mail: bool,
    /// Threads of which a turn was settled.
    pub(super) settled: Vec<ThreadId>,
    /// Changes of the calendar.
    pub(super) bookings: Vec<BookingOutcome>,
    /// Messages that a provider took and did not deliver.
    pub(super) undelivered: Vec<Undelivered>,
    /// Writes, for the metrics.
    pub(super) rows: usize,
    /// The health probe wrote as much as a real delivery.
    pub(super) has_room: bool,
    /// Change of the running totals.
    pub(super) accepted: i64,
    pub(super) done: i64,
    pub(super) dead: i64,
}

/// A transaction under way.
#[derive(Debug)]
pub(super) struct Transaction<'w> {
    pub(super) conn: &'w Connection,
    pub(super) rules: &'w Rules,
    pub(super) memory: &'w mut Memory,
    pub(super) after: After,
    /// When the present piece of work began.
    pub(super) now: Millis,
}

impl<'w> Transaction<'w> {
    /// Begins the group's transaction.
    pub(super) fn begin(
        conn: &'w Connection,
        rules: &'w Rules,
        memory: &'w mut Memory,
    ) -> Result<Self, Fault> {
        let mut transaction = Self {
            conn,
            rules,
            memory,
            after: After::default(),
            now: 0,
        };
        transaction.tick();
        transaction.execute("BEGIN IMMEDIATE", ())?;
        watch::follow(&mut transaction)?;
        Ok(transaction)
    }

    /// Returns whether what is old can be told from what is not.
    pub(super) fn trusts_clock(&self) -> bool {
        self.memory.clock.is_none_or(|watch| watch.is_trusted())
    }

    /// Reads the clock for the next piece of work.
    pub(super) fn tick(&mut self) {
        self.now = millis(self.rules.clock.now());
    }

    /// When the present piece of work began.
    pub(super) fn instant(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.now).unwrap_or_default()
    }

    /// Makes everything durable and hands out what follows.
    pub(super) fn commit(self) -> Result<After, Fault> {
        let After {
            accepted,
            done,
            dead,
            ..
        } = self.after;
        if (accepted, done, dead) != (0, 0, 0) {
            self.execute(
                "UPDATE totals SET accepted = accepted + ?1, done = done + ?2, dead = dead + ?3
                 WHERE writer = 1",
                (accepted, done, dead),
            )?;
        }
        self.execute("COMMIT", ())?;
        Ok(self.after)
    }

    /// Runs a statement that is kept ready.
    pub(super) fn execute(&self, sql: &str, params: impl Params) -> Result<usize, Fault> {
        Ok(self.prepare(sql)?.execute(params)?)
    }

    /// Reads at most one row by a statement that is kept ready.
    pub(super) fn find<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Fault> {
        Ok(self.prepare(sql)?.query_row(params, read).optional()?)
    }

    /// A statement that is kept ready.
    ///
    /// One that searches a partial index states the index's condition first: where SQLite has to
    /// infer it from a parameter, it compiles the statement anew with each value.
    pub(super) fn prepare(&self, sql: &str) -> Result<CachedStatement<'w>, Fault> {
        Ok(self.conn.prepare_cached(sql)?)
    }
}
