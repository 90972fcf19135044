//! A wire between the shop and its PostgreSQL that can be cut.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

#[derive(Clone)]
pub struct Relay {
    /// The server as it is reached through here.
    pub url: String,
    open: Arc<AtomicBool>,
    cut: Arc<Notify>,
}

impl Relay {
    /// In front of the server behind this address.
    pub async fn before(server: &str) -> Self {
        let (start, rest) = server.rsplit_once('@').unwrap();
        let (host, database) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("{start}@{}/{database}", listener.local_addr().unwrap());
        let relay = Self { url, open: Arc::new(AtomicBool::new(true)), cut: Arc::default() };
        tokio::spawn(relay.clone().carries(listener, host.to_owned()));
        relay
    }

    async fn carries(self, listener: TcpListener, host: String) {
        loop {
            let (mut near, _) = listener.accept().await.unwrap();
            if !self.open.load(Ordering::SeqCst) {
                continue;
            }
            let (relay, host) = (self.clone(), host.clone());
            tokio::spawn(async move {
                let cut = relay.cut.notified();
                let Ok(mut far) = TcpStream::connect(host).await else { return };
                tokio::select! {
                    _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
                    () = cut => {}
                }
            });
        }
    }

    /// Every connection ends, and none begins.
    pub fn is_cut(&self) {
        self.open.store(false, Ordering::SeqCst);
        self.cut.notify_waiters();
    }

    pub fn is_mended(&self) {
        self.open.store(true, Ordering::SeqCst);
    }
}
