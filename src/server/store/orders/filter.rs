//! What the shop asked its list of orders for.

use crate::domain::order::OrderStatus;
use crate::domain::{OrderFlag, Timestamp};
use crate::server::store::search::ShopSearch;

/// The filters of the shop's order list.
#[derive(Clone, Debug)]
pub struct OrderFilter {
    pub status: Option<OrderStatus>,
    pub search: ShopSearch,
    /// Placed from here on.
    pub from: Option<Timestamp>,
    /// Placed before.
    pub until: Option<Timestamp>,
    pub flag: Option<OrderFlag>,
}
