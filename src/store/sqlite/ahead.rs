//! The bookings to come, read beside whoever writes to the database, this process or another.
//!
//! The invariant: nothing is written, and no lock is needed.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::{booking, connection, encoding::millis};
use crate::booking::Booking;

/// The bookings of a store cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the bookings in {} cannot be read", path.display())]
pub struct AheadError {
    path: PathBuf,
    #[source]
    source: rusqlite::Error,
}

/// The firm bookings that begin after an instant, by business and start; none where there is no
/// store yet. Blocks.
///
/// # Errors
///
/// The store is there and cannot be read.
pub fn ahead(database: &Path, from: DateTime<Utc>) -> Result<Vec<Booking>, AheadError> {
    if !database.exists() {
        return Ok(Vec::new());
    }
    let read = connection::reader(database).and_then(|conn| booking::ahead(&conn, millis(from)));
    read.map_err(|source| AheadError {
        path: database.to_owned(),
        source,
    })
}
