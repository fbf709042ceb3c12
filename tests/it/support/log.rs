//! The log of the thread that a test runs on.

use std::{
    io,
    sync::{Arc, Mutex},
};

use frontdesk::telemetry::{self, LogFormat};
use tracing::subscriber::DefaultGuard;

/// The lines of this thread's log, from now on.
pub(crate) struct Log {
    lines: Arc<Mutex<Vec<u8>>>,
    _guard: DefaultGuard,
}

struct Line(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub(crate) fn new(level: &str) -> Self {
        let config = telemetry::Config {
            filter: level.parse().unwrap(),
            format: Some(LogFormat::Json),
        };
        let lines = Arc::<Mutex<Vec<u8>>>::default();
        let to = Arc::clone(&lines);
        let writer = move || Line(Arc::clone(&to));
        let subscriber = telemetry::subscriber(&config, writer, false);
        Self {
            lines,
            _guard: tracing::subscriber::set_default(subscriber),
        }
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.lines.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
