//! More messages than may be sent at once: what waits for its turn costs nothing.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use frontdesk::{
    booking::Businesses,
    breaker::{Breaker, Destination},
    channel::{
        Channel, Channels, Outbound, Room, SendError, Sent, Tokens,
        whatsapp::{Config, Whatsapp},
    },
    clock::{Clock, SystemClock},
    message::{Arrival, BusinessId, MessageId, PhoneNumber, SourceKind},
    metrics::Metrics,
    store::{Erased, Store, Whom, sqlite},
    worker::{Deliveries, DeliveryParts},
    workflow::{Turn, WorkflowError},
};
use secrecy::SecretString;
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    deliveries::{Plain, RecordedRefusals, from_whatsapp, no_owners, writing},
    worker_of,
};
use crate::support::{
    graph::{Fault, Graph, TOKEN, Taken},
    log::Log,
    provider::PATIENCE,
    workflow::{Scripted, echo},
};

const NUMBER: &str = "106540352242922";

#[derive(Debug)]
struct OneToken;

impl Tokens for OneToken {
    fn token(&self, _: &BusinessId) -> Option<SecretString> {
        Some(TOKEN.into())
    }
}

fn whatsapp(graph: &Graph) -> Channels {
    let config = Config::new(graph.url().parse().unwrap());
    let breaker = Breaker::new(Destination::Whatsapp, Arc::new(()));
    let channel = Whatsapp::new(config, Arc::new(OneToken), breaker).unwrap();
    let channel: Arc<dyn Channel> = Arc::new(channel);
    [(SourceKind::Whatsapp, channel)].into_iter().collect()
}

/// A provider of which each number has its own mood, and that says when it was asked for room.
#[derive(Debug, Clone, Default)]
struct Moody(Arc<Moods>);

#[derive(Debug, Default)]
struct Moods {
    /// What calls meet, by number, and how often; else they are taken.
    refusals: Mutex<HashMap<&'static str, Refusal>>,
    /// The calls by number.
    calls: Mutex<BTreeMap<String, usize>>,
    asked: AtomicUsize,
    changed: Notify,
}

#[derive(Debug, Clone, Copy)]
enum Refusal {
    /// There is no room, so that nothing should be called.
    NoRoom,
    /// Calls are refused for so long.
    Hold(Duration),
}

impl Moody {
    fn refusing(refusals: impl IntoIterator<Item = (&'static str, Refusal)>) -> Self {
        let moody = Self::default();
        moody.0.refusals.lock().unwrap().extend(refusals);
        moody
    }

    fn channels(&self) -> Channels {
        let channel: Arc<dyn Channel> = Arc::new(self.clone());
        [(SourceKind::Whatsapp, channel)].into_iter().collect()
    }

    fn refusal(&self, number: &str) -> Option<Refusal> {
        self.0.refusals.lock().unwrap().get(number).copied()
    }

    fn recover(&self, number: &str) {
        self.0.refusals.lock().unwrap().remove(number);
    }

    fn calls(&self, number: &str) -> usize {
        *self.0.calls.lock().unwrap().get(number).unwrap_or(&0)
    }

    async fn until(&self, mut is_so: impl FnMut(&Self) -> bool) {
        let changed = async {
            loop {
                let changed = self.0.changed.notified();
                if is_so(self) {
                    return;
                }
                changed.await;
            }
        };
        tokio::time::timeout(PATIENCE, changed).await.unwrap();
    }

    /// Lets the deliveries look so often.
    async fn looked_at(&self, times: usize) {
        let before = self.0.asked.load(Ordering::Relaxed);
        let now = |moody: &Self| moody.0.asked.load(Ordering::Relaxed);
        self.until(|moody| now(moody) >= before + times).await;
    }
}

#[async_trait]
impl Channel for Moody {
    async fn send(&self, message: &Outbound, _: u16) -> Result<Sent, SendError> {
        let number = message.thread.key.split(':').next().unwrap().to_owned();
        let refusal = self.refusal(&number);
        *self.0.calls.lock().unwrap().entry(number).or_default() += 1;
        self.0.changed.notify_waiters();
        if let Some(Refusal::Hold(after)) = refusal {
            let reason = "throughput";
            return Err(SendError::Hold { reason, after });
        }
        let id = MessageId::new(&format!("out.{}", message.reference)).unwrap();
        Ok(Sent {
            id,
            more: false,
            by_template: false,
        })
    }

    fn room(&self, account: &str) -> Room {
        self.0.asked.fetch_add(1, Ordering::Relaxed);
        self.0.changed.notify_waiters();
        match self.refusal(account) {
            Some(Refusal::NoRoom) => Room {
                count: 0,
                after: Duration::from_millis(1),
            },
            _ => Room::UNLIMITED,
        }
    }
}

/// The system's time, and so much on.
#[derive(Debug)]
struct Ahead(TimeDelta);

impl Clock for Ahead {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + self.0
    }
}

/// A store with deliveries that run on the system's time.
struct Backlog {
    store: Arc<dyn Store>,
    metrics: Arc<Metrics>,
    clock: Arc<dyn Clock>,
    /// Another connection to its database.
    beside: rusqlite::Connection,
    folder: tempfile::TempDir,
}

impl Backlog {
    fn new() -> Self {
        Self::open(tempfile::tempdir().unwrap(), TimeDelta::zero())
    }

    fn open(folder: tempfile::TempDir, ahead: TimeDelta) -> Self {
        let clock: Arc<dyn Clock> = Arc::new(Ahead(ahead));
        let metrics = Arc::new(Metrics::new(&[], &[]));
        let config = sqlite::Config::new(folder.path().join("frontdesk.db"), writing());
        let store = sqlite::Store::open(config, Arc::clone(&clock), Arc::clone(&metrics)).unwrap();
        let beside = rusqlite::Connection::open(folder.path().join("frontdesk.db")).unwrap();
        Self {
            store: Arc::new(store),
            metrics,
            clock,
            beside,
            folder,
        }
    }

    /// The same store in another process, which starts so much later.
    fn reopened(self, later: TimeDelta) -> Self {
        let Self { store, folder, .. } = self;
        drop(store);
        Self::open(folder, later)
    }

    /// Lets customers of a number write, each a text that is said back to them.
    async fn converse(&self, number: &str, customers: std::ops::Range<u32>) {
        let mut arrivals = Vec::new();
        for customer in customers.clone() {
            let phone = format!("1202555{customer:04}");
            let mut message = from_whatsapp(&format!("{number}:{phone}"), &format!("m{customer}"));
            message.contact.phone = PhoneNumber::from_international_digits(&phone).ok();
            arrivals.push(Arrival::Message(message));
        }
        self.store.accept(arrivals).await.unwrap();
        let clock = Arc::clone(&self.clock);
        let worker = worker_of(&self.store, clock, Scripted(|turn: &Turn| Ok(echo(turn))));
        assert_eq!(worker.run_ready().await.unwrap(), customers.len());
    }

    fn deliveries(&self, channels: Channels) -> Deliveries {
        Deliveries::new(DeliveryParts {
            store: Arc::clone(&self.store),
            channels,
            words: Arc::new(Plain),
            owners: no_owners(),
            businesses: Arc::new(Businesses::demo()),
            clock: Arc::clone(&self.clock),
            metrics: Arc::clone(&self.metrics),
            refusals: Arc::new(RecordedRefusals::default()),
        })
    }

    /// Runs deliveries until this is done.
    async fn while_sending<T>(&self, channels: Channels, done: impl Future<Output = T>) -> T {
        let deliveries = self.deliveries(channels);
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        let running = TaskTracker::new().spawn(async move { deliveries.run(stopped).await });
        let result = done.await;
        stop.cancel();
        running.await.unwrap();
        result
    }

    /// Runs deliveries until this is done, and then kills them with all that they have under way.
    async fn killed_while_sending<T>(&self, graph: &Graph, done: impl Future<Output = T>) -> T {
        let process = tokio::runtime::Runtime::new().unwrap();
        let inside = process.enter();
        let deliveries = self.deliveries(whatsapp(graph));
        drop(inside);
        process.spawn(async move { deliveries.run(CancellationToken::new()).await });
        let result = done.await;
        let killed = tokio::task::spawn_blocking(move || process.shutdown_timeout(PATIENCE));
        killed.await.unwrap();
        result
    }

    fn sample(&self, series: &str) -> f64 {
        let text = self.metrics.encode().unwrap();
        let value = text
            .lines()
            .find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
        value.map_or(0.0, |value| value.parse().unwrap())
    }

    /// Changes whenever another connection has changed the database.
    fn version(&self) -> i64 {
        let version = self
            .beside
            .pragma_query_value(None, "data_version", |row| row.get(0));
        version.unwrap()
    }

    /// The writes so far.
    fn writes(&self) -> f64 {
        self.sample("frontdesk_store_commit_rows_sum")
    }
}

#[tokio::test]
async fn what_waits_for_its_turn_is_no_attempt_no_write_and_no_warning() {
    const CUSTOMERS: u32 = 600;
    let graph = Graph::start().await;
    let backlog = Backlog::new();
    backlog.converse(NUMBER, 0..CUSTOMERS).await;
    let log = Log::new("warn");
    let before = backlog.writes();
    let sent = graph.taken_at_least(CUSTOMERS as usize);
    let taken = backlog.while_sending(whatsapp(&graph), sent).await;
    assert_eq!(log.text(), "");
    assert_eq!(taken.len(), CUSTOMERS as usize);
    // A lease and its end.
    assert!((backlog.writes() - before - f64::from(2 * CUSTOMERS)).abs() < 0.5);
    let counted = |outcome| {
        backlog.sample(&format!(
            "frontdesk_deliveries_total{{channel=\"whatsapp\",outcome=\"{outcome}\"}}"
        ))
    };
    assert!((counted("sent") - f64::from(CUSTOMERS)).abs() < 0.5);
    assert!(counted("wait") < 0.5);
    assert_eq!(backlog.store.gauges().await.unwrap().outbox_pending, 0);
    assert!(by_recipient(&taken).values().all(|times| *times == 1));
}

#[tokio::test]
async fn a_numbers_backlog_goes_out_in_order_at_the_pace_that_is_allowed() {
    let graph = Graph::start().await;
    let backlog = Backlog::new();
    backlog.converse(NUMBER, 0..80).await;
    let began = tokio::time::Instant::now();
    let sent = graph.taken_at_least(80);
    let taken = backlog.while_sending(whatsapp(&graph), sent).await;
    // Ten at once, and 60 a second after them.
    assert!(began.elapsed() >= Duration::from_millis(1_150));
    let texts: Vec<_> = taken
        .iter()
        .map(|one| one.body["text"]["body"].clone())
        .collect();
    let place = |text: &serde_json::Value| {
        let digits = text.as_str().unwrap().trim_start_matches('m');
        digits.parse::<usize>().unwrap()
    };
    // Calls under way together may overtake each other, and no others.
    for (sent, text) in texts.iter().enumerate() {
        assert!(place(text).abs_diff(sent) < 20, "{text} was number {sent}");
    }
}

#[tokio::test]
async fn what_has_no_room_stays_in_the_store_untouched_and_holds_up_no_other_number() {
    let backlog = Backlog::new();
    backlog.converse("1", 0..300).await;
    let moody = Moody::refusing([("1", Refusal::NoRoom)]);
    let log = Log::new("debug");
    let looked = async {
        moody.looked_at(50).await;
        let (before, version) = (backlog.writes(), backlog.version());
        moody.looked_at(200).await;
        assert!((backlog.writes() - before).abs() < 0.5);
        assert_eq!(backlog.version(), version, "no commit changed the database");
        backlog.converse("2", 300..400).await;
        moody.until(|moody| moody.calls("2") == 100).await;
        let gauges = backlog.store.gauges().await.unwrap();
        assert_eq!(gauges.outbox_waiting, 300);
    };
    backlog.while_sending(moody.channels(), looked).await;
    assert_eq!(moody.calls("1"), 0);
    assert!(!log.text().contains("WARN") && !log.text().contains("a message waits"));
    // What waited is as it was.
    let sent = moody.clone();
    sent.recover("1");
    let all = sent.until(|moody| moody.calls("1") == 300);
    backlog.while_sending(moody.channels(), all).await;
    assert_eq!(backlog.store.gauges().await.unwrap().outbox_pending, 0);
}

#[tokio::test]
async fn a_refusal_holds_its_number_with_one_line_and_one_message_tries_again() {
    const PAUSE: Duration = Duration::from_millis(300);
    let backlog = Backlog::new();
    backlog.converse("1", 0..300).await;
    let moody = Moody::refusing([("1", Refusal::Hold(PAUSE))]);
    let log = Log::new("warn");
    let began = tokio::time::Instant::now();
    let held = async {
        moody.until(|moody| moody.calls("1") > 0).await;
        backlog.converse("2", 300..310).await;
        moody.until(|moody| moody.calls("2") == 10).await;
        // Those that were under way together, and then one at a time.
        let first = moody.calls("1");
        assert!(first <= 96, "{first} were tried at once");
        moody.until(|moody| moody.calls("1") >= first + 3).await;
        assert!(began.elapsed() >= 3 * PAUSE);
        assert_eq!(log.text().lines().count(), 1 + (moody.calls("1") - first));
        moody.recover("1");
        moody
            .until(|moody| moody.calls("1") >= first + 3 + 300)
            .await;
    };
    backlog.while_sending(moody.channels(), held).await;
    assert_eq!(backlog.store.gauges().await.unwrap().outbox_pending, 0);
    let lines = log.text().lines().count();
    assert!((4..=5).contains(&lines), "{}", log.text());
}

#[tokio::test]
async fn what_is_put_back_goes_first_when_its_number_is_open_again() {
    let backlog = Backlog::new();
    backlog.converse(NUMBER, 0..150).await;
    let graph = Graph::start().await;
    graph.fail([Fault::RetryAfter(429, 130_429, "1")]);
    let sent = graph.taken_at_least(150);
    let taken = backlog.while_sending(whatsapp(&graph), sent).await;
    assert_eq!(by_recipient(&taken).len(), 150, "each was sent to once");
    let place = |one: &Taken| {
        let text = one.body["text"]["body"].as_str().unwrap();
        text.trim_start_matches('m').parse::<usize>().unwrap()
    };
    let late = taken.iter().rposition(|one| place(one) < 20).unwrap();
    assert!(late < 110, "what waited longest came at place {late}");
}

/// How often each customer was sent to.
fn by_recipient(taken: &[Taken]) -> BTreeMap<&str, usize> {
    let mut times = BTreeMap::new();
    for one in taken {
        *times.entry(&*one.recipient).or_default() += 1;
    }
    times
}

#[tokio::test]
async fn after_a_kill_everybody_is_sent_to_and_nobody_twice_but_who_was_under_way() {
    const CUSTOMERS: u32 = 200;
    let graph = Graph::start().await;
    let backlog = Backlog::new();
    backlog.converse(NUMBER, 0..CUSTOMERS).await;
    backlog
        .killed_while_sending(&graph, graph.taken_at_least(60))
        .await;
    let killed_at = graph.taken().len();
    let under_way = CUSTOMERS as usize - killed_at;
    // At once whatever was in nobody's hands, and what was only after a report may have come.
    let backlog = backlog.reopened(TimeDelta::zero());
    let waiting = backlog.store.gauges().await.unwrap().outbox_pending;
    let waiting = usize::try_from(waiting).unwrap();
    assert!(waiting >= under_way, "{waiting} of {under_way}");
    let backlog = backlog.reopened(TimeDelta::seconds(31));
    let all = graph.taken_at_least(killed_at + waiting);
    let taken = backlog.while_sending(whatsapp(&graph), all).await;
    assert_eq!(backlog.store.gauges().await.unwrap().outbox_pending, 0);
    let times = by_recipient(&taken);
    assert_eq!(times.len(), CUSTOMERS as usize);
    let twice = times.values().filter(|times| **times > 1).count();
    // No more than are leased ahead of their place and wait for an answer.
    assert!(
        twice <= 48 && times.values().all(|times| *times <= 2),
        "{twice}"
    );
}

#[tokio::test]
async fn who_is_forgotten_while_waiting_for_their_turn_is_not_sent_to() {
    const CUSTOMERS: u32 = 150;
    let graph = Graph::start().await;
    let backlog = Backlog::new();
    backlog.converse(NUMBER, 0..CUSTOMERS).await;
    let last = PhoneNumber::from_international_digits("12025550149").unwrap();
    let erased = async {
        graph.taken_at_least(30).await;
        let whom = Whom::Phone(last.clone());
        let erased = backlog.store.erase(&BusinessId::new("demo"), &whom).await;
        assert!(matches!(erased.unwrap(), Erased::Done(_)));
        graph.taken_at_least(CUSTOMERS as usize - 1).await
    };
    let taken = backlog.while_sending(whatsapp(&graph), erased).await;
    assert!(!by_recipient(&taken).contains_key("12025550149"));
    assert_eq!(taken.len(), CUSTOMERS as usize - 1);
    assert_eq!(backlog.store.gauges().await.unwrap().outbox_pending, 0);
}

#[tokio::test]
async fn turns_that_wait_for_a_workflow_that_is_down_come_back_one_by_one_without_a_warning() {
    const TURNS: u32 = 20;
    let backlog = Backlog::new();
    let arrivals = (0..TURNS)
        .map(|customer| Arrival::Message(from_whatsapp(&format!("1:{customer}"), "hello")));
    backlog.store.accept(arrivals.collect()).await.unwrap();
    let (calls, called) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
    let (counted, told) = (Arc::clone(&calls), Arc::clone(&called));
    let down = Scripted(move |_: &Turn| {
        counted.fetch_add(1, Ordering::Relaxed);
        told.notify_one();
        let after = Duration::from_millis(1);
        Err(WorkflowError::Down { after })
    });
    let worker = worker_of(&backlog.store, Arc::clone(&backlog.clock), down);
    let log = Log::new("warn");
    let began = tokio::time::Instant::now();
    let stop = CancellationToken::new();
    let stopped = stop.clone();
    let running = TaskTracker::new().spawn(async move { worker.run(stopped, |_| ()).await });
    while calls.load(Ordering::Relaxed) < 3 * TURNS as usize {
        called.notified().await;
    }
    // The first time at once, and then each after the one before it.
    assert!(began.elapsed() >= Duration::from_millis(20) * (2 * TURNS - 1));
    assert_eq!(log.text(), "");
    stop.cancel();
    running.await.unwrap();
}
