//! A costly look that many may ask for, taken at most once in a while.

use std::time::Duration;

use tokio::{sync::Mutex, time::Instant};

/// How long a look is good for.
const GOOD_FOR: Duration = Duration::from_secs(1);

/// The last look and its time. Who asks meanwhile waits for the one who looks.
#[derive(Debug)]
pub(super) struct Cached<T>(Mutex<Option<(Instant, T)>>);

impl<T> Default for Cached<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T: Clone> Cached<T> {
    /// The last look, or a new one when that is older than a second.
    pub(super) async fn get(&self, look: impl Future<Output = T>) -> T {
        let mut last = self.0.lock().await;
        if let Some((at, value)) = &*last
            && at.elapsed() < GOOD_FOR
        {
            return value.clone();
        }
        let value = look.await;
        *last = Some((Instant::now(), value.clone()));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn within_a_second_there_is_one_look() {
        let cached = Cached::default();
        assert_eq!(cached.get(async { 1 }).await, 1);
        assert_eq!(cached.get(async { 2 }).await, 1);
        tokio::time::advance(GOOD_FOR).await;
        assert_eq!(cached.get(async { 3 }).await, 3);
    }
}
