//! The one thread that writes: what queued up during the last sync becomes the next transaction.
//!
//! The invariants: nothing is answered before the commit that holds it is on disk, in the files
//! that the paths name; the queue is bounded; a piece of work that fails does not take its neighbours with it; a sender's answer
//! waits for one short transaction, however much other work there is.

use std::{
    fmt,
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use rusqlite::{Connection, config::DbConfig};
use tokio::{sync::oneshot, time::Instant};

use super::{
    checkpoint::Checkpoints,
    connection,
    fault::Fault,
    files::Files,
    transaction::{After, Memory, Rules, Transaction},
};
use crate::{
    metrics::{DeliveryOutcome, Metrics},
    store::{Error, Signals},
};

/// The most pieces of work in one transaction.
const MAX_GROUP: usize = 256;
/// The writes at which a transaction is closed: deliveries may be a thousand messages each.
const MAX_GROUP_WRITES: usize = 2048;
/// The most pieces of work that wait.
const MAX_QUEUE: usize = 4096;
/// How long a transaction takes up work that no sender waits for. What is left comes after those
/// who sent meanwhile.
const PATIENCE: Duration = Duration::from_millis(3);
/// What of such work a transaction takes at least, so that it always gets on.
const MIN_PATIENT: usize = 8;

/// The way to the writing thread.
pub(super) struct Writer {
    queue: Option<SyncSender<Queued>>,
    thread: Option<JoinHandle<()>>,
}

/// What the writing thread works with.
#[derive(Debug)]
pub(super) struct WriterState {
    pub(super) path: PathBuf,
    pub(super) wal_limit_bytes: u64,
    pub(super) rules: Rules,
    pub(super) signals: Signals,
    pub(super) metrics: Arc<Metrics>,
    pub(super) checkpoints: Checkpoints,
    /// None after a fault of the medium, until it can be opened again.
    pub(super) conn: Option<Connection>,
    pub(super) memory: Memory,
    /// What the paths have to name.
    pub(super) files: Files,
    /// They name something else, and nothing is acknowledged.
    pub(super) is_moved: bool,
    /// Writes since the checkpoints were last looked after.
    pub(super) writes: usize,
}

/// Who waits for a piece of work. The urgent goes first within a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Urgency {
    /// A sender, who gives up after a while.
    Sender,
    /// The worker, or someone at a state.
    Patient,
}

/// A piece of work in the queue.
struct Queued {
    urgency: Urgency,
    job: Box<dyn Job>,
}

/// One piece of work. It may run more than once; only the last run counts.
trait Job: Send {
    fn run(&mut self, transaction: &mut Transaction<'_>) -> Result<(), Fault>;
    fn answer(&mut self, committed: Result<(), Fault>);
}

struct Task<T, F> {
    work: F,
    result: Option<T>,
    reply: Option<oneshot::Sender<Result<T, Fault>>>,
}

// === impl Writer ===

impl Writer {
    /// Starts the thread.
    pub(super) fn start(state: WriterState) -> std::io::Result<Self> {
        let (queue, jobs) = sync_channel(MAX_QUEUE);
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || state.serve(&jobs))?;
        Ok(Self {
            queue: Some(queue),
            thread: Some(thread),
        })
    }

    /// Does a piece of work within the next transaction and answers once that is durable.
    ///
    /// The work is done whether or not the caller stays to hear the answer.
    pub(super) async fn run<T, F>(&self, urgency: Urgency, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnMut(&mut Transaction<'_>) -> Result<T, Fault> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let task = Task {
            work,
            result: None,
            reply: Some(reply),
        };
        let queue = self.queue.as_ref().ok_or(Fault::Gone)?;
        let job = Box::new(task);
        queue
            .try_send(Queued { urgency, job })
            .map_err(|error| match error {
                TrySendError::Full(_) => Error::Overloaded,
                TrySendError::Disconnected(_) => Fault::Gone.into(),
            })?;
        Ok(answer.await.unwrap_or(Err(Fault::Gone))?)
    }
}

/// What is queued is still written; then the thread ends.
impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the store's writer ended by a panic");
        }
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

// === impl WriterState ===

impl WriterState {
    fn serve(mut self, queue: &Receiver<Queued>) {
        let mut jobs = Vec::with_capacity(MAX_GROUP);
        while gather(queue, &mut jobs) {
            let served = self.serve_group(&mut jobs);
            jobs.drain(..served);
            if let Some(conn) = &self.conn {
                let writes = std::mem::take(&mut self.writes);
                self.checkpoints.after_commit(conn, writes);
            }
        }
    }

    /// Serves as many as go into one transaction and answers how many those were.
    fn serve_group(&mut self, jobs: &mut [Queued]) -> usize {
        let fault = match self.commit(jobs) {
            Ok((served, after)) => {
                self.answer(&mut jobs[..served], after);
                return served;
            }
            Err(fault) => fault,
        };
        if jobs.len() > 1 && !fault.is_of_the_medium() {
            // One of them is at fault. Alone, each shows which, and the others go through.
            for job in &mut *jobs {
                self.serve_group(std::slice::from_mut(job));
            }
            return jobs.len();
        }
        for job in &mut *jobs {
            job.job.answer(Err(fault.clone()));
        }
        jobs.len()
    }

    fn commit(&mut self, jobs: &mut [Queued]) -> Result<(usize, After), Fault> {
        let began = Instant::now();
        self.reopen()?;
        if self.is_moved {
            self.look_for_files()?;
        }
        let conn = self.conn.as_ref().ok_or(Fault::Gone)?;
        let committed = attempt(conn, &self.rules, &mut self.memory, jobs);
        match &committed {
            Ok((_, after)) => {
                self.look_for_files()?;
                self.writes += after.rows;
                if after.has_room && self.memory.writes_fail {
                    self.memory.writes_fail = false;
                    tracing::info!("the store can be written again");
                }
                self.metrics.commit(after.rows, began.elapsed());
            }
            Err(fault) => {
                if !conn.is_autocommit() {
                    // It may fail as the commit did; then the connection goes anyway.
                    let _ = conn.execute_batch("ROLLBACK");
                }
                let failed_before = self.memory.writes_fail;
                self.memory = Memory {
                    writes_fail: failed_before || fault.is_of_the_medium(),
                    ..Memory::default()
                };
                if fault.is_of_the_medium() || !conn.is_autocommit() {
                    // Once: whoever asks is told each time.
                    if !failed_before {
                        tracing::error!(error = ?fault, "the store cannot be written");
                    }
                    self.conn = None;
                }
            }
        }
        committed
    }

    /// Opens the database again after a fault of the medium.
    fn reopen(&mut self) -> Result<(), Fault> {
        if self.conn.is_none() {
            // A file that came to the name is not ours to write to.
            if !self.files.database_is_in_place() {
                return self.note_moved(true);
            }
            self.conn = Some(connection::writer(&self.path, self.wal_limit_bytes)?);
            self.files = Files::opened(&self.path);
            tracing::debug!("the store was opened again");
        }
        Ok(())
    }

    /// Fails while the paths do not name the files that are open.
    fn look_for_files(&mut self) -> Result<(), Fault> {
        self.note_moved(!self.files.are_in_place())
    }

    fn note_moved(&mut self, is_moved: bool) -> Result<(), Fault> {
        if is_moved != self.is_moved {
            if is_moved {
                tracing::error!(
                    path = %self.path.display(),
                    "the store's files were deleted, moved or replaced: nothing is acknowledged \
                     until they are put back or the server is started again"
                );
            } else {
                tracing::info!("the store's files are in place again");
            }
            if let Some(conn) = &self.conn {
                // Closing would copy the log into, and delete, whatever has the names by then.
                conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, is_moved)?;
            }
            self.is_moved = is_moved;
        }
        if is_moved { Err(Fault::Moved) } else { Ok(()) }
    }

    /// Wakes first: whoever has the answer may rely on the wake-up having gone out.
    fn answer(&self, jobs: &mut [Queued], after: After) {
        for outcome in after.bookings {
            self.metrics.booking(outcome);
        }
        for lost in after.undelivered {
            self.metrics.delivery(lost.channel, DeliveryOutcome::Dead);
            tracing::warn!(
                message.id = lost.outbox,
                channel = lost.channel.as_str(),
                code = lost.error_code,
                "a message that the provider took was not delivered"
            );
        }
        for thread in after.settled {
            self.signals.settled(thread);
        }
        if after.wake {
            self.signals.work_arrived();
        }
        if after.mail {
            self.signals.mail_arrived();
        }
        for job in jobs {
            job.job.answer(Ok(()));
        }
    }
}

/// Fills the group with what waits, the urgent first and each kind in the order in which it came.
/// False once nobody can ask for anything any more and all is done.
fn gather(queue: &Receiver<Queued>, jobs: &mut Vec<Queued>) -> bool {
    if jobs.is_empty() {
        match queue.recv() {
            Ok(first) => jobs.push(first),
            Err(_) => return false,
        }
    }
    let room = MAX_GROUP.saturating_sub(jobs.len());
    jobs.extend(queue.try_iter().take(room));
    jobs.sort_by_key(|queued| queued.urgency);
    true
}

fn attempt(
    conn: &Connection,
    rules: &Rules,
    memory: &mut Memory,
    jobs: &mut [Queued],
) -> Result<(usize, After), Fault> {
    let mut transaction = Transaction::begin(conn, rules, memory)?;
    let began = Instant::now();
    let (mut served, mut patient) = (0, 0);
    for Queued { urgency, job } in jobs {
        if *urgency == Urgency::Patient {
            if patient >= MIN_PATIENT && began.elapsed() > PATIENCE {
                break;
            }
            patient += 1;
        }
        transaction.tick();
        job.run(&mut transaction)?;
        served += 1;
        if transaction.after.rows >= MAX_GROUP_WRITES {
            break;
        }
    }
    Ok((served, transaction.commit()?))
}

// === impl Task ===

impl<T, F> Job for Task<T, F>
where
    T: Send,
    F: FnMut(&mut Transaction<'_>) -> Result<T, Fault> + Send,
{
    fn run(&mut self, transaction: &mut Transaction<'_>) -> Result<(), Fault> {
        self.result = Some((self.work)(transaction)?);
        Ok(())
    }

    fn answer(&mut self, committed: Result<(), Fault>) {
        let result = committed.and_then(|()| self.result.take().ok_or(Fault::Gone));
        if let Some(reply) = self.reply.take() {
            // Whoever asked may have hung up; what was written stays written.
            let _ = reply.send(result);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nothing;

    impl Job for Nothing {
        fn run(&mut self, _: &mut Transaction<'_>) -> Result<(), Fault> {
            Ok(())
        }

        fn answer(&mut self, _: Result<(), Fault>) {}
    }

    fn queued(urgency: Urgency) -> Queued {
        Queued {
            urgency,
            job: Box::new(Nothing),
        }
    }

    #[test]
    fn senders_go_before_the_work_that_was_left_over() {
        let (ask, queue) = sync_channel(MAX_QUEUE);
        let mut jobs: Vec<_> = (0..100).map(|_| queued(Urgency::Patient)).collect();
        for urgency in [Urgency::Patient, Urgency::Sender, Urgency::Sender] {
            ask.try_send(queued(urgency)).ok().unwrap();
        }
        assert!(gather(&queue, &mut jobs));
        let order: Vec<_> = jobs.iter().map(|queued| queued.urgency).collect();
        assert_eq!(order[..2], [Urgency::Sender, Urgency::Sender]);
        assert!(order[2..].iter().all(|kind| *kind == Urgency::Patient));
        assert_eq!(order.len(), 103);
    }

    #[test]
    fn a_group_is_bounded_and_what_is_queued_at_the_end_is_still_served() {
        let (ask, queue) = sync_channel(MAX_QUEUE);
        for _ in 0..=MAX_GROUP {
            ask.try_send(queued(Urgency::Sender)).ok().unwrap();
        }
        drop(ask);
        let mut jobs = Vec::new();
        assert!(gather(&queue, &mut jobs));
        assert_eq!(jobs.len(), MAX_GROUP);
        jobs.clear();
        assert!(gather(&queue, &mut jobs));
        assert_eq!(jobs.len(), 1);
        jobs.clear();
        assert!(!gather(&queue, &mut jobs));
    }
}
