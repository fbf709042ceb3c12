//! The health probe: whether the store can be written.
//!
//! The invariant: after a write that failed, only a probe as large as a real delivery says that the
//! store can be written again. A single row fits on a full disk where a message does not.

use super::{fault::Fault, transaction::Transaction};

/// More than the pages that a delivery of a dozen messages writes.
const BALLAST_BYTES: i64 = 256 * 1024;

/// Writes a row, with ballast while writes fail.
pub(super) fn probe(transaction: &mut Transaction<'_>) -> Result<(), Fault> {
    transaction.after.rows += 1;
    let ballast = transaction.memory.writes_fail.then_some(BALLAST_BYTES);
    transaction.execute(
        "INSERT INTO probes (writer, at, ballast)
         VALUES (1, ?1, CASE WHEN ?2 IS NOT NULL THEN randomblob(?2) END)
         ON CONFLICT DO UPDATE SET at = excluded.at, ballast = excluded.ballast",
        (transaction.now, ballast),
    )?;
    transaction.after.has_room |= ballast.is_some();
    Ok(())
}
