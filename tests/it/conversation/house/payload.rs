//! What customers do and what they see, in Meta's shapes.

use serde_json::{Value, json};

use crate::{conversation::scene::Said, support::graph::Taken};

/// What can be tapped.
pub(super) struct Tap {
    /// The kind of the answer.
    kind: &'static str,
    id: String,
    pub(super) title: String,
}

/// What a message offers.
pub(super) fn taps(taken: &Taken) -> Vec<Tap> {
    let kind = match taken.body["interactive"]["type"].as_str() {
        Some("list") => "list_reply",
        _ => "button_reply",
    };
    let titles = taken.titles().into_iter();
    titles.map(|(id, title)| Tap { kind, id, title }).collect()
}

/// The words of a message; of a template what it is filled with.
pub(super) fn words(taken: &Taken) -> String {
    let parameters = &taken.body["template"]["components"][0]["parameters"];
    match parameters.as_array() {
        Some(parameters) => {
            let texts = parameters.iter().filter_map(|one| one["text"].as_str());
            texts.collect::<Vec<_>>().join(", ")
        }
        None => taken.words().to_owned(),
    }
}

/// What a customer does, as Meta tells of it: the type of the message and its object.
pub(super) fn content(
    said: &Said,
    offered: &[Tap],
    ours: &[String],
    written: u32,
) -> (&'static str, Value) {
    let interactive = |kind: &'static str, id: &str, title: &str| {
        let reply = json!({"type": kind, kind: {"id": id, "title": title}});
        ("interactive", reply)
    };
    let file = || json!({"id": "1", "mime_type": "x", "sha256": "x"});
    let original = format!("wamid.{}", written - 1);
    let reaction = |emoji: &str, back: usize| {
        let to = ours.iter().nth_back(back);
        json!({"emoji": emoji, "message_id": to.map_or("wamid.none", |id| id)})
    };
    match said {
        Said::Text(text) => ("text", json!({"body": text})),
        Said::Tap(title) => {
            let tap = offered.iter().rfind(|tap| tap.title == *title);
            let tap = tap.unwrap_or_else(|| panic!("nothing is called {title}"));
            interactive(tap.kind, &tap.id, title)
        }
        Said::Token(id) => interactive("list_reply", id, "?"),
        Said::Button(text) => ("button", json!({"payload": text, "text": text})),
        Said::React(emoji) => ("reaction", reaction(emoji, 0)),
        Said::ReactEarlier(emoji) => ("reaction", reaction(emoji, 1)),
        Said::Order(text) => {
            let mut order = json!({"catalog_id": "1", "product_items": [{"quantity": 1}]});
            if let Some(text) = text {
                order["text"] = text.as_str().into();
            }
            ("order", order)
        }
        Said::Form => {
            let form = json!({"response_json": "{}", "body": "Sent", "name": "flow"});
            let reply = json!({"type": "nfm_reply", "nfm_reply": form});
            ("interactive", reply)
        }
        Said::Card => ("contacts", json!([{"name": {"formatted_name": "Ann"}}])),
        Said::Welcome => ("request_welcome", json!({})),
        Said::Sticker => ("sticker", file()),
        Said::Voice => {
            let mut voice = file();
            voice["voice"] = true.into();
            ("audio", voice)
        }
        Said::Picture(caption) => {
            let mut picture = file();
            if let Some(caption) = caption {
                picture["caption"] = caption.as_str().into();
            }
            ("image", picture)
        }
        Said::Place => ("location", json!({"latitude": 40.7, "longitude": -74.0})),
        Said::Edit(text) => {
            let message = json!({"type": "text", "text": {"body": text}});
            let edit = json!({"original_message_id": original, "message": message});
            ("edit", edit)
        }
        Said::Revoke => ("revoke", json!({"original_message_id": original})),
    }
}
