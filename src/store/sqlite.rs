//! [`Store`](super::Store) on an embedded SQLite file.
