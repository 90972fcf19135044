//! What after-sales claim of a line: set aside when somebody asks, given back if nothing comes of it, and paid back in the end (M3).

use super::{Order, OrderLine};
use crate::domain::after_sale::Item;
use crate::domain::id::OrderLineId;
use crate::domain::money::Money;

impl OrderLine {
    /// Money and units are set aside for a case; that is one application.
    pub fn reserve(&mut self, item: &Item) {
        self.reserve_freight(item.freight);
        self.reserved = self.reserved + item.goods;
        self.reserved_quantity += item.quantity;
        self.applications += 1;
    }

    /// The line's freight is set aside for a case that has its goods already (M5).
    pub fn reserve_freight(&mut self, amount: Money) {
        self.reserved = self.reserved + amount;
        self.freight_claimed = self.freight_claimed + amount;
    }

    /// What was set aside is free again.
    pub fn release(&mut self, item: &Item) {
        self.reserved = self.reserved - item.amount();
        self.freight_claimed = self.freight_claimed - item.freight;
        self.reserved_quantity -= item.quantity;
    }

    /// What was set aside is paid back. Units that never left are not shipped any more, unless goods were to come back for them: their number.
    pub fn settle(&mut self, item: &Item, refund_only: bool) -> i64 {
        let cancelled = if refund_only { item.settles.min(self.units_to_ship()) } else { 0 };
        self.reserved = self.reserved - item.amount();
        self.refunded = self.refunded + item.amount();
        self.reserved_quantity -= item.quantity;
        self.refunded_quantity += item.settles;
        self.cancelled_quantity += cancelled;
        cancelled
    }
}

impl Order {
    /// One of its lines.
    pub fn line_mut(&mut self, id: OrderLineId) -> Option<&mut OrderLine> {
        self.lines.iter_mut().find(|line| line.id == id)
    }

    /// An item is paid back, as its line counts it: how many units will never be shipped.
    pub fn settle(&mut self, item: &Item, refund_only: bool) -> i64 {
        self.refunded = self.refunded + item.amount();
        self.line_mut(item.line_id).map_or(0, |line| line.settle(item, refund_only))
    }

    /// The order as if these items, of a case that is not agreed to yet, had not been set aside.
    #[must_use]
    pub fn without_claims(&self, items: &[Item]) -> Self {
        let mut order = self.clone();
        for item in items {
            if let Some(line) = order.line_mut(item.line_id) {
                line.release(item);
                line.undecided_quantity -= item.quantity;
            }
        }
        order
    }
}
