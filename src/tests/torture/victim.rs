//! The shop as people run it, a process of its own, which is killed and started again.

use crate::support::free_port;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub struct Victim {
    command: Command,
    process: Child,
    pub url: String,
    /// Its gateway, which lives and dies with it.
    pub sandbox: String,
    /// The longest time from a start to the first answer.
    pub slowest: Duration,
}

impl Victim {
    /// `guitu serve` over this database, with its own sandbox gateway.
    pub async fn start(database_url: &str, folder: PathBuf) -> Self {
        let (shop, gateway) = (free_port(), free_port());
        let mut command = Command::new(env!("CARGO_BIN_EXE_guitu"));
        command.args(["serve", "--demo", "--log-filter", "error", "--database-url", database_url]).arg("--data-dir").arg(folder);
        command.arg("--listen").arg(&shop).arg("--sandbox-listen").arg(&gateway);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let process = command.spawn().unwrap();
        let (url, sandbox) = (format!("http://{shop}"), format!("http://{gateway}"));
        let mut victim = Self { command, process, url, sandbox, slowest: Duration::ZERO };
        victim.answers(Instant::now()).await;
        victim
    }

    /// `kill -9`, and a start.
    pub async fn is_killed(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        let began = Instant::now();
        self.process = self.command.spawn().unwrap();
        self.answers(began).await;
    }

    /// What the dead have claimed falls due again. A connection to a database that was killed has to be met first.
    pub async fn lets_time_pass(&self, millis: i64) {
        let clock = format!("{}/control/clock", self.sandbox);
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let move_on = || http.post(&clock).body(serde_json::json!({ "advance_ms": millis }).to_string()).send();
        let began = Instant::now();
        while !move_on().await.is_ok_and(|moved| moved.status().is_success()) {
            assert!(began.elapsed() < Duration::from_secs(30), "the clock cannot be moved");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn answers(&mut self, began: Instant) {
        let ready = format!("{}/readyz", self.url);
        let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(1)).build().unwrap();
        while !http.get(&ready).send().await.is_ok_and(|answer| answer.status().is_success()) {
            assert!(began.elapsed() < Duration::from_mins(1), "the shop does not come back");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.slowest = self.slowest.max(began.elapsed());
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
