//! What the store knows of the messages that a turn's inputs are about.

use super::super::{
    accept::dedupe_key,
    encoding::{Key, json},
    fault::Fault,
    outbox,
    transaction::Transaction,
};
use crate::{
    message::{Content, MessageId, SourceKind, ThreadKey},
    workflow::{
        Input,
        statement::{self, Earlier, Known},
    },
};

/// What has to be known to apply the statements among the inputs of a thread's turn.
pub(super) fn known(
    transaction: &Transaction<'_>,
    thread: i64,
    key: &ThreadKey,
    inputs: &[Input],
) -> Result<Known, Fault> {
    let mut known = Known::default();
    if key.source == SourceKind::Direct {
        // Own clients send none.
        return Ok(known);
    }
    let is_reaction = |input: &Input| matches!(input.content, Content::Reaction { .. });
    if inputs.iter().any(is_reaction) {
        known.question = outbox::question(transaction, thread)?;
    }
    for input in inputs {
        let own = input.id.as_ref().map(MessageId::as_str);
        for id in own.into_iter().chain(statement::about(&input.content)) {
            if let Some(earlier) = earlier(transaction, &dedupe_key(key, id))? {
                known.earlier.insert(id.into(), earlier);
            }
        }
    }
    Ok(known)
}

/// What was read of a message by turns that are over.
fn earlier(transaction: &Transaction<'_>, id: &Key) -> Result<Option<Earlier>, Fault> {
    let message = transaction.find(
        "SELECT 1 FROM messages m WHERE dedupe IS NOT NULL AND dedupe = ?1 AND NOT EXISTS (
            SELECT 1 FROM inputs i WHERE i.thread = m.thread AND i.message = m.id)",
        [id],
        |_| Ok(Earlier::Message),
    )?;
    let mut statements = transaction.prepare(
        "SELECT content FROM messages m WHERE about IS NOT NULL AND about = ?1
            AND content IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM inputs i WHERE i.thread = m.thread AND i.message = m.id)",
    )?;
    let statements = statements.query_map([id], |row| {
        Ok(match json(row, 0)? {
            Content::Revoked { .. } => Earlier::Revocation,
            _ => Earlier::Edit,
        })
    })?;
    let last = statements.collect::<Result<Vec<_>, _>>()?.into_iter().max();
    Ok(last.or(message))
}
