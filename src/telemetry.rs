//! Where log lines go, and in what form.
//!
//! The invariants: a slow reader of the log never holds up a request (lines go through a bounded
//! queue to a thread of their own, and are dropped, counted, when it is full); a panic is logged by
//! its place and never by a message made of data.

use std::{
    io::{self, IsTerminal},
    panic,
};

use tracing::{Subscriber, subscriber::SetGlobalDefaultError};
use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::{
    Layer, Registry,
    filter::Targets,
    fmt::{self, MakeWriter},
    layer::SubscriberExt,
};

/// The most lines that wait to be written.
const MAX_WAITING_LINES: usize = 16_384;

/// The form of the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One object a line.
    Json,
}

/// What is logged, and how.
#[derive(Debug, Clone)]
pub struct Config {
    /// Which events, by their target.
    pub filter: Targets,
    /// The form; none: text on a terminal, else JSON.
    pub format: Option<LogFormat>,
}

/// Writes out what still waits when it is dropped; held until the end of `main`.
#[derive(Debug)]
pub struct LogGuard {
    _worker: WorkerGuard,
}

/// Logs to standard error from now on, panics too.
///
/// # Errors
///
/// Something logs already.
pub fn init(config: &Config) -> Result<LogGuard, SetGlobalDefaultError> {
    let stderr = io::stderr();
    let on_terminal = stderr.is_terminal();
    let (writer, worker) = queue(stderr);
    let subscriber = subscriber(config, writer, on_terminal);
    tracing::subscriber::set_global_default(subscriber)?;
    panic::set_hook(Box::new(log_panic));
    Ok(LogGuard { _worker: worker })
}

/// A subscriber of that form that writes to `writer`.
pub fn subscriber<W>(
    config: &Config,
    writer: W,
    on_terminal: bool,
) -> impl Subscriber + Send + Sync + use<W>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let by_place = if on_terminal {
        LogFormat::Text
    } else {
        LogFormat::Json
    };
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match config.format.unwrap_or(by_place) {
        LogFormat::Text => fmt::layer()
            .with_ansi(on_terminal)
            .with_writer(writer)
            .boxed(),
        LogFormat::Json => fmt::layer()
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .with_span_list(false)
            .with_writer(writer)
            .boxed(),
    };
    Registry::default().with(lines.with_filter(config.filter.clone()))
}

fn queue(to: impl io::Write + Send + 'static) -> (NonBlocking, WorkerGuard) {
    NonBlockingBuilder::default()
        .buffered_lines_limit(MAX_WAITING_LINES)
        .lossy(true)
        .thread_name("log")
        .finish(to)
}

/// A formatted panic message can quote what it failed on (a slice of a text, an unexpected value),
/// so that only fixed ones are shown.
fn log_panic(info: &panic::PanicHookInfo<'_>) {
    let place = info.location().map(tracing::field::display);
    let message = info.payload().downcast_ref::<&'static str>().copied();
    tracing::error!(place, message, "panic");
}
