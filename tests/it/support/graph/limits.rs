//! Meta's limits, as documented: 80 a second and number, one each 6 seconds and person, of which
//! 45 may come at once.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use tokio::time::Instant;

#[derive(Default)]
pub(super) struct Limits {
    /// The instants of the last second, by number.
    numbers: HashMap<String, VecDeque<Instant>>,
    /// When all is paid for, by number and person.
    pairs: HashMap<(String, String), Instant>,
}

impl Limits {
    /// Counts a message, or names the error's code.
    pub(super) fn take(&mut self, number: &str, recipient: &str) -> Result<(), i64> {
        let now = Instant::now();
        let sent = self.numbers.entry(number.into()).or_default();
        sent.retain(|at| now - *at < Duration::from_secs(1));
        if sent.len() >= 80 {
            return Err(130_429);
        }
        let pair = (number.to_owned(), recipient.to_owned());
        let paid_at = self.pairs.get(&pair).copied().unwrap_or(now).max(now);
        let paid_at = paid_at + Duration::from_secs(6);
        if paid_at - now > Duration::from_secs(6 * 45) {
            return Err(131_056);
        }
        sent.push_back(now);
        self.pairs.insert(pair, paid_at);
        Ok(())
    }
}
