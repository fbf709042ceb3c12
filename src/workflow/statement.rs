//! Statements about messages: edits, revocations and reactions, applied to the inputs of a turn
//! before any workflow reads them.
//!
//! The invariant: a statement is never new words. It changes the message that it is about:
//!
//! - An edit replaces the words of its message, which keeps its place and time. The last edit
//!   counts, also where an edit names an earlier edit.
//! - A revocation removes its message, edits and reactions included.
//! - Of the reactions to one message the last counts, and one that was taken back is nothing. A
//!   reaction is only kept on the message that asks the open question: there it can be an answer.
//! - An edit of a message that an earlier turn has read stays in the turn as [`Content::Edited`]:
//!   a correction, which a workflow may follow, but never a yes or no. A revocation of such a
//!   message is dropped: what was answered stays as it is.
//! - Deliveries come in any order. An edit whose message did not come yet stands for that message,
//!   and the message is dropped when it comes, as one is that was revoked before.
//!
//! Inputs are ordered by when they were sent, and those of the same instant by arrival.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Input;
use crate::message::{Content, MessageId, Seq};

/// What is known of the messages that the inputs of a turn are about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The provider's id of the message in which we asked the open question.
    pub question: Option<Box<str>>,
    /// What earlier turns have read, by the provider's id of the customer's message.
    pub earlier: BTreeMap<Box<str>, Earlier>,
}

/// What earlier turns have read of a message; a later one outranks those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Earlier {
    /// The message itself.
    Message,
    /// An edit of it.
    Edit,
    /// Its revocation.
    Revocation,
}

/// What the statements of a turn say, by the id of the message that they are about.
#[derive(Debug, Default)]
struct Statements {
    /// The place of an edit and the message that it names, by the edit's id.
    edit_of: HashMap<Box<str>, (usize, Box<str>)>,
    revoked: HashSet<Box<str>>,
    /// The message that each edit is of in the end.
    roots: HashMap<Seq, Box<str>>,
    /// The last edit.
    edits: HashMap<Box<str>, (Seq, Option<String>)>,
    /// The last reaction.
    reactions: HashMap<Box<str>, Seq>,
    /// The messages among the inputs that no earlier turn has read an edit of.
    present: HashSet<Box<str>>,
}

/// Orders the inputs of a turn, and applies what some of them say about messages.
pub fn apply(mut inputs: Vec<Input>, known: &Known) -> Vec<Input> {
    inputs.sort_by_key(|input| (input.sent_at, input.seq));
    let says_something = |input: &Input| is_statement(&input.content);
    if known.earlier.is_empty() && !inputs.iter().any(says_something) {
        return inputs;
    }
    let statements = Statements::of(&inputs, known);
    inputs
        .into_iter()
        .filter_map(|input| statements.applied(input, known))
        .collect()
}

/// Returns whether it only says something about another message.
pub fn is_statement(content: &Content) -> bool {
    matches!(
        content,
        Content::Edited { .. } | Content::Revoked { .. } | Content::Reaction { .. }
    )
}

/// The id of the customer's message that an edit or revocation is about.
pub fn about(content: &Content) -> Option<&str> {
    match content {
        Content::Edited { original, .. } | Content::Revoked { original } => Some(original),
        _ => None,
    }
}

// === impl Statements ===

impl Statements {
    fn of(inputs: &[Input], known: &Known) -> Self {
        let mut found = Self::default();
        for (place, input) in inputs.iter().enumerate() {
            let id = input.id.as_ref().map(MessageId::as_str);
            match (&input.content, id) {
                (Content::Edited { original, .. }, Some(id)) => {
                    let edit = (place, original.as_str().into());
                    found.edit_of.insert(id.into(), edit);
                }
                (Content::Edited { .. } | Content::Revoked { .. }, _) => {}
                (_, Some(id)) if !known.earlier.contains_key(id) => {
                    found.present.insert(id.into());
                }
                _ => {}
            }
        }
        for (place, input) in inputs.iter().enumerate() {
            match &input.content {
                Content::Edited { original, text } => {
                    let root: Box<str> = found.root(original, place).into();
                    found.roots.insert(input.seq, root.clone());
                    found.edits.insert(root, (input.seq, text.clone()));
                }
                Content::Revoked { original } => {
                    let root = found.root(original, inputs.len()).into();
                    found.revoked.insert(root);
                    found.revoked.insert(original.as_str().into());
                }
                Content::Reaction { to, .. } => {
                    found.reactions.insert(to.as_str().into(), input.seq);
                }
                _ => {}
            }
        }
        let revoked = known.earlier.iter();
        let revoked = revoked.filter(|(_, earlier)| **earlier == Earlier::Revocation);
        found.revoked.extend(revoked.map(|(id, _)| id.clone()));
        found
    }

    /// The message that an edit is of in the end, where it names an edit that was sent before it.
    fn root<'a>(&'a self, original: &'a str, mut before: usize) -> &'a str {
        let mut root = original;
        while let Some((place, original)) = self.edit_of.get(root).filter(|one| one.0 < before) {
            (root, before) = (original, *place);
        }
        root
    }

    /// Returns whether a message was revoked, or an edit of it was read before it came.
    fn is_over(&self, id: &str, known: &Known) -> bool {
        self.revoked.contains(id) || known.earlier.get(id) == Some(&Earlier::Edit)
    }

    /// The input as the statements leave it; none: nothing is left of it.
    fn applied(&self, mut input: Input, known: &Known) -> Option<Input> {
        let id = input.id.as_ref().map(MessageId::as_str);
        if id.is_some_and(|id| self.is_over(id, known)) {
            return None;
        }
        match &input.content {
            Content::Revoked { .. } => return None,
            Content::Edited { .. } => {
                let root = self.roots.get(&input.seq)?;
                let (last, text) = self.edits.get(root)?;
                if *last != input.seq || self.revoked.contains(root) || self.present.contains(root)
                {
                    return None;
                }
                let text = text.clone().filter(|text| !text.trim().is_empty())?;
                input.content = if known.earlier.contains_key(root) {
                    let original = root.to_string();
                    let text = Some(text);
                    Content::Edited { original, text }
                } else {
                    Content::Text { text }
                };
                return Some(input);
            }
            Content::Reaction { emoji, to } => {
                let is_last = self.reactions.get(to.as_str()) == Some(&input.seq);
                let is_there = emoji.as_deref().is_some_and(|emoji| !emoji.is_empty());
                let on_question = known.question.as_deref() == Some(to.as_str());
                if !(is_last && is_there && on_question) {
                    return None;
                }
            }
            _ => {}
        }
        match id.and_then(|id| self.edits.get(id)) {
            Some((_, text)) => {
                input.content = edited(input.content, text.as_deref())?;
                Some(input)
            }
            None => Some(input),
        }
    }
}

/// The content with other words; none: it was nothing but words, and has none left.
fn edited(content: Content, words: Option<&str>) -> Option<Content> {
    let words = words.filter(|words| !words.trim().is_empty());
    let words = words.map(ToOwned::to_owned);
    Some(match content {
        Content::Text { .. } => Content::Text { text: words? },
        Content::Media { kind, id, .. } => Content::Media {
            kind,
            id,
            caption: words,
        },
        Content::Order { items, .. } => Content::Order { items, text: words },
        other => other,
    })
}

#[cfg(test)]
mod tests;
