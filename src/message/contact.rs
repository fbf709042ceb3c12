//! What is known of the person who writes.

use serde::{Deserialize, Serialize};

use super::{PhoneKey, PhoneNumber};

/// What a source tells of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The phone number, when the provider tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
    /// The provider's own id of the person: WhatsApp's user id (BSUID) or HighLevel's contact id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<Box<str>>,
    /// The name as the provider or client gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Box<str>>,
    /// What they write by, as a [`Medium`](super::Medium), where one provider joins several ways.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medium: Option<Box<str>>,
    /// What else the provider knows the person by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Identity>,
}

/// Something a provider knows one person by, beside the number and the id that it is written to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// Another number: WhatsApp's `wa_id` where it differs from the number that wrote.
    Phone(PhoneNumber),
    /// WhatsApp's user id in the parent business portfolio.
    ParentUser(Box<str>),
    /// HighLevel's id of the conversation with the contact.
    Conversation(Box<str>),
}

impl Contact {
    /// The keys of all numbers, that of [`Contact::phone`] first.
    pub fn phone_keys(&self) -> impl Iterator<Item = PhoneKey> {
        let others = self.also.iter().filter_map(|also| match also {
            Identity::Phone(phone) => Some(phone),
            Identity::ParentUser(_) | Identity::Conversation(_) => None,
        });
        self.phone.iter().chain(others).map(PhoneNumber::key)
    }
}
