//! The order: its states with their facts, its lines, its money. May name people.

mod actions;
mod claim;
pub mod flag;
mod line;
mod pricing;
pub mod shop_note;
mod state;
mod task;
mod transition;

pub use actions::OrderAction;
pub use line::OrderLine;
pub use pricing::{GoodsLine, PriceChange, Totals, price};
pub use state::{CloseReason, OrderState, OrderStatus, ReceiptClock};
pub use task::Task;
pub use transition::ParcelPlan;

use super::id::{BuyerId, OrderId, ShopId};
use super::money::Money;
use super::people::address::Address;
use super::time::Timestamp;

/// An order of one buyer at one shop. Refunds never change its status, but for the full refund before shipping (B25).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub id: OrderId,
    pub number: String,
    pub shop_id: ShopId,
    pub buyer_id: BuyerId,
    pub state: OrderState,
    pub recipient: Address,
    /// Goods, freight and changes by the shop, before any tender.
    pub totals: Totals,
    /// Points and balance that were put in when the order was placed.
    pub held: Money,
    pub paid: Money,
    pub refunded: Money,
    pub open_cases: i64,
    pub lines: Vec<OrderLine>,
    pub placed_at: Timestamp,
    pub version: i64,
}

impl Order {
    pub fn status(&self) -> OrderStatus {
        self.state.status()
    }

    /// What is still to be paid through the cashier.
    pub fn due(&self) -> Money {
        self.totals.payable() - self.held
    }

    /// How many units are still to be shipped.
    pub fn units_to_ship(&self) -> i64 {
        self.lines.iter().map(OrderLine::units_to_ship).sum()
    }

    /// Cash on delivery of goods that never left is nobody's: there is nothing to hand back.
    pub fn collects_nothing(&self) -> bool {
        self.status() == OrderStatus::AwaitingShipment
    }
}
