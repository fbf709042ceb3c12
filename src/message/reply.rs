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

/// What is said to a customer, and what stands for it where free words are not allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Free words, perhaps with choices; refused outside the provider's window.
    Reply(Reply),
    /// Free words while the provider allows them, else the template that the provider approved.
    ReplyOrTemplate {
        /// The words.
        reply: Reply,
        /// The template; none: nothing can be said outside the window.
        template: Option<Template>,
    },
    /// The template, whatever the window.
    Template(Template),
}

/// A message that the provider approved beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its name.
    pub name: Box<str>,
    /// The language it was approved in, as the provider codes it.
    pub language: Box<str>,
    /// What stands for its variables, in order.
    pub parameters: Vec<TemplateParameter>,
}

/// What stands for a variable of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateParameter {
    /// The variable's name; none: variables are numbered.
    pub name: Option<Box<str>>,
    /// What is filled in.
    pub text: String,
}

impl Reply {
    /// A reply of words only.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }
}
