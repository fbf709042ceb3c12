//! `Prefer: wait=N` (RFC 7240).

use std::time::Duration;

use axum::http::{HeaderMap, HeaderName};

const PREFER: HeaderName = HeaderName::from_static("prefer");

/// The longest wait; a longer one is cut to it.
const MAX_WAIT_SECS: u64 = 30;

/// How long a client is ready to wait for its replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wait(Duration);

impl Wait {
    /// The wait that a request asks for: the first that stands there.
    pub(super) fn asked_for(headers: &HeaderMap) -> Option<Self> {
        let lines = headers.get_all(PREFER).iter();
        let texts = lines.filter_map(|line| line.to_str().ok());
        texts
            .flat_map(|line| line.split(','))
            .find_map(Self::of_preference)
    }

    /// The time.
    pub(super) fn duration(self) -> Duration {
        self.0
    }

    fn of_preference(preference: &str) -> Option<Self> {
        let (name, rest) = preference.split_once('=')?;
        if !name.trim().eq_ignore_ascii_case("wait") {
            return None;
        }
        let value = rest.split(';').next()?.trim().trim_matches('"');
        let secs: u64 = value.parse().ok().filter(|secs| *secs > 0)?;
        Some(Self(Duration::from_secs(secs.min(MAX_WAIT_SECS))))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn asked(lines: &[&str]) -> Option<u64> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(PREFER, HeaderValue::from_str(line).unwrap());
        }
        Wait::asked_for(&headers).map(|wait| wait.duration().as_secs())
    }

    #[test]
    fn a_wait_is_found_among_other_preferences_and_cut_at_thirty_seconds() {
        assert_eq!(asked(&["wait=10"]), Some(10));
        assert_eq!(asked(&["respond-async, WAIT = \"5\" ; x=1"]), Some(5));
        assert_eq!(asked(&["return=minimal", "wait=600"]), Some(30));
    }

    #[test]
    fn what_is_no_wait_is_ignored() {
        for lines in [&["wait"][..], &["wait=0"], &["wait=-1"], &["wait=x"], &[]] {
            assert_eq!(asked(lines), None, "{lines:?}");
        }
    }
}
