//! `frontdesk check`: are the settings right, and what would run?

use std::io;

use super::{
    output::print,
    summary::{Facts, summary},
};
use crate::config::{self, BusinessDoors, Config};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print an example .env with every setting, and check nothing
    #[arg(long)]
    pub(super) example: bool,
}

/// Says what would run.
pub(super) fn run(config: &Config) -> io::Result<()> {
    let posture = config.posture(BusinessDoors::default());
    let facts = Facts {
        address: config.http.address,
        businesses: &[],
        demo: config.business.is_none(),
    };
    let text = summary(config, &posture, &facts);
    print(&format!(
        "The settings are right. This would run:\n\n{text}"
    ))
}

/// Prints the example.
pub(super) fn print_example() -> io::Result<()> {
    print(&config::env_example())
}
