//! Reactions, edits and revocations, the order of sending, and when the staff took over.

use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use frontdesk::{
    message::{Arrival, Content, InboundMessage, MessageId, SourceKind, Takeover},
    store::{Attempt, Lease},
    workflow::{Outcome, Turn},
};

use super::{LEASE, Shop, conformance, saying, whatsapp};
use crate::support::shop::no_limit;

conformance!(
    statements_of_a_turn_are_applied_and_counted,
    a_turn_with_nothing_left_is_settled_with_all_its_messages,
    what_an_earlier_turn_has_read_is_known,
    an_edit_or_revocation_that_comes_before_its_message_holds,
    a_reaction_counts_on_the_message_that_asks,
    a_message_in_parts_asks_with_the_last,
    inputs_are_in_the_order_of_sending,
    a_time_that_cannot_be_is_the_time_of_receipt,
    the_staff_has_a_thread_from_when_they_wrote,
);

const QUIET: TimeDelta = TimeDelta::seconds(3);

fn said(id: &str, content: Content) -> InboundMessage {
    InboundMessage {
        content,
        ..whatsapp("ana", id, "")
    }
}

fn edit(id: &str, original: &str, text: &str) -> InboundMessage {
    let (original, text) = (original.to_owned(), Some(text.to_owned()));
    said(id, Content::Edited { original, text })
}

fn revoke(id: &str, original: &str) -> InboundMessage {
    let original = original.to_owned();
    said(id, Content::Revoked { original })
}

fn react(id: &str, to: &str, emoji: &str) -> InboundMessage {
    let emoji = (!emoji.is_empty()).then(|| emoji.to_owned());
    let to = to.to_owned();
    said(id, Content::Reaction { emoji, to })
}

impl Shop {
    /// Ana's messages come, and her turn is leased.
    async fn turn_of(&self, messages: Vec<InboundMessage>) -> Lease {
        for message in messages {
            self.accept_new(message).await;
        }
        self.pass(QUIET);
        self.lease_one().await
    }

    /// Her turn is over, and what it says is sent under these ids.
    async fn says(&self, lease: &Lease, outcome: Outcome, sent: &[&str]) {
        self.settle(lease, outcome).await;
        let due = self
            .store
            .dispatch(10, LEASE, no_limit())
            .await
            .unwrap()
            .due;
        for (n, id) in sent.iter().enumerate() {
            let id = MessageId::new(id).unwrap();
            let more = n + 1 < sent.len();
            let attempt = Attempt::Sent { id, more };
            let delivered = self.store.delivered(&due[0], attempt, None).await;
            delivered.unwrap();
        }
    }

    /// What a turn of these messages shows, settled without an answer.
    async fn shows(&self, messages: Vec<InboundMessage>) -> Vec<String> {
        let lease = self.turn_of(messages).await;
        let shown = shown(&lease.turn);
        self.settle(&lease, Outcome::default()).await;
        let totals = self.store.totals().await.unwrap();
        assert_eq!((totals.pending(), totals.dead), (0, 0));
        assert_eq!(totals.accepted, totals.done);
        shown
    }
}

fn shown(turn: &Turn) -> Vec<String> {
    let shown = turn.inputs.iter().map(|input| match &input.content {
        Content::Reaction { emoji, .. } => emoji.clone().unwrap_or_default(),
        Content::Edited { text, .. } => format!("edited: {}", text.as_deref().unwrap_or_default()),
        content => content.text().unwrap_or_default().to_owned(),
    });
    shown.collect()
}

fn text(id: &str, text: &str) -> InboundMessage {
    whatsapp("ana", id, text)
}

async fn statements_of_a_turn_are_applied_and_counted(shop: Shop) {
    let lease = shop
        .turn_of(vec![
            text("1", "tomorrow at 10"),
            text("2", "yes"),
            edit("3", "1", "on friday"),
            revoke("4", "2"),
        ])
        .await;
    assert_eq!(shown(&lease.turn), ["on friday"]);
    assert_eq!((lease.turn.id.first.0, lease.turn.id.last.0), (1, 4));
    shop.settle(&lease, saying(&["ok"])).await;
    let totals = shop.store.totals().await.unwrap();
    assert_eq!((totals.accepted, totals.done), (4, 4));
}

async fn a_turn_with_nothing_left_is_settled_with_all_its_messages(shop: Shop) {
    let shown = shop.shows(vec![text("1", "yes"), revoke("2", "1")]).await;
    assert!(shown.is_empty(), "{shown:?}");
    assert_eq!(shop.ready().await, 0);
}

async fn what_an_earlier_turn_has_read_is_known(shop: Shop) {
    assert_eq!(shop.shows(vec![text("1", "tomorrow")]).await, ["tomorrow"]);
    assert_eq!(
        shop.shows(vec![edit("2", "1", "friday")]).await,
        ["edited: friday"]
    );
    assert!(shop.shows(vec![revoke("3", "1")]).await.is_empty());
    assert!(shop.shows(vec![edit("4", "1", "monday")]).await.is_empty());
}

async fn an_edit_or_revocation_that_comes_before_its_message_holds(shop: Shop) {
    assert_eq!(shop.shows(vec![edit("2", "1", "friday")]).await, ["friday"]);
    assert!(shop.shows(vec![text("1", "tomorrow")]).await.is_empty());
    assert!(shop.shows(vec![revoke("4", "3")]).await.is_empty());
    assert!(shop.shows(vec![text("3", "yes")]).await.is_empty());
    // Of others nothing was said.
    assert_eq!(shop.shows(vec![text("5", "hello")]).await, ["hello"]);
}

async fn a_reaction_counts_on_the_message_that_asks(shop: Shop) {
    let shop = shop.with_policy(|policy| policy.channels = vec![SourceKind::Whatsapp]);
    let asks = |words: &str| saying(&[words]);
    let keeps = |words: &str| Outcome {
        keeps_question: true,
        ..saying(&[words])
    };
    let lease = shop.turn_of(vec![text("1", "haircut")]).await;
    shop.says(&lease, asks("When?"), &["out.1"]).await;
    let lease = shop.turn_of(vec![react("2", "out.1", "👍")]).await;
    assert_eq!(shown(&lease.turn), ["👍"]);
    shop.says(&lease, asks("Really?"), &["out.2"]).await;
    // Not on the older one, not one taken back, not on what was said by nobody.
    for reaction in [("out.1", "👍"), ("out.2", ""), ("out.9", "👍")] {
        let id = format!("{reaction:?}");
        let shown = shop.shows(vec![react(&id, reaction.0, reaction.1)]).await;
        assert!(shown.is_empty(), "{reaction:?}");
    }
    let lease = shop.turn_of(vec![text("4", "thanks")]).await;
    shop.says(&lease, keeps("You are welcome"), &["out.3"])
        .await;
    assert!(shop.shows(vec![react("5", "out.3", "👍")]).await.is_empty());
    assert_eq!(shop.shows(vec![react("6", "out.2", "👍")]).await, ["👍"]);
}

async fn a_message_in_parts_asks_with_the_last(shop: Shop) {
    let shop = shop.with_policy(|policy| policy.channels = vec![SourceKind::Whatsapp]);
    let lease = shop.turn_of(vec![text("1", "haircut")]).await;
    let outcome = saying(&["much, and then: when?"]);
    shop.says(&lease, outcome, &["out.1", "out.2"]).await;
    assert!(shop.shows(vec![react("2", "out.1", "👍")]).await.is_empty());
    assert_eq!(shop.shows(vec![react("3", "out.2", "👍")]).await, ["👍"]);
}

async fn inputs_are_in_the_order_of_sending(shop: Shop) {
    let at = |message, seconds| InboundMessage {
        sent_at: Some(shop.now() - TimeDelta::seconds(seconds)),
        ..message
    };
    let messages = vec![
        at(text("1", "third"), 2),
        at(text("2", "first"), 6),
        at(text("3", "fourth"), 2),
        text("4", "last"),
        at(text("5", "second"), 4),
    ];
    let arrivals = messages.into_iter().map(Arrival::Message).collect();
    shop.store.accept(arrivals).await.unwrap();
    shop.pass(QUIET);
    let lease = shop.lease_one().await;
    assert_eq!(
        shown(&lease.turn),
        ["first", "second", "third", "fourth", "last"]
    );
    assert_eq!((lease.turn.id.first.0, lease.turn.id.last.0), (1, 5));
    shop.settle(&lease, Outcome::default()).await;
}

async fn a_time_that_cannot_be_is_the_time_of_receipt(shop: Shop) {
    let now = shop.now();
    let year_58883 = DateTime::from_timestamp(1_796_006_882_000, 0).unwrap();
    for (told, is_believed) in [
        (now - TimeDelta::days(6), true),
        (now + TimeDelta::seconds(30), true),
        (now + TimeDelta::minutes(5), false),
        (now + TimeDelta::days(1), false),
        (now - TimeDelta::days(700), false),
        (DateTime::UNIX_EPOCH, false),
        (year_58883, false),
    ] {
        let received_at = shop.now();
        let mut message = text(&told.to_string(), "tomorrow");
        message.sent_at = Some(told);
        let lease = shop.turn_of(vec![message]).await;
        let expected = if is_believed { told } else { received_at };
        assert_eq!(lease.turn.inputs[0].sent_at, expected, "{told}");
        shop.settle(&lease, Outcome::default()).await;
    }
}

async fn the_staff_has_a_thread_from_when_they_wrote(shop: Shop) {
    let hours = TimeDelta::hours;
    let now = shop.now();
    let cases = [
        (Some(now), Some(now + hours(12))),
        (None, Some(now + hours(12))),
        (Some(now - hours(5)), Some(now + hours(7))),
        (Some(now - hours(12)), None),
        (Some(now - hours(72)), None),
        (Some(now + hours(72)), Some(now + hours(12))),
    ];
    for (n, (at, _)) in cases.into_iter().enumerate() {
        let user = format!("user {n}");
        let message = whatsapp(&user, &format!("{n}"), "hello");
        let takeover = Arrival::Takeover(Takeover {
            id: MessageId::new(&format!("echo {n}")),
            thread: message.thread.clone(),
            contact: message.contact.clone(),
            text: Some("I will see to it".to_owned()),
            at,
        });
        let delivery = vec![takeover, Arrival::Message(message)];
        shop.store.accept(delivery).await.unwrap();
    }
    shop.pass(QUIET);
    let leases = shop.store.lease(10, Duration::from_secs(30)).await.unwrap();
    let mut paused: Vec<_> = leases
        .turns
        .iter()
        .map(|lease| (lease.turn.id.thread.0, lease.turn.paused_until))
        .collect();
    paused.sort_unstable();
    let paused: Vec<_> = paused.into_iter().map(|(_, until)| until).collect();
    assert_eq!(paused, cases.map(|(_, until)| until));
    for lease in &leases.turns {
        shop.settle(lease, Outcome::default()).await;
    }
}
