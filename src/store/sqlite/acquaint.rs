//! What is learned while a turn is under way: of its customer, and of what they said.

use super::{
    encoding::int,
    fault::Fault,
    identity, thread,
    thread_name::{self, Person},
    transaction::Transaction,
    turn::{self, Claim},
};
use crate::{
    message::{Contact, Content, Seq},
    store::Lease,
};

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
    let names = identity::thread_names(&key, contact);
    let found = thread_name::find(transaction, &key, &names)?;
    let person = Person {
        thread: &key,
        contact,
        names: &names,
        writes: false,
    };
    thread_name::identify(transaction, &person, &found)?;
    // Where the thread was joined to another one, the turn runs again there.
    let Some(row) = claim.redeem(transaction)? else {
        return Ok(None);
    };
    turn::reload(transaction, &row).map(Some)
}

/// Keeps what an input says, and answers the turn as it stands then.
pub(super) fn reread(
    transaction: &mut Transaction<'_>,
    claim: &Claim,
    seq: Seq,
    content: &Content,
) -> Result<Option<Lease>, Fault> {
    transaction.after.rows += 1;
    let Some(row) = claim.redeem(transaction)? else {
        return Ok(None);
    };
    let content =
        serde_json::to_string(content).expect("invariant: content is plain data with text keys");
    transaction.execute(
        "UPDATE messages SET content = ?3
         WHERE id = (SELECT message FROM inputs WHERE thread = ?1 AND seq = ?2)",
        (row.id, int(seq.0), content),
    )?;
    turn::reload(transaction, &row).map(Some)
}
