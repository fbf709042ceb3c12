//! What customers do and what they see, as the assistant has it.

use frontdesk::message::{Choice, Content, MediaKind};

use crate::conversation::scene::Said;

/// What can be spoken of.
pub(super) struct Spoken<'a> {
    /// Every choice that was ever offered.
    pub(super) offered: &'a [Choice],
    /// The ids of what was said to the customer.
    pub(super) ours: &'a [String],
    /// The id of the customer's message before.
    pub(super) before: String,
}

/// What a customer does. Taps are of what was offered.
pub(super) fn content(said: Said, spoken: Spoken<'_>) -> Content {
    let Spoken {
        offered,
        ours,
        before: original,
    } = spoken;
    let media = |kind, caption| Content::Media {
        kind,
        id: None,
        caption,
    };
    let reaction = |emoji: String, back: usize| Content::Reaction {
        emoji: (!emoji.is_empty()).then_some(emoji),
        to: ours.iter().nth_back(back).cloned().unwrap_or_default(),
    };
    match said {
        Said::Tap(title) => {
            let choice = offered.iter().rfind(|choice| choice.title == title);
            let choice = choice.unwrap_or_else(|| panic!("nothing is called {title}"));
            let id = choice.id.clone();
            Content::Choice { id, title }
        }
        Said::Token(id) => Content::Choice {
            id,
            title: "?".to_owned(),
        },
        Said::Button(text) => Content::Choice {
            id: text.clone(),
            title: text,
        },
        Said::React(emoji) => reaction(emoji, 0),
        Said::ReactEarlier(emoji) => reaction(emoji, 1),
        Said::Order(text) => Content::Order { items: 1, text },
        Said::Form => Content::Form {
            response: "{}".to_owned(),
        },
        Said::Card => Content::Contacts { count: 1 },
        Said::Welcome => Content::Welcome,
        Said::Sticker => media(MediaKind::Sticker, None),
        Said::Voice => media(MediaKind::Voice, None),
        Said::Picture(caption) => media(MediaKind::Image, caption),
        Said::Place => Content::Location {
            latitude: 40.7,
            longitude: -74.0,
            name: None,
        },
        Said::Edit(text) => Content::Edited {
            original,
            text: Some(text),
        },
        Said::Revoke => Content::Revoked { original },
        Said::Text(text) => Content::Text { text },
    }
}

/// What WhatsApp can show.
pub(super) fn check_limits(text: &str, choices: &[Choice]) {
    assert!(
        choices.len() <= 10 && text.chars().count() <= 1024,
        "{text}"
    );
    for choice in choices {
        assert!(choice.title.chars().count() <= 24, "{choice:?}");
        assert!(choice.id.len() <= 200, "{choice:?}");
        let description = choice.description.as_deref().unwrap_or("");
        assert!(description.chars().count() <= 72, "{choice:?}");
    }
}
