//! What goes back to the customer.

use serde::{Deserialize, Serialize};

/// One message to the customer; the channel renders it as its provider can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Reply {
    /// Words.
    Text {
        /// The words.
        text: String,
    },
    /// Words and things to choose from: buttons, a list, or numbered lines.
    Choices {
        /// The question.
        text: String,
        /// What can be chosen, in order; an answer by number counts from 1.
        choices: Vec<Choice>,
        /// What opens the list, where a provider folds it; at most 20 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        button: Option<String>,
    },
}

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// An opaque token that comes back when it is tapped; at most 200 bytes.
    pub id: String,
    /// What is shown; at most 20 characters on a button, 24 in a list.
    pub title: String,
    /// A second line in a list; at most 72 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

impl Reply {
    /// A reply of words only.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }
}
