//! The real binary as a process, spoken to over real sockets and signals.

use std::{
    path::Path,
    process::{ExitStatus, Stdio},
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
    task::JoinHandle,
};

/// The secret of direct messages in these tests.
pub(crate) const SECRET: &str = "a secret that only the tests know";

/// A running `frontdesk serve`.
#[derive(Debug)]
pub(crate) struct Frontdesk {
    child: Child,
    log: Arc<Mutex<Vec<String>>>,
    reader: JoinHandle<()>,
    pub(crate) url: String,
}

/// A command for the binary in a folder of its own, with nothing of this process's environment.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    command
        .current_dir(folder)
        .env_clear()
        .env("HOST", "127.0.0.1")
        .env("PORT", "0")
        .env("LOG_FORMAT", "json")
        .env("DATABASE_URL", "sqlite:frontdesk.db")
        .env("GHL_WEBHOOK_SECRET", SECRET)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

impl Frontdesk {
    /// Starts it on a folder's database and waits until it listens.
    pub(crate) async fn start(folder: &Path) -> Self {
        Self::spawn(command(folder)).await
    }

    /// Starts a prepared command and waits until it says where it listens.
    pub(crate) async fn spawn(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let log = Arc::new(Mutex::new(Vec::new()));
        let address = loop {
            let line = lines.next_line().await.unwrap();
            let line = line.unwrap_or_else(|| panic!("it ended early: {:?}", log.lock()));
            let address = listening(&line);
            log.lock().unwrap().push(line);
            if let Some(address) = address {
                break address;
            }
        };
        let kept = Arc::clone(&log);
        let reader = tokio::task::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                kept.lock().unwrap().push(line);
            }
        });
        Self {
            child,
            log,
            reader,
            url: format!("http://{address}"),
        }
    }

    /// `kill -9`.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Sends a signal by name, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.id().unwrap().to_string();
        let status = std::process::Command::new("kill")
            .args([&format!("-{name}"), &pid])
            .status();
        assert!(status.unwrap().success());
    }

    /// Waits for its end: the exit status and everything that it logged.
    pub(crate) async fn ended(mut self) -> (ExitStatus, Vec<String>) {
        let status = self.child.wait().await.unwrap();
        self.reader.await.unwrap();
        (status, std::mem::take(&mut *self.log.lock().unwrap()))
    }

    /// The JSON of a GET.
    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        let answer = client()
            .get(format!("{}{path}", self.url))
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Posts a signed direct message; the answer's status and JSON, or nothing when the
    /// connection broke.
    pub(crate) async fn post(
        &self,
        client: &reqwest::Client,
        body: &Value,
        wait_secs: u32,
    ) -> Option<(u16, Value)> {
        let mut request = client
            .post(format!("{}/webhook", self.url))
            .header("content-type", "application/json")
            .header("x-webhook-secret", SECRET)
            .body(body.to_string());
        if wait_secs > 0 {
            request = request.header("prefer", format!("wait={wait_secs}"));
        }
        let answer = request.send().await.ok()?;
        Some((answer.status().as_u16(), answer.json().await.ok()?))
    }

    /// Says something as a phone and waits for the replies' texts.
    pub(crate) async fn say(&self, phone: &str, message: &str) -> Value {
        let body = json!({"phone": phone, "message": message});
        let (status, answer) = self.post(&client(), &body, 20).await.unwrap();
        assert_eq!(status, 200, "{answer}");
        answer
    }

    /// A sample of `/metrics` in Prometheus's format.
    pub(crate) async fn metric(&self, series: &str) -> f64 {
        let url = format!("{}/metrics?format=prometheus", self.url);
        let text = client()
            .get(url)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        text.lines()
            .find_map(|line| line.strip_prefix(series)?.strip_prefix(' '))
            .unwrap_or_else(|| panic!("no {series} in\n{text}"))
            .parse()
            .unwrap()
    }
}

/// An HTTP client; TLS is never used here, but the library wants a provider.
pub(crate) fn client() -> reqwest::Client {
    // Installed once for the process; later calls find it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

fn listening(line: &str) -> Option<String> {
    let start = line
        .contains("listening")
        .then(|| line.find("127.0.0.1:"))??;
    let address = &line[start..];
    let end = address.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ':');
    Some(address[..end.unwrap_or(address.len())].to_owned())
}
