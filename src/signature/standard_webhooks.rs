//! Standard Webhooks 1.0.0, symmetric (`v1`): id, time and raw body under one HMAC-SHA256.
//!
//! The body need not be text, and the id that was signed is kept as evidence, since it is what
//! repeats are recognised by.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use hmac::Mac as _;
use http::HeaderMap;

use super::{Error, Scheme, Secret, Secrets, Verified, mac, single_header};
use crate::message::MessageId;

/// The header of the message's id.
pub const ID_HEADER: &str = "webhook-id";
/// The header of the attempt's time, in Unix seconds.
pub const TIMESTAMP_HEADER: &str = "webhook-timestamp";
/// The header of the signatures.
pub const SIGNATURE_HEADER: &str = "webhook-signature";

/// How far the signed time may be from now, either way; exactly this far is still accepted.
pub const TOLERANCE_SECS: u64 = 300;

/// The values of the three headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof<'h> {
    /// The id, without a full stop.
    pub id: &'h str,
    /// The time as written: digits.
    pub timestamp: &'h str,
    /// A list of `<version>,<base64>`, separated by spaces.
    pub signatures: &'h str,
}

/// Lets a body pass that one of the signatures, made with one of the secrets, covers.
pub fn verify(
    secrets: &Secrets,
    proof: Proof<'_>,
    body: Bytes,
    now: DateTime<Utc>,
) -> Result<Verified<Bytes>, Error> {
    let (message_id, tags) = proof.check(now)?;
    let business = secrets.matching(|secret| {
        let signed = proof.mac(secret, &body);
        tags.iter()
            .any(|tag| signed.clone().verify_slice(tag).is_ok())
    })?;
    let mut verified = Verified::by(Scheme::StandardWebhooks, business, body);
    verified.evidence.message_id = Some(message_id);
    Ok(verified)
}

/// The value of [`SIGNATURE_HEADER`] for a body, its id and its time.
pub fn sign(secret: &Secret, id: &str, timestamp_secs: i64, body: &[u8]) -> String {
    let timestamp = timestamp_secs.to_string();
    let proof = Proof {
        id,
        timestamp: &timestamp,
        signatures: "",
    };
    let tag = proof.mac(secret, body).finalize().into_bytes();
    format!("v1,{}", BASE64_STANDARD.encode(tag))
}

// === impl Proof ===

impl<'h> Proof<'h> {
    /// The three headers, or nothing when none of them is there.
    ///
    /// # Errors
    ///
    /// [`Error::Malformed`] when some of them are missing: a signature was meant.
    pub fn from_headers(headers: &'h HeaderMap) -> Result<Option<Self>, Error> {
        let id = single_header(headers, ID_HEADER)?;
        let timestamp = single_header(headers, TIMESTAMP_HEADER)?;
        let signatures = single_header(headers, SIGNATURE_HEADER)?;
        match (id, timestamp, signatures) {
            (None, None, None) => Ok(None),
            (Some(id), Some(timestamp), Some(signatures)) => Ok(Some(Self {
                id: text(id)?,
                timestamp: text(timestamp)?,
                signatures: text(signatures)?,
            })),
            _ => Err(Error::Malformed),
        }
    }

    /// Judges what needs no body: the id, the time, and that there is a signature. Returns the id
    /// and the tags, one of which the body has to have.
    pub fn check(&self, now: DateTime<Utc>) -> Result<(MessageId, Vec<[u8; 32]>), Error> {
        let id = MessageId::new(self.id).ok_or(Error::Malformed)?;
        if self.id.contains('.') {
            return Err(Error::Malformed);
        }
        let sent_secs = unix_seconds(self.timestamp)?;
        if now.timestamp().abs_diff(sent_secs) > TOLERANCE_SECS {
            return Err(Error::Stale);
        }
        let tags: Vec<_> = self.signatures.split(' ').filter_map(tag).collect();
        if tags.is_empty() {
            return Err(Error::Mismatch);
        }
        Ok((id, tags))
    }

    fn mac(&self, secret: &Secret, body: &[u8]) -> hmac::Hmac<sha2::Sha256> {
        let head = [self.id, ".", self.timestamp, "."].map(str::as_bytes);
        let [id, dot, timestamp, second_dot] = head;
        mac(
            secret.standard_webhooks_key(),
            &[id, dot, timestamp, second_dot, body],
        )
    }
}

fn text(value: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(value).map_err(|_| Error::Malformed)
}

/// Digits only: neither a sign nor a fraction.
fn unix_seconds(timestamp: &str) -> Result<i64, Error> {
    if !timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Error::Malformed);
    }
    timestamp.parse().map_err(|_| Error::Malformed)
}

/// The tag of one list entry; another version or form is no reason to refuse the others.
fn tag(entry: &str) -> Option<[u8; 32]> {
    let encoded = entry.strip_prefix("v1,")?;
    BASE64_STANDARD.decode(encoded).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    const SECRET_A: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const BODY_A: &[u8] = br#"{"test": 2432232314}"#;
    const SIGNATURE_A: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    const PROOF_A: Proof<'static> = Proof {
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp: "1614265330",
        signatures: SIGNATURE_A,
    };

    const SECRET_B: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    const BODY_B: &[u8] = br#"{"email":"test@example.com","username":"test_user"}"#;
    const PROOF_B: Proof<'static> = Proof {
        id: "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
        timestamp: "1649367553",
        signatures: "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
    };

    fn at(unix_secs: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(unix_secs, 0).unwrap()
    }

    fn check(
        secrets: &str,
        proof: Proof<'_>,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Verified<Bytes>, Error> {
        let secrets = Secrets::parse(secrets).unwrap();
        verify(&secrets, proof, Bytes::copy_from_slice(body), now)
    }

    fn check_a(proof: Proof<'_>) -> Result<Verified<Bytes>, Error> {
        check(SECRET_A, proof, BODY_A, at(1_614_265_330))
    }

    fn headers(values: [(&'static str, &str); 3]) -> HeaderMap {
        values
            .into_iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap()))
            .collect()
    }

    #[test]
    fn both_published_vectors_pass_and_their_id_is_evidence() {
        let verified = check_a(PROOF_A).unwrap();
        assert_eq!(verified.get(), BODY_A);
        assert_eq!(verified.evidence().scheme, Scheme::StandardWebhooks);
        assert_eq!(verified.evidence().message_id, MessageId::new(PROOF_A.id));
        check(SECRET_B, PROOF_B, BODY_B, at(1_649_367_553)).unwrap();

        let secret = Secret::new(SECRET_A).unwrap();
        assert_eq!(
            sign(&secret, PROOF_A.id, 1_614_265_330, BODY_A),
            SIGNATURE_A
        );
    }

    #[test]
    fn what_the_libraries_publish_as_wrong_is_refused() {
        for signatures in [
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA=",
            "v1,dawfeoifkpqwoekfpqoekf",
            "v1,g0hM9SsE",
            "v1,",
            "v1",
            "",
            "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            // Left-over bits and missing padding: another text for the same tag.
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=",
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",
            "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=",
        ] {
            let refused = check_a(Proof {
                signatures,
                ..PROOF_A
            });
            assert_eq!(refused.unwrap_err(), Error::Mismatch, "{signatures}");
        }
        for timestamp in [
            "hello",
            "161426533.0",
            "-161426533",
            "+1614265330",
            "",
            "9".repeat(30).as_str(),
        ] {
            let refused = check_a(Proof {
                timestamp,
                ..PROOF_A
            });
            assert_eq!(refused.unwrap_err(), Error::Malformed, "{timestamp}");
        }
        for id in ["", "msg.1"] {
            let refused = check_a(Proof { id, ..PROOF_A });
            assert_eq!(refused.unwrap_err(), Error::Malformed, "{id}");
        }
    }

    #[test]
    fn one_right_signature_in_a_list_is_enough() {
        let list = format!(
            "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= \
             v2,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= \
             {SIGNATURE_A} \
             v1a,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc="
        );
        check_a(Proof {
            signatures: &list,
            ..PROOF_A
        })
        .unwrap();
    }

    #[test]
    fn three_hundred_seconds_either_way_are_accepted_and_one_more_is_not() {
        let sent = at(1_614_265_330);
        for offset_secs in [-300, 0, 300] {
            let now = sent + TimeDelta::seconds(offset_secs);
            check(SECRET_A, PROOF_A, BODY_A, now).unwrap();
        }
        for offset_secs in [-301, 301] {
            let now = sent + TimeDelta::seconds(offset_secs);
            let refused = check(SECRET_A, PROOF_A, BODY_A, now);
            assert_eq!(refused.unwrap_err(), Error::Stale, "{offset_secs}");
        }
    }

    #[test]
    fn each_header_is_needed_and_none_may_be_repeated() {
        let all = headers([
            (ID_HEADER, PROOF_A.id),
            (TIMESTAMP_HEADER, PROOF_A.timestamp),
            (SIGNATURE_HEADER, PROOF_A.signatures),
        ]);
        assert_eq!(Proof::from_headers(&all), Ok(Some(PROOF_A)));
        assert_eq!(Proof::from_headers(&HeaderMap::new()), Ok(None));
        for name in [ID_HEADER, TIMESTAMP_HEADER, SIGNATURE_HEADER] {
            let mut two = all.clone();
            let value = two.remove(name).unwrap();
            assert_eq!(Proof::from_headers(&two), Err(Error::Malformed), "{name}");

            let alone = HeaderMap::from_iter([(name.parse().unwrap(), value.clone())]);
            assert_eq!(Proof::from_headers(&alone), Err(Error::Malformed), "{name}");

            let mut repeated = all.clone();
            repeated.append(name, value);
            assert_eq!(
                Proof::from_headers(&repeated),
                Err(Error::Repeated),
                "{name}"
            );
        }
    }

    #[test]
    fn a_secret_without_its_prefix_is_used_as_written() {
        let bare = SECRET_A.trim_start_matches("whsec_");
        let refused = check(bare, PROOF_A, BODY_A, at(1_614_265_330));
        assert_eq!(refused.unwrap_err(), Error::Mismatch);
        let signatures = &sign(
            &Secret::new(bare).unwrap(),
            PROOF_A.id,
            1_614_265_330,
            BODY_A,
        );
        let proof = Proof {
            signatures,
            ..PROOF_A
        };
        check(bare, proof, BODY_A, at(1_614_265_330)).unwrap();
    }

    #[test]
    fn unpadded_secrets_and_empty_or_binary_bodies_work() {
        for secret in [
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwBr",
        ] {
            for body in [&b""[..], b"\xff\xfe\x00"] {
                let signatures = &sign(&Secret::new(secret).unwrap(), "id", 7, body);
                let proof = Proof {
                    id: "id",
                    timestamp: "7",
                    signatures,
                };
                check(&format!("other,{secret}"), proof, body, at(7)).unwrap();
            }
        }
    }

    proptest! {
        #[test]
        fn a_flipped_bit_anywhere_is_refused(
            body in proptest::collection::vec(any::<u8>(), 1..100),
            key in proptest::array::uniform24(any::<u8>()),
            at_byte in any::<proptest::sample::Index>(),
            bit in 0u8..8,
        ) {
            let secret = format!("whsec_{}", BASE64_STANDARD.encode(key));
            let signatures = &sign(&Secret::new(&secret).unwrap(), "id", 1_000, &body);
            let proof = Proof { id: "id", timestamp: "1000", signatures };
            let refusal = |secret: &str, proof, body: &[u8]| {
                check(secret, proof, body, at(1_000)).map(|_| ()).err()
            };
            prop_assert_eq!(refusal(&secret, proof, &body), None);

            let mut other = body.clone();
            other[at_byte.index(body.len())] ^= 1 << bit;
            prop_assert_eq!(refusal(&secret, proof, &other), Some(Error::Mismatch));

            let mut other = signatures.clone().into_bytes();
            other[at_byte.index(signatures.len())] ^= 1 << (bit % 7);
            let other = String::from_utf8(other).unwrap();
            let changed = Proof { signatures: &other, ..proof };
            prop_assert_eq!(refusal(&secret, changed, &body), Some(Error::Mismatch));

            let mut other = key;
            other[at_byte.index(key.len())] ^= 1 << bit;
            let other = format!("whsec_{}", BASE64_STANDARD.encode(other));
            prop_assert_eq!(refusal(&other, proof, &body), Some(Error::Mismatch));

            let changed = Proof { id: "ie", ..proof };
            prop_assert_eq!(refusal(&secret, changed, &body), Some(Error::Mismatch));
            let changed = Proof { timestamp: "1001", ..proof };
            prop_assert_eq!(refusal(&secret, changed, &body), Some(Error::Mismatch));
            let cut = &signatures[..at_byte.index(signatures.len())];
            let changed = Proof { signatures: cut, ..proof };
            prop_assert_eq!(refusal(&secret, changed, &body), Some(Error::Mismatch));
        }
    }
}
