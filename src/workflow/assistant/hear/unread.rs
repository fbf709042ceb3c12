//! What came that cannot be read.

use crate::message::{Content, MediaKind};

/// What came that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Unread {
    /// A recorded voice.
    Voice,
    /// A place.
    Place,
    /// A picture, a file, a form.
    Other,
}

// === impl Unread ===

impl Unread {
    /// What it is that has no words.
    pub(super) fn of(content: &Content) -> Option<Self> {
        Some(match content {
            Content::Media {
                kind: MediaKind::Voice | MediaKind::Audio,
                ..
            } => Self::Voice,
            Content::Location { .. } => Self::Place,
            // Words that were emptied are no words.
            Content::Edited { .. } | Content::Text { .. } => return None,
            _ => Self::Other,
        })
    }
}
