//! What a WhatsApp message says, by its type.

use serde_json::Value;

use crate::{
    message::{Content, MediaKind},
    source::{json, shortened},
};

/// The longest name of an unknown type that is kept, in bytes.
const MAX_KIND_BYTES: usize = 64;

/// The content of a message of this type, or nothing when its object is not as documented.
///
/// A type that this release does not know, and a message that Meta itself could not read, are still
/// the customer's words to us: [`Content::Unsupported`].
pub(super) fn content(kind: &str, message: &Value) -> Option<Content> {
    let known = match kind {
        "text" => json::text(message, "/text/body").map(|text| Content::Text { text: text.into() }),
        "image" => media(message.get("image"), MediaKind::Image),
        "video" => media(message.get("video"), MediaKind::Video),
        "document" => media(message.get("document"), MediaKind::Document),
        "sticker" => media(message.get("sticker"), MediaKind::Sticker),
        "audio" => {
            let voice = message.pointer("/audio/voice").and_then(Value::as_bool);
            let kind = if voice == Some(true) {
                MediaKind::Voice
            } else {
                MediaKind::Audio
            };
            media(message.get("audio"), kind)
        }
        "location" => location(message.get("location")),
        "contacts" => message
            .get("contacts")
            .and_then(Value::as_array)
            .map(|cards| Content::Contacts { count: cards.len() }),
        "interactive" => interactive(message.get("interactive")),
        "button" => button(message.get("button")),
        "reaction" => reaction(message.get("reaction")),
        "order" => order(message.get("order")),
        "edit" => edit(message.get("edit")),
        "revoke" => revoke(message.get("revoke")),
        "request_welcome" => Some(Content::Welcome),
        "unsupported" => {
            let kind = json::text(message, "/unsupported/type").unwrap_or(kind);
            return Some(unsupported(kind));
        }
        _ => return Some(unsupported(kind)),
    };
    // Meta sends the type without its object, and says why in `errors`.
    known.or_else(|| message.get("errors").map(|_| unsupported(kind)))
}

fn unsupported(kind: &str) -> Content {
    Content::Unsupported {
        kind: shortened(kind, MAX_KIND_BYTES).into(),
    }
}

fn media(object: Option<&Value>, kind: MediaKind) -> Option<Content> {
    let object = object.filter(|object| object.is_object())?;
    Some(Content::Media {
        kind,
        id: json::text(object, "/id").map(Into::into),
        caption: json::text(object, "/caption").map(Into::into),
    })
}

fn location(object: Option<&Value>) -> Option<Content> {
    let object = object?;
    Some(Content::Location {
        latitude: object.get("latitude")?.as_f64()?,
        longitude: object.get("longitude")?.as_f64()?,
        name: json::text(object, "/name")
            .or_else(|| json::text(object, "/address"))
            .map(Into::into),
    })
}

fn interactive(object: Option<&Value>) -> Option<Content> {
    let object = object?;
    let kind = json::text(object, "/type")?;
    let answer = object.get(kind);
    match kind {
        "button_reply" | "list_reply" => Some(Content::Choice {
            id: json::text(answer?, "/id")?.into(),
            title: json::text(answer?, "/title").unwrap_or_default().into(),
        }),
        "nfm_reply" => {
            let response = match answer?.get("response_json")? {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            Some(Content::Form { response })
        }
        other => Some(unsupported(other)),
    }
}

/// A template's quick reply.
fn button(object: Option<&Value>) -> Option<Content> {
    let object = object?;
    let title = json::text(object, "/text").unwrap_or_default();
    let id = json::text(object, "/payload").unwrap_or(title);
    (!id.is_empty()).then(|| Content::Choice {
        id: id.into(),
        title: title.into(),
    })
}

fn reaction(object: Option<&Value>) -> Option<Content> {
    let object = object?;
    Some(Content::Reaction {
        // Taken back: an empty emoji, or none.
        emoji: json::text(object, "/emoji").map(Into::into),
        to: json::text(object, "/message_id")?.into(),
    })
}

fn order(object: Option<&Value>) -> Option<Content> {
    let object = object?;
    Some(Content::Order {
        items: object.get("product_items")?.as_array()?.len(),
        text: json::text(object, "/text").map(Into::into),
    })
}

fn edit(object: Option<&Value>) -> Option<Content> {
    let object = object?;
    let caption = json::text(object, "/message/type")
        .and_then(|kind| object.get("message")?.get(kind))
        .and_then(|media| json::text(media, "/caption"));
    Some(Content::Edited {
        original: json::text(object, "/original_message_id")?.into(),
        text: json::text(object, "/message/text/body")
            .or(caption)
            .map(Into::into),
    })
}

fn revoke(object: Option<&Value>) -> Option<Content> {
    Some(Content::Revoked {
        original: json::text(object?, "/original_message_id")?.into(),
    })
}
