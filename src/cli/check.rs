//! `frontdesk check`: are the settings right, and what would run?

use std::io;

use super::{output::print, summary::summary};
use crate::{app::Setup, config};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print an example .env with every setting, and check nothing
    #[arg(long)]
    pub(super) example: bool,
}

/// Says what would run, and what of the business files has no effect in this release.
pub(super) fn run(setup: &Setup) -> io::Result<()> {
    let text = summary(setup, setup.config.http.address);
    let inactive = setup
        .inactive()
        .into_iter()
        .map(|part| format!("! {part}\n"));
    let inactive: String = inactive.collect();
    print(&format!(
        "The setup is right. This would run:\n\n{text}{inactive}"
    ))
}

/// Prints the example.
pub(super) fn print_example() -> io::Result<()> {
    print(&config::env_example())
}
