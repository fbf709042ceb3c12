//! What a customer's message says.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a message says, whatever provider it came through. Stored as JSON.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    /// Written words.
    Text {
        /// The words.
        text: String,
    },
    /// A tapped button, list row or quick reply.
    Choice {
        /// The id that we gave the choice.
        id: String,
        /// The title that the customer saw.
        title: String,
    },
    /// An emoji on one of our messages; none when it was taken back.
    Reaction {
        /// The emoji.
        emoji: Option<String>,
        /// The provider's id of the message.
        to: String,
    },
    /// A picture, a voice note, a file.
    Media {
        /// What sort of file.
        kind: MediaKind,
        /// The provider's id, to fetch it by.
        id: Option<String>,
        /// Words sent with it.
        caption: Option<String>,
    },
    /// A place.
    Location {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
        /// The place's name or address, when it has one.
        name: Option<String>,
    },
    /// Address-book cards.
    Contacts {
        /// How many.
        count: usize,
    },
    /// A filled-in form (a WhatsApp flow's answer).
    Form {
        /// The answer, JSON text as the provider gave it.
        response: String,
    },
    /// Products put into a basket.
    Order {
        /// How many lines it has.
        items: usize,
        /// Words sent with it.
        text: Option<String>,
    },
    /// An earlier message was changed.
    Edited {
        /// The provider's id of that message.
        original: String,
        /// The new words, when it has words.
        text: Option<String>,
    },
    /// An earlier message was taken back.
    Revoked {
        /// The provider's id of that message.
        original: String,
    },
    /// A newcomer opened the conversation and has not written yet.
    Welcome,
    /// Something this release, or the provider's API, cannot show.
    Unsupported {
        /// The provider's name for it.
        kind: String,
    },
}

/// What sort of file a message carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaKind {
    /// A picture.
    Image,
    /// A film.
    Video,
    /// A sound file.
    Audio,
    /// A recorded voice note.
    Voice,
    /// A file.
    Document,
    /// A sticker.
    Sticker,
    /// Not told.
    Unknown,
}

/// Words and titles are the customer's: `Debug` shows only the kind.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Content::{}", self.kind())
    }
}

impl Content {
    /// The name of the kind, as in stored JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Choice { .. } => "choice",
            Self::Reaction { .. } => "reaction",
            Self::Media { .. } => "media",
            Self::Location { .. } => "location",
            Self::Contacts { .. } => "contacts",
            Self::Form { .. } => "form",
            Self::Order { .. } => "order",
            Self::Edited { .. } => "edited",
            Self::Revoked { .. } => "revoked",
            Self::Welcome => "welcome",
            Self::Unsupported { .. } => "unsupported",
        }
    }

    /// The customer's own words, where there are any.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text { text } => Some(text),
            Self::Choice { title, .. } => Some(title),
            Self::Media { caption, .. } => caption.as_deref(),
            Self::Order { text, .. } | Self::Edited { text, .. } => text.as_deref(),
            _ => None,
        }
    }
}
