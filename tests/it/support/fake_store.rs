//! A store in memory that does what a test tells it, for tests of the edge alone.

mod office;

use std::{
    collections::HashMap,
    future::pending,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use frontdesk::{
    booking::{Booking, BookingId, Busy, Conflict, Effect, Span},
    message::{
        Arrival, BusinessId, Contact, Content, CustomerId, MessageId, Reply, Seq, ThreadId,
        ThreadKey,
    },
    store::{
        Allowance, Answer, Answered, Asked, Asking, Attempt, Bookings, CalledBack, Committed,
        Delivered, Dispatch, Dispatches, Error, Gauges, Inbox, Lease, Leases, Outbox, Purged,
        Receipt, Release, Released, Request, Requests, Signals, StoredReply, Totals, Turns, Upkeep,
        Views,
    },
    workflow::{Alert, Outcome, TurnId},
};

/// What the store does when it is asked to accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Accepts.
    Well,
    /// Fails as with a full disk.
    Broken,
    /// Has a full queue.
    Full,
    /// Never answers.
    Stuck,
    /// Finds every sender over the limit, for that time.
    Limiting(Duration),
    /// Accepts, and lets every turn wait.
    Deferring,
    /// Finds every id used for another message.
    Conflicting,
}

#[derive(Debug)]
pub(crate) struct FakeStore {
    signals: Signals,
    probes: AtomicUsize,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    mood: Mood,
    gauges: Gauges,
    threads: HashMap<ThreadKey, ThreadId>,
    seqs: HashMap<ThreadId, u64>,
    known: HashMap<MessageId, (ThreadId, Seq)>,
    answers: HashMap<(ThreadId, Seq), Answer>,
    replies: Vec<(ThreadKey, StoredReply)>,
    accepted: u64,
}

impl Mood {
    fn defer(self, mut receipt: Receipt) -> Receipt {
        if let Receipt::Accepted { deferred, .. } = &mut receipt {
            *deferred = self == Self::Deferring;
        }
        receipt
    }
}

impl FakeStore {
    pub(crate) fn new() -> Self {
        Self {
            signals: Signals::default(),
            probes: AtomicUsize::new(0),
            inner: Mutex::new(Inner {
                mood: Mood::Well,
                gauges: Gauges::default(),
                threads: HashMap::new(),
                seqs: HashMap::new(),
                known: HashMap::new(),
                answers: HashMap::new(),
                replies: Vec::new(),
                accepted: 0,
            }),
        }
    }

    pub(crate) fn set_mood(&self, mood: Mood) {
        self.inner.lock().unwrap().mood = mood;
    }

    pub(crate) fn set_gauges(&self, gauges: Gauges) {
        self.inner.lock().unwrap().gauges = gauges;
    }

    pub(crate) fn accepted(&self) -> u64 {
        self.inner.lock().unwrap().accepted
    }

    pub(crate) fn probes(&self) -> usize {
        self.probes.load(Ordering::Relaxed)
    }

    /// The worker's part: says what became of an input, and wakes who waits for it.
    pub(crate) fn settle(&self, thread: ThreadId, seq: Seq, answer: Answer) {
        self.settle_silently(thread, seq, answer);
        self.signals.settled(thread);
    }

    /// The same by another process, whose signals do not reach this one.
    pub(crate) fn settle_silently(&self, thread: ThreadId, seq: Seq, answer: Answer) {
        let mut inner = self.inner.lock().unwrap();
        inner.answers.insert((thread, seq), answer);
    }

    pub(crate) fn add_reply(&self, thread: ThreadKey, reply: StoredReply) {
        self.inner.lock().unwrap().replies.push((thread, reply));
    }
}

impl Inner {
    fn accept(&mut self, arrival: Arrival) -> Receipt {
        let Arrival::Message(message) = arrival else {
            return Receipt::Recorded;
        };
        if let Some(first) = message.id.as_ref().and_then(|id| self.known.get(id)) {
            let first = Some(*first);
            return Receipt::Duplicate { first };
        }
        let next = ThreadId(i64::try_from(self.threads.len()).unwrap() + 1);
        let thread = *self.threads.entry(message.thread).or_insert(next);
        let seq = self.seqs.entry(thread).or_insert(0);
        *seq += 1;
        let seq = Seq(*seq);
        if let Some(id) = message.id {
            self.known.insert(id, (thread, seq));
        }
        self.accepted += 1;
        Receipt::Accepted {
            thread,
            seq,
            deferred: false,
        }
    }
}

#[async_trait]
impl Inbox for FakeStore {
    async fn accept(&self, arrivals: Vec<Arrival>) -> Result<Vec<Receipt>, Error> {
        let mood = self.inner.lock().unwrap().mood;
        let all = |receipt: Receipt| Ok(vec![receipt; arrivals.len()]);
        match mood {
            Mood::Broken => Err(Error::Unavailable("disk full at sector 7".into())),
            Mood::Full => Err(Error::Overloaded),
            Mood::Stuck => pending().await,
            Mood::Limiting(retry_after) => all(Receipt::Limited { retry_after }),
            Mood::Conflicting => all(Receipt::Conflict),
            Mood::Well | Mood::Deferring => {
                let mut inner = self.inner.lock().unwrap();
                let accepted = arrivals.into_iter().map(|one| inner.accept(one));
                Ok(accepted.map(|receipt| mood.defer(receipt)).collect())
            }
        }
    }
}

#[async_trait]
impl Turns for FakeStore {
    async fn lease(&self, _: usize, _: Duration) -> Result<Leases, Error> {
        Ok(Leases::default())
    }

    async fn commit(&self, _: &Lease, _: Outcome) -> Result<Committed, Error> {
        Ok(Committed::LeaseLost)
    }

    async fn release(&self, _: &Lease, _: Release) -> Result<Released, Error> {
        Ok(Released::Waiting)
    }

    async fn pause(&self, _: ThreadId, _: Option<DateTime<Utc>>) -> Result<(), Error> {
        Ok(())
    }

    async fn acquaint(&self, _: &Lease, _: Contact) -> Result<Option<Lease>, Error> {
        Ok(None)
    }

    async fn reread(&self, _: &Lease, _: Seq, _: Content) -> Result<Option<Lease>, Error> {
        Ok(None)
    }

    async fn call_back(&self, _: TurnId, _: u32, _: Bytes) -> Result<CalledBack, Error> {
        Ok(CalledBack::Unknown)
    }

    fn signals(&self) -> &Signals {
        &self.signals
    }
}

#[async_trait]
impl Requests for FakeStore {
    async fn requests(&self, _: usize, _: Duration) -> Result<Asking, Error> {
        Ok(Asking::default())
    }

    async fn answered(&self, _: &Request, _: Answered) -> Result<Asked, Error> {
        Ok(Asked::LeaseLost)
    }
}

#[async_trait]
impl Outbox for FakeStore {
    async fn replies(
        &self,
        thread: &ThreadKey,
        after: u64,
        limit: usize,
    ) -> Result<Vec<StoredReply>, Error> {
        let inner = self.inner.lock().unwrap();
        let replies = inner.replies.iter();
        let asked = replies.filter(|(key, reply)| key == thread && reply.id > after);
        Ok(asked.map(|(_, reply)| reply.clone()).take(limit).collect())
    }

    async fn dispatch(&self, _: usize, _: Duration, _: Allowance) -> Result<Dispatches, Error> {
        Ok(Dispatches::default())
    }

    async fn delivered(
        &self,
        _: &Dispatch,
        _: Attempt,
        _: Option<Reply>,
    ) -> Result<Delivered, Error> {
        Ok(Delivered::LeaseLost)
    }

    async fn tell_owner(&self, _: &ThreadKey, _: Alert) -> Result<(), Error> {
        Ok(())
    }
}

#[async_trait]
impl Bookings for FakeStore {
    async fn apply(&self, _: Vec<Effect>) -> Result<Result<(), Conflict>, Error> {
        Ok(Ok(()))
    }

    async fn busy(
        &self,
        _: &BusinessId,
        _: Span,
        _: Option<CustomerId>,
    ) -> Result<Vec<Busy>, Error> {
        Ok(Vec::new())
    }

    async fn booking(&self, _: BookingId) -> Result<Option<Booking>, Error> {
        Ok(None)
    }

    async fn booked(&self, _: &BusinessId, _: Span) -> Result<Vec<Booking>, Error> {
        Ok(Vec::new())
    }
}

#[async_trait]
impl Upkeep for FakeStore {
    async fn purge(&self, _: Duration) -> Result<Purged, Error> {
        Ok(Purged::default())
    }
}

#[async_trait]
impl Views for FakeStore {
    async fn totals(&self) -> Result<Totals, Error> {
        Ok(Totals {
            accepted: self.accepted(),
            ..Totals::default()
        })
    }

    async fn gauges(&self) -> Result<Gauges, Error> {
        Ok(self.inner.lock().unwrap().gauges)
    }

    async fn probe(&self) -> Result<(), Error> {
        self.probes.fetch_add(1, Ordering::Relaxed);
        let mood = self.inner.lock().unwrap().mood;
        match mood {
            Mood::Broken => Err(Error::Unavailable("disk full".into())),
            Mood::Stuck => pending().await,
            _ => Ok(()),
        }
    }

    async fn answer(&self, thread: ThreadId, seq: Seq) -> Result<Answer, Error> {
        let inner = self.inner.lock().unwrap();
        let answer = inner.answers.get(&(thread, seq)).cloned();
        Ok(answer.unwrap_or(Answer::Pending))
    }

    async fn failures(&self) -> Result<Vec<(Box<str>, u64)>, Error> {
        Ok(Vec::new())
    }
}
