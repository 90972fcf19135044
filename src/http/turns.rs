//! Pages of one address read in turn: who asks for hundreds at once waits for themselves, and everybody else goes on.

use super::client::ClientAddress;
use crate::server::db::with_one_reader;
use crate::server::limits::READERS_PER_ADDRESS;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tokio::sync::Semaphore;

/// So many addresses are remembered before those that have gone are forgotten.
const REMEMBERED: usize = 1024;

/// The turns of every address that is asking for something.
#[derive(Default)]
pub struct Turns(Mutex<HashMap<IpAddr, Weak<Semaphore>>>);

impl Turns {
    /// A permit for each connection that the pages of this address may read with at once.
    pub fn of(&self, network: IpAddr) -> Arc<Semaphore> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turns) = all.get(&network).and_then(Weak::upgrade) {
            return turns;
        }
        if all.len() >= REMEMBERED {
            all.retain(|_, turns| turns.strong_count() > 0);
        }
        let turns = Arc::new(Semaphore::new(READERS_PER_ADDRESS));
        all.insert(network, Arc::downgrade(&turns));
        turns
    }
}

/// Middleware: a request reads with one connection, in the turn of its address.
pub async fn reads_in_turn(State(turns): State<Arc<Turns>>, address: ClientAddress, request: Request, next: Next) -> Response {
    let turns = address.counted_for().map(|network| turns.of(network));
    with_one_reader(turns, next.run(request)).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn an_address_is_forgotten_once_nobody_there_asks_for_anything() {
        let turns = Turns::default();
        let address = |index: usize| IpAddr::V4(Ipv4Addr::from(u32::try_from(index).unwrap()));
        let kept = turns.of(address(0));
        for index in 1..3 * REMEMBERED {
            drop(turns.of(address(index)));
        }
        assert!(Arc::ptr_eq(&kept, &turns.of(address(0))));
        assert!(turns.0.lock().unwrap().len() <= REMEMBERED);
    }
}
