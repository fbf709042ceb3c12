//! Messages that never arrive: what is counted, listed, and told to the owner.

use std::sync::Arc;

use chrono::TimeDelta;
use frontdesk::{
    booking::{Business, Businesses, Effect},
    message::{Arrival, DeliveryReport, DeliveryState, MessageId, Reply, SourceKind},
    store::{
        Attempt, Delivered, Dispatch, Failed, FailureId, FailuresWanted, Lease, Mail, NoticeWay,
        Settlement,
    },
    workflow::{AlertKind, Outcome},
};

use super::{LEASE, Shop, booking::book, business, conformance, saying, whatsapp};
use crate::support::shop::no_limit;

conformance!(
    an_owner_is_told_once_of_a_confirmation_that_fails_later,
    an_owner_is_told_of_a_confirmation_that_is_refused_at_once,
    an_answer_about_no_appointment_is_no_news_to_the_owner,
    a_change_that_is_told_in_two_messages_is_told_to_the_owner_once,
    a_message_of_which_every_part_fails_is_one_that_failed,
    a_notice_that_fails_later_is_counted_as_the_owners,
    a_report_of_failure_before_our_own_call_returned_ends_the_message,
    an_owner_is_told_of_a_reminder_that_cannot_be_delivered_but_not_of_one_that_may_not_be_sent,
    a_dead_message_is_listed_until_it_is_discarded,
);

const SHOP: &str = "id = \"luna\"\nname = \"Luna\"\ntimezone = \"UTC\"\n\
    [reminder]\nminutes = [60]\n\
    [notify]\nwebhook_url = \"https://owner.example/\"\nwebhook_secret_env = \"SECRET\"\n\
    [hours]\nmonday = [\"09:00-18:00\"]\n\
    [[service]]\nid = \"haircut\"\nname = \"Haircut\"\nminutes = 30\n";

impl Shop {
    fn with_owner(self) -> Self {
        let business = Business::parse("luna.toml", SHOP).unwrap();
        self.with_policy(|policy| {
            policy.channels = vec![SourceKind::Whatsapp];
            policy.businesses = Arc::new(Businesses::from(business));
        })
    }

    /// A customer's turn, leased.
    async fn asked(&self, user: &str) -> Lease {
        let id = format!("wamid.{user}.{}", self.now().timestamp_micros());
        self.accept_new(whatsapp(user, &id, "yes")).await;
        self.pass(TimeDelta::seconds(11));
        self.lease_one().await
    }

    /// Books, and says so in these words; the messages are in a sender's hands.
    async fn confirms(&self, words: &[&str]) -> Vec<Dispatch> {
        let lease = self.asked("ana").await;
        let outcome = Outcome {
            effects: vec![book(&lease, 1, "shop", "10:00", 30)],
            ..saying(words)
        };
        self.settle(&lease, outcome).await;
        assert_eq!(self.owner_hears().await, [AlertKind::Booked]);
        self.replies_due().await
    }

    async fn replies_due(&self) -> Vec<Dispatch> {
        let due = self
            .store
            .dispatch(10, LEASE, no_limit())
            .await
            .unwrap()
            .due;
        assert!(due.iter().all(|one| !matches!(one.mail, Mail::Notice(_))));
        due
    }

    /// What the owner is told now; replies that are due stay so.
    async fn owner_hears(&self) -> Vec<AlertKind> {
        let mut told = Vec::new();
        for dispatch in self
            .store
            .dispatch(10, LEASE, no_limit())
            .await
            .unwrap()
            .due
        {
            let attempt = match &dispatch.mail {
                Mail::Notice(notice) => {
                    assert_eq!(notice.way, NoticeWay::Webhook);
                    assert!(notice.booking.is_some());
                    told.push(notice.alert.kind);
                    sent(&format!("notice.{}", dispatch.reference))
                }
                _ => Attempt::Wait {
                    after: std::time::Duration::ZERO,
                    reason: "test",
                },
            };
            self.store
                .delivered(&dispatch, attempt, None)
                .await
                .unwrap();
        }
        told
    }

    async fn reports(&self, message: &str, state: DeliveryState) {
        let report = DeliveryReport {
            business: business(),
            source: SourceKind::Whatsapp,
            message: MessageId::new(message).unwrap(),
            state,
            reference: None,
            participant: None,
            error_code: Some(131_026),
            at: None,
        };
        let report = Arrival::Report(report);
        self.store.accept(vec![report]).await.unwrap();
    }

    /// The dead messages in the list of failures.
    async fn dead(&self) -> Vec<(FailureId, String)> {
        let wanted = FailuresWanted {
            business: business(),
            after: None,
            limit: 10,
            preview: 10,
        };
        let failures = self.store.failed(wanted).await.unwrap().into_iter();
        let dead = failures.filter(|one| matches!(one.what, Failed::Message { .. }));
        dead.map(|one| (one.id, one.reason.into())).collect()
    }

    fn counted_dead(&self) -> u64 {
        self.counted_dead_by("whatsapp")
    }

    fn counted_dead_by(&self, channel: &str) -> u64 {
        let series =
            format!("frontdesk_deliveries_total{{channel=\"{channel}\",outcome=\"dead\"}} ");
        let text = self.metrics.encode().unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix(&series));
        line.unwrap().parse().unwrap()
    }
}

fn sent(id: &str) -> Attempt {
    Attempt::Sent {
        id: MessageId::new(id).unwrap(),
        more: false,
    }
}

async fn an_owner_is_told_once_of_a_confirmation_that_fails_later(shop: Shop) {
    let shop = shop.with_owner();
    let due = shop.confirms(&["Booked!"]).await;
    shop.store
        .delivered(&due[0], sent("out.1"), None)
        .await
        .unwrap();
    assert!(shop.dead().await.is_empty());
    for _ in 0..2 {
        shop.reports("out.1", DeliveryState::Failed).await;
    }
    shop.reports("out.1", DeliveryState::Delivered).await;
    assert_eq!(shop.counted_dead(), 1);
    let dead = shop.dead().await;
    assert_eq!((dead.len(), &*dead[0].1), (1, "undelivered"));
    assert_eq!(shop.owner_hears().await, [AlertKind::Undelivered]);
    // A repeat is known also when the first report is forgotten.
    let shop = shop.reopen();
    shop.reports("out.1", DeliveryState::Failed).await;
    assert!(shop.owner_hears().await.is_empty());
    assert_eq!(shop.dead().await.len(), 1);
}

async fn an_owner_is_told_of_a_confirmation_that_is_refused_at_once(shop: Shop) {
    let shop = shop.with_owner();
    let due = shop.confirms(&["Booked!"]).await;
    let refused = Attempt::Dead {
        reason: "undeliverable",
    };
    shop.store.delivered(&due[0], refused, None).await.unwrap();
    assert_eq!(shop.owner_hears().await, [AlertKind::Undelivered]);
    assert_eq!(shop.dead().await[0].1, "undeliverable");
    // Who sends counts it.
    assert_eq!(shop.counted_dead(), 0);
}

async fn an_answer_about_no_appointment_is_no_news_to_the_owner(shop: Shop) {
    let shop = shop.with_owner();
    let lease = shop.asked("ana").await;
    shop.settle(&lease, saying(&["We open at nine."])).await;
    let due = shop.replies_due().await;
    shop.store
        .delivered(&due[0], sent("out.1"), None)
        .await
        .unwrap();
    shop.reports("out.1", DeliveryState::Failed).await;
    assert!(shop.owner_hears().await.is_empty());
    assert_eq!((shop.counted_dead(), shop.dead().await.len()), (1, 1));
}

async fn a_change_that_is_told_in_two_messages_is_told_to_the_owner_once(shop: Shop) {
    let shop = shop.with_owner();
    let first = shop.confirms(&["Booked!", "See you then."]).await;
    shop.store
        .delivered(&first[0], sent("out.1"), None)
        .await
        .unwrap();
    let second = shop.replies_due().await;
    shop.store
        .delivered(&second[0], sent("out.2"), None)
        .await
        .unwrap();
    shop.reports("out.1", DeliveryState::Failed).await;
    shop.reports("out.2", DeliveryState::Failed).await;
    assert_eq!(shop.owner_hears().await, [AlertKind::Undelivered]);
    assert_eq!((shop.counted_dead(), shop.dead().await.len()), (2, 2));

    // Another change of it is other news.
    let lease = shop.asked("ana").await;
    let id = book(&lease, 1, "shop", "10:00", 30).booking();
    let outcome = Outcome {
        effects: vec![Effect::Cancel { id, version: 1 }],
        ..saying(&["Cancelled."])
    };
    shop.settle(&lease, outcome).await;
    assert_eq!(shop.owner_hears().await, [AlertKind::Cancelled]);
    let due = shop.replies_due().await;
    shop.store
        .delivered(&due[0], sent("out.3"), None)
        .await
        .unwrap();
    shop.reports("out.3", DeliveryState::Failed).await;
    assert_eq!(shop.owner_hears().await, [AlertKind::Undelivered]);
}

async fn a_message_of_which_every_part_fails_is_one_that_failed(shop: Shop) {
    let shop = shop.with_owner();
    let due = shop.confirms(&["Booked!"]).await;
    for (id, more) in [("out.1", true), ("out.2", false)] {
        let id = MessageId::new(id).unwrap();
        let part = Attempt::Sent { id, more };
        shop.store.delivered(&due[0], part, None).await.unwrap();
    }
    shop.reports("out.1", DeliveryState::Failed).await;
    shop.reports("out.2", DeliveryState::Failed).await;
    assert_eq!(shop.owner_hears().await, [AlertKind::Undelivered]);
    assert_eq!((shop.counted_dead(), shop.dead().await.len()), (1, 1));
}

async fn a_notice_that_fails_later_is_counted_as_the_owners(shop: Shop) {
    let shop = shop.with_owner();
    let lease = shop.asked("ana").await;
    let outcome = Outcome {
        effects: vec![book(&lease, 1, "shop", "10:00", 30)],
        ..Outcome::default()
    };
    shop.settle(&lease, outcome).await;
    let due = shop.store.dispatch(10, LEASE, no_limit()).await.unwrap();
    assert!(matches!(due.due[0].mail, Mail::Notice(_)));
    let delivered = shop.store.delivered(&due.due[0], sent("out.1"), None);
    delivered.await.unwrap();
    shop.reports("out.1", DeliveryState::Failed).await;
    assert_eq!((shop.counted_dead(), shop.counted_dead_by("owner")), (0, 1));
    assert!(shop.owner_hears().await.is_empty());
}

async fn a_report_of_failure_before_our_own_call_returned_ends_the_message(shop: Shop) {
    let shop = shop.with_owner();
    let due = shop.confirms(&["Booked!"]).await;
    // The provider gives no reference back, so that nobody knows yet whose this is.
    shop.reports("out.1", DeliveryState::Failed).await;
    assert!(shop.dead().await.is_empty());
    let delivered = shop.store.delivered(&due[0], sent("out.1"), None).await;
    assert_eq!(delivered.unwrap(), Delivered::Dead);
    assert_eq!(shop.owner_hears().await, [AlertKind::Undelivered]);
    assert_eq!((shop.counted_dead(), shop.dead().await.len()), (1, 1));
}

async fn an_owner_is_told_of_a_reminder_that_cannot_be_delivered_but_not_of_one_that_may_not_be_sent(
    shop: Shop,
) {
    let shop = shop.with_owner();
    for (n, reason, told) in [
        (1, "window_closed", vec![]),
        (2, "undeliverable", vec![AlertKind::Undelivered]),
    ] {
        let lease = shop.asked("ana").await;
        let mut effect = book(&lease, n, "shop", "10:00", 30);
        let Effect::Book { details, .. } = &mut effect else {
            panic!("it books");
        };
        let start = shop.now() + TimeDelta::hours(3);
        details.visible.start = start;
        details.visible.end = start + TimeDelta::minutes(30);
        details.blocked = details.visible;
        let outcome = Outcome {
            effects: vec![effect],
            ..Outcome::default()
        };
        shop.settle(&lease, outcome).await;
        assert_eq!(shop.owner_hears().await, [AlertKind::Booked]);
        shop.pass(TimeDelta::hours(2));
        let due = shop.replies_due().await;
        assert!(matches!(due[0].mail, Mail::Reminder(_)));
        let said = Some(Reply::text("soon"));
        let dead = Attempt::Dead { reason };
        shop.store.delivered(&due[0], dead, said).await.unwrap();
        assert_eq!(shop.owner_hears().await, told, "{reason}");
        shop.pass(TimeDelta::days(1));
    }
}

async fn a_dead_message_is_listed_until_it_is_discarded(shop: Shop) {
    let shop = shop.with_owner();
    let due = shop.confirms(&["Booked!"]).await;
    let refused = Attempt::Dead { reason: "test" };
    shop.store.delivered(&due[0], refused, None).await.unwrap();
    let (id, _) = shop.dead().await.remove(0);
    assert_eq!(id.to_string().parse(), Ok(id));
    assert_eq!(shop.store.failure(id).await.unwrap().unwrap().id, id);
    let reasons = shop.store.failures().await.unwrap();
    assert_eq!(reasons, [(Box::from("test"), 1)]);
    assert_eq!(shop.store.discard(id).await.unwrap(), Settlement::Done);
    assert_eq!(shop.store.discard(id).await.unwrap(), Settlement::Gone);
    assert!(shop.dead().await.is_empty());
    assert!(shop.store.failure(id).await.unwrap().is_none());
}
