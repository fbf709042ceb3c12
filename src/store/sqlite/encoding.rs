//! How values stand in rows.
//!
//! The invariant: what was written by this release is read back equal, instants to the
//! millisecond. Whatever does not read back is an error that [`Fault`](super::fault::Fault) turns
//! into `Undecodable`, never a panic.

use std::{error::Error, str::FromStr, time::Duration};

use chrono::{DateTime, Utc};
use rusqlite::{Row, types::Type};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use sha2::{Digest, Sha256};

use crate::message::{SourceKind, Trust};

/// An instant as milliseconds since 1970.
pub(super) type Millis = i64;

/// Sixteen bytes that stand for a name of several parts.
pub(super) type Key = [u8; 16];

/// An instant as it stands in a row.
pub(super) fn millis(at: DateTime<Utc>) -> Millis {
    at.timestamp_millis()
}

/// A length of time as it stands in a row; what does not fit is for ever.
pub(super) fn millis_of(length: Duration) -> Millis {
    Millis::try_from(length.as_millis()).unwrap_or(Millis::MAX / 4)
}

/// The instant of a column.
pub(super) fn instant(row: &Row<'_>, column: usize) -> rusqlite::Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(row.get(column)?).ok_or_else(|| unreadable(column, OutOfRange))
}

/// A count as it stands in a row.
pub(super) fn int(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The count of a row; rows never hold a negative one.
pub(super) fn count(int: i64) -> u64 {
    u64::try_from(int).unwrap_or(0)
}

/// A small count of a row.
pub(super) fn small(int: i64) -> u32 {
    u32::try_from(int).unwrap_or(u32::MAX)
}

/// The source of a column.
pub(super) fn source(row: &Row<'_>, column: usize) -> rusqlite::Result<SourceKind> {
    SourceKind::from_name(row.get_ref(column)?.as_str()?)
        .ok_or_else(|| unreadable(column, OutOfRange))
}

/// The trust of a column.
pub(super) fn trust(row: &Row<'_>, column: usize) -> rusqlite::Result<Trust> {
    let name = row.get_ref(column)?.as_str()?;
    [Trust::Verified, Trust::Unverified]
        .into_iter()
        .find(|trust| trust.as_str() == name)
        .ok_or_else(|| unreadable(column, OutOfRange))
}

/// The value that stands as its own text in a column.
pub(super) fn parsed<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: FromStr<Err: Error + Send + Sync + 'static>,
{
    let text = row.get_ref(column)?.as_str()?;
    text.parse().map_err(|error| unreadable(column, error))
}

/// The value that stands as JSON in a column.
pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    serde_json::from_str(row.get_ref(column)?.as_str()?)
        .map_err(|error| unreadable(column, BadJson::from(&error)))
}

/// Where JSON stops to make sense. The parser's own words would quote what customers wrote.
#[derive(Debug, thiserror::Error)]
#[error("{kind} at column {column}")]
struct BadJson {
    kind: &'static str,
    column: usize,
}

impl From<&serde_json::Error> for BadJson {
    fn from(error: &serde_json::Error) -> Self {
        Self {
            kind: match error.classify() {
                Category::Data => "unexpected JSON",
                Category::Syntax | Category::Eof | Category::Io => "broken JSON",
            },
            column: error.column(),
        }
    }
}

fn unreadable(column: usize, error: impl Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Null, Box::new(error))
}

/// The fault of a name that no release writes.
pub(super) fn unreadable_name(column: usize) -> rusqlite::Error {
    unreadable(column, OutOfRange)
}

/// The key of several parts: no two lists of parts have the same bytes hashed.
pub(super) fn key(parts: &[&[u8]]) -> Key {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let digest = hash.finalize();
    let mut key = Key::default();
    key.copy_from_slice(&digest[..16]);
    key
}

/// A value that no release writes.
#[derive(Debug, thiserror::Error)]
#[error("the value is out of range")]
struct OutOfRange;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cannot_be_shifted_into_each_other() {
        assert_ne!(key(&[b"ab", b"c"]), key(&[b"a", b"bc"]));
        assert_ne!(key(&[b"ab", b""]), key(&[b"ab"]));
        assert_eq!(key(&[b"ab", b"c"]), key(&[b"ab", b"c"]));
    }
}
