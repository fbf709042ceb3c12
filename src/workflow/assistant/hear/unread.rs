//! What came that cannot be read.

use crate::message::{Content, MediaKind};

/// What came that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Unread {
    /// A recorded voice.
    Voice,
    /// A place.
    Place,
    /// Cards of an address book.
    Cards,
    /// A filled-in form.
    Form,
    /// Products put into a basket.
    Order,
    /// A picture, a file, anything else that is shown.
    Other,
}

/// Kinds of messages that WhatsApp cannot show us and that need no answer: they change another
/// message, or are about the chat itself.
const SILENT: [&str; 9] = [
    "edit",
    "revoke",
    "reaction",
    "pin",
    "unpin",
    "keep_in_chat",
    "poll_update",
    "protocol",
    "system",
];

// === impl Unread ===

impl Unread {
    /// What it is that has no words, or more than words.
    pub(super) fn of(content: &Content) -> Option<Self> {
        match content {
            Content::Media { kind, caption, .. } => match (kind, caption) {
                // A sticker is a smile, and a caption says what a file is for.
                (MediaKind::Sticker, _) | (_, Some(_)) => None,
                (MediaKind::Voice | MediaKind::Audio, None) => Some(Self::Voice),
                (_, None) => Some(Self::Other),
            },
            Content::Location { .. } => Some(Self::Place),
            Content::Contacts { .. } => Some(Self::Cards),
            Content::Form { .. } => Some(Self::Form),
            Content::Order { .. } => Some(Self::Order),
            Content::Unsupported { kind } => {
                let is_shown = !SILENT.contains(&kind.as_str());
                is_shown.then_some(Self::Other)
            }
            Content::Text { .. }
            | Content::Choice { .. }
            | Content::Reaction { .. }
            | Content::Edited { .. }
            | Content::Revoked { .. }
            | Content::Welcome => None,
        }
    }
}
