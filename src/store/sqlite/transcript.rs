//! Conversations, as the people of a business see them and take part in them.

use async_trait::async_trait;
use chrono::DateTime;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{
    Store, booking,
    encoding::{Millis, count, instant, int, json, millis, millis_of, source, trust},
    fault::Fault,
    join::standing,
    office,
    outbox::{self, Said as Written},
    thread::{self, ThreadRow},
    transaction::Transaction,
    writer::Urgency,
};
use crate::{
    message::{BusinessId, PhoneNumber, Reply, SourceKind, ThreadId, ThreadKey},
    store::{
        BookingEntry, Error, Holder, Line, Said, Spoken, StoredReply, ThreadEntry, Threads,
        ThreadsWanted, TranscriptPlace,
    },
};

/// Why a thread is a person's, where no bot gave it away.
const TAKEOVER: &str = "takeover";

#[async_trait]
impl Threads for Store {
    async fn threads(&self, wanted: ThreadsWanted) -> Result<Vec<ThreadEntry>, Error> {
        let now = millis(self.clock.now());
        self.readers
            .read(move |conn| threads(conn, &wanted, now))
            .await
    }

    async fn thread(
        &self,
        id: ThreadId,
    ) -> Result<Option<(ThreadEntry, Vec<BookingEntry>)>, Error> {
        let now = millis(self.clock.now());
        self.readers.read(move |conn| whole(conn, id, now)).await
    }

    async fn transcript(
        &self,
        id: ThreadId,
        before: TranscriptPlace,
        limit: usize,
    ) -> Result<Vec<Line>, Error> {
        self.readers
            .read(move |conn| transcript(conn, id, before, limit))
            .await
    }

    async fn say(&self, id: ThreadId, reply: Reply) -> Result<Spoken, Error> {
        self.writer
            .run(Urgency::Patient, move |transaction| {
                say(transaction, id, &reply)
            })
            .await
    }
}

fn say(transaction: &mut Transaction<'_>, id: ThreadId, reply: &Reply) -> Result<Spoken, Fault> {
    transaction.after.rows += 1;
    let id = standing(transaction.conn, id.0)?;
    let Some(mut row) = ThreadRow::of_id(transaction, id)? else {
        return Ok(Spoken::NoThread);
    };
    let key = thread::key(transaction, row.id)?;
    let policy = &transaction.rules.policy;
    if key.source != SourceKind::Direct && !policy.channels.contains(&key.source) {
        return Ok(Spoken::NoChannel);
    }
    let until = transaction.now.saturating_add(millis_of(policy.handoff));
    let until = row.paused_until.map_or(until, |older| older.max(until));
    row.pause(transaction, Some(until), Some(TAKEOVER))?;
    transaction.after.wake = true;
    let number = outbox::say(
        transaction,
        &Written {
            thread: row.id,
            key: &key,
            turn: None,
            by_person: true,
            reply,
            answers: None,
            asks: false,
            about: None,
        },
    )?;
    Ok(Spoken::Queued(StoredReply {
        id: count(number),
        turn: None,
        at: DateTime::from_timestamp_millis(transaction.now).unwrap_or_default(),
        by_person: true,
        reply: reply.clone(),
    }))
}

/// The columns that [`read_thread`] expects, in its order.
macro_rules! threads {
    ($rest:literal) => {
        concat!(
            "SELECT t.id, t.business, t.source, t.trust, t.key, c.phone, c.name,
                coalesce(t.last_at, 0), t.last_seq - t.done_seq,
                CASE WHEN t.paused_until > ?1 THEN t.paused_until END, t.handoff,
                CASE WHEN coalesce(t.paused_until, 0) <= ?1 THEN 'bot'
                    WHEN coalesce(t.handoff, 'takeover') = 'takeover' THEN 'person'
                    ELSE 'nobody' END AS holder
             FROM threads t JOIN customers c ON c.id = t.customer ",
            $rest
        )
    };
}

fn threads(
    conn: &Connection,
    wanted: &ThreadsWanted,
    now: Millis,
) -> Result<Vec<ThreadEntry>, Fault> {
    let (after_at, after_id) = match wanted.after {
        Some((at, id)) => (millis(at), id.0),
        None => (Millis::MAX, i64::MAX),
    };
    let mut statement = conn.prepare_cached(threads!(
        "WHERE t.business = ?2 AND t.joined_to IS NULL AND (?3 IS NULL OR holder = ?3)
            AND (coalesce(t.last_at, 0), t.id) < (?4, ?5)
         ORDER BY coalesce(t.last_at, 0) DESC, t.id DESC LIMIT ?6"
    ))?;
    let found = statement.query_map(
        params![
            now,
            wanted.business.as_str(),
            wanted.holder.map(Holder::as_str),
            after_at,
            after_id,
            int(wanted.limit as u64),
        ],
        read_thread,
    )?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn whole(
    conn: &Connection,
    id: ThreadId,
    now: Millis,
) -> Result<Option<(ThreadEntry, Vec<BookingEntry>)>, Fault> {
    let id = standing(conn, id.0)?;
    let mut statement = conn.prepare_cached(threads!("WHERE t.id = ?2"))?;
    let found = statement.query_row((now, id), read_thread).optional()?;
    let Some(entry) = found else {
        return Ok(None);
    };
    let customer = conn
        .prepare_cached("SELECT customer FROM threads WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?;
    let open = booking::open_of(conn, customer, now)?;
    let mut bookings = Vec::with_capacity(open.len());
    for booking in open {
        bookings.extend(office::entry(conn, booking.id)?);
    }
    Ok(Some((entry, bookings)))
}

fn read_thread(row: &Row<'_>) -> rusqlite::Result<ThreadEntry> {
    let phone = row.get_ref(5)?.as_str_or_null()?.map(PhoneNumber::parse);
    let paused_until: Option<Millis> = row.get(9)?;
    let handoff: Option<Box<str>> = row.get(10)?;
    Ok(ThreadEntry {
        id: ThreadId(row.get(0)?),
        key: ThreadKey {
            business: BusinessId::new(row.get_ref(1)?.as_str()?),
            source: source(row, 2)?,
            trust: trust(row, 3)?,
            key: row.get(4)?,
        },
        // A number that does not read back is as good as none: nobody can be rung by it.
        phone: phone.and_then(Result::ok),
        name: row.get(6)?,
        last_at: instant(row, 7)?,
        pending: count(row.get(8)?),
        holder: Holder::from_name(row.get_ref(11)?.as_str()?),
        paused_until: paused_until.and_then(DateTime::from_timestamp_millis),
        handoff: handoff.filter(|_| paused_until.is_some()),
    })
}

// === Transcripts ===

fn transcript(
    conn: &Connection,
    id: ThreadId,
    before: TranscriptPlace,
    limit: usize,
) -> Result<Vec<Line>, Fault> {
    let id = ThreadId(standing(conn, id.0)?);
    let most = int(limit as u64);
    let streams = [
        by_us(conn, id, before.outbox, most)?,
        elsewhere(conn, id, before.notice, most)?,
        by_customer(conn, id, before.message, most)?,
    ];
    Ok(newest_of(streams, limit))
}

/// Merges streams that each have the newest line first. A stream keeps its own order even where the
/// clock stepped back between two of its lines: the next page starts behind the last line of each.
/// At one instant, the earlier stream is the newer one: an answer follows its question.
fn newest_of<const N: usize>(streams: [Vec<Line>; N], limit: usize) -> Vec<Line> {
    let mut streams = streams.map(Vec::into_iter);
    let mut merged = Vec::new();
    while merged.len() < limit {
        let heads = streams.iter_mut().rev();
        let newest = heads.max_by_key(|stream| stream.as_slice().first().map(|line| line.at));
        match newest.and_then(Iterator::next) {
            Some(line) => merged.push(line),
            None => break,
        }
    }
    merged
}

/// A thread's messages are walked backwards from its newest one, or from the one before `before`,
/// which has to be of this thread: a forged cursor reads no other.
fn by_customer(
    conn: &Connection,
    id: ThreadId,
    before: i64,
    limit: i64,
) -> Result<Vec<Line>, Fault> {
    let mut statement = conn.prepare_cached(
        // The limit stands inside, where the walk stops, and CROSS JOIN keeps SQLite from reading
        // all messages and looking each up in the walk.
        "WITH RECURSIVE walk (id, prev, received_at, content) AS (
            SELECT id, prev, received_at, content FROM messages
            WHERE id = CASE ?2
                WHEN ?4 THEN (SELECT last_message FROM threads WHERE id = ?1)
                ELSE (SELECT prev FROM messages WHERE id = ?2 AND thread = ?1) END
            UNION ALL
            SELECT m.id, m.prev, m.received_at, m.content
            FROM walk CROSS JOIN messages m ON m.id = walk.prev
            LIMIT ?3
         )
         SELECT id, received_at, content FROM walk",
    )?;
    let found =
        statement.query_map((id.0, before, limit, TranscriptPlace::END.message), |row| {
            let content = match row.get_ref(2)?.as_str_or_null()? {
                Some(_) => Some(json(row, 2)?),
                None => None,
            };
            Ok(Line {
                number: row.get(0)?,
                at: instant(row, 1)?,
                said: Said::ByCustomer(content),
            })
        })?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn by_us(conn: &Connection, id: ThreadId, before: i64, limit: i64) -> Result<Vec<Line>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT id, at, body, NOT by_person, state, reason FROM outbox
         WHERE thread = ?1 AND id < ?2 AND kind <> 'notice' AND body IS NOT NULL
         ORDER BY id DESC LIMIT ?3",
    )?;
    let found = statement.query_map((id.0, before, limit), |row| {
        Ok(Line {
            number: row.get(0)?,
            at: instant(row, 1)?,
            said: Said::ByUs {
                reply: json(row, 2)?,
                by_bot: row.get(3)?,
                state: row.get(4)?,
                reason: row.get(5)?,
            },
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn elsewhere(conn: &Connection, id: ThreadId, before: i64, limit: i64) -> Result<Vec<Line>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT id, at, raw FROM notices
         WHERE kind = 'takeover' AND thread = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3",
    )?;
    let found = statement.query_map((id.0, before, limit), |row| {
        let raw = row.get_ref(2)?.as_bytes()?;
        Ok(Line {
            number: row.get(0)?,
            at: instant(row, 1)?,
            said: Said::Elsewhere(String::from_utf8_lossy(raw).into()),
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

impl Holder {
    /// The name in the query.
    fn as_str(self) -> &'static str {
        match self {
            Self::Bot => "bot",
            Self::Nobody => "nobody",
            Self::Person => "person",
        }
    }

    /// The holder of a name of the query.
    fn from_name(name: &str) -> Self {
        match name {
            "bot" => Self::Bot,
            "person" => Self::Person,
            _ => Self::Nobody,
        }
    }
}
