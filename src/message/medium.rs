//! The way a contact writes, where one provider joins several.

use std::fmt;

/// A way of writing, as [`Contact::medium`](super::Contact::medium) keeps it: `SMS`, or
/// `Custom:cI08i1Bls3iTB9bKgF01` where one of several providers of that way brought the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Medium<'a> {
    /// The way, in the provider's words.
    pub kind: &'a str,
    /// The id of the one who offers it (HighLevel: `conversationProviderId`).
    pub provider: Option<&'a str>,
}

impl<'a> Medium<'a> {
    /// Reads what was kept.
    pub fn parse(text: &'a str) -> Self {
        match text.split_once(':') {
            Some((kind, provider)) => Self {
                kind,
                provider: Some(provider),
            },
            None => Self {
                kind: text,
                provider: None,
            },
        }
    }
}

impl fmt::Display for Medium<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind)?;
        self.provider
            .map_or(Ok(()), |provider| write!(f, ":{provider}"))
    }
}
