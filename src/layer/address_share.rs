//! Fair shares of a bound: one client address can hold only a part of what all addresses share.
//!
//! The invariant: an address holds at most a quarter of what is free, or `floor` if that is more.
//! So one address alone gets at most a fifth of the bound, and `n` greedy addresses leave
//! `4 / (n + 4)` of it free. This is the dynamic threshold of Choudhury and Hahne ("Dynamic Queue
//! Length Thresholds for Shared-Memory Packet Switches", 1998): unlike a fixed share, it needs no
//! guess at the number of attackers.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Arc, Mutex, PoisonError},
};

use super::{allowance::Exhausted, client_ip::Network};

/// The part of what is free that one address may hold: one in so many.
const ONE_IN: usize = 4;

/// How much each address holds of something bounded.
#[derive(Debug)]
pub struct AddressShares {
    floor: usize,
    held: Mutex<HashMap<Network, usize>>,
}

/// What one holder takes of its address's share, given back when it is dropped.
#[derive(Debug)]
pub struct AddressShare {
    shares: Arc<AddressShares>,
    network: Network,
    amount: usize,
}

// === impl AddressShares ===

impl AddressShares {
    /// Nobody holds anything yet. Every address may hold `floor`, however little is free.
    pub fn new(floor: usize) -> Arc<Self> {
        let held = Mutex::default();
        Arc::new(Self { floor, held })
    }

    /// An empty share of that address.
    pub fn of(self: &Arc<Self>, network: Network) -> AddressShare {
        AddressShare {
            shares: Arc::clone(self),
            network,
            amount: 0,
        }
    }

    fn most(&self, free: usize) -> usize {
        self.floor.max(free / ONE_IN)
    }
}

// === impl AddressShare ===

impl AddressShare {
    /// Raises the share to `amount`, where `free` is what nobody will hold afterwards.
    pub fn try_raise_to(&mut self, amount: usize, free: usize) -> Result<(), Exhausted> {
        let more = amount.saturating_sub(self.amount);
        if more == 0 {
            return Ok(());
        }
        let held = &self.shares.held;
        let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
        let raised = held.get(&self.network).unwrap_or(&0).saturating_add(more);
        if raised > self.shares.most(free) {
            return Err(Exhausted);
        }
        held.insert(self.network, raised);
        self.amount = amount;
        Ok(())
    }
}

impl Drop for AddressShare {
    fn drop(&mut self) {
        if self.amount == 0 {
            return;
        }
        let held = &self.shares.held;
        let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(mut entry) = held.entry(self.network) {
            *entry.get_mut() -= self.amount;
            if *entry.get() == 0 {
                entry.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMIT: usize = 4096;

    /// Lets each of `addresses` take one by one, in turns, until none gets more.
    fn taken_by_all(addresses: u32, floor: usize) -> (Vec<AddressShare>, usize) {
        let shares = AddressShares::new(floor);
        let (mut taken, mut before) = (Vec::new(), usize::MAX);
        while before != taken.len() {
            before = taken.len();
            for address in 0..addresses {
                let mut share = shares.of(Network::V4(address));
                let free = LIMIT.saturating_sub(taken.len() + 1);
                if share.try_raise_to(1, free).is_ok() {
                    taken.push(share);
                }
            }
        }
        let free = LIMIT - taken.len();
        (taken, free)
    }

    #[test]
    fn one_address_gets_a_fifth_and_many_leave_room_for_another() {
        assert_eq!(taken_by_all(1, 0).1, LIMIT - LIMIT / 5);
        assert_eq!(taken_by_all(4, 0).1, LIMIT / 2);
        assert_eq!(taken_by_all(60, 0).1, LIMIT / 16);
    }

    #[test]
    fn a_share_grows_and_comes_back_and_nothing_is_remembered_of_who_left() {
        let shares = AddressShares::new(10);
        let (mut one, mut two) = (shares.of(Network::V4(1)), shares.of(Network::V4(1)));
        assert_eq!(one.try_raise_to(6, 0), Ok(()));
        assert_eq!(two.try_raise_to(5, 0), Err(Exhausted));
        assert_eq!(two.try_raise_to(4, 0), Ok(()));
        assert_eq!(one.try_raise_to(3, 0), Ok(()));
        assert_eq!(shares.of(Network::V4(2)).try_raise_to(10, 0), Ok(()));
        drop(one);
        assert_eq!(two.try_raise_to(10, 0), Ok(()));
        drop(two);
        assert!(shares.held.lock().unwrap().is_empty());
    }

    proptest! {
        #[test]
        fn however_many_are_greedy_the_next_address_gets_something(
            addresses in 1_u32..200,
        ) {
            let (_taken, free) = taken_by_all(addresses, 0);
            let fair = LIMIT * 4 / (usize::try_from(addresses).unwrap() + 4);
            prop_assert!(free >= fair && free / ONE_IN >= 1);
        }
    }
}
