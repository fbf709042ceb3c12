//! The tokens of calendars that other programs subscribe to.

use super::FeedTokenError;
use crate::{
    booking::ResourceId,
    clock::Clock,
    config::{Config, Database},
    message::BusinessId,
    store::{Feed, FeedToken, sqlite},
};

/// Lets a token open a calendar, while a server may be running. Blocks.
///
/// # Errors
///
/// Why it does not.
pub fn open_feed(
    config: &Config,
    token: &FeedToken,
    feed: &Feed,
    clock: &dyn Clock,
) -> Result<(), FeedTokenError> {
    let Database::Sqlite(path) = &config.store.database;
    sqlite::open_feed(path, token, feed, clock.now())
}

/// Takes every token of a calendar back, and answers how many there were. Blocks.
///
/// # Errors
///
/// Why none was.
pub fn close_feeds(
    config: &Config,
    business: &BusinessId,
    resource: Option<&ResourceId>,
) -> Result<usize, FeedTokenError> {
    let Database::Sqlite(path) = &config.store.database;
    sqlite::close_feeds(path, business, resource)
}
