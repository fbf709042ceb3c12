//! A reply as WhatsApp shows it: text, buttons, a list, or numbered lines.
//!
//! The invariant: whatever the reply, each message is within the documented limits, and no word of
//! it is lost. What cannot be tapped is written out with its number, which answers as well.

use std::collections::HashSet;

use super::wire::{
    Body, Button, Buttons, Component, Interactive, List, Parameter, Payload, Row, Section, Tap,
    Template, TemplateLanguage, Text,
};
use crate::{
    channel::{self, numbered::numbered, text},
    message::{Choice, Reply},
};

/// The longest text of a message.
const TEXT: usize = 4096;
/// The longest text over buttons or a list. Lists are documented with 4096, but providers in
/// between hold them to this.
const INTERACTIVE_TEXT: usize = 1024;
const BUTTONS: usize = 3;
const BUTTON_TITLE: usize = 20;
const ROWS: usize = 10;
const ROW_ID: usize = 200;
const ROW_TITLE: usize = 24;
const ROW_DESCRIPTION: usize = 72;
const LIST_BUTTON: usize = 20;
/// The longest parameter: a template's whole text has as much.
const PARAMETER: usize = 1024;
/// What opens a list that names nothing for it.
const ANY_LIST_BUTTON: &str = "☰";
/// What stands where there are no words and WhatsApp wants some.
const NO_WORDS: &str = "…";

/// What can be tapped, tidied and within the limits.
enum Taps {
    Buttons(Vec<Button>),
    List(Vec<Row>),
}

/// The messages that say a reply, in order; none where it says nothing.
pub(super) fn messages(reply: &Reply) -> Vec<Payload> {
    match reply {
        Reply::Text { text } => texts(text),
        Reply::Choices { text, choices, .. } if choices.is_empty() => texts(text),
        Reply::Choices {
            text,
            choices,
            button,
        } => match taps(choices) {
            Some(taps) => with_taps(text, taps, button.as_deref()),
            None => texts(&numbered(text, choices)),
        },
    }
}

/// A template with its parameters.
pub(super) fn template(template: &channel::Template) -> Payload {
    let parameters = template.parameters.iter().map(|parameter| {
        // A parameter with line breaks, runs of blanks or nothing in it is refused.
        let text = text::shortened(&text::one_line(&parameter.text), PARAMETER);
        Parameter::Text {
            parameter_name: parameter.name.clone(),
            text: or_no_words(text),
        }
    });
    let parameters: Vec<_> = parameters.collect();
    let body = (!parameters.is_empty()).then_some(Component::Body { parameters });
    Payload::Template {
        template: Template {
            name: template.name.clone(),
            language: TemplateLanguage {
                code: template.language.clone(),
            },
            components: body.into_iter().collect(),
        },
    }
}

fn texts(words: &str) -> Vec<Payload> {
    let words = text::clean(words);
    let parts = text::parts(&words, TEXT).into_iter();
    let payload = |body: &str| Payload::Text {
        text: Text {
            preview_url: false,
            body: body.to_owned(),
        },
    };
    parts.map(payload).collect()
}

fn with_taps(words: &str, taps: Taps, button: Option<&str>) -> Vec<Payload> {
    let words = text::clean(words);
    let (before, question) = text::with_tail(&words, INTERACTIVE_TEXT);
    let body = Body {
        text: or_no_words(question.to_owned()),
    };
    let interactive = match taps {
        Taps::Buttons(buttons) => Interactive::Button {
            body,
            action: Buttons { buttons },
        },
        Taps::List(rows) => Interactive::List {
            body,
            action: List {
                button: list_button(button),
                sections: [Section { rows }],
            },
        },
    };
    let mut messages = texts(before);
    messages.push(Payload::Interactive { interactive });
    messages
}

fn list_button(button: Option<&str>) -> String {
    let button = button.map(text::one_line).unwrap_or_default();
    if button.is_empty() {
        return ANY_LIST_BUTTON.to_owned();
    }
    text::shortened(&button, LIST_BUTTON)
}

/// Buttons where they show all that the choices say, else a list; none: neither can.
fn taps(choices: &[Choice]) -> Option<Taps> {
    if choices.len() > ROWS || !choices.iter().all(|choice| is_id(&choice.id)) {
        return None;
    }
    let ids: HashSet<_> = choices.iter().map(|choice| &choice.id).collect();
    if ids.len() < choices.len() {
        return None;
    }
    let rows: Option<Vec<Row>> = choices.iter().map(row).collect();
    let rows = rows?;
    let titles: HashSet<_> = rows.iter().map(|row| &row.title).collect();
    let is_button =
        |row: &Row| row.description.is_none() && text::units(&row.title) <= BUTTON_TITLE;
    if rows.len() <= BUTTONS && titles.len() == rows.len() && rows.iter().all(is_button) {
        let buttons = rows.into_iter().map(|Row { id, title, .. }| Button::Reply {
            reply: Tap { id, title },
        });
        return Some(Taps::Buttons(buttons.collect()));
    }
    Some(Taps::List(rows))
}

/// Whether an id comes back as it was given.
fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.trim() == id
        && text::units(id) <= ROW_ID
        && !id.chars().any(char::is_control)
}

/// A choice as a row: a title that is too long stands whole in the description.
fn row(choice: &Choice) -> Option<Row> {
    let title = text::one_line(&choice.title);
    let description = choice.description.as_deref().map(text::one_line);
    let description = description.filter(|description| !description.is_empty());
    let id = choice.id.clone();
    if title.is_empty() {
        return None;
    }
    let (title, description) = if text::units(&title) <= ROW_TITLE {
        (title, description)
    } else {
        let whole = match description {
            Some(description) => format!("{title} – {description}"),
            None => title.clone(),
        };
        (text::shortened(&title, ROW_TITLE), Some(whole))
    };
    let fits = |description: &String| text::units(description) <= ROW_DESCRIPTION;
    description.as_ref().is_none_or(fits).then_some(Row {
        id,
        title,
        description,
    })
}

fn or_no_words(text: String) -> String {
    if text.is_empty() {
        return NO_WORDS.to_owned();
    }
    text
}
