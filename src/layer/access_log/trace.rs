//! The trace that a caller says a request belongs to (W3C Trace Context).

use axum::http::HeaderMap;

/// A valid trace id: 32 lower-case hexadecimal digits, not all of them 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TraceId([u8; 32]);

impl TraceId {
    /// The id of a request's `traceparent`, unless it is missing or not of the standard's form.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        Self::parse(headers.get("traceparent")?.as_bytes())
    }

    /// The digits.
    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    fn parse(header: &[u8]) -> Option<Self> {
        // version "-" trace id "-" parent id "-" flags; later versions may append more.
        let (known, rest) = header.split_at_checked(55)?;
        let dashes = [known[2], known[35], known[52]] == [b'-'; 3];
        let (version, trace, parent, flags) =
            (&known[..2], &known[3..35], &known[36..52], &known[53..]);
        let has_digits = [version, trace, parent, flags].into_iter().all(is_hex);
        let has_ids = [trace, parent]
            .into_iter()
            .all(|id| id.iter().any(|digit| *digit != b'0'));
        let ends = match version {
            b"ff" => false,
            b"00" => rest.is_empty(),
            _ => rest.is_empty() || rest[0] == b'-',
        };
        if !(dashes && has_digits && has_ids && ends) {
            return None;
        }
        trace.try_into().ok().map(Self)
    }
}

fn is_hex(text: &[u8]) -> bool {
    text.iter()
        .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VALID: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn the_trace_id_of_a_valid_header_is_taken() {
        let id = TraceId::parse(VALID.as_bytes()).unwrap();
        assert_eq!(id.as_str(), "4bf92f3577b34da6a3ce929d0e0e4736");
        let later = VALID.replacen("00", "cc", 1) + "-what-the-future-brings";
        assert!(TraceId::parse(later.as_bytes()).is_some());
    }

    #[test]
    fn what_the_standard_forbids_is_ignored() {
        for header in [
            String::new(),
            VALID.to_uppercase(),
            VALID.replacen("00", "ff", 1),
            VALID.to_owned() + "-more",
            VALID.replacen('-', "_", 1),
            format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32)),
            format!("00-4bf92f3577b34da6a3ce929d0e0e4736-{}-01", "0".repeat(16)),
            VALID[..54].to_owned(),
        ] {
            assert_eq!(TraceId::parse(header.as_bytes()), None, "{header}");
        }
    }

    proptest! {
        #[test]
        fn no_header_panics(header in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = TraceId::parse(&header);
        }
    }
}
