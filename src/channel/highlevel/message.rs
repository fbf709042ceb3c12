//! A message as HighLevel has it: a file that came over WhatsApp is told of before it is there.

use serde::Deserialize;

use crate::{
    call::Answer,
    channel::Reread,
    message::{Content, MediaKind},
};

/// A message, at the top or in an envelope: both have been seen.
#[derive(Deserialize)]
#[serde(untagged)]
enum Shape {
    Enveloped { message: Message },
    Plain(Message),
}

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    attachments: Vec<String>,
}

/// What an answer says of a message.
pub(super) fn read(answer: &Answer) -> Reread {
    if !answer.status.is_success() {
        return Reread::Never;
    }
    let body = answer.body.as_deref().unwrap_or_default();
    let Ok(shape) = serde_json::from_slice::<Shape>(body) else {
        return Reread::Never;
    };
    let (Shape::Enveloped { message } | Shape::Plain(message)) = shape;
    let text = message.body.filter(|text| !text.trim().is_empty());
    match (message.attachments.into_iter().next(), text) {
        (Some(address), caption) => Reread::Content(Content::Media {
            kind: kind(&address),
            id: Some(address),
            caption,
        }),
        (None, Some(text)) => Reread::Content(Content::Text { text }),
        (None, None) => Reread::NotYet,
    }
}

/// What sort of file it is, by the end of its name: nothing else is told.
fn kind(address: &str) -> MediaKind {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let end = path.rsplit_once('.').map(|(_, end)| end.to_lowercase());
    match end.as_deref().unwrap_or_default() {
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "heic" => MediaKind::Image,
        "mp4" | "mov" | "3gp" | "webm" => MediaKind::Video,
        // What WhatsApp records is one of these.
        "ogg" | "oga" | "opus" => MediaKind::Voice,
        "mp3" | "m4a" | "aac" | "amr" | "wav" => MediaKind::Audio,
        "pdf" | "doc" | "docx" | "xls" | "xlsx" | "txt" | "csv" | "zip" => MediaKind::Document,
        _ => MediaKind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, StatusCode};

    use super::*;

    fn reread(status: u16, body: &str) -> Reread {
        read(&Answer {
            status: StatusCode::from_u16(status).unwrap(),
            headers: HeaderMap::new(),
            body: Some(body.to_owned().into()),
        })
    }

    #[test]
    fn a_file_is_known_by_its_name_in_either_shape() {
        for (name, kind) in [
            ("a.JPG", MediaKind::Image),
            ("v.ogg?token=1", MediaKind::Voice),
            ("s.mp3", MediaKind::Audio),
            ("f.pdf#1", MediaKind::Document),
            ("nothing", MediaKind::Unknown),
        ] {
            let address = format!("https://files.example/x/{name}");
            let message = format!(r#"{{"id": "1", "attachments": ["{address}"], "body": ""}}"#);
            let expected = Reread::Content(Content::Media {
                kind,
                id: Some(address),
                caption: None,
            });
            assert_eq!(reread(200, &message), expected);
            let enveloped = format!(r#"{{"message": {message}}}"#);
            assert_eq!(reread(200, &enveloped), expected);
        }
    }

    #[test]
    fn words_that_come_late_are_words_and_nothing_is_waited_for() {
        let text = Content::Text { text: "hi".into() };
        assert_eq!(reread(200, r#"{"body": "hi"}"#), Reread::Content(text));
        for nothing in ["{}", r#"{"body": " ", "attachments": []}"#] {
            assert_eq!(reread(200, nothing), Reread::NotYet, "{nothing}");
        }
        for (status, body) in [(404, "{}"), (200, "[1]"), (200, "")] {
            assert_eq!(reread(status, body), Reread::Never, "{status} {body}");
        }
    }
}
