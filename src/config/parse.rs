//! From text to the types of the settings. Pure: each function knows one form and nothing of
//! where its text came from.

use std::{net::IpAddr, path::PathBuf};

use http::HeaderValue;
use ipnet::IpNet;
use tracing_subscriber::filter::{LevelFilter, Targets};
use url::{Host, Url};

use super::{Database, LogFormat, WorkflowKind};
use crate::signature::ed25519::PublicKeys;

/// The longest location id that is taken; HighLevel's have 20 characters.
const MAX_LOCATION_ID_CHARS: usize = 64;

pub(super) fn header_value(text: &str) -> Option<HeaderValue> {
    let is_visible = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    is_visible.then(|| HeaderValue::from_str(text).ok())?
}

pub(super) fn address(text: &str) -> Option<IpAddr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    bare.unwrap_or(text).parse().ok()
}

pub(super) fn networks(text: &str) -> Option<Vec<IpNet>> {
    items(text)
        .map(|item| {
            let network = item.parse::<IpNet>().map(|network| network.trunc());
            network.ok().or_else(|| address(item).map(IpNet::from))
        })
        .collect()
}

/// A list of `LEVEL`, `TARGET` and `TARGET=LEVEL`, of which one plain level at most.
pub(super) fn log_filter(text: &str) -> Option<Targets> {
    // The filter's own parser takes nothing for "error".
    let is_level =
        |word: &str| !word.trim().is_empty() && word.trim().parse::<LevelFilter>().is_ok();
    // A single word that is no level would silently name a target and log everything of it.
    let known = text.split(',').all(|item| match item.split_once('=') {
        Some((target, level)) => !target.trim().is_empty() && is_level(level),
        None => is_level(item),
    });
    known.then(|| text.replace(' ', "").parse().ok()).flatten()
}

pub(super) fn log_format(text: &str) -> Option<LogFormat> {
    match text {
        "text" => Some(LogFormat::Text),
        "json" => Some(LogFormat::Json),
        _ => None,
    }
}

pub(super) fn workflow(text: &str) -> Option<WorkflowKind> {
    match text {
        "assistant" => Some(WorkflowKind::Assistant),
        "remote" => Some(WorkflowKind::Remote),
        "langgraph" => Some(WorkflowKind::LangGraph),
        "acknowledge" => Some(WorkflowKind::Acknowledge),
        _ => None,
    }
}

pub(super) fn switch(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Some(true),
        "false" | "0" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// `sqlite:FILE`, `sqlite://FILE` and `sqlite:///FILE`; never in memory, since nothing would be
/// durable there.
pub(super) fn database(text: &str) -> Option<Database> {
    let rest = text.strip_prefix("sqlite:")?;
    let file = rest.strip_prefix("//").unwrap_or(rest);
    let plain = !file.is_empty() && !file.starts_with(':') && !file.contains(['?', '#', '\0']);
    (plain && !file.ends_with('/')).then(|| Database::Sqlite(PathBuf::from(file)))
}

pub(super) fn web_url(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    let plain = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    (web && plain).then_some(url)
}

/// The address of a server that hears what customers write: over TLS, unless it is this machine.
pub(super) fn server_url(text: &str) -> Option<Url> {
    let is_here = |url: &Url| match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    web_url(text).filter(|url| url.scheme() == "https" || is_here(url))
}

pub(super) fn path(text: &str) -> Option<PathBuf> {
    (!text.contains('\0')).then(|| PathBuf::from(text))
}

pub(super) fn line(text: &str) -> Option<Box<str>> {
    (!text.chars().any(char::is_control)).then(|| text.into())
}

pub(super) fn location_ids(text: &str) -> Option<Vec<Box<str>>> {
    let is_id = |id: &str| {
        (1..=MAX_LOCATION_ID_CHARS).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    items(text).map(|id| is_id(id).then(|| id.into())).collect()
}

/// Ed25519 public keys, each as base64 SPKI or in PEM, whose line breaks may be written `\n`.
pub(super) fn ed25519_keys(text: &str) -> Option<PublicKeys> {
    PublicKeys::parse(text).ok()
}

/// The items of a comma-separated list, an empty one included.
pub(super) fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_may_stand_in_brackets() {
        assert_eq!(address("[::1]"), address("::1"));
        assert!(address("::1").is_some());
        assert_eq!(address("localhost"), None);
        assert_eq!(address("127.0.0.1:80"), None);
    }

    #[test]
    fn a_network_list_takes_single_addresses_and_drops_host_bits() {
        let networks = networks("10.1.2.3/8, 192.0.2.7,2001:db8::/32").unwrap();
        let written: Vec<_> = networks.iter().map(ToString::to_string).collect();
        assert_eq!(written, ["10.0.0.0/8", "192.0.2.7/32", "2001:db8::/32"]);
    }

    #[test]
    fn a_network_list_with_a_hole_is_refused() {
        assert_eq!(networks("10.0.0.0/8,,192.0.2.7"), None);
        assert_eq!(networks("10.0.0.0/33"), None);
    }

    #[test]
    fn a_misspelt_level_is_not_taken_for_a_target() {
        assert!(log_filter("INFO").is_some());
        assert!(log_filter("warn, frontdesk=debug").is_some());
        assert!(log_filter("off").is_some());
        assert_eq!(log_filter("inof"), None);
        assert_eq!(log_filter("frontdesk=loud"), None);
        assert_eq!(log_filter("info,"), None);
    }

    #[test]
    fn a_database_is_a_file_and_never_memory() {
        let file = |text| database(text).map(|Database::Sqlite(file)| file);
        assert_eq!(file("sqlite:a.db").as_deref(), Some(Path::new("a.db")));
        assert_eq!(file("sqlite://a.db").as_deref(), Some(Path::new("a.db")));
        assert_eq!(
            file("sqlite:///data/a.db").as_deref(),
            Some(Path::new("/data/a.db"))
        );
        for refused in [
            "a.db",
            "sqlite:",
            "sqlite::memory:",
            "sqlite:a.db?mode=rwc",
            "sqlite:/data/",
        ] {
            assert_eq!(file(refused), None, "{refused}");
        }
    }

    #[test]
    fn a_url_that_carries_a_password_or_a_query_is_refused() {
        assert!(web_url("https://example.com/v1").is_some());
        for refused in [
            "example.com",
            "ftp://example.com",
            "https://u:p@example.com",
            "https://example.com/?a=1",
            "https://example.com/#a",
        ] {
            assert_eq!(web_url(refused), None, "{refused}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_a_parser_panic(text in "\\PC*") {
            let _ = (address(&text), networks(&text), log_filter(&text), switch(&text));
            let _ = (database(&text), web_url(&text), path(&text), line(&text));
            let _ = (location_ids(&text), ed25519_keys(&text), log_format(&text));
        }
    }
}
