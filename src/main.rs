//! frontdesk: arguments, a command, an exit code.

use std::{
    io::{self, IsTerminal as _, Write as _},
    process::ExitCode,
};

use anyhow::Context as _;
use clap::Parser as _;
use frontdesk::cli::{self, Cli};

/// Takes less time than the system's for the many short texts of a message.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version come this way too, and are no failure.
            let code = if error.use_stderr() {
                cli::EXIT_USAGE
            } else {
                0
            };
            return error.print().map_or(ExitCode::FAILURE, |()| code.into());
        }
    };
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            let code = error.downcast_ref().map_or(1, cli::Error::exit_code);
            // There is nowhere left to tell it when standard error is closed.
            let message = format!("frontdesk: {error:#}");
            let message = cli::wrapped_message(&message, io::stderr().is_terminal());
            drop(writeln!(io::stderr(), "{message}"));
            code.into()
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    let done = runtime.block_on(cli::run(cli));
    // Everything spawned is joined by now; only a read of standard input may still block a thread.
    runtime.shutdown_background();
    Ok(done?)
}
