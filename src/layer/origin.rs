//! Says whether a request was made on this machine.
//!
//! The invariant: in doubt it was not. A reverse proxy or tunnel on this machine connects from
//! loopback for clients elsewhere, and a web page may point a name of its own at 127.0.0.1; neither
//! makes a request local.

use std::net::IpAddr;

use axum::http::{Extensions, HeaderMap, Request, Version, header::HOST, uri::Authority};

/// Where a request was made, in its extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// On this machine, and sent to it by its loopback name or address.
    Local,
    /// Anywhere else, as far as can be told.
    Remote,
}

/// Headers by which proxies and tunnels say for whom they speak, beside all of `X-Forwarded-*`.
const FORWARDING: [&str; 7] = [
    "forwarded",
    "via",
    "x-real-ip",
    "x-client-ip",
    "true-client-ip",
    "cf-connecting-ip",
    "fastly-client-ip",
];

// === impl Origin ===

impl Origin {
    /// The origin of a request from `peer`, which is the other end of its connection.
    pub(super) fn find<B>(request: &Request<B>, peer: IpAddr) -> Self {
        // nginx forwards as HTTP/1.0 unless told otherwise, and then with no header of its own.
        let is_direct =
            request.version() >= Version::HTTP_11 && !request.headers().keys().any(is_forwarding);
        let named_in_uri = request.uri().authority();
        if is_loopback(peer)
            && is_direct
            && named_in_uri.is_none_or(is_loopback_name)
            && is_sent_to_loopback(request.headers())
        {
            Self::Local
        } else {
            Self::Remote
        }
    }

    /// The origin that was found of a request; remote where nothing was.
    pub fn of(extensions: &Extensions) -> Self {
        extensions.get().copied().unwrap_or(Self::Remote)
    }

    /// Whether it was made on this machine.
    pub fn is_local(self) -> bool {
        self == Self::Local
    }
}

fn is_forwarding(name: &axum::http::HeaderName) -> bool {
    let name = name.as_str();
    name.starts_with("x-forwarded") || FORWARDING.contains(&name)
}

fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

fn is_sent_to_loopback(headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => Authority::try_from(host.as_bytes())
            .as_ref()
            .is_ok_and(is_loopback_name),
        _ => false,
    }
}

fn is_loopback_name(authority: &Authority) -> bool {
    let host = authority.host().to_ascii_lowercase();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    match address.parse() {
        Ok(address) => is_loopback(address),
        // RFC 6761: names under `localhost` lead nowhere else.
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOPBACK: &str = "127.0.0.1";

    fn origin(peer: &str, uri: &str, headers: &[(&str, &str)]) -> Origin {
        let mut request = Request::get(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Origin::find(&request.body(()).unwrap(), peer.parse().unwrap())
    }

    #[test]
    fn a_request_on_this_machine_is_local_by_every_name_of_loopback() {
        for peer in [LOOPBACK, "127.9.9.9", "::1", "::ffff:127.0.0.1"] {
            for host in [
                "localhost",
                "LocalHost:3000",
                "desk.localhost",
                "127.0.0.1:3000",
                "[::1]:3000",
                "[::ffff:127.0.0.1]",
            ] {
                let found = origin(peer, "/webhook", &[("host", host)]);
                assert_eq!(found, Origin::Local, "{peer} {host}");
            }
        }
        let uri = "http://localhost:3000/webhook";
        let found = origin(LOOPBACK, uri, &[("host", "localhost:3000")]);
        assert_eq!(found, Origin::Local);
    }

    #[test]
    fn an_address_elsewhere_is_remote_whatever_it_says() {
        for peer in ["203.0.113.7", "10.0.0.1", "::2", "0.0.0.0"] {
            let found = origin(peer, "/", &[("host", "localhost")]);
            assert_eq!(found, Origin::Remote, "{peer}");
        }
    }

    #[test]
    fn what_a_proxy_or_tunnel_forwards_is_remote() {
        for name in FORWARDING.into_iter().chain([
            "x-forwarded-for",
            "X-Forwarded-Host",
            "x-forwarded-proto",
            "x-forwarded-anything",
        ]) {
            for value in ["", "127.0.0.1"] {
                let found = origin(LOOPBACK, "/", &[("host", "localhost"), (name, value)]);
                assert_eq!(found, Origin::Remote, "{name}: {value}");
            }
        }
        let mut request = Request::get("/")
            .header(HOST, "localhost")
            .body(())
            .unwrap();
        *request.version_mut() = Version::HTTP_10;
        let found = Origin::find(&request, LOOPBACK.parse().unwrap());
        assert_eq!(found, Origin::Remote);
    }

    #[test]
    fn a_name_that_is_not_of_this_machine_is_remote() {
        for host in [
            "desk.example.com",
            "localhost.example.com",
            "notlocalhost",
            "127.0.0.1.nip.io",
            "0.0.0.0",
            "10.0.0.1:3000",
            "",
            "localhost, localhost",
        ] {
            let found = origin(LOOPBACK, "/", &[("host", host)]);
            assert_eq!(found, Origin::Remote, "{host}");
        }
        for headers in [&[][..], &[("host", "localhost"), ("host", "localhost")]] {
            assert_eq!(origin(LOOPBACK, "/", headers), Origin::Remote);
        }
        let uri = "http://desk.example.com/webhook";
        let found = origin(LOOPBACK, uri, &[("host", "localhost")]);
        assert_eq!(found, Origin::Remote);
    }

    #[test]
    fn a_request_that_nobody_looked_at_is_remote() {
        assert_eq!(Origin::of(&Extensions::new()), Origin::Remote);
    }
}
