//! Who is connected: so many in all, so many of one address. A new client takes the place of one that has kept us waiting, or whose address has
//! the most, and whoever is late is ended.

use super::progress::{ConnectionProgress, Phase, Rank};
use crate::http::client::network_of;
use crate::server::limits::{CONNECTIONS, CONNECTIONS_PER_ADDRESS, RESERVED_HANDLES};
use crate::server::machinery::config::TrustedProxies;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::task::{AbortHandle, JoinHandle};

/// How many may be connected.
#[derive(Clone, Debug)]
pub struct Bounds {
    all: usize,
    per_address: usize,
    /// They speak for many: of them no address is counted.
    proxies: TrustedProxies,
}

impl Bounds {
    /// As many as the limits say, or as the process has file handles for.
    pub fn new(handles: usize, proxies: TrustedProxies) -> Self {
        let all = CONNECTIONS.min(handles.saturating_sub(RESERVED_HANDLES).max(handles / 2)).max(1);
        Self { all, per_address: CONNECTIONS_PER_ADDRESS.min(all.div_ceil(2)), proxies }
    }

    /// For a server that its own machine alone can reach: there one address is everybody.
    pub fn of_one_machine() -> Self {
        Self { all: CONNECTIONS, per_address: CONNECTIONS, proxies: TrustedProxies::default() }
    }

    pub fn all(&self) -> usize {
        self.all
    }

    pub fn per_address(&self) -> usize {
        self.per_address
    }

    /// Whom a connection is counted for; a proxy for nobody.
    fn network(&self, from: IpAddr) -> Option<IpAddr> {
        (!self.proxies.trusts(from)).then(|| network_of(from))
    }
}

pub struct Connections {
    bounds: Bounds,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    next: u64,
    all: HashMap<u64, Connection>,
    of_network: HashMap<IpAddr, usize>,
}

struct Connection {
    network: Option<IpAddr>,
    progress: Arc<ConnectionProgress>,
    /// Missing for the moment between being counted and being begun.
    task: Option<AbortHandle>,
}

/// Held by a connection; its place is free once this is dropped.
pub struct ConnectionPlace {
    id: u64,
    pub progress: Arc<ConnectionProgress>,
    connections: Arc<Connections>,
}

impl Drop for ConnectionPlace {
    fn drop(&mut self) {
        self.connections.open().remove(self.id);
    }
}

impl Connections {
    pub fn new(bounds: Bounds) -> Self {
        Self { bounds, open: Mutex::default() }
    }

    /// Begins a connection with `begin` if there is a place, or somebody whose place it can take.
    pub fn admit(self: &Arc<Self>, from: SocketAddr, begin: impl FnOnce(ConnectionPlace) -> JoinHandle<()>) {
        let network = self.bounds.network(from.ip());
        let progress = Arc::new(ConnectionProgress::new());
        let id = {
            let mut open = self.open();
            let of_network = network.and_then(|network| open.of_network.get(&network)).copied().unwrap_or_default();
            let may = if of_network >= self.bounds.per_address {
                open.end_one(network)
            } else if open.all.len() >= self.bounds.all {
                open.end_one(None)
            } else {
                true
            };
            if !may {
                tracing::debug!("no place for another connection");
                return;
            }
            open.insert(Connection { network, progress: progress.clone(), task: None })
        };
        let task = begin(ConnectionPlace { id, progress, connections: self.clone() });
        if let Some(connection) = self.open().all.get_mut(&id) {
            connection.task = Some(task.abort_handle());
        }
    }

    /// Looks every second for clients that take longer than they may, and ends them.
    pub async fn end_the_late(self: Arc<Self>) {
        let mut second = tokio::time::interval(Duration::from_secs(1));
        loop {
            second.tick().await;
            let open = self.open();
            for connection in open.all.values().filter(|connection| connection.progress.is_late()) {
                connection.end();
            }
        }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn insert(&mut self, connection: Connection) -> u64 {
        self.next += 1;
        if let Some(network) = connection.network {
            *self.of_network.entry(network).or_default() += 1;
        }
        self.all.insert(self.next, connection);
        self.next
    }

    fn remove(&mut self, id: u64) {
        let Some(Connection { network: Some(network), .. }) = self.all.remove(&id) else { return };
        if let Some(count) = self.of_network.get_mut(&network) {
            *count -= 1;
            if *count == 0 {
                self.of_network.remove(&network);
            }
        }
    }

    /// Ends the first in turn of this network, or of all; `false` if every one waits for us. Who takes their answer too slowly does not wait for us:
    /// whoever reads drop by drop would keep a place for ever.
    fn end_one(&mut self, network: Option<IpAddr>) -> bool {
        let waiting = self.all.iter().filter(|(_, connection)| {
            let waits_for_us = connection.progress.phase() == Phase::Answer && !connection.progress.is_stuck();
            connection.task.is_some() && !waits_for_us && (network.is_none() || connection.network == network)
        });
        let first = waiting.min_by_key(|(_, connection)| self.turn(connection));
        let Some(id) = first.map(|(id, _)| *id) else { return false };
        if let Some(connection) = self.all.get(&id) {
            connection.end();
        }
        // Its place is free at once; what the connection itself will give back is no longer there.
        self.remove(id);
        true
    }

    /// Its turn among those that are ended for another one's sake: whoever has kept us waiting, the longest first; then, of those who have only just
    /// come or been answered, one of the address that has the most. People have a few, and are not ended for those who come by the hundred.
    fn turn(&self, connection: &Connection) -> (Rank, Reverse<usize>, Rank, Reverse<Duration>) {
        let rank = connection.progress.rank();
        let of_network = || connection.network.and_then(|network| self.of_network.get(&network)).copied().unwrap_or_default();
        let others = if rank < Rank::Fresh { 0 } else { of_network() };
        (rank.min(Rank::Fresh), Reverse(others), rank, Reverse(connection.progress.waits()))
    }
}

impl Connection {
    fn end(&self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::limits::PAUSE_TIME;

    fn bounds(handles: usize) -> Bounds {
        Bounds::new(handles, TrustedProxies::parse("proxies", "10.0.0.0/8").unwrap())
    }

    #[test]
    fn few_file_handles_make_few_connections_and_leave_some_for_the_rest() {
        let sizes = |handles| (bounds(handles).all(), bounds(handles).per_address());
        assert_eq!(sizes(65_536), (CONNECTIONS, CONNECTIONS_PER_ADDRESS));
        assert_eq!(sizes(300), (200, 100));
        assert_eq!(sizes(256), (156, 78));
        assert_eq!(sizes(64), (32, 16));
    }

    #[test]
    fn an_ipv6_network_is_one_and_a_proxy_is_none() {
        let network = |from: &str| bounds(1_000).network(from.parse().unwrap()).map(|network| network.to_string());
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::9"));
        assert_ne!(network("2001:db8:1:2::"), network("2001:db8:1:3::"));
        assert_eq!(network("::ffff:192.0.2.1").as_deref(), Some("192.0.2.1"));
        assert_eq!(network("64:ff9b::192.0.2.1").as_deref(), Some("192.0.2.1"));
        assert_eq!(network("10.1.2.3"), None);
    }

    #[tokio::test]
    async fn a_new_client_takes_the_place_of_the_one_that_kept_us_waiting_longest() {
        let connections = Arc::new(Connections::new(Bounds { all: 3, per_address: 2, proxies: TrustedProxies::default() }));
        let (places, mut given) = tokio::sync::mpsc::unbounded_channel();
        let connect = |from: &str| {
            let places = places.clone();
            connections.admit(SocketAddr::new(from.parse().unwrap(), 1), |place| {
                places.send((place.id, place.progress.clone())).unwrap();
                tokio::spawn(async move {
                    std::future::pending::<()>().await;
                    drop(place);
                })
            });
        };
        let open = || {
            let mut ids: Vec<u64> = connections.open().all.keys().copied().collect();
            ids.sort_unstable();
            ids
        };
        for from in ["192.0.2.1", "192.0.2.1", "192.0.2.2"] {
            connect(from);
        }
        let first = given.recv().await.unwrap().1;
        let second = given.recv().await.unwrap().1;
        let third = given.recv().await.unwrap().1;
        // The first waits for us: of its address the second goes.
        first.note_headers(false);
        connect("192.0.2.1");
        assert_eq!(open(), [1, 3, 4]);
        // A newcomer who says nothing goes before one who has just been answered.
        given.recv().await.unwrap().1.await_headers();
        third.note_answer();
        connect("192.0.2.3");
        assert_eq!(open(), [1, 3, 5]);
        for progress in [third, given.recv().await.unwrap().1] {
            progress.note_headers(false);
        }
        connect("192.0.2.4");
        assert_eq!(open(), [1, 3, 5], "everybody waits for us");
        drop(second);
    }

    #[tokio::test]
    async fn who_comes_by_the_hundred_makes_room_before_those_who_came_alone() {
        let connections = Arc::new(Connections::new(Bounds { all: 5, per_address: 4, proxies: TrustedProxies::default() }));
        let (places, mut given) = tokio::sync::mpsc::unbounded_channel();
        let connect = |from: &str| {
            let places = places.clone();
            connections.admit(SocketAddr::new(from.parse().unwrap(), 1), |place| {
                place.progress.await_headers();
                places.send(place).unwrap();
                tokio::spawn(std::future::pending())
            });
        };
        let is_open = |id: u64| connections.open().all.contains_key(&id);
        connect("192.0.2.1");
        let alone = given.recv().await.unwrap();
        // The others come later, by the clock's count, too.
        tokio::time::sleep(Duration::from_millis(5)).await;
        for _ in 0..50 {
            for network in ["192.0.2.2", "192.0.2.3"] {
                connect(network);
            }
        }
        assert!(is_open(alone.id), "the longest there, and the only one of its address");
        assert_eq!(connections.open().all.len(), 5);
        tokio::time::sleep(PAUSE_TIME + Duration::from_millis(10)).await;
        connect("192.0.2.2");
        assert!(!is_open(alone.id), "it has kept us waiting");
    }
}
