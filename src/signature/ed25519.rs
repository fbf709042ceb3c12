//! Ed25519 over the raw body, in base64, by one of several public keys.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use bytes::Bytes;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use rustls::pki_types::pem::{PemObject as _, SectionKind};

use super::{Error, Scheme, Verified};

/// What stands before the 32 bytes of an Ed25519 key in its `SubjectPublicKeyInfo` (RFC 8410).
const SPKI_PREFIX: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];

/// Every public key that is valid now; there is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKeys(Vec<[u8; 32]>);

/// A private key, for tools and tests that sign as a provider does.
#[derive(Debug)]
pub struct SigningKey(Ed25519KeyPair);

/// The text is not an Ed25519 key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKey {
    /// Not a public one.
    #[error("must be an Ed25519 public key: PEM, or the base64 of its SubjectPublicKeyInfo")]
    Public,
    /// Not a private one.
    #[error("must be an Ed25519 private key: PKCS#8 as PEM or base64")]
    Private,
}

/// Lets a body pass that one of the keys signed. `signature` is a header's value.
pub fn verify(keys: &PublicKeys, signature: &[u8], body: Bytes) -> Result<Verified<Bytes>, Error> {
    let signature = signature_bytes(signature)?;
    let signed = keys.0.iter().any(|key| {
        UnparsedPublicKey::new(&ED25519, key)
            .verify(&body, &signature)
            .is_ok()
    });
    if signed {
        Ok(Verified::by(Scheme::Ed25519, None, body))
    } else {
        Err(Error::Mismatch)
    }
}

/// Reads a header's value.
pub fn signature_bytes(signature: &[u8]) -> Result<[u8; 64], Error> {
    let decoded = BASE64_STANDARD.decode(signature).ok();
    decoded
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(Error::Malformed)
}

// === impl PublicKeys ===

impl PublicKeys {
    /// Reads a comma-separated list of keys, each as PEM or as the base64 of its DER.
    ///
    /// A PEM block may hold `\n` for its line breaks, as environment files write it.
    pub fn parse(list: &str) -> Result<Self, InvalidKey> {
        let keys = list.split(',').map(|item| {
            let der = der(item, SectionKind::PublicKey)?;
            der.strip_prefix(&SPKI_PREFIX)?.try_into().ok()
        });
        keys.collect::<Option<_>>()
            .map(Self)
            .ok_or(InvalidKey::Public)
    }
}

// === impl SigningKey ===

impl SigningKey {
    /// Reads a private key as `openssl genpkey -algorithm ed25519` writes it, or its base64.
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        let der = der(text, SectionKind::PrivateKey).ok_or(InvalidKey::Private)?;
        Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der)
            .map(Self)
            .map_err(|_| InvalidKey::Private)
    }

    /// The header's value for a body.
    pub fn sign(&self, body: &[u8]) -> String {
        BASE64_STANDARD.encode(self.0.sign(body))
    }

    /// The public half, as [`PublicKeys::parse`] reads it.
    pub fn public_key(&self) -> String {
        BASE64_STANDARD.encode([&SPKI_PREFIX, self.0.public_key().as_ref()].concat())
    }
}

/// The DER of a key that is written as PEM or in base64.
fn der(text: &str, kind: SectionKind) -> Option<Vec<u8>> {
    let text = text.trim();
    if !text.starts_with("-----BEGIN") {
        return BASE64_STANDARD.decode(text).ok();
    }
    let lines = text.replace("\\n", "\n");
    let (found, der) = <(SectionKind, Vec<u8>)>::from_pem_slice(lines.as_bytes()).ok()?;
    (found == kind).then_some(der)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Seed, public key, message and signature of RFC 8032, section 7.1, tests 1 to 3.
    const RFC_8032: [(&str, &str, &str, &str); 3] = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ];

    /// A seed as PKCS#8 version 1, which is what openssl writes.
    fn pkcs8(seed: &[u8]) -> String {
        let prefix = hex::decode("302e020100300506032b657004220420").unwrap();
        BASE64_STANDARD.encode([&prefix, seed].concat())
    }

    fn pem(kind: &str, base64: &str) -> String {
        format!("-----BEGIN {kind} KEY-----\n{base64}\n-----END {kind} KEY-----\n")
    }

    fn check(keys: &str, signature: &[u8], body: &[u8]) -> Result<(), Error> {
        let keys = PublicKeys::parse(keys).unwrap();
        let verified = verify(&keys, signature, Bytes::copy_from_slice(body))?;
        assert_eq!(verified.get(), body);
        assert_eq!(verified.evidence().scheme, Scheme::Ed25519);
        Ok(())
    }

    #[test]
    fn the_vectors_of_rfc_8032_pass_and_are_made_again() {
        for (seed, public, message, signature) in RFC_8032 {
            let [seed, public, message, signature] =
                [seed, public, message, signature].map(|digits| hex::decode(digits).unwrap());
            let key = SigningKey::parse(&pkcs8(&seed)).unwrap();
            let spki = BASE64_STANDARD.encode([&SPKI_PREFIX[..], &public].concat());
            assert_eq!(key.public_key(), spki);
            let signature = BASE64_STANDARD.encode(signature);
            assert_eq!(key.sign(&message), signature);
            check(&spki, signature.as_bytes(), &message).unwrap();
        }
    }

    #[test]
    fn keys_are_read_as_pem_as_base64_and_as_a_list() {
        let key = SigningKey::parse(&pem("PRIVATE", &pkcs8(&[7; 32]))).unwrap();
        let other = SigningKey::parse(&pkcs8(&[8; 32])).unwrap().public_key();
        let signature = key.sign(b"x");
        let public_pem = pem("PUBLIC", &key.public_key());
        for keys in [
            key.public_key(),
            format!(" {} ", key.public_key()),
            public_pem.clone(),
            public_pem.replace('\n', "\\n"),
            format!("{other},{}", key.public_key()),
            format!("{},{public_pem}", pem("PUBLIC", &other)),
        ] {
            check(&keys, signature.as_bytes(), b"x").unwrap();
        }
        assert_eq!(
            check(&other, signature.as_bytes(), b"x"),
            Err(Error::Mismatch)
        );
    }

    #[test]
    fn what_is_no_ed25519_key_is_refused() {
        let public = SigningKey::parse(&pkcs8(&[7; 32])).unwrap().public_key();
        let raw = BASE64_STANDARD.encode([7; 32]);
        for keys in [
            "",
            ",",
            &format!("{public},"),
            &raw,
            "MCow",
            &pem("PRIVATE", &public),
            &pem("PUBLIC", ""),
        ] {
            assert_eq!(PublicKeys::parse(keys), Err(InvalidKey::Public), "{keys}");
        }
        for key in ["", &public, &raw, &pem("PUBLIC", &pkcs8(&[7; 32]))] {
            assert_eq!(
                SigningKey::parse(key).unwrap_err(),
                InvalidKey::Private,
                "{key}"
            );
        }
    }

    #[test]
    fn printing_a_signing_key_shows_only_its_public_half() {
        let key = SigningKey::parse(&pkcs8(&[7; 32])).unwrap();
        assert!(!format!("{key:?}").contains("0707"));
    }

    proptest! {
        #[test]
        fn a_flipped_bit_of_body_signature_or_key_is_refused(
            seed in any::<[u8; 32]>(),
            body in proptest::collection::vec(any::<u8>(), 1..100),
            at in any::<proptest::sample::Index>(),
            bit in 0u8..8,
        ) {
            let key = SigningKey::parse(&pkcs8(&seed)).unwrap();
            let (public, signature) = (key.public_key(), key.sign(&body));
            prop_assert_eq!(check(&public, signature.as_bytes(), &body), Ok(()));

            let mut other = body.clone();
            other[at.index(body.len())] ^= 1 << bit;
            prop_assert_eq!(check(&public, signature.as_bytes(), &other), Err(Error::Mismatch));

            let mut other = BASE64_STANDARD.decode(&signature).unwrap();
            other[at.index(64)] ^= 1 << bit;
            let other = BASE64_STANDARD.encode(other);
            prop_assert_eq!(check(&public, other.as_bytes(), &body), Err(Error::Mismatch));

            let mut other = seed;
            other[at.index(32)] ^= 1 << bit;
            let stranger = SigningKey::parse(&pkcs8(&other)).unwrap();
            prop_assert_eq!(
                check(&stranger.public_key(), signature.as_bytes(), &body),
                Err(Error::Mismatch)
            );

            let cut = &signature.as_bytes()[..at.index(signature.len())];
            prop_assert_eq!(check(&public, cut, &body), Err(Error::Malformed));
        }
    }
}
