//! Changes of who a customer is at WhatsApp: another number, another user id.
//!
//! Both come as system messages of the `messages` field, of which the older only name the new
//! number (`wa_id`, before that `new_wa_id`) beside the old one (`from`). Meta's page on
//! business-scoped user ids (changed on 2026-08-11) names `previous_user_id` and
//! `previous_parent_user_id`; before, it announced a field `user_id_update`, which is read as well.

use serde_json::Value;

use super::item::MAX_USER_BYTES;
use crate::{
    message::{Arrival, Contact, Identity, IdentityChange, Notice, PhoneNumber, ThreadKey},
    source::json,
};

/// What a customer was known by, and is known by now.
#[derive(Debug)]
pub(super) struct Change {
    before: Contact,
    now: Contact,
}

/// A number as Meta writes it, with or without `+`.
pub(super) fn phone(number: &str) -> Option<PhoneNumber> {
    PhoneNumber::from_international_digits(number.trim_start_matches('+')).ok()
}

impl Change {
    /// The change that a system message tells of.
    pub(super) fn of_system(item: &Value) -> Option<Self> {
        let text = |pointer| json::text(item, pointer);
        let (number, user_id) = match text("/system/type")? {
            // `wa_id` is the new number; where both are named, it is the old one.
            "user_changed_number" | "customer_changed_number" => (
                text("/system/new_wa_id").or(text("/system/wa_id")),
                text("/system/user_id"),
            ),
            "user_changed_user_id" => (
                // A number that is still told is still theirs.
                text("/system/new_wa_id")
                    .or(text("/system/wa_id"))
                    .or(text("/from")),
                text("/system/user_id").or(text("/from_user_id")),
            ),
            _ => return None,
        };
        let old = text("/from").or(text("/system/customer"));
        let before = contact(
            old,
            text("/system/previous_user_id").or(text("/from_user_id")),
            text("/system/previous_parent_user_id"),
        );
        Self::new(
            before,
            contact(number, user_id, text("/system/parent_user_id")),
        )
    }

    /// The change that an item of `user_id_update` tells of.
    pub(super) fn of_update(item: &Value) -> Option<Self> {
        let text = |pointer| json::text(item, pointer);
        let number = text("/wa_id");
        Self::new(
            contact(
                number,
                text("/user_id/previous").or(text("/previous_user_id")),
                text("/parent_user_id/previous").or(text("/previous_parent_user_id")),
            ),
            contact(
                number,
                text("/user_id/current").or(text("/user_id")),
                text("/parent_user_id/current").or(text("/parent_user_id")),
            ),
        )
    }

    fn new(before: Contact, now: Contact) -> Option<Self> {
        let is_known = |contact: &Contact| *contact != Contact::default();
        (is_known(&before) && is_known(&now) && before != now).then_some(Self { before, now })
    }

    /// The arrival, with the thread as the customer was known before.
    pub(super) fn arrive(self, notice: Notice, thread: impl FnOnce(&str) -> ThreadKey) -> Arrival {
        let Self { before, now } = self;
        let number = before.phone.as_ref().map(|phone| &phone.as_str()[1..]);
        let user = before.provider_id.as_deref().or(number);
        // Known by the parent's id alone, there is no key of its own to find.
        let thread = thread(user.unwrap_or_default());
        Arrival::IdentityChange(IdentityChange {
            notice,
            thread,
            before,
            now,
        })
    }
}

fn contact(number: Option<&str>, user_id: Option<&str>, parent: Option<&str>) -> Contact {
    let bounded = |id: Option<&str>| {
        let id = id.filter(|id| id.len() <= MAX_USER_BYTES);
        id.map(Box::<str>::from)
    };
    Contact {
        phone: number.and_then(phone),
        provider_id: bounded(user_id),
        also: bounded(parent)
            .map(Identity::ParentUser)
            .into_iter()
            .collect(),
        ..Contact::default()
    }
}
