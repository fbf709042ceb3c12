//! The rows of threads: found by key or number, written back by what happened to them.

use rusqlite::{Row, params};

use super::{
    encoding::{Key, Millis, source, trust},
    fault::Fault,
    identity::Name,
    schedule::Schedule,
    transaction::Transaction,
};
use crate::message::{BusinessId, ThreadKey};

/// What a transaction needs to know of a thread.
#[derive(Debug)]
pub(super) struct ThreadRow {
    pub(super) id: i64,
    pub(super) customer: i64,
    pub(super) contact: Option<Key>,
    pub(super) version: i64,
    pub(super) paused_until: Option<Millis>,
    pub(super) last_message: Option<i64>,
    pub(super) attempt: i64,
    pub(super) revision: i64,
    pub(super) lease_token: i64,
    pub(super) schedule: Schedule,
}

macro_rules! select {
    ($condition:literal) => {
        concat!(
            "SELECT id, customer, contact, version, paused_until, last_message, attempt, revision,
                lease_token, last_seq, done_seq, ready_at, not_before, quiet_at, waiting_since,
                turn_last, lease_ms
             FROM threads WHERE ",
            $condition
        )
    };
}

impl ThreadRow {
    /// The thread that is found by a name.
    pub(super) fn of_name(
        transaction: &Transaction<'_>,
        key: &ThreadKey,
        name: &Name,
    ) -> Result<Option<Self>, Fault> {
        transaction.find(
            select!(
                "id = (SELECT thread FROM thread_names
                    WHERE name = ?1 AND business = ?2 AND source = ?3 AND trust = ?4)"
            ),
            (
                &*name.value,
                key.business.as_str(),
                key.source.as_str(),
                key.trust.as_str(),
            ),
            Self::read,
        )
    }

    /// The thread of a key, as that stands in its row.
    pub(super) fn of_key(
        transaction: &Transaction<'_>,
        key: &ThreadKey,
    ) -> Result<Option<Self>, Fault> {
        transaction.find(
            select!("key = ?1 AND business = ?2 AND source = ?3 AND trust = ?4"),
            (
                &*key.key,
                key.business.as_str(),
                key.source.as_str(),
                key.trust.as_str(),
            ),
            Self::read,
        )
    }

    /// The thread of a number.
    pub(super) fn of_id(transaction: &Transaction<'_>, id: i64) -> Result<Option<Self>, Fault> {
        transaction.find(select!("id = ?1"), [id], Self::read)
    }

    /// A new thread of a customer. A key that another thread has, whose person is known by
    /// something else by now, is written with a number after it.
    pub(super) fn create(
        transaction: &Transaction<'_>,
        key: &ThreadKey,
        customer: i64,
    ) -> Result<Self, Fault> {
        let insert = |text: &str| {
            transaction.execute(
                "INSERT INTO threads (business, source, trust, key, customer)
                 VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
                (
                    key.business.as_str(),
                    key.source.as_str(),
                    key.trust.as_str(),
                    text,
                    customer,
                ),
            )
        };
        if insert(&key.key)? == 0 {
            let newest = transaction.find("SELECT max(id) FROM threads", (), |row| {
                row.get::<_, i64>(0)
            })?;
            insert(&format!("{}~{}", key.key, newest.unwrap_or(0) + 1))?;
        }
        Ok(Self {
            id: transaction.conn.last_insert_rowid(),
            customer,
            contact: None,
            version: 1,
            paused_until: None,
            last_message: None,
            attempt: 0,
            revision: 0,
            lease_token: 0,
            schedule: Schedule::default(),
        })
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            customer: row.get(1)?,
            contact: row.get(2)?,
            version: row.get(3)?,
            paused_until: row.get(4)?,
            last_message: row.get(5)?,
            attempt: row.get(6)?,
            revision: row.get(7)?,
            lease_token: row.get(8)?,
            schedule: Schedule {
                last_seq: row.get(9)?,
                done_seq: row.get(10)?,
                ready_at: row.get(11)?,
                not_before: row.get(12)?,
                quiet_at: row.get(13)?,
                waiting_since: row.get(14)?,
                turn_last: row.get(15)?,
                lease_ms: row.get(16)?,
            },
        })
    }

    /// Writes an arrival that was done at once.
    pub(super) fn save_acknowledged(&self, transaction: &Transaction<'_>) -> Result<(), Fault> {
        transaction.execute(
            "UPDATE threads SET last_seq = ?2, done_seq = ?2, done_first = ?2, last_message = ?3,
                last_at = ?4 WHERE id = ?1",
            (
                self.id,
                self.schedule.last_seq,
                self.last_message,
                transaction.now,
            ),
        )?;
        Ok(())
    }

    /// Writes what an arrival changes. An unchanged `ready_at` is left alone, which spares its
    /// index.
    pub(super) fn save_arrival(
        &self,
        transaction: &Transaction<'_>,
        before: Option<Millis>,
    ) -> Result<(), Fault> {
        let schedule = &self.schedule;
        let rest = (
            self.id,
            schedule.last_seq,
            schedule.not_before,
            schedule.quiet_at,
            schedule.waiting_since,
            self.last_message,
            transaction.now,
        );
        if schedule.ready_at == before {
            transaction.execute(
                "UPDATE threads SET last_seq = ?2, not_before = ?3, quiet_at = ?4,
                    waiting_since = ?5, last_message = ?6, last_at = ?7 WHERE id = ?1",
                rest,
            )?;
        } else {
            let (id, last_seq, not_before, quiet_at, waiting_since, last_message, now) = rest;
            transaction.execute(
                "UPDATE threads SET last_seq = ?2, not_before = ?3, quiet_at = ?4,
                    waiting_since = ?5, last_message = ?6, last_at = ?7, ready_at = ?8
                 WHERE id = ?1",
                params![
                    id,
                    last_seq,
                    not_before,
                    quiet_at,
                    waiting_since,
                    last_message,
                    now,
                    schedule.ready_at
                ],
            )?;
        }
        Ok(())
    }

    /// Writes what messages change that wait again. When the customer wrote last stays as it was.
    pub(super) fn save_replay(&self, transaction: &Transaction<'_>) -> Result<(), Fault> {
        let schedule = &self.schedule;
        transaction.execute(
            "UPDATE threads SET last_seq = ?2, quiet_at = ?3, waiting_since = ?4, ready_at = ?5
             WHERE id = ?1",
            (
                self.id,
                schedule.last_seq,
                schedule.quiet_at,
                schedule.waiting_since,
                schedule.ready_at,
            ),
        )?;
        Ok(())
    }

    /// Writes what leasing, giving back and settling change.
    pub(super) fn save_turn(&self, transaction: &Transaction<'_>) -> Result<(), Fault> {
        let schedule = &self.schedule;
        transaction.execute(
            "UPDATE threads SET done_seq = ?2, ready_at = ?3, not_before = ?4, turn_last = ?5,
                attempt = ?6, revision = ?7, lease_token = ?8, lease_ms = ?9 WHERE id = ?1",
            params![
                self.id,
                schedule.done_seq,
                schedule.ready_at,
                schedule.not_before,
                schedule.turn_last,
                self.attempt,
                self.revision,
                self.lease_token,
                schedule.lease_ms
            ],
        )?;
        Ok(())
    }

    /// Gives the thread to a person until an instant, or back to the bot. A turn under way that
    /// was leased before becomes stale.
    pub(super) fn pause(
        &mut self,
        transaction: &Transaction<'_>,
        until: Option<Millis>,
        reason: Option<&str>,
    ) -> Result<(), Fault> {
        self.version += 1;
        self.paused_until = until;
        transaction.execute(
            "UPDATE threads SET version = ?2, paused_until = ?3, handoff = ?4 WHERE id = ?1",
            (self.id, self.version, until, reason),
        )?;
        Ok(())
    }
}

/// The key of a thread.
pub(super) fn key(transaction: &Transaction<'_>, id: i64) -> Result<ThreadKey, Fault> {
    transaction
        .find(
            "SELECT business, source, trust, key FROM threads WHERE id = ?1",
            [id],
            |row| {
                Ok(ThreadKey {
                    business: BusinessId::new(row.get_ref(0)?.as_str()?),
                    source: source(row, 1)?,
                    trust: trust(row, 2)?,
                    key: row.get(3)?,
                })
            },
        )?
        .ok_or_else(missing)
}

/// A row that another row points to is not there.
#[derive(Debug, thiserror::Error)]
#[error("a row that is pointed to is missing")]
struct Missing;

/// The fault of a missing row.
pub(super) fn missing() -> Fault {
    Fault::undecodable("a reference", Missing)
}
