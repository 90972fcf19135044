//! `guitu serve` as its operator runs it: a process of its own beside the town, on the town's database.

use crate::support::{Database, TestApp, free_port};
use std::fs::File;
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
        let flags = [&["--log-filter", "warn"], flags].concat();
        Self::start_saying(app, &flags, Stdio::null(), Stdio::inherit()).await
    }

    /// The same over a database in which there is no town.
    pub async fn of(database: &Database, flags: &[&str]) -> Self {
        let flags = [&["--log-filter", "warn"], flags].concat();
        let mut command = Command::new(env!("CARGO_BIN_EXE_guitu"));
        command.stdout(Stdio::null());
        Self::started(command, &database.url, &database.folder, &flags).await
    }

    /// The same of a build of one's own.
    pub async fn start_build(binary: &str, app: &TestApp) -> Self {
        let mut command = Command::new(binary);
        command.stdout(Stdio::null());
        Self::started(command, &app.database_url, &app.folder, &["--log-filter", "warn"]).await
    }

    /// Starts one that writes all that this filter lets through to a file.
    pub async fn start_logging(app: &TestApp, filter: &str, log: &Path) -> Self {
        Self::start_saying(app, &["--log-filter", filter], Stdio::null(), File::create(log).unwrap().into()).await
    }

    /// Says what it says to these two.
    pub async fn start_saying(app: &TestApp, flags: &[&str], out: Stdio, err: Stdio) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guitu"));
        command.stdout(out).stderr(err);
        Self::started(command, &app.database_url, &app.folder, flags).await
    }

    /// One whose files can be limited while it runs: it hears that there is no room, and is not ended by the signal that says so.
    pub async fn start_with_limited_files(app: &TestApp) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", r#"trap "" XFSZ; exec "$0" "$@""#, env!("CARGO_BIN_EXE_guitu")]).stdout(Stdio::null());
        Self::started(command, &app.database_url, &app.folder, &["--log-filter", "off"]).await
    }

    async fn started(mut command: Command, database_url: &str, folder: &Path, flags: &[&str]) -> Self {
        let listen = free_port();
        command.args(["serve", "--workers=false", "--database-url", database_url, "--listen", &listen]);
        command.arg("--data-dir").arg(folder).args(flags).stdin(Stdio::null());
        let process = Self { process: command.spawn().unwrap(), url: format!("http://{listen}") };
        let began = Instant::now();
        while !process.is_ready().await {
            assert!(began.elapsed() < Duration::from_mins(1), "the process does not get ready");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        process
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    pub async fn is_ready(&self) -> bool {
        is_ready(&self.url).await
    }

    /// No file of it may be written beyond so many bytes; `None`: there is room again.
    pub fn may_write_up_to(&self, bytes: Option<u64>) {
        let limit = bytes.map_or_else(|| "unlimited".to_owned(), |bytes| bytes.to_string());
        let mut command = Command::new("prlimit");
        command.arg(format!("--pid={}", self.process.id())).arg(format!("--fsize={limit}:unlimited"));
        assert!(command.status().unwrap().success());
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
