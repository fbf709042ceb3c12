//! What the store holds, read out of its file beside the app.

use std::{collections::BTreeSet, path::Path};

use chrono::{DateTime, Utc};
use frontdesk::{
    message::{CustomerId, PhoneNumber, ThreadId},
    workflow::Consent,
};
use rusqlite::{Connection, OptionalExtension as _, Params, Row, types::FromSql};

use super::{By, contact};
use crate::conversation::{
    file::{LOCATION, NUMBER},
    scene::{Booked, Status, Told},
};

/// The store's file.
pub(super) struct Rows(Connection, By);

/// What can change in a turn.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Snapshot {
    /// The newest message that was to be sent.
    outbox: i64,
    memory: Option<Vec<u8>>,
    handoff: Option<String>,
    /// How often bookings changed.
    bookings: i64,
    opted_out: bool,
}

impl Rows {
    pub(super) fn of(file: &Path, by: By) -> Self {
        Self(Connection::open(file).unwrap(), by)
    }

    /// The conversation with a number.
    pub(super) fn thread(&self, phone: &PhoneNumber) -> ThreadId {
        let sql = "SELECT id FROM threads WHERE key = ?1";
        ThreadId(self.find(sql, [self.key(phone)]).unwrap())
    }

    /// Whose bookings are seen there, if anything was ever written.
    pub(super) fn customer(&self, phone: &PhoneNumber) -> Option<CustomerId> {
        let sql = "SELECT customer FROM threads WHERE key = ?1";
        self.find(sql, [self.key(phone)]).map(CustomerId)
    }

    /// Whether nothing waits for a turn, or for the keeper of the calendar.
    pub(super) fn is_answered(&self, thread: ThreadId) -> bool {
        let sql = "SELECT last_seq = done_seq AND ready_at IS NULL FROM threads WHERE id = ?1
                   AND NOT EXISTS (SELECT 1 FROM calendar_requests)";
        self.find(sql, [thread.0]).unwrap_or(false)
    }

    /// Whether the keeper of the calendar is asked for anything.
    pub(super) fn is_asked(&self) -> bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM calendar_requests)";
        self.find(sql, []).unwrap()
    }

    /// The keeper's ids of all that is booked.
    pub(super) fn kept_elsewhere(&self) -> BTreeSet<String> {
        let sql = "SELECT external_id FROM bookings WHERE status = 'booked'";
        self.all(sql, [], |row| row.get(0)).into_iter().collect()
    }

    /// Whether anything is to be sent by now, or under way.
    pub(super) fn is_due(&self, now: DateTime<Utc>) -> bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM deliveries
                   WHERE due_at IS NULL OR due_at <= ?1 OR lease_ms IS NOT NULL)";
        self.find(sql, [now.timestamp_millis()]).unwrap()
    }

    /// How many messages came to another end than to be taken.
    pub(super) fn unsent(&self) -> i64 {
        let sql = "SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'pending')
                   AND reason NOT IN ('booking_changed', 'taken_over')";
        self.find(sql, []).unwrap()
    }

    /// When the next reminder is due.
    pub(super) fn next_reminder(&self) -> DateTime<Utc> {
        let sql = "SELECT min(d.due_at) FROM deliveries d JOIN outbox o ON o.id = d.outbox
                   WHERE o.kind = 'reminder'";
        let at: i64 = self.find(sql, []).unwrap();
        DateTime::from_timestamp_millis(at).unwrap()
    }

    /// Makes the one memory there is unreadable.
    pub(super) fn garble(&self) {
        let garbled = self.0.execute("UPDATE states SET bytes = x'3f'", []);
        assert_eq!(garbled.unwrap(), 1);
    }

    pub(super) fn snapshot(&self, phone: &PhoneNumber) -> Snapshot {
        let outbox = "SELECT coalesce(max(id), 0) FROM outbox";
        let memory = "SELECT s.bytes FROM states s JOIN threads t ON t.id = s.thread
                      WHERE t.key = ?1";
        let handoff = "SELECT handoff FROM threads WHERE key = ?1";
        let bookings = "SELECT coalesce(sum(version), 0) FROM bookings";
        Snapshot {
            outbox: self.find(outbox, []).unwrap(),
            memory: self.find(memory, [self.key(phone)]),
            handoff: self.find(handoff, [self.key(phone)]).flatten(),
            bookings: self.find(bookings, []).unwrap(),
            opted_out: self.is_opted_out(),
        }
    }

    /// What the turns since then came to, but for what was said.
    pub(super) fn told(&self, phone: &PhoneNumber, since: &Snapshot) -> Told {
        let sql = "SELECT handoff, paused_until FROM threads WHERE key = ?1";
        let thread = self.0.query_row(sql, [self.key(phone)], |row| {
            let until: Option<i64> = row.get(1)?;
            Ok((row.get(0)?, until.and_then(DateTime::from_timestamp_millis)))
        });
        let (handoff, until) = thread.unwrap();
        let news = self.news(since);
        let kinds = ["booked", "moved", "cancelled"];
        let consent = match (since.opted_out, self.is_opted_out()) {
            (false, true) => Some(Consent::OptOut),
            (true, false) => Some(Consent::OptIn),
            _ => None,
        };
        Told {
            handoff,
            until,
            again: self.told_again(),
            news: news.len(),
            alerts: news
                .into_iter()
                .filter(|kind| !kinds.contains(&kind.as_str()))
                .collect(),
            consent,
            ..Told::default()
        }
    }

    /// What the owner was told since then, by kind.
    fn news(&self, since: &Snapshot) -> Vec<String> {
        let sql = "SELECT json_extract(body, '$.kind') FROM outbox
                   WHERE kind = 'notice' AND state = 'sent' AND id > ?1 ORDER BY id";
        self.all(sql, [since.outbox], |row| row.get(0))
    }

    /// What the owner was told from then on, by kind.
    pub(super) fn news_since(&self, from: DateTime<Utc>) -> Vec<String> {
        let sql = "SELECT json_extract(body, '$.kind') FROM outbox
                   WHERE kind = 'notice' AND state = 'sent' AND settled_at >= ?1 ORDER BY id";
        self.all(sql, [from.timestamp_millis()], |row| row.get(0))
    }

    /// When the owner is told once more.
    fn told_again(&self) -> Option<DateTime<Utc>> {
        let sql = "SELECT min(d.due_at) FROM deliveries d JOIN outbox o ON o.id = d.outbox
                   WHERE o.kind = 'notice'";
        let at: Option<i64> = self.find(sql, []).flatten();
        at.and_then(DateTime::from_timestamp_millis)
    }

    fn is_opted_out(&self) -> bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM opt_outs)";
        self.find(sql, []).unwrap()
    }

    /// What a customer has that is not over, by start.
    pub(super) fn bookings(
        &self,
        phone: &PhoneNumber,
        status: Status,
        now: DateTime<Utc>,
    ) -> Vec<Booked> {
        let status = match status {
            Status::Held => "held",
            Status::Requested => "requested",
            Status::Booked => "booked",
        };
        let sql = "SELECT b.services, b.resource, b.visible_start, b.name, b.for_name
                   FROM bookings b
                   JOIN threads t ON t.customer = b.customer
                   WHERE t.key = ?1 AND b.status = ?2 AND b.visible_end > ?3
                       AND (b.expires_at IS NULL OR b.status = 'booked' OR b.expires_at > ?3)
                   ORDER BY b.visible_start";
        let parameters = (self.key(phone), status, now.timestamp_millis());
        self.all(sql, parameters, |row| {
            Ok(Booked {
                services: row.get(0)?,
                resource: row.get(1)?,
                start: DateTime::from_timestamp_millis(row.get(2)?).unwrap(),
                name: row.get(3)?,
                for_name: row.get(4)?,
            })
        })
    }

    fn find<T: FromSql>(&self, sql: &str, parameters: impl Params) -> Option<T> {
        let mut statement = self.0.prepare_cached(sql).unwrap();
        let found = statement.query_row(parameters, |row| row.get(0));
        found.optional().unwrap()
    }

    fn all<T>(
        &self,
        sql: &str,
        parameters: impl Params,
        of: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Vec<T> {
        let mut statement = self.0.prepare_cached(sql).unwrap();
        let rows = statement.query_map(parameters, of).unwrap();
        rows.map(Result::unwrap).collect()
    }

    /// The key of the conversation with a number.
    fn key(&self, phone: &PhoneNumber) -> String {
        match self.1 {
            By::Meta => format!("{NUMBER}:{}", phone.as_str().trim_start_matches('+')),
            By::Highlevel => format!("{LOCATION}:{}", contact::contact_id(phone)),
        }
    }
}
