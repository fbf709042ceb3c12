//! The items of one change: messages, statuses, errors, and what a person wrote in the app.

use serde::Deserialize;
use serde_json::{Value, value::RawValue};

use super::{Change, OBJECT, content::content, identity, not_understood, notice, unrouted};
use crate::{
    message::{
        Arrival, BusinessId, Contact, DeliveryReport, DeliveryState, Identity, InboundMessage,
        MessageId, Notice, SourceKind, Takeover, ThreadKey, Trust,
    },
    source::{Routes, json},
};

/// The longest user id or number that a thread is made of, in bytes.
pub(super) const MAX_USER_BYTES: usize = 256;

/// The items of one change, and what they have in common.
pub(super) struct Items<'a> {
    field: &'a str,
    trust: Trust,
    number: String,
    business: Option<&'a BusinessId>,
    metadata: &'a RawValue,
    people: Vec<Person<'a>>,
    messages: Vec<&'a RawValue>,
    statuses: Vec<&'a RawValue>,
    errors: Vec<&'a RawValue>,
    echoes: Vec<&'a RawValue>,
    /// True if all messages are of one sender, so that the only contact is theirs.
    is_of_one_sender: bool,
}

/// The answer to whether the business may call.
const CALL_PERMISSION: &str = "call_permission_reply";
/// Types of messages that say something about another message, or about the chat.
const STATEMENTS: [&str; 5] = ["reaction", "edit", "revoke", "system", "protocol"];

/// Where an item stands.
#[derive(Clone, Copy)]
enum List {
    Messages,
    Statuses,
    Errors,
    Echoes,
}

#[derive(Deserialize)]
struct Lists<'a> {
    #[serde(borrow)]
    metadata: &'a RawValue,
    #[serde(borrow, default)]
    contacts: Option<&'a RawValue>,
    #[serde(borrow, default)]
    messages: Option<&'a RawValue>,
    #[serde(borrow, default)]
    statuses: Option<&'a RawValue>,
    #[serde(borrow, default)]
    errors: Option<&'a RawValue>,
    #[serde(borrow, default)]
    message_echoes: Option<&'a RawValue>,
}

/// One of `contacts`: who wrote, or who is written to.
struct Person<'a> {
    raw: &'a RawValue,
    wa_id: Option<String>,
    user_id: Option<String>,
    parent_user_id: Option<String>,
    name: Option<String>,
}

/// The customer of an item: the key of the thread, and the contact.
struct Customer {
    thread: ThreadKey,
    contact: Contact,
}

// === impl Items ===

impl<'a> Items<'a> {
    /// The items of a change, or nothing when it names no number or has no list.
    pub(super) fn read(routes: &'a Routes, change: &'a Change<'a>, trust: Trust) -> Option<Self> {
        let lists: Lists<'_> = serde_json::from_str(change.value.get()).ok()?;
        let known = [
            lists.messages,
            lists.statuses,
            lists.errors,
            lists.message_echoes,
        ];
        if known.iter().all(Option::is_none) {
            return None;
        }
        let metadata: super::Number = serde_json::from_str(lists.metadata.get()).ok()?;
        let messages = list(lists.messages);
        Some(Self {
            is_of_one_sender: is_of_one_sender(&messages),
            field: &change.field,
            trust,
            business: routes.number(&metadata.phone_number_id),
            number: metadata.phone_number_id,
            metadata: lists.metadata,
            people: list(lists.contacts).into_iter().map(Person::read).collect(),
            messages,
            statuses: list(lists.statuses),
            errors: list(lists.errors),
            echoes: list(lists.message_echoes),
        })
    }

    /// Reads each item by itself.
    pub(super) fn arrive(&self, arrivals: &mut Vec<Arrival>) {
        for (list, items) in [
            (List::Messages, &self.messages),
            (List::Statuses, &self.statuses),
            (List::Errors, &self.errors),
            (List::Echoes, &self.echoes),
        ] {
            arrivals.extend(items.iter().map(|raw| self.item(list, raw)));
        }
    }

    fn item(&self, list: List, raw: &RawValue) -> Arrival {
        let item = serde_json::from_str::<Value>(raw.get()).unwrap_or_default();
        let Some(business) = self.business else {
            return unrouted(self.around(list, raw, &item));
        };
        let read = match list {
            List::Messages => self.message(business, raw, &item),
            List::Statuses => status(business, raw, &item),
            List::Errors => Some(Arrival::Notice(notice(business, None, "error", raw))),
            List::Echoes => self.echo(business, raw, &item),
        };
        read.unwrap_or_else(|| not_understood(Some(business), self.around(list, raw, &item)))
    }

    fn message(&self, business: &BusinessId, raw: &RawValue, item: &Value) -> Option<Arrival> {
        let id = MessageId::new(json::text(item, "/id")?)?;
        let kind = json::text(item, "/type")?;
        if item.get("group_id").is_some_and(|group| !group.is_null()) {
            let kind = format!("group.{kind}");
            return Some(Arrival::Notice(notice(business, Some(id), &kind, raw)));
        }
        if kind == "system" {
            let kind = format!(
                "system.{}",
                json::text(item, "/system/type").unwrap_or("unknown")
            );
            let notice = notice(business, Some(id), &kind, raw);
            return Some(self.system(business, notice, item));
        }
        // A setting of WhatsApp's, not a message: whether the business may call.
        if json::text(item, "/interactive/type") == Some(CALL_PERMISSION) {
            return Some(Arrival::Notice(notice(
                business,
                Some(id),
                CALL_PERMISSION,
                raw,
            )));
        }
        let user_id = json::text(item, "/from_user_id");
        let customer = self.customer(business, json::text(item, "/from"), user_id)?;
        Some(Arrival::Message(InboundMessage {
            id: Some(id),
            fingerprint: None,
            thread: customer.thread,
            contact: customer.contact,
            content: content(kind, item)?,
            sent_at: json::unix_time(item, "/timestamp"),
            reply_to: json::text(item, "/context/id").map(Into::into),
        }))
    }

    /// A person at the business wrote in the WhatsApp Business app. A reaction, an edit or a
    /// revocation is kept as a notice: it does not take the conversation over.
    fn echo(&self, business: &BusinessId, raw: &RawValue, item: &Value) -> Option<Arrival> {
        let kind = json::text(item, "/type")?;
        if STATEMENTS.contains(&kind) {
            let id = MessageId::new(json::text(item, "/id")?)?;
            let kind = format!("echo.{kind}");
            return Some(Arrival::Notice(notice(business, Some(id), &kind, raw)));
        }
        let user_id = json::text(item, "/to_user_id");
        let customer = self.customer(business, json::text(item, "/to"), user_id)?;
        let text = json::text(item, &format!("/{kind}/body"))
            .or_else(|| json::text(item, &format!("/{kind}/caption")));
        Some(Arrival::Takeover(Takeover {
            id: Some(MessageId::new(json::text(item, "/id")?)?),
            thread: customer.thread,
            contact: customer.contact,
            text: text.map(Into::into),
            at: json::unix_time(item, "/timestamp"),
        }))
    }

    /// The customer with this number or user id; with neither, the only one of `contacts`.
    fn customer(
        &self,
        business: &BusinessId,
        number: Option<&str>,
        user_id: Option<&str>,
    ) -> Option<Customer> {
        // Echoes write the number with `+`, messages without.
        let number = number.map(|number| number.trim_start_matches('+'));
        let person = self.person(number, user_id);
        let of_person = |field: for<'p> fn(&'p Person<'a>) -> &'p Option<String>| {
            person.and_then(|person| field(person).as_deref())
        };
        let user_id = user_id.or(of_person(|person| &person.user_id));
        let wa_id = of_person(|person| &person.wa_id);
        let number = number.or(wa_id);
        let user = user_id.or(number)?;
        if user.len() > MAX_USER_BYTES {
            return None;
        }
        let phone = number.and_then(identity::phone);
        let other = wa_id.and_then(identity::phone);
        let other = other.filter(|other| phone.as_ref() != Some(other));
        let parent = of_person(|person| &person.parent_user_id);
        let parent = parent.filter(|id| id.len() <= MAX_USER_BYTES);
        let parent = parent.map(|id| Identity::ParentUser(id.into()));
        Some(Customer {
            thread: thread(business, &self.number, self.trust, user),
            contact: Contact {
                phone,
                provider_id: user_id.map(Into::into),
                name: of_person(|person| &person.name).map(Into::into),
                medium: None,
                also: other
                    .map(Identity::Phone)
                    .into_iter()
                    .chain(parent)
                    .collect(),
            },
        })
    }

    /// What happened to a customer: another number or user id, or else no more than an event.
    fn system(&self, business: &BusinessId, notice: Notice, item: &Value) -> Arrival {
        match identity::Change::of_system(item) {
            Some(change) => change.arrive(notice, |user| {
                thread(business, &self.number, self.trust, user)
            }),
            None => Arrival::Notice(notice),
        }
    }

    fn person(&self, number: Option<&str>, user_id: Option<&str>) -> Option<&Person<'a>> {
        if number.is_none() && user_id.is_none() {
            return match self.people.as_slice() {
                [only] => Some(only),
                _ => None,
            };
        }
        let named = self.people.iter().find(|person| {
            (user_id.is_some() && person.user_id.as_deref() == user_id)
                || (number.is_some() && person.wa_id.as_deref() == number)
        });
        named.or(match self.people.as_slice() {
            // Meta may write `wa_id` otherwise than `from`.
            [only] if self.is_of_one_sender => Some(only),
            _ => None,
        })
    }

    /// The envelope with this item alone, and the person it is of.
    fn around(&self, list: List, raw: &RawValue, item: &Value) -> String {
        let list = list.as_str();
        let text = |names: [&str; 2]| names.into_iter().find_map(|name| json::text(item, name));
        let (number, user_id) = (
            text(["/from", "/to"]),
            text(["/from_user_id", "/to_user_id"]),
        );
        let person = self.person(number.map(|number| number.trim_start_matches('+')), user_id);
        let contacts = person.map_or("", |person| person.raw.get());
        let metadata = self.metadata;
        format!(
            r#"{{"object":"{OBJECT}","entry":[{{"changes":[{{"field":"{field}","value":{{"messaging_product":"whatsapp","metadata":{metadata},"contacts":[{contacts}],"{list}":[{raw}]}}}}]}}]}}"#,
            field = self.field,
        )
    }
}

// === impl List ===

impl List {
    fn as_str(self) -> &'static str {
        match self {
            Self::Messages => "messages",
            Self::Statuses => "statuses",
            Self::Errors => "errors",
            Self::Echoes => "message_echoes",
        }
    }
}

// === impl Person ===

impl<'a> Person<'a> {
    fn read(raw: &'a RawValue) -> Self {
        let value = serde_json::from_str::<Value>(raw.get()).unwrap_or_default();
        let text = |pointer| json::text(&value, pointer).map(ToOwned::to_owned);
        Self {
            raw,
            wa_id: text("/wa_id"),
            user_id: text("/user_id"),
            parent_user_id: text("/parent_user_id"),
            name: text("/profile/name"),
        }
    }
}

/// The conversation of a number of the business's with a user.
pub(super) fn thread(business: &BusinessId, number: &str, trust: Trust, user: &str) -> ThreadKey {
    ThreadKey {
        business: business.clone(),
        source: SourceKind::Whatsapp,
        trust,
        key: format!("{number}:{user}").into(),
    }
}

/// Returns whether messages, if there are any, name one sender.
fn is_of_one_sender(messages: &[&RawValue]) -> bool {
    let sender = |raw: &RawValue| {
        let read = serde_json::from_str::<Value>(raw.get()).ok()?;
        let text = |name| json::text(&read, name).map(ToOwned::to_owned);
        Some((text("/from"), text("/from_user_id")))
    };
    match messages {
        [] => false,
        [_] => true,
        [first, rest @ ..] => {
            let first = sender(first);
            first.is_some() && rest.iter().all(|other| sender(other) == first)
        }
    }
}

fn status(business: &BusinessId, raw: &RawValue, item: &Value) -> Option<Arrival> {
    let message = MessageId::new(json::text(item, "/id")?)?;
    let state = match json::text(item, "/status")? {
        "sent" => DeliveryState::Sent,
        "delivered" => DeliveryState::Delivered,
        "read" => DeliveryState::Read,
        "played" => DeliveryState::Played,
        "failed" => DeliveryState::Failed,
        other => {
            let kind = format!("status.{other}");
            return Some(Arrival::Notice(notice(business, None, &kind, raw)));
        }
    };
    Some(Arrival::Report(DeliveryReport {
        business: business.clone(),
        source: SourceKind::Whatsapp,
        message,
        state,
        reference: json::text(item, "/biz_opaque_callback_data").map(Into::into),
        participant: json::text(item, "/recipient_participant_id").map(Into::into),
        error_code: item.pointer("/errors/0/code").and_then(Value::as_i64),
        at: json::unix_time(item, "/timestamp"),
    }))
}

/// The items of a list. What should be a list and is none counts as one item, which then cannot be
/// read, so that it is not lost.
fn list(raw: Option<&RawValue>) -> Vec<&RawValue> {
    let Some(raw) = raw else {
        return Vec::new();
    };
    serde_json::from_str(raw.get()).unwrap_or_else(|_| vec![raw])
}
