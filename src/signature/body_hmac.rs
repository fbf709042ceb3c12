//! HMAC-SHA256 of the raw body, in hex, as GitHub and Meta send it.

use bytes::Bytes;
use hmac::Mac as _;

use super::{Error, Scheme, Secret, Secrets, Verified, mac, tag_from_hex};

/// What may stand before the hex digits, in either case.
const PREFIX: &[u8] = b"sha256=";

/// Lets a body pass whose signature was made with one of the secrets.
///
/// `signature` is a header's value: 64 hex digits of either case, `sha256=` before them or not.
pub fn verify(secrets: &Secrets, signature: &[u8], body: Bytes) -> Result<Verified<Bytes>, Error> {
    let tag = tag(signature)?;
    let business =
        secrets.matching(|secret| mac(secret.as_bytes(), &[&body]).verify_slice(&tag).is_ok())?;
    Ok(Verified::by(Scheme::BodyHmac, business, body))
}

/// Reads a header's value: the tag that the body has to have.
pub fn tag(signature: &[u8]) -> Result<[u8; 32], Error> {
    tag_from_hex(match signature.split_at_checked(PREFIX.len()) {
        Some((prefix, digits)) if prefix.eq_ignore_ascii_case(PREFIX) => digits,
        _ => signature,
    })
}

/// The header's value for a body: `sha256=` and 64 lower-case hex digits.
pub fn sign(secret: &Secret, body: &[u8]) -> String {
    let tag = mac(secret.as_bytes(), &[body]).finalize().into_bytes();
    format!("sha256={}", hex::encode(tag))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::message::BusinessId;

    const GITHUB_SECRET: &str = "It's a Secret to Everybody";
    const GITHUB_SIGNATURE: &str =
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    fn check(secrets: &str, signature: &[u8], body: &[u8]) -> Result<(), Error> {
        let secrets = Secrets::parse(secrets).unwrap();
        let verified = verify(&secrets, signature, Bytes::copy_from_slice(body))?;
        assert_eq!(verified.get(), body);
        assert_eq!(verified.evidence().scheme, Scheme::BodyHmac);
        Ok(())
    }

    #[test]
    fn the_vector_that_github_publishes_passes() {
        check(GITHUB_SECRET, GITHUB_SIGNATURE.as_bytes(), b"Hello, World!").unwrap();
        assert_eq!(
            sign(&Secret::new(GITHUB_SECRET).unwrap(), b"Hello, World!"),
            GITHUB_SIGNATURE
        );
    }

    #[test]
    fn the_prefix_is_optional_and_the_case_does_not_matter() {
        let digits = GITHUB_SIGNATURE.trim_start_matches("sha256=");
        for signature in [
            digits.to_owned(),
            digits.to_uppercase(),
            GITHUB_SIGNATURE.to_uppercase(),
        ] {
            check(GITHUB_SECRET, signature.as_bytes(), b"Hello, World!").unwrap();
        }
    }

    #[test]
    fn the_bytes_are_signed_as_they_came_and_not_as_json_reads_them() {
        for (body, signature) in [
            (
                r#"{"object":"whatsapp_business_account","entry":[]}"#,
                "dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756",
            ),
            (
                r#"{"object": "whatsapp_business_account", "entry": []}"#,
                "56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a",
            ),
            (
                r#"{"text":{"body":"\u00e4\u00f6\u00e5"}}"#,
                "28a132fcd07b4a4dcf3ee8e776ab92654a5b421c9f49fc3fe1ee61e838ff55ff",
            ),
            (
                r#"{"text":{"body":"äöå"}}"#,
                "318293057b46b324e8d6179f67441b6ad18c3d5f4b7d06ca2304a52a7fad5ac3",
            ),
            (
                "",
                "517bc4c7d1d8d400868e0ad6f64b77098b818a2f2595004253a1922302a602c0",
            ),
        ] {
            check("test_app_secret", signature.as_bytes(), body.as_bytes()).unwrap();
        }
    }

    #[test]
    fn a_truncated_tag_is_refused_even_when_it_is_right_so_far() {
        // RFC 4231, test case 5: a tag of 128 bits.
        let secret = Secret::new(&"\u{0c}".repeat(20)).unwrap();
        let body = Bytes::from_static(b"Test With Truncation");
        let full = sign(&secret, &body);
        let secrets = Secrets::from(secret);
        verify(&secrets, full.as_bytes(), body.clone()).unwrap();
        let truncated = b"a3b6167473100ee06e0c796c2955552b";
        assert!(full.as_bytes()[PREFIX.len()..].starts_with(truncated));
        let refused = verify(&secrets, truncated, body);
        assert_eq!(refused.unwrap_err(), Error::Malformed);
        for length in 0..GITHUB_SIGNATURE.len() {
            let cut = &GITHUB_SIGNATURE.as_bytes()[..length];
            assert!(
                check(GITHUB_SECRET, cut, b"Hello, World!").is_err(),
                "{length}"
            );
        }
    }

    #[test]
    fn any_secret_of_the_list_will_do_and_selects_its_business() {
        let (luna, sol) = (BusinessId::new("luna"), BusinessId::new("sol"));
        let secrets = Secrets::of_business("old,new", &luna)
            .unwrap()
            .merge(Secrets::of_business("other", &sol).unwrap())
            .unwrap();
        for (secret, owner) in [("old", &luna), ("new", &luna), ("other", &sol)] {
            let signature = sign(&Secret::new(secret).unwrap(), b"x");
            let verified = verify(&secrets, signature.as_bytes(), Bytes::from_static(b"x"));
            assert_eq!(verified.unwrap().evidence().business.as_ref(), Some(owner));
        }
        let stranger = sign(&Secret::new("stranger").unwrap(), b"x");
        let refused = verify(&secrets, stranger.as_bytes(), Bytes::from_static(b"x"));
        assert_eq!(refused.unwrap_err(), Error::Mismatch);
    }

    proptest! {
        #[test]
        fn a_flipped_bit_of_body_tag_or_key_is_refused(
            body in proptest::collection::vec(any::<u8>(), 1..200),
            key in "[a-z]{8,40}",
            at in any::<proptest::sample::Index>(),
            bit in 0u8..8,
        ) {
            let signature = sign(&Secret::new(&key).unwrap(), &body);
            prop_assert_eq!(check(&key, signature.as_bytes(), &body), Ok(()));

            let mut other_body = body.clone();
            other_body[at.index(body.len())] ^= 1 << bit;
            prop_assert_eq!(check(&key, signature.as_bytes(), &other_body), Err(Error::Mismatch));

            let mut tag = hex::decode(&signature[7..]).unwrap();
            tag[at.index(32)] ^= 1 << bit;
            let other_tag = hex::encode(tag);
            prop_assert_eq!(check(&key, other_tag.as_bytes(), &body), Err(Error::Mismatch));

            let mut other_key = key.clone().into_bytes();
            other_key[at.index(key.len())] ^= 1 << (bit % 4);
            let other_key = String::from_utf8(other_key).unwrap();
            prop_assume!(other_key.trim() == other_key && !other_key.contains(','));
            prop_assert_eq!(check(&other_key, signature.as_bytes(), &body), Err(Error::Mismatch));
        }

        #[test]
        fn no_header_panics_or_passes(signature in proptest::collection::vec(any::<u8>(), 0..100)) {
            prop_assert!(check("secret", &signature, b"body").is_err());
        }
    }
}
