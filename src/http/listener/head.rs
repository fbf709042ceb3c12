//! What hyper lets pass in a head that it could parse, and RFC 9112 does not.

use axum::http::{
    HeaderMap, Request, Version,
    header::{HOST, TRANSFER_ENCODING},
    uri::Authority,
};

use crate::layer::malformed::Malformed;

/// The fault of a request's head.
pub(super) fn fault<B>(request: &Request<B>) -> Option<Malformed> {
    let headers = request.headers();
    if headers.contains_key(TRANSFER_ENCODING) && !is_chunked(headers) {
        return Some(Malformed::TransferEncoding);
    }
    host_fault(headers, request.version())
}

/// hyper takes any list that ends with `chunked`, and would hand on bytes that are still encoded.
fn is_chunked(headers: &HeaderMap) -> bool {
    let mut lines = headers.get_all(TRANSFER_ENCODING).iter();
    let first = lines.next().map(axum::http::HeaderValue::as_bytes);
    lines.next().is_none()
        && first.is_some_and(|coding| coding.trim_ascii().eq_ignore_ascii_case(b"chunked"))
}

/// RFC 9112, 3.2: exactly one, and valid. Of a target with a host of its own, that one counts.
fn host_fault(headers: &HeaderMap, version: Version) -> Option<Malformed> {
    let mut lines = headers.get_all(HOST).iter();
    match (lines.next(), lines.next()) {
        (None, _) => (version >= Version::HTTP_11).then_some(Malformed::HostMissing),
        (Some(_), Some(_)) => Some(Malformed::HostRepeated),
        (Some(host), None) => (!is_host(host.as_bytes())).then_some(Malformed::HostInvalid),
    }
}

fn is_host(host: &[u8]) -> bool {
    // Empty where the target has no authority.
    host.is_empty() || (!host.contains(&b'@') && Authority::try_from(host).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault_of(version: Version, lines: &[(&str, &str)]) -> Option<Malformed> {
        let mut request = Request::builder().version(version);
        for (name, value) in lines {
            request = request.header(*name, *value);
        }
        fault(&request.body(()).unwrap())
    }

    #[test]
    fn a_request_has_exactly_one_host_and_http_1_0_need_not_have_one() {
        for host in ["a", "a.example:80", "127.0.0.1", "[::1]:3000", ""] {
            assert_eq!(
                fault_of(Version::HTTP_11, &[("host", host)]),
                None,
                "{host}"
            );
        }
        for host in ["a b", "a/b", "user@a", "a, b", "[::1", "a:b:c", "a?b"] {
            let fault = fault_of(Version::HTTP_11, &[("host", host)]);
            assert_eq!(fault, Some(Malformed::HostInvalid), "{host}");
        }
        let twice = [("host", "a"), ("host", "a")];
        for version in [Version::HTTP_10, Version::HTTP_11] {
            assert_eq!(fault_of(version, &twice), Some(Malformed::HostRepeated));
        }
        assert_eq!(fault_of(Version::HTTP_10, &[]), None);
        let missing = fault_of(Version::HTTP_11, &[]);
        assert_eq!(missing, Some(Malformed::HostMissing));
    }

    #[test]
    fn the_only_transfer_encoding_is_chunked_once() {
        let fault_of = |codings: &[&'static str]| {
            let codings = codings.iter().map(|coding| ("transfer-encoding", *coding));
            let lines: Vec<_> = codings.chain([("host", "a")]).collect();
            fault_of(Version::HTTP_11, &lines)
        };
        assert_eq!(fault_of(&["chunked"]), None);
        assert_eq!(fault_of(&["Chunked"]), None);
        for codings in [
            &["gzip, chunked"][..],
            &["gzip", "chunked"],
            &["chunked", "chunked"],
            &["chunked, chunked"],
            &["identity"],
            &[""],
            &["xchunked"],
        ] {
            assert_eq!(fault_of(codings), Some(Malformed::TransferEncoding));
        }
    }
}
