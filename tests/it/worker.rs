//! The worker on a real SQLite store, with workflows that fail, panic, abort and are interrupted.

mod backlog;
mod deliveries;
mod events;
mod templates;

use std::{
    num::NonZeroUsize,
    path::Path,
    process::Stdio,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use chrono::TimeDelta;
use frontdesk::{
    booking::Business,
    channel::Channels,
    clock::{Clock, SystemClock},
    message::{Arrival, Content, MessageId, Reply},
    metrics::Metrics,
    store::{Answer, Mail, Receipt, Store, Totals},
    worker::{Backoff, Config, Parts, Worker},
    workflow::{AlertKind, BookingWorkflow, Handoff, Outcome, StateChange, Turn, WorkflowError},
};
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::support::{
    ManualClock,
    shop::{message, no_limit, open_store, policy},
    workflow::{NoAlternatives, Scripted, echo},
};

const START: &str = "2026-11-23T15:00:00Z";

fn worker_of(
    store: &Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    workflow: impl BookingWorkflow,
) -> Worker {
    counting_worker_of(
        store,
        clock,
        workflow,
        Arc::new(Metrics::new(&[], &["scripted"])),
    )
}

fn counting_worker_of(
    store: &Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    workflow: impl BookingWorkflow,
    metrics: Arc<Metrics>,
) -> Worker {
    let config = Config {
        excuse: Some(Reply::text("We will answer soon.")),
        concurrency: NonZeroUsize::new(32).unwrap(),
        workflow_timeout: Duration::from_secs(20),
        max_turn_age: Duration::from_hours(2),
        backoff: Backoff {
            base: Duration::from_millis(2),
            cap: Duration::from_millis(4),
        },
    };
    let parts = Parts {
        store: Arc::clone(store),
        workflow: Arc::new(workflow),
        alternatives: Arc::new(NoAlternatives),
        channels: Channels::default(),
        clock,
        metrics,
        chance: fastrand::Rng::with_seed(7),
    };
    Worker::new(config, parts)
}

async fn accept(store: &Arc<dyn Store>, thread: &str, text: &str) -> Receipt {
    let receipts = store
        .accept(vec![Arrival::Message(message(thread, text))])
        .await
        .unwrap();
    receipts.into_iter().next().unwrap()
}

async fn replies(store: &Arc<dyn Store>, thread: &str) -> Vec<Reply> {
    let stored = store
        .replies(&message(thread, "").thread, 0, 10_000)
        .await
        .unwrap();
    stored.into_iter().map(|stored| stored.reply).collect()
}

fn texts(replies: &[Reply]) -> Vec<&str> {
    replies
        .iter()
        .flat_map(|reply| match reply {
            Reply::Text { text } | Reply::Choices { text, .. } => text.split('|'),
        })
        .collect()
}

async fn settled(store: &Arc<dyn Store>) -> Totals {
    let wait = async {
        loop {
            let totals = store.totals().await.unwrap();
            if totals.pending() == 0 {
                return totals;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), wait)
        .await
        .unwrap()
}

#[tokio::test]
async fn what_is_too_old_is_left_to_the_staff_and_the_owner_is_told() {
    const SHOP: &str = "id = \"demo\"\nname = \"Shop\"\ntimezone = \"UTC\"\n\
        [notify]\nwhatsapp = { to = \"+12025550199\", template = \"owner_notice\" }\n\
        [hours]\nmonday = [\"09:00-17:00\"]\n\
        [[service]]\nid = \"cut\"\nname = \"Cut\"\nminutes = 30\n";
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(START));
    let mut policy = policy();
    policy.businesses = Arc::new(Business::parse("demo.toml", SHOP).unwrap().into());
    let store = open_store(folder.path(), policy, clock.clone());
    let mut old = message("ana", "are you open today?");
    old.sent_at = Some(clock.now() - TimeDelta::hours(3));
    store.accept(vec![Arrival::Message(old)]).await.unwrap();
    let nobody = Scripted(|_: &Turn| panic!("nobody is asked"));
    let worker = worker_of(&store, clock, nobody);
    assert_eq!(worker.run_ready().await.unwrap(), 1);
    assert_eq!(replies(&store, "ana").await, []);
    let due = store
        .dispatch(10, Duration::from_mins(1), no_limit())
        .await
        .unwrap()
        .due;
    let [Mail::Notice(notice)] = due.iter().map(|due| &due.mail).collect::<Vec<_>>()[..] else {
        panic!("{due:?}");
    };
    assert_eq!(notice.alert.kind, AlertKind::PersonWanted);
    assert_eq!(notice.alert.text.as_deref(), Some("are you open today?"));
}

#[tokio::test]
async fn a_turn_with_nothing_left_to_answer_is_done_without_asking_anybody() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(START));
    let store = open_store(folder.path(), policy(), clock.clone());
    let mut yes = message("ana", "yes");
    yes.id = MessageId::new("1");
    let mut taken_back = message("ana", "");
    taken_back.id = MessageId::new("2");
    taken_back.content = Content::Revoked {
        original: "1".to_owned(),
    };
    let delivery = [yes, taken_back].map(Arrival::Message).to_vec();
    store.accept(delivery).await.unwrap();
    let nobody = Scripted(|_: &Turn| panic!("nobody is asked"));
    let worker = worker_of(&store, clock, nobody);
    assert_eq!(worker.run_ready().await.unwrap(), 1);
    assert_eq!(replies(&store, "ana").await, []);
    let totals = store.totals().await.unwrap();
    assert_eq!((totals.accepted, totals.done, totals.dead), (2, 2, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn threads_keep_their_order_under_a_workflow_that_fails_at_random() {
    const THREADS: usize = 12;
    const MESSAGES: usize = 60;
    let folder = tempfile::tempdir().unwrap();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let mut policy = policy();
    policy.max_attempts = u32::MAX;
    let store = open_store(folder.path(), policy, Arc::clone(&clock));
    let chance = Mutex::new(fastrand::Rng::with_seed(11));
    let flaky = Scripted(move |turn: &Turn| {
        let rolled = chance.lock().unwrap().u32(0..6);
        match rolled {
            0 => Err(WorkflowError::Retry {
                after: Some(Duration::ZERO),
                source: None,
            }),
            1 => Err(WorkflowError::Unavailable {
                after: Some(Duration::ZERO),
                source: None,
            }),
            2 => panic!("on purpose"),
            _ => Ok(echo(turn)),
        }
    });
    // Two workers on one store, as two replicas are.
    let stop = CancellationToken::new();
    let running = TaskTracker::new();
    let first = worker_of(&store, Arc::clone(&clock), flaky);
    let second = first.clone();
    for worker in [first, second] {
        let stop = stop.clone();
        running.spawn(async move { worker.run(stop, |_| ()).await });
    }
    for number in 0..MESSAGES {
        for thread in 0..THREADS {
            accept(&store, &format!("thread {thread}"), &number.to_string()).await;
        }
    }
    let totals = settled(&store).await;
    stop.cancel();
    running.close();
    running.wait().await;

    assert_eq!(
        (totals.accepted, totals.dead),
        ((THREADS * MESSAGES) as u64, 0)
    );
    let expected: Vec<_> = (0..MESSAGES).map(|number| number.to_string()).collect();
    for thread in 0..THREADS {
        let replies = replies(&store, &format!("thread {thread}")).await;
        assert_eq!(texts(&replies), expected);
    }
}

#[tokio::test]
async fn a_message_that_arrives_during_a_turn_is_answered_by_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(START));
    let store = open_store(folder.path(), policy(), Arc::clone(&clock));
    let worker = worker_of(&store, clock, Scripted(|turn: &Turn| Ok(echo(turn))));
    accept(&store, "a", "first").await;
    let lease = store
        .lease(1, Duration::from_mins(1))
        .await
        .unwrap()
        .turns
        .remove(0);
    // The last look at the thread is over; its lease is not.
    accept(&store, "a", "second").await;
    assert!(
        store
            .lease(1, Duration::from_mins(1))
            .await
            .unwrap()
            .turns
            .is_empty()
    );
    let mut woken = store.signals().work();
    woken.mark_unchanged();
    store.commit(&lease, echo(&lease.turn)).await.unwrap();
    assert!(woken.has_changed().unwrap(), "the commit wakes the worker");
    assert_eq!(worker.run_ready().await.unwrap(), 1);
    assert_eq!(texts(&replies(&store, "a").await), ["first", "second"]);
}

/// A workflow that says when it was begun and answers when it is let.
#[derive(Debug, Clone, Default)]
struct Pinned {
    begun: Arc<Notify>,
    let_go: Arc<Notify>,
}

#[async_trait]
impl BookingWorkflow for Pinned {
    fn name(&self) -> &'static str {
        "scripted"
    }

    async fn run(&self, turn: &Turn) -> Result<Outcome, WorkflowError> {
        self.begun.notify_one();
        self.let_go.notified().await;
        Ok(echo(turn))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_lets_the_turn_under_way_finish_and_begins_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = open_store(folder.path(), policy(), Arc::new(SystemClock));
    let pinned = Pinned::default();
    let worker = worker_of(&store, Arc::new(SystemClock), pinned.clone());
    let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
    let stopped = stop.clone();
    let running = tasks.spawn(async move { worker.run(stopped, |_| ()).await });
    accept(&store, "a", "under way").await;
    pinned.begun.notified().await;

    stop.cancel();
    accept(&store, "b", "too late").await;
    assert!(!running.is_finished(), "it waits for the turn");
    pinned.let_go.notify_one();
    tokio::time::timeout(Duration::from_mins(1), running)
        .await
        .unwrap()
        .unwrap();

    assert_eq!(texts(&replies(&store, "a").await), ["under way"]);
    assert!(replies(&store, "b").await.is_empty());
    let totals = store.totals().await.unwrap();
    assert_eq!((totals.accepted, totals.done, totals.dead), (2, 1, 0));
}

#[tokio::test]
async fn pausing_during_a_turn_wins_over_its_reply() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(START));
    let store = open_store(folder.path(), policy(), clock.clone());
    let Receipt::Accepted { thread, seq, .. } = accept(&store, "a", "hello").await else {
        panic!("it is new");
    };
    let lease = store
        .lease(1, Duration::from_mins(1))
        .await
        .unwrap()
        .turns
        .remove(0);
    store
        .pause(thread, Some(clock.now() + TimeDelta::hours(12)))
        .await
        .unwrap();
    let outcome = Outcome {
        state: StateChange::Clear,
        ..echo(&lease.turn)
    };
    let committed = store.commit(&lease, outcome).await.unwrap();
    let frontdesk::store::Committed::Stale { lease } = committed else {
        panic!("{committed:?}");
    };
    assert!(lease.turn.is_paused());
    assert_eq!(lease.turn.revision, 1);
    store.commit(&lease, Outcome::default()).await.unwrap();
    assert!(replies(&store, "a").await.is_empty());
    let answer = store.answer(thread, seq).await.unwrap();
    assert!(matches!(answer, Answer::Done { replies, .. } if replies.is_empty()));
    assert_eq!(
        store.totals().await.unwrap(),
        Totals {
            accepted: 1,
            done: 1,
            dead: 0
        }
    );
}

#[tokio::test]
async fn while_a_person_has_the_thread_messages_are_recorded_and_never_answered() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(START));
    let store = open_store(folder.path(), policy(), clock.clone());
    let asked = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&asked);
    let workflow = Scripted(move |turn: &Turn| {
        counted.fetch_add(1, Ordering::Relaxed);
        Ok(Outcome {
            handoff: Some(Handoff::Asked),
            ..echo(turn)
        })
    });
    let worker = worker_of(&store, clock.clone(), workflow);
    for text in ["a person please", "are you there?", "hello?"] {
        accept(&store, "a", text).await;
        worker.run_ready().await.unwrap();
    }
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    clock.advance(TimeDelta::hours(13));
    assert_eq!(
        worker.run_ready().await.unwrap(),
        0,
        "what came in between is over"
    );
    accept(&store, "a", "good morning").await;
    worker.run_ready().await.unwrap();
    assert_eq!(
        texts(&replies(&store, "a").await),
        ["a person please", "good morning"]
    );
}

#[tokio::test]
async fn a_turn_that_waited_too_long_is_given_to_a_person() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(START));
    let store = open_store(folder.path(), policy(), clock.clone());
    let worker = worker_of(
        &store,
        clock.clone(),
        Scripted(|turn: &Turn| Ok(echo(turn))),
    );
    accept(&store, "a", "anyone?").await;
    clock.advance(TimeDelta::minutes(121));
    assert_eq!(worker.run_ready().await.unwrap(), 1);
    assert!(replies(&store, "a").await.is_empty());
    assert_eq!(store.totals().await.unwrap().done, 1);
}

#[tokio::test]
async fn a_workflow_that_is_down_uses_up_no_attempt_and_one_that_fails_does() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(START));
    let store = open_store(folder.path(), policy(), clock.clone());
    let attempts = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&attempts);
    let down = Scripted(move |turn: &Turn| {
        let mut seen = seen.lock().unwrap();
        seen.push(turn.attempt);
        let after = Some(Duration::from_secs(1));
        match seen.len() {
            1..=30 => Err(WorkflowError::Unavailable {
                after,
                source: None,
            }),
            _ => Err(WorkflowError::Retry {
                after,
                source: None,
            }),
        }
    });
    let metrics = Arc::new(Metrics::new(&[], &["scripted"]));
    let worker = counting_worker_of(&store, clock.clone(), down, Arc::clone(&metrics));
    accept(&store, "a", "hello").await;
    while store.totals().await.unwrap().pending() > 0 {
        worker.run_ready().await.unwrap();
        clock.advance(TimeDelta::seconds(1));
    }
    let expected: Vec<_> = std::iter::repeat_n(1, 30).chain(1..=8).collect();
    assert_eq!(*attempts.lock().unwrap(), expected);
    let counted = metrics.encode().unwrap();
    for (outcome, times) in [("unavailable", 30), ("retry", 7), ("dead", 1)] {
        let sample = format!(r#"{{workflow="scripted",outcome="{outcome}"}} {times}"#);
        assert!(counted.contains(&sample), "{sample} in\n{counted}");
    }
    assert_eq!(
        store.totals().await.unwrap(),
        Totals {
            accepted: 1,
            done: 0,
            dead: 1
        }
    );
}

const ABORTING_CHILD: &str = "FRONTDESK_TEST_ABORTING_CHILD";

/// Not a test of its own: the process that the next test starts again and again.
#[tokio::test]
async fn aborting_child() {
    #[expect(
        clippy::disallowed_methods,
        reason = "how the parent tells its child what to do"
    )]
    let Ok(folder) = std::env::var(ABORTING_CHILD) else {
        return;
    };
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let store = open_store(Path::new(&folder), policy(), Arc::clone(&clock));
    let abort = Scripted(|_: &Turn| -> Result<Outcome, WorkflowError> { std::process::abort() });
    worker_of(&store, clock, abort).run_ready().await.unwrap();
}

#[tokio::test]
async fn a_workflow_that_aborts_the_process_ends_as_dead_and_not_as_a_loop() {
    let folder = tempfile::tempdir().unwrap();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let store = open_store(folder.path(), policy(), Arc::clone(&clock));
    accept(&store, "a", "the message that kills").await;
    drop(store);
    let mut aborted = 0;
    loop {
        let child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "worker::aborting_child", "--nocapture"])
            .env(ABORTING_CHILD, folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        if child.success() {
            break;
        }
        aborted += 1;
        assert!(aborted <= policy().max_attempts, "it loops");
    }
    assert_eq!(aborted, policy().max_attempts);
    let store = open_store(folder.path(), policy(), clock);
    assert_eq!(
        store.totals().await.unwrap(),
        Totals {
            accepted: 1,
            done: 0,
            dead: 1
        }
    );
}
