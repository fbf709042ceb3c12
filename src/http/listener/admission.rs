//! Decides which connections are taken.
//!
//! The invariants: there are never more than [`Config::max_connections`]; one client address holds
//! only a share of them ([`AddressShares`]), unless it is a trusted proxy, which speaks for many.
//! Both bounds show in the metrics, and in the log once a minute at most.

use std::{net::IpAddr, sync::Arc};

use ipnet::IpNet;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Duration, Instant},
};

use super::Config;
use crate::{
    layer::address_share::{AddressShare, AddressShares},
    metrics::Metrics,
};

/// What an address may always hold: a client's pool, or a browser's.
const ALWAYS: usize = 8;

/// How often the log tells of the same bound.
const TELL_EVERY: Duration = Duration::from_mins(1);

/// The bounds, and what is taken of them.
#[derive(Debug)]
pub(super) struct Admission {
    free: Arc<Semaphore>,
    max_connections: usize,
    addresses: Arc<AddressShares>,
    trusted_proxies: Vec<IpNet>,
    metrics: Arc<Metrics>,
    full: Reminder,
    refused: Reminder,
}

/// What a connection holds until it ends.
#[derive(Debug)]
pub(super) struct Place {
    _permit: OwnedSemaphorePermit,
    _address: Option<AddressShare>,
    metrics: Arc<Metrics>,
}

/// Counts something that may happen very often, and says when it is time for a line in the log.
#[derive(Debug, Default)]
struct Reminder {
    count: u64,
    quiet_until: Option<Instant>,
}

// === impl Admission ===

impl Admission {
    pub(super) fn new(config: &Config, metrics: Arc<Metrics>) -> Self {
        Self {
            free: Arc::new(Semaphore::new(config.max_connections)),
            max_connections: config.max_connections,
            addresses: AddressShares::new(ALWAYS),
            trusted_proxies: config.trusted_proxies.clone(),
            metrics,
            full: Reminder::default(),
            refused: Reminder::default(),
        }
    }

    /// Waits until one more may be accepted. Meanwhile, new connections wait in the kernel's queue,
    /// which is bounded too.
    pub(super) async fn room(&mut self) -> OwnedSemaphorePermit {
        if let Ok(permit) = Arc::clone(&self.free).try_acquire_owned() {
            return permit;
        }
        self.metrics.connections().full();
        if let Some(times) = self.full.count() {
            let max_connections = self.max_connections;
            tracing::warn!(
                max_connections,
                times,
                "no more connections are accepted for now"
            );
        }
        let free = Arc::clone(&self.free).acquire_owned().await;
        free.expect("invariant: this semaphore is never closed")
    }

    /// Gives an accepted connection its place, unless its address holds its share already.
    pub(super) fn admit(&mut self, permit: OwnedSemaphorePermit, peer: IpAddr) -> Option<Place> {
        let peer = peer.to_canonical();
        let is_proxy = self.trusted_proxies.iter().any(|net| net.contains(&peer));
        let mut address = None;
        if !is_proxy {
            let mut share = self.addresses.of(peer.into());
            if share
                .try_raise_to(1, self.free.available_permits())
                .is_err()
            {
                self.refuse(peer);
                return None;
            }
            address = Some(share);
        }
        self.metrics.connections().opened();
        Some(Place {
            _permit: permit,
            _address: address,
            metrics: Arc::clone(&self.metrics),
        })
    }

    fn refuse(&mut self, peer: IpAddr) {
        self.metrics.connections().refused();
        if let Some(times) = self.refused.count() {
            tracing::warn!(
                client.address = %peer,
                times,
                "a client address holds its share of the connections; more are closed at once"
            );
        }
    }
}

// === impl Place ===

impl Drop for Place {
    fn drop(&mut self) {
        self.metrics.connections().closed();
    }
}

// === impl Reminder ===

impl Reminder {
    /// Counts one more. Returns the count since the last line, if it is time for the next.
    fn count(&mut self) -> Option<u64> {
        self.count += 1;
        let now = Instant::now();
        if self.quiet_until.is_some_and(|until| now < until) {
            return None;
        }
        self.quiet_until = Some(now + TELL_EVERY);
        Some(std::mem::take(&mut self.count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admission(max_connections: usize) -> Admission {
        let config = Config {
            max_connections,
            trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
            ..Config::default()
        };
        Admission::new(&config, Arc::new(Metrics::new(&[], &[])))
    }

    /// As many as are taken of one address.
    async fn taken(admission: &mut Admission, peer: &str) -> Vec<Place> {
        let mut places = Vec::new();
        while admission.free.available_permits() > 0 {
            let permit = admission.room().await;
            match admission.admit(permit, peer.parse().unwrap()) {
                Some(place) => places.push(place),
                None => break,
            }
        }
        places
    }

    #[tokio::test]
    async fn an_address_gets_a_share_and_a_trusted_proxy_all_that_is_left() {
        let mut admission = admission(1000);
        let one = taken(&mut admission, "192.0.2.1").await;
        assert_eq!(one.len(), 200);
        assert_eq!(taken(&mut admission, "::ffff:192.0.2.1").await.len(), 0);
        let two = taken(&mut admission, "192.0.2.2").await;
        assert_eq!(two.len(), 160);
        let proxy = taken(&mut admission, "::ffff:10.1.2.3").await;
        assert_eq!(proxy.len(), 640);
    }

    #[tokio::test]
    async fn an_ipv6_customer_has_one_share_for_the_whole_64() {
        let mut admission = admission(1000);
        let _one = taken(&mut admission, "2001:db8::1").await;
        assert_eq!(taken(&mut admission, "2001:db8::ffff:1").await.len(), 0);
        assert!(!taken(&mut admission, "2001:db8:0:1::1").await.is_empty());
    }

    #[tokio::test]
    async fn a_small_server_is_not_divided() {
        let mut admission = admission(8);
        let places = taken(&mut admission, "192.0.2.1").await;
        assert_eq!(places.len(), 8);
        drop(places);
        assert_eq!(taken(&mut admission, "192.0.2.1").await.len(), 8);
    }

    #[tokio::test(start_paused = true)]
    async fn the_log_hears_of_it_once_a_minute_with_the_number_since() {
        let mut reminder = Reminder::default();
        assert_eq!(reminder.count(), Some(1));
        for _ in 0..5 {
            assert_eq!(reminder.count(), None);
        }
        tokio::time::advance(TELL_EVERY).await;
        assert_eq!(reminder.count(), Some(6));
    }
}
