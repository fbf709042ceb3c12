//! `frontdesk check`: are the settings right, what would run, and what would be left behind?

use std::{fmt::Write as _, io};

use chrono::{DateTime, Utc};

use super::{output::print, summary::summary, wrap::wrapped};
use crate::{
    app::{self, SeenNumbers, Setup},
    booking::{
        Booking,
        stray::{Gone, Stray},
    },
    channel::whatsapp::Number,
    config,
};

/// The bookings that are listed; of more, how many there are.
const LISTED: usize = 20;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print an example .env with every setting, and check nothing
    #[arg(long)]
    pub(super) example: bool,
    /// Do not ask Meta which numbers the access tokens can see
    #[arg(long)]
    offline: bool,
}

/// Says what would run, which WhatsApp numbers Meta shows, and which bookings are of what left the
/// business files.
pub(super) async fn run(args: &Args, setup: &Setup, now: DateTime<Utc>) -> io::Result<()> {
    let text = summary(setup, setup.config.http.address);
    let strays = match app::strays(setup, now) {
        Ok(strays) => listed(setup, &strays),
        Err(error) => remark(&format!("{error}, so that nobody knows what they are of")),
    };
    let numbers = if args.offline {
        String::new()
    } else {
        match app::seen_numbers(setup).await {
            Ok(seen) => compared(&seen),
            Err(error) => remark(&error.to_string()),
        }
    };
    print(&format!(
        "The setup is right. This would run:\n\n{text}{numbers}{strays}"
    ))
}

/// The numbers that Meta shows, beside those of the business files.
fn compared(numbers: &SeenNumbers) -> String {
    let mut text = String::new();
    if !numbers.seen.is_empty() {
        text.push('\n');
    }
    for (business, number) in &numbers.seen {
        let Number { id, shown } = number;
        let _ = writeln!(text, "  number {id} of {business} is {shown} at Meta");
    }
    for (business, id, unseen) in &numbers.unseen {
        text += &remark(&format!(
            "the number {id} of {business} is not seen: {unseen}"
        ));
    }
    for Number { id, shown } in &numbers.unclaimed {
        text += &remark(&format!(
            "{shown} is at Meta as {id}, which no business file names in phone_number_ids: what is \
             written to it is not answered"
        ));
    }
    text
}

/// Prints the example.
pub(super) fn print_example() -> io::Result<()> {
    print(&config::env_example())
}

fn remark(text: &str) -> String {
    let mut lines = wrapped(text, "! ", "  ").join("\n");
    lines.push('\n');
    lines
}

fn listed(setup: &Setup, strays: &[Stray]) -> String {
    let mut text = String::new();
    if strays.is_empty() {
        return text;
    }
    text += &remark(&format!(
        "Bookings to come of what is not in the business files any more ({}):",
        strays.len()
    ));
    for stray in strays.iter().take(LISTED) {
        for line in wrapped(&line(setup, stray), "  ", "    ") {
            let _ = writeln!(text, "{line}");
        }
    }
    if strays.len() > LISTED {
        let _ = writeln!(text, "  and {} more", strays.len() - LISTED);
    }
    text
}

/// When it is, of what, with whom and for whom, of whom no more is told than the initials.
fn line(setup: &Setup, stray: &Stray) -> String {
    let Stray { booking, gone } = stray;
    let details = &booking.details;
    let gone: Vec<_> = gone.iter().map(named).collect();
    let initials = details.name.as_deref().map(initials).unwrap_or_default();
    format!(
        "{} {}: {} with {}{initials}: {} left",
        details.business,
        moment(setup, booking),
        details.services,
        details.resource.as_str(),
        gone.join(" and "),
    )
}

/// By the clock of the business, while it has one.
fn moment(setup: &Setup, booking: &Booking) -> String {
    let start = booking.details.visible.start;
    match setup.businesses.by_id(&booking.details.business) {
        Some(business) => {
            let local = business.zone.to_local(start);
            local.format("%Y-%m-%d %H:%M").to_string()
        }
        None => start.format("%Y-%m-%d %H:%MZ").to_string(),
    }
}

fn named(gone: &Gone) -> String {
    match gone {
        Gone::Business(id) => format!("the business {id}"),
        Gone::Service(id) => format!("the service {}", id.as_str()),
        Gone::Staff(id) => id.as_str().to_owned(),
    }
}

fn initials(name: &str) -> String {
    let words = name.split_whitespace();
    let letters = words.filter_map(|word| word.chars().find(|c| c.is_alphabetic()));
    let letters: Vec<_> = letters.map(|letter| format!("{letter}.")).collect();
    format!(" for {}", letters.join(" "))
}
