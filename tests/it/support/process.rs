//! The real binary as a process, spoken to over real sockets and signals.

use std::{
    path::Path,
    process::{ExitStatus, Stdio},
};

use chrono::{DateTime, Utc};
use frontdesk::{
    cli::client::Request,
    clock::{Clock as _, SystemClock},
    signature::Secret,
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, AsyncWriteExt as _, BufReader},
    process::{Child, Command},
    sync::watch,
    task::JoinSet,
};

use super::provider::PATIENCE;

/// The secret of direct messages in these tests.
pub(crate) const SECRET: &str = "a secret that only the tests know";

/// A running `frontdesk serve`.
#[derive(Debug)]
pub(crate) struct Frontdesk {
    child: Child,
    log: watch::Receiver<Vec<String>>,
    readers: JoinSet<()>,
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
    pub(crate) async fn spawn(command: Command) -> Self {
        Self::launch(command).listening().await
    }

    /// Starts a prepared command, which may not get as far as to listen.
    pub(crate) fn launch(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let (log, lines) = watch::channel(Vec::new());
        let mut readers = JoinSet::new();
        readers.spawn(keep(child.stdout.take().unwrap(), log.clone()));
        readers.spawn(keep(child.stderr.take().unwrap(), log));
        Self {
            child,
            log: lines,
            readers,
            url: String::new(),
        }
    }

    /// Waits until it says where it listens.
    pub(crate) async fn listening(mut self) -> Self {
        let line = self.logged("listening").await;
        let address = address_in(&line).unwrap_or_else(|| panic!("no address in {line}"));
        self.url = format!("http://{address}");
        self
    }

    /// Waits for a line of the log.
    pub(crate) async fn logged(&self, words: &str) -> String {
        let mut log = self.log.clone();
        let found = |line: &&String| line.contains(words);
        let heard = log.wait_for(|lines| lines.iter().any(|line| found(&line)));
        match tokio::time::timeout(PATIENCE, heard).await {
            Ok(Ok(lines)) => lines.iter().find(found).unwrap().clone(),
            _ => panic!("never {words:?} in {:#?}", self.log.borrow()),
        }
    }

    /// Types a line into a command that reads.
    pub(crate) async fn type_line(&mut self, line: &str) {
        let stdin = self.child.stdin.as_mut().unwrap();
        stdin.write_all(line.as_bytes()).await.unwrap();
        stdin.write_all(b"\n").await.unwrap();
        stdin.flush().await.unwrap();
    }

    /// The process's id.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id().unwrap()
    }

    /// `kill -9`.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Sends a signal by name, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let pid = self.pid().to_string();
        let status = std::process::Command::new("kill")
            .args([&format!("-{name}"), &pid])
            .status();
        assert!(status.unwrap().success());
    }

    /// Waits for its end: the exit status and everything that it wrote.
    pub(crate) async fn ended(mut self) -> (ExitStatus, Vec<String>) {
        let status = tokio::time::timeout(PATIENCE, self.child.wait()).await;
        while let Some(read) = self.readers.join_next().await {
            read.unwrap();
        }
        (status.unwrap().unwrap(), self.log.borrow().clone())
    }

    /// Asks it to end, as an orchestrator does, and waits until it did so well.
    pub(crate) async fn stop(self) -> Vec<String> {
        self.signal("TERM");
        let (status, log) = self.ended().await;
        assert_eq!(status.code(), Some(0), "{log:#?}");
        log
    }

    /// Posts what a sender wrote and proved: the answer's status and JSON.
    pub(crate) async fn deliver(&self, client: &reqwest::Client, request: Request) -> (u16, Value) {
        let answer = client
            .post(format!("{}{}", self.url, request.path))
            .headers(request.headers)
            .body(request.body)
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Posts all of these at once.
    pub(crate) async fn deliver_at_once(&self, requests: Vec<Request>) -> Vec<(u16, Value)> {
        let client = client();
        let answers = requests
            .into_iter()
            .map(|request| self.deliver(&client, request));
        futures_util::future::join_all(answers).await
    }

    /// Waits until every accepted message is answered or dead.
    pub(crate) async fn settled(&self) {
        eventually(async || self.metric("frontdesk_messages_pending").await == 0).await;
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

    /// A count of `/metrics` in Prometheus's format.
    pub(crate) async fn metric(&self, series: &str) -> u64 {
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

/// Asks again until it is so.
pub(crate) async fn eventually(mut is_so: impl AsyncFnMut() -> bool) {
    let asked = async {
        while !is_so().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, asked).await.unwrap();
}

/// The secret that the process was started with.
pub(crate) fn secret() -> Secret {
    Secret::new(SECRET).unwrap()
}

/// What time it is for the process.
pub(crate) fn now() -> DateTime<Utc> {
    SystemClock.now()
}

/// An HTTP client; TLS is never used here, but the library wants a provider.
pub(crate) fn client() -> reqwest::Client {
    // Installed once for the process; later calls find it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

async fn keep(output: impl AsyncRead + Unpin, log: watch::Sender<Vec<String>>) {
    let mut lines = BufReader::new(output).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        log.send_modify(|kept| kept.push(line));
    }
}

fn address_in(line: &str) -> Option<&str> {
    let address = &line[line.find("127.0.0.1:")?..];
    let end = address.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ':');
    Some(&address[..end.unwrap_or(address.len())])
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
