//! What the shop asked its list of after-sales for.

use crate::domain::Timestamp;
use crate::domain::after_sale::{AfterSaleKind, Queue, Stage, StateKind};
use crate::server::store::search::ShopSearch;

/// The filters of the workbench. `after` is the row to go on behind: its deadline and id.
#[derive(Clone, Debug)]
pub struct QueueFilter {
    pub queue: Queue,
    pub search: ShopSearch,
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
    pub after: Option<(i64, i64)>,
}

/// Places of a statement for the states and for the stages of a queue. A queue with more of them needs statements with more.
const STATES: usize = 4;
const STAGES: usize = 2;

const _: () = {
    let mut place = 0;
    while place < Queue::ALL.len() {
        let queue = Queue::ALL[place];
        assert!(queue.states().len() <= STATES && queue.stages().len() <= STAGES);
        place += 1;
    }
};

/// The statuses, the kind and the stages of a queue, as statements are told of them: over again where a statement has more places, and empty
/// where all match.
pub(in crate::server::store) fn codes(queue: Queue) -> ([&'static str; STATES], &'static str, [&'static str; STAGES]) {
    (filled(queue.states(), StateKind::code), queue.kind().map_or("", AfterSaleKind::code), filled(queue.stages(), Stage::code))
}

fn filled<T: Copy, const PLACES: usize>(named: &[T], code: impl Fn(T) -> &'static str) -> [&'static str; PLACES] {
    let mut codes = named.iter().map(|one| code(*one)).cycle();
    std::array::from_fn(|_| codes.next().unwrap_or_default())
}
