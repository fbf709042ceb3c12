//! The queues that messages wait in for their pace.
//!
//! The invariant: messages of one queue are paced together and those of two are not, so that a
//! slow number, a dead webhook or a day's reminders hold up nobody else.

use std::{fmt, sync::Arc};

use super::NoticeWay;
use crate::message::{SourceKind, ThreadKey};

/// Messages that are sent one after another, by the same account and for the same purpose.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Queue {
    /// Replies to the customers of a number or location.
    Replies(Account),
    /// Reminders to the same: a queue of their own, so that no reply waits behind them all.
    Reminders(Account),
    /// Tags that a location's contacts get.
    Tags(Account),
    /// Notices to a business's webhook.
    Webhook(Box<str>),
    /// Notices to the WhatsApp of a business's owner.
    Owner(Box<str>),
    /// What this release does not know.
    Unknown(Box<str>),
}

/// A number or location of ours at a provider.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Account {
    /// The provider.
    pub source: SourceKind,
    /// Its name there: what the keys of its threads begin with.
    pub name: Box<str>,
}

/// Says how many messages of a queue may be leased now. It may be asked more than once.
pub type Allowance = Arc<dyn Fn(&Queue) -> usize + Send + Sync>;

// === impl Account ===

impl Account {
    fn of(thread: &ThreadKey) -> Self {
        let name = thread.key.split(':').next().unwrap_or_default();
        Self {
            source: thread.source,
            name: name.into(),
        }
    }
}

// === impl Queue ===

impl Queue {
    /// The queue of what is replied in a thread.
    pub fn of_replies(thread: &ThreadKey) -> Self {
        Self::Replies(Account::of(thread))
    }

    /// The queue of the reminders in a thread.
    pub fn of_reminders(thread: &ThreadKey) -> Self {
        Self::Reminders(Account::of(thread))
    }

    /// The queue of what an owner is told of a thread.
    pub fn of_notices(way: NoticeWay, thread: &ThreadKey) -> Self {
        let business = || thread.business.as_str().into();
        match way {
            NoticeWay::Webhook => Self::Webhook(business()),
            NoticeWay::Whatsapp => Self::Owner(business()),
            NoticeWay::Tag => Self::Tags(Account::of(thread)),
        }
    }
}

impl fmt::Display for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, account) = match self {
            Self::Replies(account) => ("replies", account),
            Self::Reminders(account) => ("reminders", account),
            Self::Tags(account) => ("tags", account),
            Self::Webhook(business) => return write!(f, "webhook:{business}"),
            Self::Owner(business) => return write!(f, "owner:{business}"),
            Self::Unknown(name) => return f.write_str(name),
        };
        let Account { source, name } = account;
        write!(f, "{kind}:{}:{name}", source.as_str())
    }
}

impl From<&str> for Queue {
    fn from(text: &str) -> Self {
        let known = || {
            let (kind, rest) = text.split_once(':')?;
            let account = || {
                let (source, name) = rest.split_once(':')?;
                Some(Account {
                    source: SourceKind::from_name(source)?,
                    name: name.into(),
                })
            };
            Some(match kind {
                "replies" => Self::Replies(account()?),
                "reminders" => Self::Reminders(account()?),
                "tags" => Self::Tags(account()?),
                "webhook" => Self::Webhook(rest.into()),
                "owner" => Self::Owner(rest.into()),
                _ => return None,
            })
        };
        known().unwrap_or_else(|| Self::Unknown(text.into()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::message::{BusinessId, Trust};

    proptest! {
        #[test]
        fn a_queue_survives_the_store(text in "[a-z]{0,9}:?[a-z]{0,9}:?[0-9a-z:.]{0,20}") {
            let queue = Queue::from(text.as_str());
            prop_assert_eq!(queue.to_string(), text.as_str());
            prop_assert_eq!(Queue::from(queue.to_string().as_str()), queue);
        }

        #[test]
        fn the_queues_of_a_thread_are_known_again(key in "[0-9]{1,9}(:[0-9A-Z.]{0,20})?") {
            for source in SourceKind::ALL {
                let thread = ThreadKey {
                    business: BusinessId::new("demo"),
                    source,
                    trust: Trust::Verified,
                    key: key.clone().into(),
                };
                let notices = NoticeWay::ALL.map(|way| Queue::of_notices(way, &thread));
                let all = [Queue::of_replies(&thread), Queue::of_reminders(&thread)];
                for queue in all.into_iter().chain(notices) {
                    prop_assert_eq!(Queue::from(queue.to_string().as_str()), queue.clone());
                    prop_assert!(!matches!(queue, Queue::Unknown(_)));
                }
            }
        }
    }
}
