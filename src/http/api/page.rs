//! Lists, page by page.
//!
//! The invariant: who follows the cursors sees every entry that keeps its place exactly once, however
//! many come and go. A cursor names the last entry seen, by what the list is ordered by.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;

use super::form::{Fault, Form, limit};

/// How many entries a page has when nothing is said.
const USUAL_LIMIT: usize = 50;

/// Which page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked<K> {
    /// The last entry of the page before.
    pub(super) after: Option<K>,
    /// The most entries.
    pub(super) limit: usize,
}

/// What a list is ordered by, as text.
pub(super) trait Place: Sized {
    /// The text that says where an entry stands.
    fn written(&self) -> String;

    /// The place of a text.
    fn read(text: &str) -> Option<Self>;
}

/// Reads which page is asked for.
pub(super) fn asked<K: Place>(form: &mut Form) -> Option<Asked<K>> {
    let limit = form.optional("limit", limit);
    let after = form.optional("cursor", cursor);
    Some(Asked {
        after: after?,
        limit: limit?.unwrap_or(USUAL_LIMIT),
    })
}

impl<K: Place> Asked<K> {
    /// How many entries to look for: one more, to see whether another page follows.
    pub(super) fn to_look_for(&self) -> usize {
        self.limit + 1
    }

    /// Cuts off what is beyond the page, and says how to ask for it.
    pub(super) fn cut<T>(
        &self,
        entries: &mut Vec<T>,
        place: impl FnOnce(&T) -> K,
    ) -> Option<String> {
        if entries.len() <= self.limit {
            return None;
        }
        entries.truncate(self.limit);
        let last = entries.last().map(place)?;
        Some(written(&last))
    }
}

/// The cursor of a place.
pub(super) fn written<K: Place>(place: &K) -> String {
    URL_SAFE_NO_PAD.encode(place.written())
}

fn cursor<K: Place>(value: &Value) -> Result<K, Fault> {
    let text = value.as_str().unwrap_or_default();
    let bytes = URL_SAFE_NO_PAD.decode(text).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    let place = text.and_then(|text| K::read(&text));
    place.ok_or("must be the \"next\" of the page before")
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Place for u64 {
        fn written(&self) -> String {
            self.to_string()
        }

        fn read(text: &str) -> Option<Self> {
            text.parse().ok()
        }
    }

    #[test]
    fn the_cursor_of_a_page_leads_to_what_follows() {
        let first = Asked::<u64> {
            after: None,
            limit: 2,
        };
        let mut entries = vec![1, 2, 3];
        let next = first.cut(&mut entries, |entry| *entry).unwrap();
        assert_eq!(entries, [1, 2]);
        let uri = format!("/?limit=2&cursor={next}").parse().unwrap();
        let second = asked::<u64>(&mut Form::of_query(&uri)).unwrap();
        assert_eq!(second.after, Some(2));
        assert_eq!(second.cut(&mut vec![3, 4], |entry| *entry), None);
    }

    #[test]
    fn no_text_is_taken_for_a_cursor() {
        for text in ["", "2", "!", "bm90IGEgbnVtYmVy"] {
            assert!(cursor::<u64>(&text.into()).is_err(), "{text}");
        }
    }
}
