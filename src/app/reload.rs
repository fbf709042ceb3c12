//! Taking the business files over anew while the app runs.
//!
//! The invariant: all of a new setup takes effect or none of it. What would open or close a door
//! takes a restart, and is refused.

use std::{io, sync::Arc};

use super::{AccessTokens, BreakersInHealth, Faults, Setup, doors::sources};
use crate::{
    booking::Businesses,
    breaker::{Breaker, Destination},
    channel::{self, owner::OwnerWebhooks},
    config::Posture,
    live::Live,
    source::Source,
};

/// Reads the setup again, with the settings as they were.
pub type Read = Arc<dyn Fn() -> Result<Setup, Faults> + Send + Sync>;

/// Why a new setup is not taken over; what was in force stays.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    /// The files, or the secrets they name, are faulty.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// The doors or who answers would not be the same.
    #[error("it opens or closes a door, or changes who answers, which takes a restart")]
    TakesRestart,
    /// The owners' webhooks cannot be called.
    #[error("the owners' webhooks cannot be called")]
    Owners(#[from] channel::SetupError),
}

/// What of a running app follows the business files.
#[derive(Debug)]
pub(super) struct Affairs {
    posture: Posture,
    businesses: Arc<Businesses>,
    /// In the order of [`sources`].
    sources: Vec<Arc<Live<dyn Source>>>,
    pub(super) whatsapp_tokens: Arc<Live<AccessTokens>>,
    pub(super) highlevel_tokens: Arc<Live<AccessTokens>>,
    pub(super) owners: Arc<OwnerWebhooks>,
    watch: Arc<BreakersInHealth>,
}

// === impl Affairs ===

impl Affairs {
    /// Those of a setup.
    ///
    /// # Errors
    ///
    /// The system has no way to call the owners' webhooks.
    pub(super) fn of(
        setup: &Setup,
        watch: &Arc<BreakersInHealth>,
    ) -> Result<Self, channel::SetupError> {
        let tokens = |tokens: &AccessTokens| Arc::new(Live::new(Arc::new(tokens.clone())));
        let breaker = || breaker(watch, Destination::Owner);
        Ok(Self {
            posture: setup.posture.clone(),
            businesses: Arc::clone(&setup.businesses),
            sources: sources(setup)
                .into_iter()
                .map(|source| Arc::new(Live::new(source)))
                .collect(),
            whatsapp_tokens: tokens(&setup.whatsapp_tokens),
            highlevel_tokens: tokens(&setup.highlevel_tokens),
            owners: Arc::new(OwnerWebhooks::new(&setup.owner_targets, breaker)?),
            watch: Arc::clone(watch),
        })
    }

    /// The doors, which stay as they are while their rules change.
    pub(super) fn doors(&self) -> Vec<Arc<dyn Source>> {
        let doors = self.sources.iter();
        doors.map(|door| Arc::clone(door) as _).collect()
    }

    /// Lets a new setup take effect, for everything that begins from now on.
    ///
    /// # Errors
    ///
    /// Why none of it does.
    pub(super) fn take_over(&self, new: &Setup) -> Result<(), Refused> {
        if new.posture != self.posture {
            return Err(Refused::TakesRestart);
        }
        let breaker = || breaker(&self.watch, Destination::Owner);
        self.owners.replace(&new.owner_targets, breaker)?;
        self.businesses.replace(&new.businesses);
        self.whatsapp_tokens
            .replace(Arc::new(new.whatsapp_tokens.clone()));
        self.highlevel_tokens
            .replace(Arc::new(new.highlevel_tokens.clone()));
        for (source, new) in self.sources.iter().zip(sources(new)) {
            source.replace(new);
        }
        self.watch.routes_changed();
        Ok(())
    }

    /// Reads and takes over at every SIGHUP, for as long as it is polled.
    pub(super) async fn follow(&self, mut hangups: Hangups, read: &Read) {
        loop {
            hangups.next().await;
            let read = Arc::clone(read);
            // The files may be slow to come.
            let read = tokio::task::spawn_blocking(move || read()).await;
            let Ok(new) = read else {
                tracing::error!("reading the business files panicked; what was in force stays");
                continue;
            };
            let taken = new.map_err(Refused::from).and_then(|new| {
                self.take_over(&new)?;
                Ok(new.remarks)
            });
            match taken {
                Ok(remarks) => {
                    for remark in remarks {
                        tracing::warn!("{remark}");
                    }
                    let businesses = self.businesses.iter().count();
                    tracing::info!(businesses, "took the business files over");
                }
                Err(refused) => log(&refused),
            }
        }
    }
}

/// A breaker that shows in health.
pub(super) fn breaker(watch: &Arc<BreakersInHealth>, destination: Destination) -> Breaker {
    Breaker::new(destination, Arc::<BreakersInHealth>::clone(watch))
}

fn log(refused: &Refused) {
    if let Refused::Faults(faults) = refused {
        for fault in faults.lines() {
            tracing::error!("{fault}");
        }
    } else {
        tracing::error!("{refused}");
    }
    tracing::error!("the business files are not taken over; what was in force stays");
}

/// The hang-ups that ask for it.
pub(super) struct Hangups(signals::Hangups);

impl Hangups {
    /// Listens from now on, so that an early one does not end the process.
    pub(super) fn listen() -> io::Result<Self> {
        signals::Hangups::listen().map(Self)
    }

    async fn next(&mut self) {
        self.0.next().await;
    }
}

#[cfg(unix)]
mod signals {
    use std::{future::pending, io};

    use tokio::signal::unix::{Signal, SignalKind, signal};

    pub(super) struct Hangups(Signal);

    impl Hangups {
        pub(super) fn listen() -> io::Result<Self> {
            signal(SignalKind::hangup()).map(Self)
        }

        pub(super) async fn next(&mut self) {
            if self.0.recv().await.is_none() {
                pending::<()>().await;
            }
        }
    }
}

#[cfg(not(unix))]
mod signals {
    use std::{future::pending, io};

    pub(super) struct Hangups;

    impl Hangups {
        pub(super) fn listen() -> io::Result<Self> {
            Ok(Self)
        }

        pub(super) async fn next(&mut self) {
            pending().await
        }
    }
}
