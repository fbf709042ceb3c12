//! SQLite: the store that is there without being set up, for one process.
//!
//! One thread writes and commits what queued up during the last sync as one transaction; a few
//! connections read beside it. The invariants: nothing is answered before it is on disk
//! (`synchronous=FULL`); a lock file keeps a second process out; after a fault of the medium the
//! connection is opened again and the store recovers by itself.

mod accept;
mod acquaint;
mod ahead;
mod appointment;
mod backup;
mod block;
mod booking;
mod checkpoint;
mod commit;
mod connection;
mod customer;
mod encoding;
mod erasure;
mod event;
mod failure;
mod fault;
mod feed;
mod files;
mod identity;
mod join;
mod later;
mod limiter;
mod lock;
mod office;
mod open;
mod opt_out;
mod outbox;
mod probe;
mod purge;
mod readers;
mod record;
mod request;
mod schedule;
mod schema;
mod thread;
mod thread_name;
mod transaction;
mod transcript;
mod turn;
mod upgrade;
mod views;
mod watch;
mod writer;

use std::{path::PathBuf, sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use chrono::{DateTime, Utc};

use self::{
    accept::Prepared,
    checkpoint::Checkpoints,
    encoding::millis,
    files::Files,
    lock::FileLock,
    open::Database,
    outbox::Held,
    readers::Readers,
    transaction::{Memory, Rules},
    turn::Claim,
    writer::{Urgency, Writer, WriterState},
};
pub use self::{
    ahead::{AheadError, ahead},
    backup::{BackupError, backup},
    feed::{FeedTokenError, close_feeds, open_feed},
    open::OpenError,
};
use super::{
    Allowance, Answer, Attempt, Bookings, CalledBack, Committed, Delivered, Dispatch, Dispatches,
    Error, Gauges, Inbox, Lease, Leases, Outbox, Policy, Purged, Receipt, Release, Released,
    Signals, StoredReply, Totals, Turns, Upkeep, Views,
};
use crate::{
    booking::{Booking, BookingId, Businesses, Busy, Conflict, Effect, Span},
    clock::Clock,
    message::{Arrival, BusinessId, Contact, Content, CustomerId, Reply, Seq, ThreadId, ThreadKey},
    metrics::Metrics,
    workflow::{Alert, Outcome, TurnId},
};

/// What to open and by which rules.
#[derive(Debug, Clone)]
pub struct Config {
    /// The database file; its lock and its log stand beside it.
    pub path: PathBuf,
    /// The rules of accepting and scheduling.
    pub policy: Policy,
    /// How long to wait for another process to let go of the file: a rolling deploy.
    pub lock_grace: Duration,
    /// About how long the write-ahead log may become.
    pub wal_limit_bytes: u64,
}

/// The SQLite store. Dropping it writes what is queued and waits for its threads.
#[derive(Debug)]
pub struct Store {
    // Dropped in this order: readers, the writer's thread with its connection, the lock.
    readers: Readers,
    writer: Writer,
    signals: Signals,
    businesses: Arc<Businesses>,
    clock: Arc<dyn Clock>,
    _lock: FileLock,
}

// === impl Config ===

impl Config {
    /// The usual bound of the write-ahead log.
    pub const WAL_LIMIT_BYTES: u64 = 64 * 1024 * 1024;

    /// A database with the usual bounds, that nobody is waited for.
    pub fn new(path: impl Into<PathBuf>, policy: Policy) -> Self {
        Self {
            path: path.into(),
            policy,
            lock_grace: Duration::ZERO,
            wal_limit_bytes: Self::WAL_LIMIT_BYTES,
        }
    }
}

// === impl Store ===

impl Store {
    /// Opens the database, making or migrating it, and voids the leases of the process before.
    /// Blocks, for the lock's grace at most beside the work itself.
    pub fn open(
        config: Config,
        clock: Arc<dyn Clock>,
        metrics: Arc<Metrics>,
    ) -> Result<Self, OpenError> {
        let Config {
            path,
            policy,
            lock_grace,
            wal_limit_bytes,
        } = config;
        let io = |source| OpenError::Io {
            path: path.clone(),
            source,
        };
        let database = Database {
            path: &path,
            wal_limit_bytes,
        };
        let (lock, conn) = database.open(lock_grace, || millis(clock.now()))?;
        let page_bytes: i64 = conn
            .pragma_query_value(None, "page_size", |row| row.get(0))
            .map_err(|source| OpenError::Sqlite {
                path: path.clone(),
                source,
            })?;
        let checkpoints =
            Checkpoints::start(path.clone(), wal_limit_bytes, page_bytes.unsigned_abs())
                .map_err(io)?;
        let signals = Signals::default();
        let businesses = Arc::clone(&policy.businesses);
        let limiter = policy
            .rate_limit_per_minute
            .map(|per_minute| limiter::Limiter::new(per_minute, Arc::clone(&clock)));
        let state = WriterState {
            path: path.clone(),
            files: Files::opened(&path),
            wal_limit_bytes,
            rules: Rules {
                policy,
                clock: Arc::clone(&clock),
                limiter,
            },
            signals: signals.clone(),
            metrics,
            checkpoints,
            conn: Some(conn),
            memory: Memory::default(),
            is_moved: false,
            writes: 0,
        };
        Ok(Self {
            readers: Readers::new(path.clone()),
            writer: Writer::start(state).map_err(io)?,
            signals,
            businesses,
            clock,
            _lock: lock,
        })
    }
}

#[async_trait]
impl Inbox for Store {
    async fn accept(&self, arrivals: Vec<Arrival>) -> Result<Vec<Receipt>, Error> {
        let delivery: Vec<_> = arrivals.into_iter().map(Prepared::new).collect();
        self.writer
            .run(Urgency::Sender, move |transaction| {
                accept::accept(transaction, &delivery)
            })
            .await
    }
}

#[async_trait]
impl Turns for Store {
    async fn lease(&self, max: usize, duration: Duration) -> Result<Leases, Error> {
        self.writer
            .run(Urgency::Patient, move |transaction| {
                turn::lease(transaction, max, duration)
            })
            .await
    }

    async fn commit(&self, lease: &Lease, outcome: Outcome) -> Result<Committed, Error> {
        let (claim, customer) = (Claim::from(lease), lease.turn.customer);
        self.writer
            .run(Urgency::Patient, move |transaction| {
                commit::commit(transaction, &claim, customer, &outcome)
            })
            .await
    }

    async fn release(&self, lease: &Lease, release: Release) -> Result<Released, Error> {
        let claim = Claim::from(lease);
        self.writer
            .run(Urgency::Patient, move |transaction| {
                turn::release(transaction, &claim, &release)
            })
            .await
    }

    async fn pause(&self, thread: ThreadId, until: Option<DateTime<Utc>>) -> Result<(), Error> {
        let until = until.map(millis);
        self.writer
            .run(Urgency::Patient, move |transaction| {
                transaction.after.rows += 1;
                let thread = join::standing(transaction.conn, thread.0)?;
                if let Some(mut row) = thread::ThreadRow::of_id(transaction, thread)? {
                    // Given back, it was a person's up to now.
                    let now = transaction.now;
                    let until = until.or(row.paused_until.map(|older| older.min(now)));
                    row.pause(transaction, until, None)?;
                }
                Ok(())
            })
            .await
    }

    async fn acquaint(&self, lease: &Lease, contact: Contact) -> Result<Option<Lease>, Error> {
        let claim = Claim::from(lease);
        self.writer
            .run(Urgency::Patient, move |transaction| {
                acquaint::acquaint(transaction, &claim, &contact)
            })
            .await
    }

    async fn reread(
        &self,
        lease: &Lease,
        seq: Seq,
        content: Content,
    ) -> Result<Option<Lease>, Error> {
        let claim = Claim::from(lease);
        self.writer
            .run(Urgency::Patient, move |transaction| {
                acquaint::reread(transaction, &claim, seq, &content)
            })
            .await
    }

    async fn call_back(
        &self,
        turn: TurnId,
        revision: u32,
        answer: Bytes,
    ) -> Result<CalledBack, Error> {
        self.writer
            .run(Urgency::Sender, move |transaction| {
                later::call_back(transaction, turn, revision, &answer)
            })
            .await
    }

    fn signals(&self) -> &Signals {
        &self.signals
    }
}

#[async_trait]
impl Outbox for Store {
    async fn replies(
        &self,
        thread: &ThreadKey,
        after: u64,
        limit: usize,
    ) -> Result<Vec<StoredReply>, Error> {
        let thread = thread.clone();
        self.readers
            .read(move |conn| views::replies(conn, &thread, after, limit))
            .await
    }

    async fn dispatch(
        &self,
        max: usize,
        lease: Duration,
        allowance: Allowance,
    ) -> Result<Dispatches, Error> {
        self.writer
            .run(Urgency::Patient, move |transaction| {
                outbox::dispatch(transaction, max, lease, &*allowance)
            })
            .await
    }

    async fn delivered(
        &self,
        dispatch: &Dispatch,
        attempt: Attempt,
        said: Option<Reply>,
    ) -> Result<Delivered, Error> {
        let held = Held::from(dispatch);
        self.writer
            .run(Urgency::Patient, move |transaction| {
                outbox::delivered(transaction, held, &attempt, said.as_ref())
            })
            .await
    }

    async fn tell_owner(&self, thread: &ThreadKey, alert: Alert) -> Result<(), Error> {
        let key = thread.clone();
        self.writer
            .run(Urgency::Patient, move |transaction| {
                transaction.after.rows += 1;
                let row = thread::ThreadRow::of_key(transaction, &key)?;
                let thread = ThreadId(row.map_or(outbox::NO_THREAD, |row| row.id));
                outbox::write_notice(transaction, key.business.as_str(), thread, &alert)
            })
            .await
    }
}

#[async_trait]
impl Bookings for Store {
    async fn apply(&self, effects: Vec<Effect>) -> Result<Result<(), Conflict>, Error> {
        self.writer
            .run(Urgency::Patient, move |transaction| {
                transaction.after.rows += 1;
                let applied = booking::apply(transaction, None, None, &effects)?;
                Ok(applied.map(|_| ()))
            })
            .await
    }

    async fn busy(
        &self,
        business: &BusinessId,
        span: Span,
        except_holds_of: Option<CustomerId>,
    ) -> Result<Vec<Busy>, Error> {
        let (business, now) = (business.clone(), millis(self.clock.now()));
        let kept_by = self.businesses.by_id(&business);
        let kept_by = kept_by.and_then(|one| one.calendar_elsewhere().map(Box::<str>::from));
        self.readers
            .read(move |conn| {
                let kept_by = kept_by.as_deref();
                booking::busy(conn, &business, span, except_holds_of, kept_by, now)
            })
            .await
    }

    async fn booking(&self, id: BookingId) -> Result<Option<Booking>, Error> {
        self.readers
            .read(move |conn| booking::booking(conn, id))
            .await
    }

    async fn booked(&self, business: &BusinessId, span: Span) -> Result<Vec<Booking>, Error> {
        let business = business.clone();
        self.readers
            .read(move |conn| booking::booked(conn, &business, span))
            .await
    }
}

#[async_trait]
impl Views for Store {
    async fn totals(&self) -> Result<Totals, Error> {
        self.readers.read(views::totals).await
    }

    async fn gauges(&self) -> Result<Gauges, Error> {
        let now = millis(self.clock.now());
        self.readers
            .read(move |conn| views::gauges(conn, now))
            .await
    }

    async fn probe(&self) -> Result<(), Error> {
        self.writer.run(Urgency::Patient, probe::probe).await
    }

    async fn answer(&self, thread: ThreadId, seq: Seq) -> Result<Answer, Error> {
        self.readers
            .read(move |conn| views::answer(conn, thread, seq))
            .await
    }

    async fn failures(&self) -> Result<Vec<(Box<str>, u64)>, Error> {
        self.readers.read(views::failures).await
    }
}

#[async_trait]
impl Upkeep for Store {
    async fn purge(&self, keep: Duration) -> Result<Purged, Error> {
        self.writer
            .run(Urgency::Patient, move |transaction| {
                purge::purge(transaction, keep)
            })
            .await
    }
}
