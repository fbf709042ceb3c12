//! The command line: what can be asked of the program.
//!
//! The invariant: settings are read once and before anything else is done, and a command that
//! cannot run as asked has started nothing.

pub mod chat;
mod check;
pub mod client;
mod feed_token;
mod flags;
mod healthcheck;
mod output;
mod phone;
pub mod send;
mod summary;
mod wrap;

use std::{
    io::{self, IsTerminal as _},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

use clap::{Parser, Subcommand};
use tokio::io::BufReader;

pub use self::{flags::Flags, summary::summary};
use crate::{
    app::{self, Faults, Setup},
    clock::{Clock as _, SystemClock},
    message::{InvalidPhone, PhoneNumber},
    shutdown::Phase,
};

/// Answers a business's WhatsApp, and books the appointment.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Settings come from flags, the environment and .env; --help lists them all."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    flags: Flags,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server (the default)
    Serve,
    /// Check the settings and the business file, and say what would run
    Check(check::Args),
    /// Talk to the assistant in the terminal
    Chat(chat::Args),
    /// Send one message to a running server, signed as its sender signs
    Send(send::Args),
    /// Write a consistent copy of the store, also while the server runs
    Backup {
        /// The file to write; it must not exist yet
        file: PathBuf,
    },
    /// Let another program subscribe to a calendar of the bookings, also while the server runs
    FeedToken(feed_token::Args),
    /// Ask the running server for its health; fails when it cannot take messages
    ///
    /// Asks `GET /health` on HOST and PORT, for at most 5 seconds, and ends with 0 on a 200, else
    /// with 1. A server that is degraded counts as healthy: it takes and keeps messages, and a
    /// restart would not help. To fail then too, ask /health?strict=1 with an HTTP client.
    Healthcheck,
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The setup is wrong.
    #[error(transparent)]
    Setup(#[from] Faults),
    /// `--phone` is no number, or none of the business's country.
    #[error("--phone {0}, or a number as dialled in the business's `country`")]
    Phone(#[from] InvalidPhone),
    /// The server did not start.
    #[error(transparent)]
    Serve(Box<dyn std::error::Error + Send + Sync>),
    /// There is no copy of the store.
    #[error(transparent)]
    Backup(#[from] app::BackupError),
    /// There is no token for a calendar.
    #[error(transparent)]
    FeedToken(#[from] feed_token::Error),
    /// The server is not well.
    #[error(transparent)]
    Healthcheck(#[from] healthcheck::Error),
    /// Nothing was sent, or no answer came.
    #[error(transparent)]
    Send(#[from] send::Error),
    /// The conversation ended early.
    #[error(transparent)]
    Chat(#[from] chat::Error),
    /// The output went nowhere.
    #[error("cannot write to the terminal")]
    Output(#[from] io::Error),
}

/// The exit code for wrong arguments and settings (`EX_USAGE`).
pub const EXIT_USAGE: u8 = 64;
const EXIT_FAILURE: u8 = 1;

// === impl Error ===

impl Error {
    /// The code that the process ends with.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Setup(_) | Self::Phone(_) => EXIT_USAGE,
            Self::FeedToken(error) if error.is_of_usage() => EXIT_USAGE,
            Self::Send(error) if error.is_of_usage() => EXIT_USAGE,
            Self::Chat(chat::Error::Client(error)) if error.is_of_usage() => EXIT_USAGE,
            _ => EXIT_FAILURE,
        }
    }
}

/// Wraps a message to the width of a small terminal, where it is shown on one.
pub fn wrapped_message(message: &str, is_terminal: bool) -> String {
    if !is_terminal {
        return message.to_owned();
    }
    let lines = message.lines().flat_map(|line| {
        let indent = &line[..line.len() - line.trim_start().len()];
        wrap::wrapped(line, indent, &format!("{indent}  "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Does what was asked.
///
/// # Errors
///
/// What went wrong, with its exit code.
pub async fn run(cli: Cli) -> Result<ExitCode, Error> {
    let command = cli.command.unwrap_or(Command::Serve);
    if let Command::Check(args) = &command
        && args.example
    {
        check::print_example()?;
        return Ok(ExitCode::SUCCESS);
    }
    let setup = Setup::from_process(&cli.flags)?;
    match command {
        Command::Serve => serve(&setup, cli.flags).await?,
        Command::Check(args) => check::run(&args, &setup, SystemClock.now()).await?,
        Command::Backup { file } => app::backup(&setup.config, &file)?,
        Command::FeedToken(args) => feed_token::run(&args, &setup, &SystemClock)?,
        Command::Healthcheck => healthcheck::run(setup.config.http.address).await?,
        Command::Send(mut args) => {
            let here = || {
                let address = healthcheck::reachable(setup.config.http.address);
                format!("http://{address}")
            };
            args.url.get_or_insert_with(here);
            return Ok(send::run(&args, &keys(&setup), &SystemClock, &mut io::stdout()).await?);
        }
        Command::Chat(mut args) => {
            let business = setup.businesses.default_business();
            let country = business.country.as_deref();
            let phone = match &args.phone {
                Some(given) => given.read(country)?,
                None => PhoneNumber::example(country),
            };
            args.phone = Some(phone.into());
            return chat(&args, setup).await;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn serve(setup: &Setup, flags: Flags) -> Result<(), Error> {
    let config = setup.config.clone();
    let read = move || Setup::again(config.clone(), &flags);
    let started = |address| {
        if io::stdout().is_terminal() {
            return output::print(&summary(setup, address));
        }
        // Where no person reads the summary, its remarks are for the log.
        for reason in &setup.posture.degraded {
            tracing::warn!(reason = reason.as_str(), "degraded: {reason}");
        }
        for warning in &setup.posture.warnings {
            tracing::warn!("{warning}");
        }
        for remark in &setup.remarks {
            tracing::warn!("{remark}");
        }
        Ok(())
    };
    let served = app::serve(setup, started, Arc::new(read)).await;
    served.map_err(|error| Error::Serve(error.into()))
}

/// What a sender has to know of the server's setup.
fn keys(setup: &Setup) -> send::Keys {
    let business = setup.businesses.default_business();
    let number = business.whatsapp.phone_number_ids.first();
    send::Keys {
        direct: setup.secrets.clone(),
        whatsapp: setup.config.whatsapp.app_secrets.clone(),
        phone_number_id: number.map(ToString::to_string),
        location_id: setup
            .routes
            .only_location(Some(&business.id))
            .map(str::to_owned),
        country: business.country.clone(),
    }
}

/// Talks to the server at `--url`, or without one to a server of its own on a store that is gone
/// afterwards.
async fn chat(args: &chat::Args, setup: Setup) -> Result<ExitCode, Error> {
    let console = chat::Console {
        input: BufReader::new(tokio::io::stdin()),
        out: io::stdout(),
        is_terminal: io::stdin().is_terminal() && io::stdout().is_terminal(),
    };
    if let Some(url) = &args.url {
        return Ok(chat::run(url, args, setup.secrets.as_ref(), &SystemClock, console).await?);
    }
    if console.is_terminal {
        let business = setup.businesses.default_business();
        output::print(&chat::banner(&business))?;
    }
    let serve = |error: anyhow::Error| Error::Serve(error.into());
    let (app, _folder) = app::temporary(&setup).await.map_err(serve)?;
    let (url, shutdown) = (format!("http://{}", app.address()), app.shutdown().clone());
    let conversation = async {
        let secrets = setup.secrets.as_ref();
        let ended = tokio::select! {
            ended = chat::run(&url, args, secrets, &SystemClock, console) => ended.map_err(Error::from),
            // Ctrl-C must not leave the store's folder behind.
            listening = shutdown.request_on_signals() => listening.map(|()| ExitCode::SUCCESS).map_err(Error::from),
            () = shutdown.reached(Phase::Draining) => Ok(ExitCode::SUCCESS),
        };
        shutdown.request();
        ended
    };
    let (ended, ()) = tokio::join!(conversation, app.join());
    ended
}
