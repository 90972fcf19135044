//! The server that is attacked: a process of its own on the town's database.

use crate::growth::process::Process;
use crate::support::{LI, TestApp, Ware};
use guitu::http::net::raise_file_handles;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream};

#[derive(Clone)]
pub struct Target {
    process: Arc<Process>,
    pub ware: Ware,
    /// An order of somebody who is among the attackers, for which pictures are taken.
    pub order: String,
}

impl Target {
    /// `ATTACKED` names a build of one's own; otherwise that of the tests.
    pub async fn start(app: &TestApp) -> Self {
        // There shall be goods for everybody.
        app.stocks(app.town.goods.tea, 100_000).await;
        let order = app.completed(&app.buyer(LI).await, &[(app.town.goods.tea, 1)], "balance").await;
        // The attackers' own connections are many, too.
        raise_file_handles();
        let binary = std::env::var("ATTACKED").unwrap_or_else(|_| env!("CARGO_BIN_EXE_guitu").to_owned());
        Self { process: Arc::new(Process::start_build(&binary, app).await), ware: app.town.goods.tea, order }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.process.url)
    }

    pub fn origin(&self) -> &str {
        &self.process.url
    }

    /// Somebody's client at an address of the loopback network: limits by address tell it from others.
    #[expect(clippy::unused_self, reason = "a client is one of this target's")]
    pub fn client(&self, from: &str) -> reqwest::ClientBuilder {
        let from: IpAddr = from.parse().unwrap();
        reqwest::Client::builder()
            .no_proxy()
            .local_address(from)
            .timeout(Duration::from_secs(20))
            .redirect(reqwest::redirect::Policy::none())
    }

    /// A bare connection from such an address.
    pub async fn connect(&self, from: &str) -> Option<TcpStream> {
        let to: SocketAddr = self.process.url.trim_start_matches("http://").parse().unwrap();
        let socket = TcpSocket::new_v4().ok()?;
        socket.bind(SocketAddr::new(from.parse().unwrap(), 0)).ok()?;
        tokio::time::timeout(Duration::from_secs(2), socket.connect(to)).await.ok()?.ok()
    }

    /// The most memory that the process has had, in MiB.
    pub fn peak_mib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).expect("the server lives");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
        peak.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() / 1024
    }
}
