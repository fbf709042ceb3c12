//! A circuit breaker: a destination that fails again and again is left alone for a while.
//!
//! The invariants: while it is open nothing is called; after the pause one call at a time goes
//! through as a probe, and its success closes it; a call that was given up without a verdict
//! counts as failed, since whoever gave it up had waited long enough.

use std::{
    fmt::Debug,
    num::NonZeroU32,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// When it opens, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Config {
    /// The failures in a row that open it.
    pub failures: NonZeroU32,
    /// The first pause; each probe that fails doubles it.
    pub pause: Duration,
    /// The longest pause.
    pub max_pause: Duration,
}

/// The breaker of one destination.
#[derive(Debug)]
pub struct Breaker {
    destination: Destination,
    config: Config,
    state: Mutex<State>,
    watch: Arc<dyn Watch>,
}

/// What is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Destination {
    /// Meta's Graph API.
    Whatsapp,
    /// HighLevel's API.
    Highlevel,
    /// An owner's webhook; each has a breaker of its own.
    Owner,
    /// A remote workflow.
    Workflow,
}

/// Is told when breakers open and close.
pub trait Watch: Debug + Send + Sync + 'static {
    /// A destination is left alone from now on.
    fn opened(&self, destination: Destination);

    /// A destination answers again.
    fn closed(&self, destination: Destination);
}

/// The right to make one call. Dropped without a verdict, it counts as failed.
#[derive(Debug)]
#[must_use = "a pass that is dropped counts as a failure"]
pub struct Pass<'b> {
    breaker: &'b Breaker,
    is_settled: bool,
}

/// The destination is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the destination is left alone for now")]
pub struct Open {
    /// When it is worth asking again.
    pub after: Duration,
}

#[derive(Debug, Clone, Copy)]
enum State {
    Closed { failures: u32 },
    Open { until: Instant, pause: Duration },
    Probing { pause: Duration },
}

/// How long to wait while a probe is under way.
const PROBE_PATIENCE: Duration = Duration::from_secs(1);

// === impl Config ===

impl Default for Config {
    fn default() -> Self {
        Self {
            failures: NonZeroU32::new(5).expect("invariant: 5 is not 0"),
            pause: Duration::from_secs(5),
            max_pause: Duration::from_mins(2),
        }
    }
}

// === impl Destination ===

impl Destination {
    /// Every destination.
    pub const ALL: [Self; 4] = [Self::Whatsapp, Self::Highlevel, Self::Owner, Self::Workflow];

    /// The name in labels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Whatsapp => "whatsapp",
            Self::Highlevel => "highlevel",
            Self::Owner => "owner",
            Self::Workflow => "workflow",
        }
    }
}

// === impl Watch ===

/// Nobody looks.
impl Watch for () {
    fn opened(&self, _: Destination) {}

    fn closed(&self, _: Destination) {}
}

// === impl Breaker ===

impl Breaker {
    /// A closed breaker with the usual patience.
    pub fn new(destination: Destination, watch: Arc<dyn Watch>) -> Self {
        Self::with_config(destination, watch, Config::default())
    }

    /// A closed breaker.
    pub fn with_config(destination: Destination, watch: Arc<dyn Watch>, config: Config) -> Self {
        Self {
            destination,
            config,
            state: Mutex::new(State::Closed { failures: 0 }),
            watch,
        }
    }

    /// The right to call now.
    ///
    /// # Errors
    ///
    /// The destination is left alone, or a probe is under way.
    pub fn admit(&self) -> Result<Pass<'_>, Open> {
        let mut state = self.state();
        match *state {
            State::Closed { .. } => {}
            State::Open { until, pause } => {
                let after = until.saturating_duration_since(Instant::now());
                if !after.is_zero() {
                    return Err(Open { after });
                }
                *state = State::Probing { pause };
            }
            State::Probing { .. } => {
                return Err(Open {
                    after: PROBE_PATIENCE,
                });
            }
        }
        Ok(Pass {
            breaker: self,
            is_settled: false,
        })
    }

    fn succeeded(&self) {
        let mut state = self.state();
        // An answer to a call from before the breaker opened proves nothing of now.
        match *state {
            State::Closed { .. } => *state = State::Closed { failures: 0 },
            State::Probing { .. } => {
                *state = State::Closed { failures: 0 };
                drop(state);
                self.watch.closed(self.destination);
            }
            State::Open { .. } => {}
        }
    }

    fn failed(&self) {
        let mut state = self.state();
        let Config {
            failures: limit,
            pause,
            max_pause,
        } = self.config;
        match *state {
            State::Closed { failures } if failures + 1 < limit.get() => {
                *state = State::Closed {
                    failures: failures + 1,
                };
            }
            State::Closed { .. } => {
                let until = Instant::now() + pause;
                *state = State::Open { until, pause };
                drop(state);
                self.watch.opened(self.destination);
            }
            State::Probing { pause } => {
                let pause = pause.saturating_mul(2).min(max_pause);
                let until = Instant::now() + pause;
                *state = State::Open { until, pause };
            }
            State::Open { .. } => {}
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A destination that is called no more is left alone no more.
impl Drop for Breaker {
    fn drop(&mut self) {
        let state = self.state.get_mut();
        let state = state.unwrap_or_else(PoisonError::into_inner);
        if !matches!(state, State::Closed { .. }) {
            self.watch.closed(self.destination);
        }
    }
}

// === impl Pass ===

impl Pass<'_> {
    /// The destination does its work, whatever it answered.
    pub fn succeeded(mut self) {
        self.is_settled = true;
        self.breaker.succeeded();
    }

    /// Nobody answered, or the destination said that it cannot work.
    pub fn failed(mut self) {
        self.is_settled = true;
        self.breaker.failed();
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if !self.is_settled {
            self.breaker.failed();
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    #[derive(Debug, Default)]
    struct Seen(Mutex<Vec<(Destination, bool)>>);

    impl Watch for Seen {
        fn opened(&self, destination: Destination) {
            self.0.lock().unwrap().push((destination, true));
        }

        fn closed(&self, destination: Destination) {
            self.0.lock().unwrap().push((destination, false));
        }
    }

    fn breaker(watch: Arc<dyn Watch>) -> Breaker {
        let config = Config {
            failures: NonZeroU32::new(3).unwrap(),
            pause: Duration::from_secs(10),
            max_pause: Duration::from_secs(25),
        };
        Breaker::with_config(Destination::Workflow, watch, config)
    }

    fn fail(breaker: &Breaker, times: u32) {
        for _ in 0..times {
            breaker.admit().unwrap().failed();
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_destination_that_is_given_up_is_seen_as_left_alone_no_more() {
        let seen = Arc::new(Seen::default());
        drop(breaker(Arc::<Seen>::clone(&seen)));
        assert_eq!(*seen.0.lock().unwrap(), []);
        let opened = breaker(Arc::<Seen>::clone(&seen));
        fail(&opened, 3);
        drop(opened);
        let told = [
            (Destination::Workflow, true),
            (Destination::Workflow, false),
        ];
        assert_eq!(*seen.0.lock().unwrap(), told);
    }

    #[tokio::test(start_paused = true)]
    async fn failures_in_a_row_open_it_and_a_success_between_them_does_not() {
        let breaker = breaker(Arc::new(()));
        fail(&breaker, 2);
        breaker.admit().unwrap().succeeded();
        fail(&breaker, 2);
        assert!(breaker.admit().is_ok(), "the third was not a failure yet");
        // Which was dropped without a verdict.
        let after = Duration::from_secs(10);
        assert_eq!(breaker.admit().unwrap_err(), Open { after });
    }

    #[tokio::test(start_paused = true)]
    async fn after_the_pause_one_probe_goes_through_at_a_time() {
        let breaker = breaker(Arc::new(()));
        fail(&breaker, 3);
        advance(Duration::from_secs(10)).await;
        let probe = breaker.admit().unwrap();
        assert_eq!(breaker.admit().unwrap_err().after, PROBE_PATIENCE);
        probe.succeeded();
        fail(&breaker, 2);
        assert!(breaker.admit().is_ok(), "it counts anew");
    }

    #[tokio::test(start_paused = true)]
    async fn each_probe_that_fails_doubles_the_pause_up_to_the_longest() {
        let breaker = breaker(Arc::new(()));
        fail(&breaker, 3);
        for pause in [10, 20, 25, 25] {
            let pause = Duration::from_secs(pause);
            assert_eq!(breaker.admit().unwrap_err(), Open { after: pause });
            advance(pause).await;
            fail(&breaker, 1);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_from_before_it_opened_does_not_close_it() {
        let breaker = breaker(Arc::new(()));
        let early = breaker.admit().unwrap();
        fail(&breaker, 3);
        early.succeeded();
        assert!(breaker.admit().is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn opening_and_closing_are_told_once() {
        let seen = Arc::new(Seen::default());
        let breaker = breaker(Arc::<Seen>::clone(&seen));
        let late = [breaker.admit().unwrap(), breaker.admit().unwrap()];
        fail(&breaker, 3);
        late.into_iter().for_each(Pass::failed);
        advance(Duration::from_secs(10)).await;
        fail(&breaker, 1);
        advance(Duration::from_secs(20)).await;
        breaker.admit().unwrap().succeeded();
        let there = Destination::Workflow;
        assert_eq!(*seen.0.lock().unwrap(), [(there, true), (there, false)]);
    }
}
