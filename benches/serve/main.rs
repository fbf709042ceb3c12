//! `make bench`: how fast the whole server is, beside a handler that keeps nothing, in one run.
//!
//! `cargo bench --bench serve -- [--seconds N] [--rounds N] [--backlog]`. Every figure is a ratio or a rate of
//! this machine at this moment; the client shares it with the server.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a load tool measures real time, and its report is what it is for"
)]

mod backlog;
mod baseline;
mod client;
mod fill;
mod server;
mod verify;

use std::time::Duration;

use client::{Script, Seen, round};
use server::Server;

/// A conversation that books; the answers are taken by number where that can be.
const BOOKING: &[&str] = &["hi", "1", "1", "Ann", "yes", "thanks"];

/// The messages that are stored when the start is measured, at least.
const STORED_AT_START: i64 = 1_000_000;

#[tokio::main]
async fn main() {
    let mut seconds = 10;
    let mut rounds = 3;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().expect("the flag has a value");
        match argument.as_str() {
            "--baseline" => {
                let listener = tokio::net::TcpListener::bind(value()).await;
                return baseline::serve(listener.expect("the port is free")).await;
            }
            "--backlog" => return backlog::drain().await,
            "--seconds" => seconds = value().parse().expect("a number of seconds"),
            "--rounds" => rounds = value().parse().expect("a number of rounds"),
            // `cargo bench` adds `--bench`.
            _ => {}
        }
    }
    let duration = Duration::from_secs(seconds);
    let folder =
        tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("this folder can be written");
    let mut acked = ingest(duration, rounds, folder.path()).await;
    acked.extend(turns(duration, folder.path()).await);
    let database = folder.path().join("bench.db");
    verify::exactly_once(&database, &acked);
    fill::up_to(&database, STORED_AT_START);
    ready(folder.path()).await;
    backlog::drain().await;
}

/// Durable ingest beside the baseline, the two in turns so that the machine's moods hit both.
async fn ingest(duration: Duration, rounds: usize, folder: &std::path::Path) -> Vec<u128> {
    println!(
        "durable signed ingest on POST /webhook, {} connections",
        client::CONNECTIONS
    );
    println!(
        "{:>10} {:>12} {:>12} {:>7} {:>9} {:>9}",
        "access log", "bare req/s", "durable/s", "ratio", "p50 ms", "p99 ms"
    );
    let mut acked = Vec::new();
    for (log_level, name) in [("WARN", "off"), ("INFO", "on")] {
        for _ in 0..rounds {
            let bare = {
                let server = Server::baseline().await;
                round(server.address, Script::Ingest, duration).await
            };
            let server = Server::frontdesk(folder, "acknowledge", log_level).await;
            let mut durable = round(server.address, Script::Ingest, duration).await;
            assert_eq!(durable.refused, 0, "nothing is refused");
            println!(
                "{name:>10} {:>12.0} {:>12.0} {:>7.2} {:>9.1} {:>9.1}   peak memory {} MiB",
                bare.rate(),
                durable.rate(),
                durable.rate() / bare.rate(),
                milliseconds(durable.percentile(0.5)),
                milliseconds(durable.percentile(0.99)),
                server.peak_memory_mib(),
            );
            server.stop();
            acked.append(&mut durable.acked);
        }
    }
    acked
}

/// Whole turns: webhook, assistant, committed reply, while it goes on ingesting.
async fn turns(duration: Duration, folder: &std::path::Path) -> Vec<u128> {
    let server = Server::frontdesk(folder, "assistant", "WARN").await;
    let series = r#"frontdesk_turns_total{workflow="assistant",outcome="done"}"#;
    let before = server.metric(series).await;
    let mut seen: Seen = round(server.address, Script::Conversation(BOOKING), duration).await;
    let done = server.metric(series).await - before;
    let booked = server
        .metric(r#"frontdesk_bookings_total{outcome="booked"}"#)
        .await;
    println!("\nwhole turns (webhook, assistant, reply committed) while ingesting");
    println!(
        "{:.0} turns/s, {:.0} messages/s acknowledged (p50 {:.1} ms, p99 {:.1} ms), {booked:.0} booked, {:.0} waiting, peak memory {} MiB",
        done / seen.took.as_secs_f64(),
        seen.rate(),
        milliseconds(seen.percentile(0.5)),
        milliseconds(seen.percentile(0.99)),
        server.metric("frontdesk_messages_pending").await,
        server.peak_memory_mib(),
    );
    assert_eq!(seen.refused, 0, "nothing is refused");
    server.stop();
    seen.acked
}

/// From the start of the process to ready, on all that was stored.
async fn ready(folder: &std::path::Path) {
    let server = Server::frontdesk(folder, "acknowledge", "WARN").await;
    let stored = server.metric("frontdesk_messages_accepted_total").await;
    println!(
        "\nready {:.0} ms after start with {stored:.0} messages stored",
        milliseconds(server.ready_after)
    );
    server.stop();
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
