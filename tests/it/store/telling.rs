//! What owners are told, written in the transaction of what it tells of.

use std::sync::Arc;

use chrono::TimeDelta;
use frontdesk::{
    booking::{Attendee, Business, Businesses, Effect},
    message::{Arrival, MessageId, Reply, SourceKind, Takeover, Unprocessed, UnprocessedReason},
    signature::Scheme,
    store::{Attempt, Dispatch, Mail, NoticeWay, Release, ThreadsWanted},
    workflow::{Alert, AlertKind, Outcome},
};

use super::{LEASE, Shop, booking::book, business, conformance, direct, direct_thread};
use crate::support::shop::no_limit;

conformance!(
    an_owner_is_told_of_what_a_customer_books_moves_and_gives_up,
    holds_come_and_go_without_a_word,
    what_is_booked_outside_a_conversation_is_no_news_to_the_owner,
    an_owner_is_told_of_what_the_conversation_says_by_every_way,
    an_owner_is_told_again_unless_someone_has_seen_to_it,
    an_owner_is_told_of_a_dead_turn,
    a_conflict_tells_nothing,
    an_owner_is_told_once_an_hour_of_what_comes_for_nobody,
    only_owners_at_its_provider_are_told_of_what_comes_for_nobody,
);

const HOOK: &str =
    "[notify]\nwebhook_url = \"https://owner.example/\"\nwebhook_secret_env = \"SECRET\"\n";
const BOTH: &str = "[notify]\nwebhook_url = \"https://owner.example/\"\n\
    webhook_secret_env = \"SECRET\"\nwhatsapp = { to = \"+12025550199\", template = \"notice\" }\n";

impl Shop {
    fn telling(self, notify: &str) -> Self {
        let text = format!(
            "id = \"luna\"\nname = \"Luna\"\ntimezone = \"UTC\"\n{notify}\
             [hours]\nmonday = [\"09:00-18:00\"]\n\
             [[service]]\nid = \"haircut\"\nname = \"Haircut\"\nminutes = 30\n"
        );
        let business = Business::parse("luna.toml", &text).unwrap();
        self.with_policy(|policy| policy.businesses = Arc::new(Businesses::from(business)))
    }

    /// Lets the turn of one message have this outcome.
    async fn turn(&self, outcome: impl FnOnce(&frontdesk::store::Lease) -> Outcome) {
        self.accept_new(direct("ana", "hello")).await;
        let lease = self.lease_one().await;
        let outcome = outcome(&lease);
        self.settle(&lease, outcome).await;
    }

    /// What owners are told now, each thing once.
    async fn told(&self) -> Vec<(NoticeWay, AlertKind)> {
        let mut told = Vec::new();
        for dispatch in self
            .store
            .dispatch(10, LEASE, no_limit())
            .await
            .unwrap()
            .due
        {
            let Mail::Notice(notice) = &dispatch.mail else {
                panic!("{:?}", dispatch.mail);
            };
            told.push((notice.way, notice.alert.kind));
            self.is_told(&dispatch).await;
        }
        told
    }

    async fn is_told(&self, dispatch: &Dispatch) {
        let id = MessageId::new(&dispatch.reference.to_string()).unwrap();
        let sent = Attempt::Sent { id, more: false };
        self.store.delivered(dispatch, sent, None).await.unwrap();
    }
}

fn with(effects: Vec<Effect>) -> Outcome {
    Outcome {
        effects,
        ..Outcome::default()
    }
}

async fn an_owner_is_told_of_what_a_customer_books_moves_and_gives_up(shop: Shop) {
    let shop = shop.telling(HOOK);
    shop.turn(|lease| with(vec![book(lease, 1, "shop", "10:00", 30)]))
        .await;
    assert_eq!(shop.told().await, [(NoticeWay::Webhook, AlertKind::Booked)]);
    shop.turn(|lease| {
        let Effect::Book { id, details } = book(lease, 1, "shop", "11:00", 30) else {
            panic!("it books");
        };
        with(vec![Effect::Move {
            id,
            version: 1,
            services: details.services,
            resource: details.resource,
            visible: details.visible,
            blocked: details.blocked,
            attendee: Attendee::AsBefore,
        }])
    })
    .await;
    assert_eq!(shop.told().await, [(NoticeWay::Webhook, AlertKind::Moved)]);
    shop.turn(|lease| {
        let id = book(lease, 1, "shop", "11:00", 30).booking();
        with(vec![Effect::Cancel { id, version: 2 }])
    })
    .await;
    assert_eq!(
        shop.told().await,
        [(NoticeWay::Webhook, AlertKind::Cancelled)]
    );
    let replies = shop.store.replies(&direct_thread("ana"), 0, 10).await;
    assert!(replies.unwrap().is_empty(), "customers hear nothing of it");
}

async fn holds_come_and_go_without_a_word(shop: Shop) {
    let shop = shop.telling(HOOK);
    let mut id = None;
    shop.turn(|lease| {
        let Effect::Book { id: held, details } = book(lease, 1, "shop", "10:00", 30) else {
            panic!("it books");
        };
        id = Some(held);
        with(vec![Effect::Hold {
            id: held,
            details,
            expires_at: lease.turn.now + TimeDelta::minutes(10),
        }])
    })
    .await;
    let id = id.unwrap();
    shop.turn(|_| with(vec![Effect::Cancel { id, version: 1 }]))
        .await;
    assert_eq!(shop.told().await, []);
}

async fn what_is_booked_outside_a_conversation_is_no_news_to_the_owner(shop: Shop) {
    let shop = shop.telling(HOOK);
    shop.accept_new(direct("ana", "hello")).await;
    let lease = shop.lease_one().await;
    let effect = book(&lease, 1, "shop", "10:00", 30);
    shop.store.apply(vec![effect]).await.unwrap().unwrap();
    assert_eq!(shop.told().await, []);
}

async fn an_owner_is_told_of_what_the_conversation_says_by_every_way(shop: Shop) {
    let shop = shop.telling(BOTH);
    shop.turn(|_| Outcome {
        alerts: vec![Alert::new(AlertKind::PersonWanted)],
        ..Outcome::default()
    })
    .await;
    let told = shop.told().await;
    let by = |way| (way, AlertKind::PersonWanted);
    assert_eq!(told, [by(NoticeWay::Webhook), by(NoticeWay::Whatsapp)]);
}

fn all_threads() -> ThreadsWanted {
    ThreadsWanted {
        business: business(),
        holder: None,
        after: None,
        limit: 10,
    }
}

async fn an_owner_is_told_again_unless_someone_has_seen_to_it(shop: Shop) {
    let shop = shop.telling(HOOK);
    let told = [(NoticeWay::Webhook, AlertKind::PersonWanted)];
    for seen_to in ["no", "at the provider", "here"] {
        let again_at = shop.now() + TimeDelta::hours(3);
        shop.turn(|_| Outcome {
            alerts: vec![Alert {
                again_at: Some(again_at),
                ..Alert::new(AlertKind::PersonWanted)
            }],
            ..Outcome::default()
        })
        .await;
        assert_eq!(shop.told().await, told);
        shop.pass(TimeDelta::hours(1));
        if seen_to == "here" {
            let (threads, reply) = (shop.store.threads(all_threads()), Reply::text("I am on it"));
            let thread = threads.await.unwrap().remove(0).id;
            shop.store.say(thread, reply).await.unwrap();
        }
        if seen_to == "at the provider" {
            let takeover = Takeover {
                id: None,
                thread: direct_thread("ana"),
                contact: direct("ana", "").contact,
                text: None,
                at: None,
            };
            let takeover = Arrival::Takeover(takeover);
            shop.store.accept(vec![takeover]).await.unwrap();
        }
        shop.pass(TimeDelta::hours(2));
        let again: &[_] = if seen_to == "no" { &told } else { &[] };
        assert_eq!(shop.told().await, again);
    }
}

async fn an_owner_is_told_of_a_dead_turn(shop: Shop) {
    let shop = shop.telling(HOOK);
    shop.accept_new(direct("ana", "hello")).await;
    let lease = shop.lease_one().await;
    let dead = Release::Dead { reason: "test" };
    shop.store.release(&lease, dead).await.unwrap();
    assert_eq!(
        shop.told().await,
        [(NoticeWay::Webhook, AlertKind::DeadTurn)]
    );
}

async fn a_conflict_tells_nothing(shop: Shop) {
    let shop = shop.telling(HOOK);
    shop.turn(|lease| with(vec![book(lease, 1, "shop", "10:00", 30)]))
        .await;
    shop.told().await;
    shop.accept_new(direct("ana", "hello")).await;
    let lease = shop.lease_one().await;
    let effects = vec![
        book(&lease, 2, "shop", "12:00", 30),
        book(&lease, 3, "shop", "10:00", 30),
    ];
    shop.commit(&lease, with(effects)).await;
    assert_eq!(shop.told().await, []);
}

fn unprocessed(source: SourceKind, reason: UnprocessedReason, raw: &'static str) -> Arrival {
    Arrival::Unprocessed(Unprocessed {
        business: None,
        source,
        reason,
        scheme: Scheme::BodyHmac,
        raw: raw.into(),
    })
}

async fn an_owner_is_told_once_an_hour_of_what_comes_for_nobody(shop: Shop) {
    let shop = shop.telling(BOTH);
    let comes = async |shop: &Shop, reason, raw: &'static str| {
        let item = unprocessed(SourceKind::Whatsapp, reason, raw);
        shop.store.accept(vec![item]).await.unwrap();
    };
    comes(&shop, UnprocessedReason::NotUnderstood, "?").await;
    assert!(shop.told().await.is_empty());
    comes(&shop, UnprocessedReason::Unrouted, "1").await;
    comes(&shop, UnprocessedReason::Unrouted, "2").await;
    let by = |way| (way, AlertKind::Unrouted);
    let told = [by(NoticeWay::Webhook), by(NoticeWay::Whatsapp)];
    assert_eq!(shop.told().await, told);
    // A restart changes nothing about it.
    let shop = shop.reopen();
    shop.pass(TimeDelta::minutes(59));
    comes(&shop, UnprocessedReason::Unrouted, "3").await;
    assert!(shop.told().await.is_empty());
    shop.pass(TimeDelta::minutes(1));
    comes(&shop, UnprocessedReason::Unrouted, "4").await;
    assert_eq!(shop.told().await, told);
}

async fn only_owners_at_its_provider_are_told_of_what_comes_for_nobody(shop: Shop) {
    let folder = tempfile::tempdir().unwrap();
    for (id, at) in [
        ("luna", "[whatsapp]\nphone_number_ids = [\"100\"]\n"),
        ("sol", "[highlevel]\nlocation_ids = [\"loc\"]\n"),
    ] {
        let text = format!(
            "id = \"{id}\"\nname = \"{id}\"\ntimezone = \"UTC\"\n{at}{HOOK}\
             [hours]\nmonday = [\"09:00-18:00\"]\n\
             [[service]]\nid = \"haircut\"\nname = \"Haircut\"\nminutes = 30\n"
        );
        std::fs::write(folder.path().join(format!("{id}.toml")), text).unwrap();
    }
    let businesses = Arc::new(Businesses::load(folder.path()).unwrap());
    let shop = shop.with_policy(|policy| policy.businesses = businesses);
    for (source, id) in [
        (SourceKind::Whatsapp, "luna"),
        (SourceKind::Highlevel, "sol"),
    ] {
        let item = unprocessed(source, UnprocessedReason::Unrouted, "{}");
        shop.store.accept(vec![item]).await.unwrap();
        let found = shop.store.dispatch(10, LEASE, no_limit()).await.unwrap();
        let told: Vec<_> = found
            .due
            .iter()
            .map(|one| one.thread.business.as_str())
            .collect();
        assert_eq!(told, [id]);
        shop.is_told(&found.due[0]).await;
    }
}
