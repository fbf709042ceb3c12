//! `frontdesk check`: are the settings right, and what would run?

use std::io;

use super::{output::print, summary::summary};
use crate::{app::Setup, booking::Business, config};

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
        .businesses
        .iter()
        .flat_map(|business| inactive(business));
    let inactive: String = inactive.collect();
    print(&format!(
        "The setup is right. This would run:\n\n{text}{inactive}"
    ))
}

fn inactive(business: &Business) -> Vec<String> {
    let notify = &business.notify;
    let parts = [
        (business.reminder.is_some(), "[reminder]"),
        (
            notify.webhook_url.is_some() || notify.whatsapp.is_some(),
            "[notify]",
        ),
        (
            business.highlevel.calendar.is_some(),
            "[highlevel] calendar",
        ),
    ];
    let given = parts.into_iter().filter(|(given, _)| *given);
    given
        .map(|(_, part)| format!("! {}: {part} has no effect in this release\n", business.id))
        .collect()
}

/// Prints the example.
pub(super) fn print_example() -> io::Result<()> {
    print(&config::env_example())
}
