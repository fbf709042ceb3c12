//! The deliveries on a real SQLite store, with a channel that does what a test tells it.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use chrono::TimeDelta;
use frontdesk::{
    booking::{Booking, BookingDetails, Business, Businesses, Effect, ResourceId, ServiceId, Span},
    breaker::{Breaker, Destination},
    channel::{Channel, Channels, Outbound, SendError, Sent, owner::OwnerWebhooks},
    clock::{Clock, SystemClock},
    message::{Body, BusinessId, Contact, InboundMessage, MessageId, Reply, SourceKind, ThreadKey},
    metrics::Metrics,
    store::{Policy, Store},
    worker::{Deliveries, DeliveryParts, Refusals},
    workflow::{Correspondence, News, Outcome, State, Turn},
};
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::worker_of;
use crate::support::{
    ManualClock,
    shop::{message, open_store, policy},
    workflow::{Scripted, echo},
};

const START: &str = "2026-11-23T15:00:00Z";

/// Answers calls as it was told, and after that takes everything.
#[derive(Debug, Clone, Default)]
struct Line {
    answers: Arc<Mutex<VecDeque<Result<bool, SendError>>>>,
    sent: Arc<Mutex<Vec<(String, u16)>>>,
    called: Arc<Notify>,
    /// Whether calls wait until they are let.
    let_go: Option<Arc<Notify>>,
}

impl Line {
    fn answering(answers: impl IntoIterator<Item = Result<bool, SendError>>) -> Self {
        Self {
            answers: Arc::new(Mutex::new(answers.into_iter().collect())),
            ..Self::default()
        }
    }

    fn sent(&self) -> Vec<(String, u16)> {
        self.sent.lock().unwrap().clone()
    }

    fn channels(&self) -> Channels {
        let channel: Arc<dyn Channel> = Arc::new(self.clone());
        [(SourceKind::Whatsapp, channel)].into_iter().collect()
    }
}

#[async_trait]
impl Channel for Line {
    async fn send(&self, message: &Outbound, part: u16) -> Result<Sent, SendError> {
        self.called.notify_one();
        if let Some(let_go) = &self.let_go {
            let_go.notified().await;
        }
        let Body::Reply(Reply::Text { text }) = &message.body else {
            panic!("{:?}", message.body);
        };
        let answer = self.answers.lock().unwrap().pop_front();
        let more = answer.unwrap_or(Ok(false))?;
        self.sent.lock().unwrap().push((text.clone(), part));
        let id = MessageId::new(&format!("out.{}", message.reference)).unwrap();
        Ok(Sent {
            id,
            more,
            by_template: false,
        })
    }
}

/// Records refusals, and the ends of refusals, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct RecordedRefusals(Arc<Mutex<Vec<&'static str>>>);

impl RecordedRefusals {
    /// Returns those recorded since the last call.
    pub(super) fn news(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Refusals for RecordedRefusals {
    fn refused(&self, _: SourceKind, reason: &'static str) {
        self.0.lock().unwrap().push(reason);
    }

    fn taken(&self, _: SourceKind) {
        self.0.lock().unwrap().push("taken");
    }

    fn template_refused(&self, reason: &'static str) {
        self.0.lock().unwrap().push(reason);
    }

    fn templates_taken(&self) {
        self.0.lock().unwrap().push("templates taken");
    }
}

/// The service for which there are no words.
const UNSPEAKABLE: &str = "unspeakable";

/// Has words for every other reminder.
#[derive(Debug)]
pub(super) struct Plain;

impl Correspondence for Plain {
    fn title(&self, _: &Booking, _: &Contact) -> String {
        "an appointment".to_owned()
    }

    fn reminder(&self, booking: &Booking, _: Option<&State>) -> Option<Body> {
        let service = booking.details.services.to_string();
        (service != UNSPEAKABLE).then(|| Body::Reply(Reply::text(format!("soon: {service}"))))
    }

    fn notice(&self, _: &BusinessId, news: &News<'_>) -> String {
        news.alert.kind.as_str().to_owned()
    }
}

pub(super) struct Office {
    store: Arc<dyn Store>,
    pub(super) clock: Arc<ManualClock>,
    pub(super) deliveries: Deliveries,
    pub(super) heard: RecordedRefusals,
    metrics: Arc<Metrics>,
    _folder: tempfile::TempDir,
}

pub(super) fn writing() -> Policy {
    let business = Business::parse(
        "demo.toml",
        "name = \"Demo\"\ntimezone = \"UTC\"\n[reminder]\nminutes = [120]\n\
         [hours]\nmonday = [\"09:00-18:00\"]\n\
         [[service]]\nid = \"haircut\"\nname = \"Haircut\"\nminutes = 30\n",
    );
    Policy {
        businesses: Arc::new(Businesses::from(business.unwrap())),
        channels: vec![SourceKind::Whatsapp],
        coalesce: Duration::ZERO,
        ..policy()
    }
}

pub(super) fn from_whatsapp(user: &str, text: &str) -> InboundMessage {
    let message = message(user, text);
    InboundMessage {
        thread: ThreadKey {
            source: SourceKind::Whatsapp,
            ..message.thread
        },
        ..message
    }
}

impl Office {
    fn with(line: &Line) -> Self {
        Self::of(line.channels(), Arc::new(Plain))
    }

    pub(super) fn of(channels: Channels, words: Arc<dyn Correspondence>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(START));
        let store = open_store(folder.path(), writing(), clock.clone());
        let (heard, metrics) = (
            RecordedRefusals::default(),
            Arc::new(Metrics::new(&[], &[])),
        );
        let deliveries = Deliveries::new(DeliveryParts {
            store: Arc::clone(&store),
            channels,
            words,
            owners: no_owners(),
            businesses: Arc::new(Businesses::demo()),
            clock: clock.clone(),
            metrics: Arc::clone(&metrics),
            refusals: Arc::new(heard.clone()),
        });
        Self {
            store,
            clock,
            deliveries,
            heard,
            metrics,
            _folder: folder,
        }
    }

    /// Lets a customer say something, which is said back.
    async fn converse(&self, user: &str, text: &str) {
        let arrival = frontdesk::message::Arrival::Message(from_whatsapp(user, text));
        self.store.accept(vec![arrival]).await.unwrap();
        let clock: Arc<dyn Clock> = self.clock.clone();
        let worker = worker_of(&self.store, clock, Scripted(|turn: &Turn| Ok(echo(turn))));
        assert_eq!(worker.run_ready().await.unwrap(), 1);
    }

    /// Lets a customer book a service in three hours, with a reminder two hours before.
    async fn remind(&self, service: &str) {
        self.remind_whom("ana", service).await;
    }

    pub(super) async fn remind_whom(&self, user: &str, service: &str) {
        let arrival = frontdesk::message::Arrival::Message(from_whatsapp(user, "book"));
        self.store.accept(vec![arrival]).await.unwrap();
        let service = service.to_owned();
        let books = move |turn: &Turn| {
            let start = turn.now + TimeDelta::hours(3);
            let visible = Span {
                start,
                end: start + TimeDelta::minutes(30),
            };
            let details = BookingDetails {
                business: turn.key.business.clone(),
                services: ServiceId::new(&service).into(),
                resource: ResourceId::new(&service),
                visible,
                blocked: visible,
                customer: turn.customer,
                name: None,
                for_name: None,
            };
            let id = turn.booking_id(0);
            Ok(Outcome {
                effects: vec![Effect::Book { id, details }],
                ..Outcome::default()
            })
        };
        let clock: Arc<dyn Clock> = self.clock.clone();
        let worker = worker_of(&self.store, clock, Scripted(books));
        assert_eq!(worker.run_ready().await.unwrap(), 1);
    }

    async fn waiting(&self) -> u64 {
        self.store.gauges().await.unwrap().outbox_pending
    }

    fn counted(&self, outcome: &str) -> bool {
        let series =
            format!("frontdesk_deliveries_total{{channel=\"whatsapp\",outcome=\"{outcome}\"}} 1\n");
        self.metrics.encode().unwrap().contains(&series)
    }
}

fn texts(sent: &[(String, u16)]) -> Vec<(&str, u16)> {
    sent.iter()
        .map(|(text, part)| (text.as_str(), *part))
        .collect()
}

pub(super) fn no_owners() -> Arc<OwnerWebhooks> {
    let breaker = || Breaker::new(Destination::Owner, Arc::new(()));
    Arc::new(OwnerWebhooks::new(&HashMap::new(), breaker).unwrap())
}

#[tokio::test]
async fn what_is_said_is_sent_part_by_part() {
    let line = Line::answering([Ok(true), Ok(true), Ok(false)]);
    let office = Office::with(&line);
    office.converse("ana", "hello").await;
    assert_eq!(office.deliveries.run_due().await.unwrap(), 1);
    let sent = line.sent();
    assert_eq!(texts(&sent), [("hello", 0), ("hello", 1), ("hello", 2)]);
    assert_eq!(office.waiting().await, 0);
    assert_eq!(office.deliveries.run_due().await.unwrap(), 0);
}

#[tokio::test]
async fn a_call_that_failed_is_made_again_after_a_while() {
    let failed = SendError::Retry {
        reason: "test",
        after: Some(Duration::from_secs(7)),
    };
    let line = Line::answering([Err(failed)]);
    let office = Office::with(&line);
    office.converse("ana", "hello").await;
    assert_eq!(office.deliveries.run_due().await.unwrap(), 1);
    assert!(office.counted("retry"));
    assert_eq!(office.deliveries.run_due().await.unwrap(), 0);
    office.clock.advance(TimeDelta::seconds(7));
    assert_eq!(office.deliveries.run_due().await.unwrap(), 1);
    assert_eq!(texts(&line.sent()), [("hello", 0)]);
}

#[tokio::test]
async fn a_provider_that_refuses_us_is_told_of_and_asked_again_until_it_takes_a_call() {
    let refusal = || SendError::Alert {
        reason: "token",
        code: Some(190),
    };
    let line = Line::answering((0..12).map(|_| Err(refusal())));
    let office = Office::with(&line);
    office.converse("ana", "hello").await;
    for _ in 0..12 {
        assert_eq!(office.deliveries.run_due().await.unwrap(), 1);
        office.clock.advance(TimeDelta::minutes(5));
    }
    assert_eq!(office.deliveries.run_due().await.unwrap(), 1);
    assert_eq!(texts(&line.sent()), [("hello", 0)]);
    let heard = office.heard.0.lock().unwrap().clone();
    assert_eq!(heard.len(), 13);
    assert_eq!((heard[0], heard[12]), ("token", "taken"));
}

#[tokio::test]
async fn what_will_never_be_taken_is_dead_and_the_next_one_goes() {
    let line = Line::answering([Err(SendError::GiveUp {
        reason: "undeliverable",
        code: Some(131_026),
    })]);
    let office = Office::with(&line);
    office.converse("ana", "one").await;
    office.converse("ana", "two").await;
    assert_eq!(office.deliveries.run_due().await.unwrap(), 2);
    assert_eq!(texts(&line.sent()), [("two", 0)]);
    assert!(office.counted("dead"));
}

#[tokio::test]
async fn an_answer_that_never_came_is_waited_for_before_it_is_said_again() {
    let line = Line::answering([Err(SendError::Ambiguous)]);
    let office = Office::with(&line);
    office.converse("ana", "hello").await;
    assert_eq!(office.deliveries.run_due().await.unwrap(), 1);
    office.clock.advance(TimeDelta::seconds(29));
    assert_eq!(office.deliveries.run_due().await.unwrap(), 0);
    office.clock.advance(TimeDelta::seconds(1));
    assert_eq!(office.deliveries.run_due().await.unwrap(), 1);
    assert_eq!(texts(&line.sent()), [("hello", 0)]);
}

#[tokio::test]
async fn a_message_without_a_further_part_is_through() {
    let line = Line::answering([Ok(true), Err(SendError::NoSuchPart)]);
    let office = Office::with(&line);
    office.converse("ana", "hello").await;
    assert_eq!(office.deliveries.run_due().await.unwrap(), 1);
    assert_eq!(office.waiting().await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_woken_by_a_reply_and_a_stop_lets_the_call_under_way_finish() {
    let folder = tempfile::tempdir().unwrap();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let store = open_store(folder.path(), writing(), Arc::clone(&clock));
    let line = Line {
        let_go: Some(Arc::default()),
        ..Line::default()
    };
    let deliveries = Deliveries::new(DeliveryParts {
        store: Arc::clone(&store),
        channels: line.channels(),
        words: Arc::new(Plain),
        owners: no_owners(),
        businesses: Arc::new(Businesses::demo()),
        clock: Arc::clone(&clock),
        metrics: Arc::new(Metrics::new(&[], &[])),
        refusals: Arc::new(RecordedRefusals::default()),
    });
    let stop = CancellationToken::new();
    let stopped = stop.clone();
    let running = TaskTracker::new().spawn(async move { deliveries.run(stopped).await });

    let arrival = frontdesk::message::Arrival::Message(from_whatsapp("ana", "hello"));
    store.accept(vec![arrival]).await.unwrap();
    let worker = worker_of(&store, clock, Scripted(|turn: &Turn| Ok(echo(turn))));
    assert_eq!(worker.run_ready().await.unwrap(), 1);
    line.called.notified().await;
    stop.cancel();
    assert!(!running.is_finished(), "it waits for the call");
    line.let_go.as_ref().unwrap().notify_one();
    tokio::time::timeout(Duration::from_mins(1), running)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(texts(&line.sent()), [("hello", 0)]);
    assert_eq!(store.gauges().await.unwrap().outbox_pending, 0);
}

#[tokio::test]
async fn a_reminder_is_worded_when_it_is_due_and_dead_where_there_are_no_words() {
    let line = Line::default();
    let office = Office::with(&line);
    office.remind("haircut").await;
    assert_eq!(office.deliveries.run_due().await.unwrap(), 0);
    office.clock.advance(TimeDelta::hours(1));
    assert_eq!(office.deliveries.run_due().await.unwrap(), 1);
    assert_eq!(texts(&line.sent()), [("soon: haircut", 0)]);
    office.remind(UNSPEAKABLE).await;
    office.clock.advance(TimeDelta::hours(1));
    assert_eq!(office.deliveries.run_due().await.unwrap(), 1);
    assert!(office.counted("dead"));
    assert_eq!(line.sent().len(), 1);
    assert_eq!(office.waiting().await, 0);
}
