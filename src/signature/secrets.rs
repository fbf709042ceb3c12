//! The secrets that requests may be proven with, and whose they are.
//!
//! The invariant: a secret is never empty, in any form in which a scheme uses it, and is never
//! printed. A list holds at least one, and no secret belongs to two owners.

use std::sync::Arc;

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use secrecy::{ExposeSecret as _, SecretSlice, SecretString};

use super::Error;
use crate::message::BusinessId;

/// The prefix of a secret as Standard Webhooks writes it.
const STANDARD_PREFIX: &str = "whsec_";

/// Base64 as other libraries read it in a `whsec_` secret: padding and left-over bits do not matter.
const LENIENT_BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// One secret that is not empty.
#[derive(Debug)]
pub struct Secret {
    text: SecretString,
    /// What Standard Webhooks keys its HMAC with, where that is not the text itself.
    decoded: Option<SecretSlice<u8>>,
}

/// Every secret that is valid now; there is at least one.
#[derive(Debug, Clone)]
pub struct Secrets(Vec<Arc<Owned>>);

/// Why a text is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSecret {
    /// It, or one item of the list, is empty.
    #[error("must not be empty, nor hold an empty item between commas")]
    Empty,
    /// It starts with `whsec_`, and what follows is not base64.
    #[error("must hold base64 after \"whsec_\"")]
    NotBase64,
    /// Two businesses have the same one, so that it would not select one.
    #[error("must not be the same for two businesses")]
    Shared,
}

#[derive(Debug)]
struct Owned {
    secret: Secret,
    business: Option<BusinessId>,
}

// === impl Secret ===

impl Secret {
    /// The secret as written, every character of it.
    pub fn new(text: &str) -> Result<Self, InvalidSecret> {
        if text.is_empty() {
            return Err(InvalidSecret::Empty);
        }
        let decoded = match text.strip_prefix(STANDARD_PREFIX) {
            None => None,
            Some("") => return Err(InvalidSecret::Empty),
            Some(encoded) => {
                let key = LENIENT_BASE64
                    .decode(encoded)
                    .map_err(|_| InvalidSecret::NotBase64)?;
                // Padding alone decodes to nothing.
                if key.is_empty() {
                    return Err(InvalidSecret::Empty);
                }
                Some(key.into())
            }
        };
        Ok(Self {
            text: text.into(),
            decoded,
        })
    }

    /// The secret as written.
    pub fn expose(&self) -> &str {
        self.text.expose_secret()
    }

    /// The bytes of the secret as written: the key of every scheme but Standard Webhooks.
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.expose().as_bytes()
    }

    /// The decoded bytes of a `whsec_` secret, else the secret's own.
    pub(super) fn standard_webhooks_key(&self) -> &[u8] {
        match &self.decoded {
            Some(key) => key.expose_secret(),
            None => self.as_bytes(),
        }
    }
}

// === impl Secrets ===

impl Secrets {
    /// Reads a comma-separated list; blanks around an item are not part of it.
    pub fn parse(list: &str) -> Result<Self, InvalidSecret> {
        Self::read(list, None)
    }

    /// Reads a list whose secrets select a business.
    pub fn of_business(list: &str, business: &BusinessId) -> Result<Self, InvalidSecret> {
        Self::read(list, Some(business))
    }

    /// Both lists.
    ///
    /// # Errors
    ///
    /// [`InvalidSecret::Shared`] when a secret of one is in the other with another owner.
    pub fn merge(mut self, other: Self) -> Result<Self, InvalidSecret> {
        for entry in other.0 {
            let known = self
                .0
                .iter()
                .find(|known| known.secret.expose() == entry.secret.expose());
            match known {
                Some(known) if known.business != entry.business => {
                    return Err(InvalidSecret::Shared);
                }
                Some(_) => {}
                None => self.0.push(entry),
            }
        }
        Ok(self)
    }

    /// The first of the list: the one to sign with.
    pub fn first(&self) -> &Secret {
        &self.0[0].secret
    }

    /// The owner, if it has one, of the first secret that matches.
    ///
    /// # Errors
    ///
    /// [`Error::Mismatch`] when none does.
    pub(super) fn matching(
        &self,
        matches: impl Fn(&Secret) -> bool,
    ) -> Result<Option<&BusinessId>, Error> {
        let matched = self.0.iter().find(|entry| matches(&entry.secret));
        let entry = matched.ok_or(Error::Mismatch)?;
        Ok(entry.business.as_ref())
    }

    fn read(list: &str, business: Option<&BusinessId>) -> Result<Self, InvalidSecret> {
        let entries = list.split(',').map(|item| {
            Ok(Arc::new(Owned {
                secret: Secret::new(item.trim())?,
                business: business.cloned(),
            }))
        });
        entries.collect::<Result<_, _>>().map(Self)
    }
}

impl From<Secret> for Secrets {
    fn from(secret: Secret) -> Self {
        Self(vec![Arc::new(Owned {
            secret,
            business: None,
        })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_secret_cannot_be_made() {
        for list in ["", " ", ",", "a,", ",a", "a, ,b", "whsec_", "a,whsec_"] {
            assert_eq!(
                Secrets::parse(list).unwrap_err(),
                InvalidSecret::Empty,
                "{list:?}"
            );
        }
        for list in ["whsec_==", "whsec_ä", "whsec_a"] {
            assert!(Secrets::parse(list).is_err(), "{list:?}");
        }
    }

    #[test]
    fn a_list_is_split_at_commas_and_trimmed() {
        let secrets = Secrets::parse(" one ,two").unwrap();
        assert_eq!(secrets.first().expose(), "one");
        assert!(secrets.matching(|secret| secret.expose() == "two").is_ok());
        assert!(
            secrets
                .matching(|secret| secret.expose() == " one ")
                .is_err()
        );
    }

    #[test]
    fn the_key_of_standard_webhooks_is_decoded_with_and_without_padding() {
        for (text, key) in [
            ("whsec_AAEC", &[0u8, 1, 2][..]),
            ("whsec_AAE=", &[0, 1]),
            ("whsec_AAE", &[0, 1]),
            ("whsec_AAF", &[0, 1]),
            ("AAEC", b"AAEC"),
        ] {
            assert_eq!(
                Secret::new(text).unwrap().standard_webhooks_key(),
                key,
                "{text}"
            );
            assert_eq!(Secret::new(text).unwrap().as_bytes(), text.as_bytes());
        }
    }

    #[test]
    fn a_secret_belongs_to_one_business() {
        let (luna, sol) = (BusinessId::new("luna"), BusinessId::new("sol"));
        let of = |list, business| Secrets::of_business(list, business).unwrap();
        let merged = of("a,b", &luna).merge(of("c", &sol)).unwrap();
        assert_eq!(
            merged.matching(|secret| secret.expose() == "b"),
            Ok(Some(&luna))
        );
        assert_eq!(
            merged.matching(|secret| secret.expose() == "c"),
            Ok(Some(&sol))
        );
        let clash = merged.clone().merge(of("b", &sol));
        assert_eq!(clash.unwrap_err(), InvalidSecret::Shared);
        let unowned = merged.merge(Secrets::parse("a").unwrap());
        assert_eq!(unowned.unwrap_err(), InvalidSecret::Shared);
    }

    #[test]
    fn printing_shows_no_secret() {
        let secrets = Secrets::parse("open-sesame,whsec_b3Blbi1zZXNhbWU=").unwrap();
        let printed = format!("{secrets:?}");
        assert!(
            !printed.contains("sesame") && !printed.contains("b3Bl"),
            "{printed}"
        );
    }
}
