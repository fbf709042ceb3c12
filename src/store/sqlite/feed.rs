//! Calendars that other programs subscribe to, and the tokens that open them.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::{
    Config, Store, connection,
    encoding::{int, millis},
    fault::Fault,
    office,
    schema::{self, Owner},
};
use crate::{
    booking::ResourceId,
    message::BusinessId,
    store::{BookingEntry, Error, Feed, FeedToken, Feeds},
};

/// The most entries of a calendar.
const MAX_ENTRIES: u64 = 10_000;

/// Why tokens were not changed.
#[derive(Debug, thiserror::Error)]
pub enum FeedTokenError {
    /// There is nothing to write to.
    #[error("there is no store at {} that this release wrote; start the server once", .0.display())]
    NoStore(PathBuf),
    /// The store cannot be written.
    #[error("{} cannot be written", path.display())]
    Store {
        /// The store.
        path: PathBuf,
        /// The cause.
        #[source]
        source: rusqlite::Error,
    },
}

/// Lets a token open a calendar. Blocks. It is one short write, which SQLite's own lock keeps apart
/// from those of a server that runs.
pub fn open_feed(
    database: &Path,
    token: &FeedToken,
    feed: &Feed,
    now: DateTime<Utc>,
) -> Result<(), FeedTokenError> {
    beside_the_server(database, |conn| {
        conn.execute(
            "INSERT INTO feed_tokens (digest, business, resource, names, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                token.digest(),
                feed.business.as_str(),
                feed.resource.as_ref().map(ResourceId::as_str),
                feed.names,
                millis(now),
            ],
        )?;
        Ok(())
    })
}

/// Takes every token of a calendar back, and answers how many there were. Blocks.
pub fn close_feeds(
    database: &Path,
    business: &BusinessId,
    resource: Option<&ResourceId>,
) -> Result<usize, FeedTokenError> {
    beside_the_server(database, |conn| {
        conn.execute(
            "DELETE FROM feed_tokens WHERE business = ?1 AND resource IS ?2",
            (business.as_str(), resource.map(ResourceId::as_str)),
        )
    })
}

fn beside_the_server<T>(
    database: &Path,
    write: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> Result<T, FeedTokenError> {
    let no_store = || FeedTokenError::NoStore(database.to_owned());
    if !database.try_exists().unwrap_or(false) {
        return Err(no_store());
    }
    let failed = |source| FeedTokenError::Store {
        path: database.to_owned(),
        source,
    };
    if schema::owner(database).map_err(failed)? != Owner::Ours {
        return Err(no_store());
    }
    let conn = connection::writer(database, Config::WAL_LIMIT_BYTES).map_err(failed)?;
    if schema::version(&conn).map_err(failed)? != schema::VERSION {
        return Err(no_store());
    }
    write(&conn).map_err(failed)
}

#[async_trait]
impl Feeds for Store {
    async fn feed(&self, token: &FeedToken) -> Result<Option<Feed>, Error> {
        let digest = token.digest();
        self.readers.read(move |conn| find(conn, digest)).await
    }

    async fn calendar(&self, feed: &Feed, from: DateTime<Utc>) -> Result<Vec<BookingEntry>, Error> {
        let feed = feed.clone();
        self.readers
            .read(move |conn| entries(conn, &feed, from))
            .await
    }
}

fn find(conn: &Connection, digest: [u8; 32]) -> Result<Option<Feed>, Fault> {
    let mut statement =
        conn.prepare_cached("SELECT business, resource, names FROM feed_tokens WHERE digest = ?1")?;
    let found = statement.query_row([digest], |row| {
        Ok(Feed {
            business: BusinessId::new(row.get_ref(0)?.as_str()?),
            resource: row.get_ref(1)?.as_str_or_null()?.map(ResourceId::new),
            names: row.get(2)?,
        })
    });
    Ok(found.optional()?)
}

/// What was given up was an entry only if it was firm before. A hold still has its expiry, what
/// another keeper refused has no id of theirs, and what we heard of as given up was never changed.
fn entries(
    conn: &Connection,
    feed: &Feed,
    from: DateTime<Utc>,
) -> Result<Vec<BookingEntry>, Fault> {
    let mut statement = conn.prepare_cached(office::entries!(
        "WHERE b.business = ?1 AND b.visible_start >= ?2 AND (?3 IS NULL OR b.resource = ?3)
            AND (b.status = 'booked' OR b.status = 'cancelled' AND b.expires_at IS NULL
                AND b.version > 1 AND (b.calendar IS NULL OR b.external_id IS NOT NULL))
         ORDER BY b.visible_start, b.id LIMIT ?4"
    ))?;
    let mut rows = statement.query(params![
        feed.business.as_str(),
        millis(from),
        feed.resource.as_ref().map(ResourceId::as_str),
        int(MAX_ENTRIES),
    ])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(office::read(conn, row)?);
    }
    Ok(entries)
}
