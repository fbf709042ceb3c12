//! The end of the process, in phases that everything can watch.
//!
//! The invariant: phases only move forward, and each has an end: whatever hangs, [`Phase::Over`]
//! comes within the drain delay and the grace, or at once when asked a second time.

use std::{io, time::Duration};

use tokio::{
    sync::watch,
    time::{Instant, sleep_until},
};

/// How far the end has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Everything works.
    Running,
    /// Asked to end: not ready for new traffic, which is served all the same.
    Draining,
    /// No new connections, requests or turns; what is under way is finished.
    Closing,
    /// What is not finished now is left as it is.
    Over,
}

/// How long the phases last.
#[derive(Debug, Clone, Copy)]
pub struct Config {
    /// The time between not being ready and closing, for load balancers to notice.
    pub drain_delay: Duration,
    /// The time from closing to the end.
    pub grace: Duration,
}

/// A handle on the end of the process; clones share it.
#[derive(Debug, Clone)]
pub struct Shutdown {
    config: Config,
    phase: watch::Sender<Phase>,
    requests: watch::Sender<u32>,
}

// === impl Shutdown ===

impl Shutdown {
    /// Running, until it is asked to end. [`Self::run`] moves the phases.
    pub fn new(config: Config) -> Self {
        Self {
            config,
            phase: watch::Sender::new(Phase::Running),
            requests: watch::Sender::new(0),
        }
    }

    /// Asks for the end; a second time: for the end at once.
    pub fn request(&self) {
        self.requests
            .send_modify(|requests| *requests = requests.saturating_add(1));
    }

    /// The phase now.
    pub fn phase(&self) -> Phase {
        *self.phase.borrow()
    }

    /// Resolves once `phase` or a later one is reached.
    pub async fn reached(&self, phase: Phase) {
        let mut phases = self.phase.subscribe();
        // The sender lives in `self`.
        let _ = phases.wait_for(|now| *now >= phase).await;
    }

    /// Waits for a request and leads through the phases to [`Phase::Over`].
    pub async fn run(&self) {
        self.requested(1).await;
        self.enter(Phase::Draining);
        let closing_at = Instant::now() + self.config.drain_delay;
        if self.wait_until(closing_at).await {
            self.enter(Phase::Closing);
            self.wait_until(closing_at + self.config.grace).await;
        }
        self.enter(Phase::Over);
    }

    /// Turns SIGTERM and SIGINT into requests, for as long as it is polled.
    ///
    /// # Errors
    ///
    /// When the signals cannot be listened to.
    pub async fn request_on_signals(&self) -> io::Result<()> {
        let mut signals = signals::Signals::listen()?;
        loop {
            let name = signals.next().await;
            tracing::info!(signal = name, "asked to end");
            self.request();
        }
    }

    async fn requested(&self, times: u32) {
        let mut requests = self.requests.subscribe();
        let _ = requests.wait_for(|requests| *requests >= times).await;
    }

    /// Whether the instant came before a second request did.
    async fn wait_until(&self, instant: Instant) -> bool {
        tokio::select! {
            biased;
            () = self.requested(2) => false,
            () = sleep_until(instant) => true,
        }
    }

    fn enter(&self, phase: Phase) {
        tracing::info!(phase = phase.as_str(), "shutting down");
        self.phase.send_replace(phase);
    }
}

// === impl Phase ===

impl Phase {
    /// The name in logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Draining => "draining",
            Self::Closing => "closing",
            Self::Over => "over",
        }
    }
}

#[cfg(unix)]
mod signals {
    use std::io;

    use tokio::signal::unix::{Signal, SignalKind, signal};

    pub(super) struct Signals {
        terminate: Signal,
        interrupt: Signal,
    }

    impl Signals {
        pub(super) fn listen() -> io::Result<Self> {
            Ok(Self {
                terminate: signal(SignalKind::terminate())?,
                interrupt: signal(SignalKind::interrupt())?,
            })
        }

        pub(super) async fn next(&mut self) -> &'static str {
            tokio::select! {
                _ = self.terminate.recv() => "SIGTERM",
                _ = self.interrupt.recv() => "SIGINT",
            }
        }
    }
}

#[cfg(not(unix))]
mod signals {
    use std::{future::pending, io};

    pub(super) struct Signals;

    impl Signals {
        pub(super) fn listen() -> io::Result<Self> {
            Ok(Self)
        }

        pub(super) async fn next(&mut self) -> &'static str {
            match tokio::signal::ctrl_c().await {
                Ok(()) => "ctrl-c",
                Err(_) => pending().await,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shutdown() -> Shutdown {
        Shutdown::new(Config {
            drain_delay: Duration::from_secs(5),
            grace: Duration::from_secs(20),
        })
    }

    #[tokio::test(start_paused = true)]
    async fn one_request_leads_through_every_phase_in_time() {
        let (shutdown, began) = (shutdown(), Instant::now());
        let when = async |phase| {
            shutdown.reached(phase).await;
            began.elapsed().as_secs()
        };
        shutdown.request();
        let times = tokio::join!(
            shutdown.run(),
            when(Phase::Draining),
            when(Phase::Closing),
            when(Phase::Over)
        );
        assert_eq!(times, ((), 0, 5, 25));
    }

    #[tokio::test(start_paused = true)]
    async fn a_second_request_ends_at_once_in_any_phase() {
        for at in [1, 6] {
            let (shutdown, began) = (shutdown(), Instant::now());
            let impatient = async {
                shutdown.request();
                tokio::time::sleep(Duration::from_secs(at)).await;
                shutdown.request();
            };
            tokio::join!(shutdown.run(), impatient);
            assert_eq!(
                (shutdown.phase(), began.elapsed().as_secs()),
                (Phase::Over, at)
            );
        }
    }
}
