//! The servers under load, each a process of its own.

use std::{
    fs::File,
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::client::SECRET;

/// A server process and its address. Killed when dropped.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// From the start of the process to its first ready answer.
    pub(crate) ready_after: Duration,
}

/// What a process has used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    /// The time of all its threads.
    pub(crate) cpu: Duration,
    /// What it had the disk write.
    pub(crate) written_bytes: u64,
}

impl Server {
    /// The handler that keeps nothing: this program again.
    pub(crate) async fn baseline() -> Self {
        let mut command = Command::new(std::env::current_exe().expect("this program has a path"));
        let address = free_address();
        command.arg("--baseline").arg(address.to_string());
        Self::start(command, address, Stdio::null()).await
    }

    /// frontdesk on a folder's database, its log going to a file there.
    pub(crate) async fn frontdesk(folder: &Path, workflow: &str, log_level: &str) -> Self {
        Self::with_settings(folder, workflow, log_level, &[]).await
    }

    /// The same with more settings.
    pub(crate) async fn with_settings(
        folder: &Path,
        workflow: &str,
        log_level: &str,
        settings: &[(&str, String)],
    ) -> Self {
        let address = free_address();
        let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
        command
            .current_dir(folder)
            .env_clear()
            .env("HOST", address.ip().to_string())
            .env("PORT", address.port().to_string())
            .env("DATABASE_URL", "sqlite:bench.db")
            .env("GHL_WEBHOOK_SECRET", SECRET)
            .env("LOG_LEVEL", log_level)
            .env("LOG_FORMAT", "json")
            // On, and too high to be met.
            .env("RATE_LIMIT_PER_MINUTE", "100000")
            .env("WORKFLOW", workflow)
            .envs(settings.iter().map(|(name, value)| (name, value)));
        let log = File::create(folder.join("log")).expect("the folder can be written");
        Self::start(command, address, log.into()).await
    }

    async fn start(mut command: Command, address: SocketAddr, log: Stdio) -> Self {
        let started = Instant::now();
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn();
        let mut server = Self {
            child: child.expect("the program starts"),
            address,
            ready_after: Duration::ZERO,
        };
        while get(address, "/readyz")
            .await
            .is_none_or(|(status, _)| status != 200)
        {
            let exited = server.child.try_wait().expect("the child can be asked");
            assert!(exited.is_none(), "the server ended: {exited:?}");
            assert!(
                started.elapsed() < Duration::from_secs(30),
                "the server is not ready"
            );
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        server.ready_after = started.elapsed();
        server
    }

    /// The most memory that was resident so far, in MiB.
    pub(crate) fn peak_memory_mib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("the process lives");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line
            .and_then(|line| line.trim().strip_suffix(" kB"))
            .expect("Linux tells it");
        kib.trim().parse::<u64>().expect("a size is a number") / 1024
    }

    /// What the process has used so far.
    pub(crate) fn usage(&self) -> Usage {
        let read = |file: &str| {
            let path = format!("/proc/{}/{file}", self.child.id());
            std::fs::read_to_string(path).expect("Linux tells it")
        };
        let stat = read("stat");
        // After the name, which may hold blanks: utime and stime are the 12th and 13th.
        let (_, fields) = stat.rsplit_once(')').expect("the name ends");
        let ticks = fields.split_whitespace().skip(11).take(2);
        let ticks: u64 = ticks.map(|field| field.parse().unwrap_or(0)).sum();
        let io = read("io");
        let written = io
            .lines()
            .find_map(|line| line.strip_prefix("write_bytes: "));
        Usage {
            // Linux counts a hundred a second, wherever it runs.
            cpu: Duration::from_millis(ticks * 10),
            written_bytes: written
                .and_then(|bytes| bytes.parse().ok())
                .expect("a number"),
        }
    }

    /// A series' value in `/metrics`.
    pub(crate) async fn metric(&self, series: &str) -> f64 {
        let (_, body) = get(self.address, "/metrics?format=prometheus")
            .await
            .expect("it answers");
        body.lines()
            .find_map(|line| line.strip_prefix(series)?.strip_prefix(' '))
            .map_or(0.0, |value| value.parse().expect("a sample is a number"))
    }

    /// Ends it as an operator would, and waits.
    pub(crate) fn stop(mut self) {
        let pid = self.child.id().to_string();
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .expect("kill exists");
        self.child.wait().expect("the child can be waited for");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener
        .local_addr()
        .expect("a bound socket has an address")
}

/// One GET on a connection of its own: status and body; none when nobody listens.
pub(crate) async fn get(address: SocketAddr, path: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    Some((head.get(9..12)?.parse().ok()?, body.to_owned()))
}
