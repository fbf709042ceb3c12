//! Connections for reading, on the runtime's blocking threads.
//!
//! The invariant: their number is bounded, and a reading transaction is as short as one call, so
//! that the log can start over.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::Connection;
use tokio::{sync::Semaphore, task};

use super::{connection, fault::Fault};
use crate::store::Error;

/// The most connections, and so the most reads at once.
const CONNECTIONS: usize = 4;

/// A bounded pool of connections that only read.
#[derive(Debug, Clone)]
pub(super) struct Readers {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    /// A pool that opens connections as they are needed.
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            idle: Arc::default(),
            permits: Arc::new(Semaphore::new(CONNECTIONS)),
        }
    }

    /// Reads within one transaction: everything seen is of one instant.
    pub(super) async fn read<T, F>(&self, read: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    {
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        let permit = permit.map_err(|_| Fault::Gone)?;
        let (path, idle) = (self.path.clone(), Arc::clone(&self.idle));
        let done = task::spawn_blocking(move || {
            let _permit = permit;
            let kept = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let conn = match kept {
                Some(conn) => conn,
                None => connection::reader(&path)?,
            };
            let result = snapshot(&conn, read);
            // One that met a fault of the medium is not trusted again.
            if !matches!(&result, Err(fault) if fault.is_of_the_medium()) {
                let mut idle = idle.lock().unwrap_or_else(PoisonError::into_inner);
                idle.push(conn);
            }
            result
        });
        Ok(done.await.unwrap_or(Err(Fault::Gone))?)
    }
}

fn snapshot<T>(
    conn: &Connection,
    read: impl FnOnce(&Connection) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let snapshot = conn.unchecked_transaction()?;
    let value = read(&snapshot)?;
    snapshot.finish()?;
    Ok(value)
}
