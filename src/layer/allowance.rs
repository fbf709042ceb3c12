//! A bound that many requests share: so many at once, so many bytes at once.
//!
//! The invariant: what is taken never exceeds the limit, except by those who lent their share and
//! came back for it. Nothing queues here: what cannot be had at once is refused.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// The bound and how much of it is taken.
#[derive(Debug)]
pub struct Allowance {
    taken: AtomicUsize,
    limit: usize,
}

/// A part of an [`Allowance`], given back when it is dropped.
#[derive(Debug)]
pub struct Share {
    allowance: Arc<Allowance>,
    amount: usize,
}

/// A part lent to others until this is dropped.
#[derive(Debug)]
pub struct Lent {
    allowance: Arc<Allowance>,
    amount: usize,
}

/// The allowance is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exhausted;

// === impl Allowance ===

impl Allowance {
    /// An untouched allowance of `limit`.
    pub fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self {
            taken: AtomicUsize::new(0),
            limit,
        })
    }

    /// Takes an amount, or nothing.
    pub fn try_take(self: &Arc<Self>, amount: usize) -> Result<Share, Exhausted> {
        let mut share = Share::nothing(self);
        share.try_grow(amount)?;
        Ok(share)
    }

    /// Lends to others what the caller holds a [`Share`] of, while the caller only waits.
    ///
    /// It is taken back without asking, so that for a moment more than the limit may be taken: who
    /// comes back from waiting has only to answer.
    pub fn lend(self: &Arc<Self>, amount: usize) -> Lent {
        self.taken.fetch_sub(amount, Ordering::Relaxed);
        Lent {
            allowance: Arc::clone(self),
            amount,
        }
    }

    /// How much is taken now.
    pub fn taken(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }

    /// How much is not taken now.
    pub fn free(&self) -> usize {
        self.limit.saturating_sub(self.taken())
    }

    fn take(&self, amount: usize) -> Result<(), Exhausted> {
        let raised = |taken: usize| taken.checked_add(amount).filter(|sum| *sum <= self.limit);
        self.taken
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, raised)
            .map(drop)
            .map_err(|_| Exhausted)
    }
}

// === impl Share ===

impl Share {
    /// Nothing yet.
    pub fn nothing(allowance: &Arc<Allowance>) -> Self {
        Self {
            allowance: Arc::clone(allowance),
            amount: 0,
        }
    }

    /// Takes more, or nothing more.
    pub fn try_grow(&mut self, by: usize) -> Result<(), Exhausted> {
        self.allowance.take(by)?;
        self.amount += by;
        Ok(())
    }

    /// How much it is.
    pub fn amount(&self) -> usize {
        self.amount
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.allowance
            .taken
            .fetch_sub(self.amount, Ordering::Relaxed);
    }
}

// === impl Lent ===

impl Drop for Lent {
    fn drop(&mut self) {
        self.allowance
            .taken
            .fetch_add(self.amount, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_the_limit_is_taken_and_all_of_it_comes_back() {
        let allowance = Allowance::new(10);
        let mut first = allowance.try_take(4).unwrap();
        assert_eq!(allowance.try_take(7).unwrap_err(), Exhausted);
        let second = allowance.try_take(6).unwrap();
        assert_eq!(first.try_grow(1), Err(Exhausted));
        drop(second);
        assert_eq!(first.try_grow(6), Ok(()));
        assert_eq!(first.amount(), 10);
        drop(first);
        assert_eq!(allowance.taken(), 0);
    }

    #[test]
    fn what_is_lent_serves_others_and_is_counted_again_afterwards() {
        let allowance = Allowance::new(1);
        let waiting = allowance.try_take(1).unwrap();
        let lent = allowance.lend(1);
        let other = allowance.try_take(1).unwrap();
        drop(lent);
        assert_eq!(allowance.taken(), 2);
        drop((waiting, other));
        assert_eq!(allowance.taken(), 0);
    }
}
