//! Customers of whom more is learned while their turn is under way.

use super::{
    customer,
    fault::Fault,
    thread,
    transaction::Transaction,
    turn::{self, Claim},
};
use crate::{message::Contact, store::Lease};

/// Brings what is known of a turn's customer up to date, and answers the turn as it stands then.
pub(super) fn acquaint(
    transaction: &mut Transaction<'_>,
    claim: &Claim,
    contact: &Contact,
) -> Result<Option<Lease>, Fault> {
    transaction.after.rows += 1;
    let Some(row) = claim.redeem(transaction)? else {
        return Ok(None);
    };
    let key = thread::key(transaction, row.id)?;
    customer::resolve(transaction, &key, contact)?;
    turn::reload(transaction, &row).map(Some)
}
