//! Who is at the other end: the peer, or whom a trusted proxy names.
//!
//! The invariant: an address that anyone could have written counts for nothing. `X-Forwarded-For`
//! is read from the right, and only as far as each hop is a trusted proxy.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use axum::http::{Extensions, HeaderMap, HeaderName, Request};
use ipnet::IpNet;
use tower::{Layer, Service};

use super::origin::Origin;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The other end of the connection, put into a request's extensions by the listener.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

/// The client's address, in a request's extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientIp(pub IpAddr);

/// What a rate limit counts by: one IPv4 address, or the /64 that an IPv6 customer is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Network {
    /// One address.
    V4(u32),
    /// The upper half of the address.
    V6(u64),
}

/// Finds the client's address.
#[derive(Debug, Clone)]
pub struct ClientIpLayer {
    policy: Arc<Policy>,
}

/// The service of [`ClientIpLayer`]; it changes only the request, so that its answer is the inner
/// service's own.
#[derive(Debug, Clone)]
pub struct FindClientIp<S> {
    inner: S,
    policy: Arc<Policy>,
}

#[derive(Debug)]
struct Policy {
    trusted_proxies: Vec<IpNet>,
    warned: AtomicBool,
}

// === impl ClientIpLayer ===

impl ClientIpLayer {
    /// Believes what these proxies say of whom they speak for.
    pub fn new(trusted_proxies: Vec<IpNet>) -> Self {
        let warned = AtomicBool::new(false);
        Self {
            policy: Arc::new(Policy {
                trusted_proxies,
                warned,
            }),
        }
    }
}

impl<S> Layer<S> for ClientIpLayer {
    type Service = FindClientIp<S>;

    fn layer(&self, inner: S) -> Self::Service {
        FindClientIp {
            inner,
            policy: Arc::clone(&self.policy),
        }
    }
}

// === impl FindClientIp ===

impl<S, B> Service<Request<B>> for FindClientIp<S>
where
    S: Service<Request<B>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let peer = match request.extensions().get() {
            Some(Peer(peer)) => peer.ip().to_canonical(),
            // Not over a socket: everyone shares one address, which no limit treats better.
            None => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        };
        let client = self.policy.client(peer, request.headers());
        let origin = self.policy.origin(peer, &request);
        request.extensions_mut().insert(ClientIp(client));
        request.extensions_mut().insert(origin);
        self.inner.call(request)
    }
}

// === impl Policy ===

impl Policy {
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        if self.trusted_proxies.is_empty() {
            if is_private(peer) && headers.contains_key(X_FORWARDED_FOR) {
                self.warn_once();
            }
            return peer;
        }
        self.client_behind(peer, headers)
    }

    /// The first address from the right that is no trusted proxy.
    fn client_behind(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer;
        let lines = headers.get_all(X_FORWARDED_FOR).iter().rev();
        for hop in lines.flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b',')) {
            if !self.is_trusted(client) {
                break;
            }
            // What a trusted proxy wrote and we cannot read: the proxy itself is the last we know
            // of.
            let Some(hop) = read_hop(hop) else { break };
            client = hop;
        }
        client
    }

    /// A trusted proxy on this machine is not somebody on this machine, whatever it leaves out.
    fn origin<B>(&self, peer: IpAddr, request: &Request<B>) -> Origin {
        if self.is_trusted(peer) {
            return Origin::Remote;
        }
        Origin::find(request, peer)
    }

    fn is_trusted(&self, address: IpAddr) -> bool {
        self.trusted_proxies
            .iter()
            .any(|net| net.contains(&address))
    }

    fn warn_once(&self) {
        if !self.warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "a private address sends X-Forwarded-For and TRUSTED_PROXIES is unset: \
                 all of its clients count as one address"
            );
        }
    }
}

/// An address as proxies write it: bare, with a port, or in brackets.
fn read_hop(hop: &[u8]) -> Option<IpAddr> {
    let hop = std::str::from_utf8(hop).ok()?.trim();
    let bare = hop.parse::<IpAddr>();
    let address = bare.or_else(|_| hop.parse::<SocketAddr>().map(|socket| socket.ip()));
    let bracketed = || hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    address.ok().or_else(bracketed).map(|ip| ip.to_canonical())
}

fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            // 100.64.0.0/10 is what carriers and container networks number from (RFC 6598).
            let shared = v4.octets()[0] == 100 && v4.octets()[1] & 0xc0 == 64;
            v4.is_private() || v4.is_loopback() || v4.is_link_local() || shared
        }
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

// === impl Network ===

impl Network {
    /// The client's, by a request's extensions. All that come over no socket share one.
    pub fn of(extensions: &Extensions) -> Self {
        let client = extensions.get::<ClientIp>();
        client
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |client| client.0)
            .into()
    }
}

impl From<IpAddr> for Network {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => Self::V4(v4.to_bits()),
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                let upper = [a, b, c, d].into_iter();
                Self::V6(upper.fold(0, |bits, segment| bits << 16 | u64::from(segment)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use proptest::prelude::*;
    use tower_test::mock;

    use super::*;

    fn client(trusted: &[&str], peer: &str, lines: &[&str]) -> String {
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(X_FORWARDED_FOR, HeaderValue::from_str(line).unwrap());
        }
        let policy = ClientIpLayer::new(trusted).policy;
        policy.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn what_anyone_could_have_written_counts_for_nothing() {
        assert_eq!(client(&[], "10.0.0.1", &["203.0.113.9"]), "10.0.0.1");
        assert_eq!(
            client(&["10.0.0.0/8"], "198.51.100.4", &["203.0.113.9"]),
            "198.51.100.4"
        );
        assert_eq!(
            client(&["10.0.0.0/8"], "10.0.0.1", &["1.1.1.1, 203.0.113.9"]),
            "203.0.113.9"
        );
    }

    #[test]
    fn trusted_hops_are_walked_from_the_right_over_all_lines() {
        let trusted = ["10.0.0.0/8", "fd00::/8"];
        let lines = ["6.6.6.6, 203.0.113.9 ,10.1.1.1", "[fd00::7]:443"];
        assert_eq!(client(&trusted, "10.0.0.1", &lines), "203.0.113.9");
        assert_eq!(
            client(&trusted, "10.0.0.1", &["203.0.113.9:5123"]),
            "203.0.113.9"
        );
        assert_eq!(
            client(&trusted, "10.0.0.1", &["[2001:db8::1]"]),
            "2001:db8::1"
        );
    }

    #[test]
    fn the_last_known_hop_stands_in_for_what_cannot_be_read() {
        let trusted = ["10.0.0.0/8"];
        assert_eq!(
            client(&trusted, "10.0.0.1", &["203.0.113.9, unknown"]),
            "10.0.0.1"
        );
        assert_eq!(
            client(&trusted, "10.0.0.1", &["10.0.0.2, 10.0.0.3"]),
            "10.0.0.2"
        );
        assert_eq!(client(&trusted, "10.0.0.1", &[""]), "10.0.0.1");
    }

    #[test]
    fn a_private_peer_that_forwards_is_warned_of_and_a_public_one_is_not() {
        let layer = ClientIpLayer::new(Vec::new());
        let mut headers = HeaderMap::new();
        headers.insert(X_FORWARDED_FOR, HeaderValue::from_static("203.0.113.9"));
        let warned = || layer.policy.warned.load(Ordering::Relaxed);
        layer
            .policy
            .client("203.0.113.1".parse().unwrap(), &headers);
        assert!(!warned());
        layer.policy.client("172.18.0.2".parse().unwrap(), &headers);
        assert!(warned());
    }

    #[test]
    fn ipv6_counts_by_its_64_and_a_mapped_address_as_ipv4() {
        let network = |address: &str| Network::from(address.parse::<IpAddr>().unwrap());
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff:1"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }

    #[test]
    fn a_trusted_proxy_on_this_machine_is_not_somebody_on_it() {
        let request = Request::get("/").header("host", "localhost").body(());
        let (request, peer) = (request.unwrap(), IpAddr::from([127, 0, 0, 1]));
        for (trusted, origin) in [
            (vec![], Origin::Local),
            (vec!["10.0.0.0/8".parse().unwrap()], Origin::Local),
            (vec!["127.0.0.0/8".parse().unwrap()], Origin::Remote),
        ] {
            let policy = ClientIpLayer::new(trusted).policy;
            assert_eq!(policy.origin(peer, &request), origin);
        }
    }

    #[tokio::test]
    async fn the_address_travels_in_the_request() {
        let layer = ClientIpLayer::new(Vec::new());
        let (mut service, mut handle) = mock::spawn_layer::<Request<()>, (), _>(layer);
        handle.allow(1);
        assert!(service.poll_ready().is_ready());
        let mut request = Request::new(());
        let peer = "[::ffff:192.0.2.7]:80".parse().unwrap();
        request.extensions_mut().insert(Peer(peer));
        let _answer = service.call(request);
        let (request, _) = handle.next_request().await.unwrap();
        let expected = ClientIp("192.0.2.7".parse().unwrap());
        assert_eq!(request.extensions().get(), Some(&expected));
    }

    proptest! {
        #[test]
        fn a_forged_chain_never_hides_the_first_untrusted_hop(forged in "[ -~]{0,60}") {
            let line = format!("{forged}, 203.0.113.9, 10.0.0.2");
            prop_assert_eq!(client(&["10.0.0.0/8"], "10.0.0.1", &[&line]), "203.0.113.9");
        }
    }
}
