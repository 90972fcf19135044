//! Ports for processes of their own.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::net::TcpListener;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// `127.0.0.1:PORT` that nobody listens on now. It lies below those that the system gives to whoever connects (`ip_local_port_range`): one of
/// theirs could be taken before the process that it is for listens there.
pub fn free_port() -> String {
    static NEXT: LazyLock<AtomicU64> = LazyLock::new(|| AtomicU64::new(RandomState::new().build_hasher().finish() >> 1));
    let addresses = std::iter::repeat_with(|| format!("127.0.0.1:{}", 10_000 + NEXT.fetch_add(1, Ordering::Relaxed) % 10_000));
    addresses.take(10_000).find(|address| TcpListener::bind(address).is_ok()).unwrap()
}
