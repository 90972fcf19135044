//! The sandbox gateway: a real HTTP server that stands in for WeChat Pay and Alipay in the demo and in tests.
//!
//! It keeps its own books, takes signed requests, has a cashier for people, calls the shop back by itself, and fails in
//! every way it is told to. It moves no real money, knows no real buyer, and listens on the loopback address only.

mod alipay;
mod bank;
mod bills;
mod books;
mod broken;
mod cashier;
mod clock;
mod console;
mod control;
mod numbers;
mod page;
mod problem;
mod router;
mod wechat;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::http::net::{self, Bounds};
use bank::Bank;
use books::Books;

pub use alipay::AlipayAccount;
pub use clock::ClockControl;
pub use wechat::WechatAccount;

/// How the sandbox runs.
pub struct SandboxConfig {
    /// A loopback address; port 0 takes a free one.
    pub listen: SocketAddr,
    /// `sqlite:…`, made when missing.
    pub database_url: String,
    /// The shop, for the link back.
    pub app_base_url: String,
    pub clock: Arc<dyn ClockControl>,
    /// How long an accepted refund takes, in real time.
    pub settle_after: Duration,
    /// The pauses between attempts of a callback, in real time; after the last one the sandbox gives up.
    pub retry_delays: Vec<Duration>,
    pub callback_timeout: Duration,
    /// The shop's account with the sandbox's Alipay; without one that door is shut.
    pub alipay: Option<AlipayAccount>,
    /// The same with the sandbox's WeChat Pay.
    pub wechat: Option<WechatAccount>,
}

impl SandboxConfig {
    pub fn new(listen: SocketAddr, database_url: impl Into<String>, app_base_url: impl Into<String>, clock: Arc<dyn ClockControl>) -> Self {
        Self {
            listen,
            database_url: database_url.into(),
            app_base_url: app_base_url.into(),
            clock,
            settle_after: Duration::from_secs(1),
            retry_delays: [1, 2, 5, 15, 30, 60, 300].map(Duration::from_secs).to_vec(),
            callback_timeout: Duration::from_secs(5),
            alipay: None,
            wechat: None,
        }
    }
}

/// Why the sandbox does not start.
#[derive(Debug, Error)]
pub enum SandboxError {
    #[error("the sandbox gateway listens on the loopback address only, not on {0}")]
    NotLoopback(SocketAddr),
    #[error("the sandbox gateway cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    #[error("the sandbox gateway cannot open its books: {0}")]
    Books(#[from] sqlx::Error),
    #[error("the sandbox gateway cannot call back: {0}")]
    Http(#[from] reqwest::Error),
    #[error("the sandbox gateway cannot take up what was under way: {0}")]
    Resume(String),
}

/// The sandbox gateway.
pub struct Sandbox;

impl Sandbox {
    /// Opens the books, takes up what was under way, and listens.
    pub async fn start(config: SandboxConfig) -> Result<SandboxHandle, SandboxError> {
        if !config.listen.ip().is_loopback() {
            return Err(SandboxError::NotLoopback(config.listen));
        }
        let cannot_listen = |error| SandboxError::Listen(config.listen, error);
        let listener = TcpListener::bind(config.listen).await.map_err(cannot_listen)?;
        let base_url = format!("http://{}", listener.local_addr().map_err(cannot_listen)?);
        let (stop, stopped) = watch::channel(false);
        let bank = Arc::new(Bank::open(config, base_url.clone(), stopped.clone()).await?);
        bank.resume().await.map_err(|problem| SandboxError::Resume(format!("{problem:?}")))?;
        let books = bank.books.clone();
        let server = tokio::spawn(serve(listener, bank, stopped));
        tracing::info!(base_url, "sandbox gateway listening");
        Ok(SandboxHandle { base_url, stop, server, books })
    }
}

async fn serve(listener: TcpListener, bank: Arc<Bank>, mut stopped: watch::Receiver<bool>) {
    let stop = async move {
        // An error means that the handle is gone, which asks for the same.
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    net::serve(listener, router::router(bank), Bounds::of_one_machine(), stop).await;
}

/// A running sandbox; it stops when this is dropped.
pub struct SandboxHandle {
    /// `http://127.0.0.1:3001`
    pub base_url: String,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
    books: Books,
}

impl SandboxHandle {
    /// Stops listening and calling back, and closes the books; what was under way goes on at the next start.
    pub async fn shutdown(self) {
        self.stop.send_replace(true);
        // Idle connections of browsers would hold a graceful end up for ever.
        let abort = self.server.abort_handle();
        if tokio::time::timeout(Duration::from_secs(2), self.server).await.is_err() {
            abort.abort();
        }
        self.books.close().await;
    }
}
