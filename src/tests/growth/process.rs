//! `guitu serve` as its operator runs it: a process of its own beside the town, on the town's database.

use crate::support::{Database, TestApp};
use std::fs::File;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

pub struct Process {
    process: Child,
    pub url: String,
}

impl Process {
    /// Starts one with these flags beside those that it cannot do without, and waits until it is ready.
    pub async fn start(app: &TestApp, flags: &[&str]) -> Self {
        Self::begin(&app.database_url, &app.folder, "warn", flags, Stdio::inherit()).await
    }

    /// The same over a database in which there is no town.
    pub async fn of(database: &Database, flags: &[&str]) -> Self {
        Self::begin(&database.url, &database.folder, "warn", flags, Stdio::inherit()).await
    }

    /// Starts one that writes all that this filter lets through to a file.
    pub async fn start_logging(app: &TestApp, filter: &str, log: &Path) -> Self {
        Self::begin(&app.database_url, &app.folder, filter, &[], File::create(log).unwrap().into()).await
    }

    async fn begin(database_url: &str, folder: &Path, filter: &str, flags: &[&str], log: Stdio) -> Self {
        let listen = free_port();
        let mut command = Command::new(env!("CARGO_BIN_EXE_guitu"));
        command.args(["serve", "--workers=false", "--log-filter", filter, "--database-url", database_url, "--listen", &listen]);
        command.arg("--data-dir").arg(folder).args(flags).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let process = Self { process: command.spawn().unwrap(), url: format!("http://{listen}") };
        let began = Instant::now();
        while !process.is_ready().await {
            assert!(began.elapsed() < Duration::from_mins(1), "the process does not get ready");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        process
    }

    pub async fn is_ready(&self) -> bool {
        is_ready(&self.url).await
    }

    /// SIGTERM.
    pub fn is_asked_to_stop(&self) {
        let sent = Command::new("kill").arg("-TERM").arg(self.process.id().to_string()).status().unwrap();
        assert!(sent.success());
    }

    /// How it ended.
    pub async fn ends(&mut self) -> ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(began.elapsed() < Duration::from_secs(30), "the process does not end");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What a proxy asks.
pub async fn is_ready(url: &str) -> bool {
    let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(2)).build().unwrap();
    http.get(format!("{url}/readyz")).send().await.is_ok_and(|answer| answer.status().is_success())
}

/// `127.0.0.1:PORT` that nobody listens on now.
pub fn free_port() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}
