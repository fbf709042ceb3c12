//! What can go wrong on a connection, and what it means for the connection and the caller.

use std::sync::Arc;

use rusqlite::ErrorCode;

use crate::store;

/// Why a piece of work was not done. Cheap to clone: one fault answers a whole group.
#[derive(Debug, Clone)]
pub(super) enum Fault {
    /// SQLite or the medium beneath it refused.
    Sql(Arc<rusqlite::Error>),
    /// A row does not make sense to this release.
    Undecodable {
        /// What sort of row.
        what: &'static str,
        /// The cause.
        source: Arc<dyn std::error::Error + Send + Sync>,
    },
    /// The files that are open are not those that the paths name.
    Moved,
    /// The thread that does the work is gone.
    Gone,
}

/// What is written would be lost: nobody finds the files that are open.
#[derive(Debug, thiserror::Error)]
#[error("the store's files were deleted, moved or replaced")]
struct Moved;

/// The thread that owns the connection has ended.
#[derive(Debug, thiserror::Error)]
#[error("the store is closed")]
struct Closed;

impl Fault {
    /// A row that does not make sense.
    pub(super) fn undecodable(
        what: &'static str,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        let source = Arc::new(source);
        Self::Undecodable { what, source }
    }

    /// Whether the connection may have lost its footing, so that only a new one can be trusted:
    /// after a failed sync nobody knows what is on the medium.
    pub(super) fn is_of_the_medium(&self) -> bool {
        match self {
            Self::Sql(error) => !matches!(
                error.sqlite_error_code(),
                None | Some(
                    ErrorCode::ConstraintViolation
                        | ErrorCode::TypeMismatch
                        | ErrorCode::TooBig
                        | ErrorCode::ParameterOutOfRange
                        | ErrorCode::ApiMisuse
                )
            ),
            Self::Undecodable { .. } => false,
            Self::Moved | Self::Gone => true,
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error;
        match error {
            Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::InvalidColumnType(..)
            | Error::Utf8Error(..) => Self::undecodable("a row", error),
            error => Self::Sql(Arc::new(error)),
        }
    }
}

impl From<rusqlite::types::FromSqlError> for Fault {
    fn from(error: rusqlite::types::FromSqlError) -> Self {
        Self::undecodable("a row", error)
    }
}

impl From<Fault> for store::Error {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Sql(error) => Self::Unavailable(Box::new(error)),
            Fault::Undecodable { what, source } => Self::Undecodable {
                what,
                source: Box::new(source),
            },
            Fault::Moved => Self::Unavailable(Box::new(Moved)),
            Fault::Gone => Self::Unavailable(Box::new(Closed)),
        }
    }
}
