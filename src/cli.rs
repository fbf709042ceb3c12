//! The command line: what can be asked of the program.
//!
//! The invariant: settings are read once and before anything else is done, and a command that
//! cannot run as asked has started nothing.

mod backup;
pub mod chat;
mod check;
pub mod client;
mod flags;
mod healthcheck;
mod output;
pub mod send;
mod summary;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use self::{
    flags::Flags,
    summary::{Facts, summary},
};
use crate::config::{Config, Faults};

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
    /// Write a consistent copy of the store, also while the server runs
    Backup {
        /// The file to write; it must not exist yet
        file: PathBuf,
    },
    /// Ask the running server for its health; fails unless it is well
    Healthcheck,
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The settings are wrong.
    #[error(transparent)]
    Settings(#[from] Faults),
    /// The server did not start or did not end well.
    #[error(transparent)]
    Serve(Box<dyn std::error::Error + Send + Sync>),
    /// There is no copy of the store.
    #[error(transparent)]
    Backup(#[from] backup::Error),
    /// The server is not well.
    #[error(transparent)]
    Healthcheck(#[from] healthcheck::Error),
    /// The output went nowhere.
    #[error("cannot write to the terminal")]
    Output(#[from] std::io::Error),
}

/// The exit code for wrong arguments and settings (`EX_USAGE`).
pub const EXIT_USAGE: u8 = 64;
const EXIT_FAILURE: u8 = 1;

// === impl Error ===

impl Error {
    /// The code that the process ends with.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Settings(_) => EXIT_USAGE,
            Self::Serve(_) | Self::Backup(_) | Self::Healthcheck(_) | Self::Output(_) => {
                EXIT_FAILURE
            }
        }
    }
}

/// Does what was asked.
///
/// # Errors
///
/// What went wrong, with its exit code.
pub async fn run(cli: Cli) -> Result<(), Error> {
    let command = cli.command.unwrap_or(Command::Serve);
    if let Command::Check(args) = &command
        && args.example
    {
        return Ok(check::print_example()?);
    }
    let config = Config::from_process(&cli.flags)?;
    match command {
        Command::Serve => crate::app::run(config)
            .await
            .map_err(|error| Error::Serve(error.into())),
        Command::Check(_) => Ok(check::run(&config)?),
        Command::Backup { file } => Ok(backup::run(&config.store.database, &file)?),
        Command::Healthcheck => Ok(healthcheck::run(config.http.address).await?),
    }
}
