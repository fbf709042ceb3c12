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
    let filtered = Registry::default().with(config.filter.clone());
    let lines: Box<dyn Layer<_> + Send + Sync> = match config.format.unwrap_or(by_place) {
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
    filtered.with(lines)
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

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Debug, Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn config(level: &str, format: Option<LogFormat>) -> Config {
        Config {
            filter: level.parse().unwrap(),
            format,
        }
    }

    fn logged(config: &Config, on_terminal: bool, log: impl FnOnce()) -> String {
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = subscriber(config, move || writer.clone(), on_terminal);
        tracing::subscriber::with_default(subscriber, log);
        let bytes = lines.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_form_follows_the_place_unless_it_is_set() {
        let line = || tracing::info!(n = 1, "here");
        assert!(logged(&config("INFO", None), false, line).starts_with('{'));
        assert!(!logged(&config("INFO", None), true, line).starts_with('{'));
        let json = config("INFO", Some(LogFormat::Json));
        assert!(logged(&json, true, line).starts_with('{'));
    }

    #[test]
    fn the_level_holds() {
        let lines = || {
            tracing::info!("seen");
            tracing::debug!("unseen");
        };
        let text = logged(&config("info", None), false, lines);
        assert!(text.contains("seen") && !text.contains("unseen"), "{text}");
    }

    #[test]
    fn a_panic_is_logged_without_the_data_in_its_message() {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(log_panic));
        let text = logged(&config("info", None), false, || {
            let private = "+12025550100";
            let _ = panic::catch_unwind(|| panic!("cannot read {private}"));
            let _ = panic::catch_unwind(|| panic!("a fixed message"));
        });
        panic::set_hook(previous);
        assert!(text.contains("telemetry.rs"), "{text}");
        assert!(text.contains("a fixed message"), "{text}");
        assert!(!text.contains("2025550100"), "{text}");
    }
}
