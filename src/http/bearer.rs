//! Bearer tokens, compared without telling by time where they differ.

use axum::http::{HeaderMap, header::AUTHORIZATION};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::error::{ApiError, ErrorCode};

/// Passes a request whose one `Authorization` header names the token.
pub(super) fn authorize(token: &SecretString, headers: &HeaderMap) -> Result<(), ApiError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let named = match (values.next(), values.next()) {
        (Some(value), None) => value.as_bytes().split_first_chunk::<7>(),
        _ => None,
    };
    match named {
        Some((scheme, named))
            if scheme.eq_ignore_ascii_case(b"bearer ")
                && is_same_secret(token.expose_secret(), named) =>
        {
            Ok(())
        }
        _ => Err(ApiError::new(
            ErrorCode::Unauthorized,
            "A bearer token is required and is missing or wrong.",
        )),
    }
}

/// Whether both are the same and not empty. Digests are compared, so that not even the length of
/// the secret shows in the time.
pub(super) fn is_same_secret(secret: &str, named: &[u8]) -> bool {
    let digest = |bytes: &[u8]| Sha256::digest(bytes);
    let same = digest(secret.as_bytes()).ct_eq(&digest(named));
    !secret.is_empty() && bool::from(same)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn passes(token: &str, values: &[&str]) -> bool {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(AUTHORIZATION, HeaderValue::from_str(value).unwrap());
        }
        authorize(&SecretString::from(token), &headers).is_ok()
    }

    #[test]
    fn only_the_whole_token_passes() {
        assert!(passes("tell", &["Bearer tell"]));
        assert!(passes("tell", &["bearer tell"]));
        for values in [
            &[][..],
            &["Bearer tel"],
            &["Bearer tell "],
            &["Basic tell"],
            &["Bearer"],
            &["Bearer tell", "Bearer tell"],
        ] {
            assert!(!passes("tell", values), "{values:?}");
        }
    }

    #[test]
    fn an_empty_token_lets_nobody_in() {
        assert!(!passes("", &["Bearer "]));
        assert!(!is_same_secret("", b""));
    }
}
