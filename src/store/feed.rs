//! Calendars that other programs subscribe to, and the tokens that open them.
//!
//! The invariant: a token itself is kept nowhere, only its digest.

use std::fmt;

use async_trait::async_trait;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

use super::{BookingEntry, Error};
use crate::{booking::ResourceId, message::BusinessId};

/// Calendars that other programs subscribe to.
#[async_trait]
pub trait Feeds: fmt::Debug + Send + Sync + 'static {
    /// What a token opens.
    async fn feed(&self, token: &FeedToken) -> Result<Option<Feed>, Error>;

    /// What is and was firm from an instant on, given up or not, by start.
    async fn calendar(&self, feed: &Feed, from: DateTime<Utc>) -> Result<Vec<BookingEntry>, Error>;
}

/// What is shown of a calendar, and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// The business.
    pub business: BusinessId,
    /// Only this person's; none: everybody's.
    pub resource: Option<ResourceId>,
    /// Whether customers are named; else only their initials are shown.
    pub names: bool,
}

/// The right to see a calendar: a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct FeedToken(Box<str>);

// === impl FeedToken ===

impl FeedToken {
    /// How many random bytes a token is made of.
    pub const BYTES: usize = 32;

    /// The token of random bytes.
    pub fn of_random(bytes: [u8; Self::BYTES]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(bytes).into())
    }

    /// A token as someone presents it.
    pub fn presented(text: &str) -> Self {
        Self(text.into())
    }

    /// The secret itself, for who is to have it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What stands for it. It is long and random, so that a plain digest tells nothing.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl fmt::Debug for FeedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FeedToken(…)")
    }
}
