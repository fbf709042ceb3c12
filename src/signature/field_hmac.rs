//! HMAC-SHA256 over a message's own fields, for clients that cannot set a header.
//!
//! The fields are joined by line breaks, so none but the last may hold one: else two different
//! messages would have one signature.

use bytes::Bytes;
use hmac::Mac as _;

use super::{Error, Scheme, Secret, Secrets, Verified, mac, tag_from_hex};

/// The signed fields as they were sent; an absent one is empty.
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    /// The customer's phone.
    pub phone: &'a str,
    /// The conversation.
    pub thread_id: &'a str,
    /// The words.
    pub message: &'a str,
}

/// Lets a body pass whose fields, read from it by the caller, were signed with one of the secrets.
///
/// `signature` is 64 hex digits of either case.
pub fn verify(
    secrets: &Secrets,
    fields: Fields<'_>,
    signature: &str,
    body: Bytes,
) -> Result<Verified<Bytes>, Error> {
    if fields.is_ambiguous() {
        return Err(Error::Malformed);
    }
    let tag = tag_from_hex(signature.as_bytes())?;
    let business = secrets.matching(|secret| fields.mac(secret).verify_slice(&tag).is_ok())?;
    Ok(Verified::by(Scheme::FieldHmac, business, body))
}

/// The signature of the fields: 64 lower-case hex digits.
///
/// # Errors
///
/// [`Error::Malformed`] when phone or thread id hold a line break.
pub fn sign(secret: &Secret, fields: Fields<'_>) -> Result<String, Error> {
    if fields.is_ambiguous() {
        return Err(Error::Malformed);
    }
    Ok(hex::encode(fields.mac(secret).finalize().into_bytes()))
}

// === impl Fields ===

impl Fields<'_> {
    fn is_ambiguous(&self) -> bool {
        [self.phone, self.thread_id]
            .iter()
            .any(|field| field.contains(['\n', '\r']))
    }

    fn mac(&self, secret: &Secret) -> hmac::Hmac<sha2::Sha256> {
        let parts = [self.phone, "\n", self.thread_id, "\n", self.message];
        mac(secret.as_bytes(), &parts.map(str::as_bytes))
    }
}

/// The fields are the customer's: nothing of them is shown.
impl std::fmt::Debug for Fields<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fields").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FIELDS: Fields<'static> = Fields {
        phone: "+12025550100",
        thread_id: "",
        message: "Hi,\nI want to book",
    };

    fn check(fields: Fields<'_>, signature: &str) -> Result<(), Error> {
        let secrets = Secrets::parse("old,new").unwrap();
        verify(&secrets, fields, signature, Bytes::new()).map(|verified| {
            assert_eq!(verified.evidence().scheme, Scheme::FieldHmac);
        })
    }

    #[test]
    fn phone_thread_and_message_are_joined_by_line_breaks() {
        let secret = Secret::new("new").unwrap();
        let joined = b"+12025550100\n\nHi,\nI want to book";
        let expected = hex::encode(mac(b"new", &[joined]).finalize().into_bytes());
        assert_eq!(sign(&secret, FIELDS), Ok(expected.clone()));
        assert_eq!(check(FIELDS, &expected), Ok(()));
        assert_eq!(check(FIELDS, &expected.to_uppercase()), Ok(()));
        assert_eq!(check(FIELDS, &expected[1..]), Err(Error::Malformed));
        assert_eq!(check(FIELDS, ""), Err(Error::Malformed));
    }

    #[test]
    fn a_line_break_cannot_move_words_from_one_field_to_another() {
        let secret = Secret::new("new").unwrap();
        for field in ["a\nb", "a\rb"] {
            for fields in [
                Fields {
                    phone: field,
                    ..FIELDS
                },
                Fields {
                    thread_id: field,
                    ..FIELDS
                },
            ] {
                assert_eq!(sign(&secret, fields), Err(Error::Malformed));
                let signature = hex::encode(fields.mac(&secret).finalize().into_bytes());
                assert_eq!(check(fields, &signature), Err(Error::Malformed));
            }
        }
    }

    proptest! {
        #[test]
        fn a_signature_holds_for_its_own_fields_only(
            fields in proptest::array::uniform3("[a-z +]{0,12}"),
            others in proptest::array::uniform3("[a-z +]{0,12}"),
        ) {
            let [phone, thread_id, message] = &fields;
            let signed = Fields { phone, thread_id, message };
            let signature = sign(&Secret::new("old").unwrap(), signed).unwrap();
            prop_assert_eq!(check(signed, &signature), Ok(()));
            prop_assume!(fields != others);
            let [phone, thread_id, message] = &others;
            let other = Fields { phone, thread_id, message };
            prop_assert_eq!(check(other, &signature), Err(Error::Mismatch));
        }
    }
}
