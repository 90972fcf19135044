//! Freight of goods that are cancelled before they are shipped (M5). Who gets it is settled when the money is agreed, from what the order
//! then still has to ship: a case that was open beside this one may have been taken back since the buyer applied.

use super::{AfterSale, AfterSaleKind, AfterSaleState, Item, Stage};
use crate::domain::event::Effect;
use crate::domain::money::{Money, unit_share};
use crate::domain::order::{Order, OrderLine};

/// What the shop says about freight when it agrees to a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freight {
    /// All of it with the last goods of an order that ships nothing, none otherwise.
    ByRule,
    /// The shop adds the share of these goods although others are shipped.
    Added,
}

impl AfterSale {
    /// The freight of these goods that the shop may add to the refund; zero once they are shipped, or where all of it goes back anyway.
    pub fn addable_freight(&self, order: &Order) -> Money {
        let freed = order.without_claims(&self.items);
        if !self.settles_freight() || freed.ships_nothing_without(&self.items) {
            return Money::ZERO;
        }
        self.items.iter().map(|item| share(item, &freed)).sum()
    }

    /// The freight that the last of the order's open cases will take along, while it is not this one's yet.
    pub fn waiting_freight(&self, order: &Order) -> Money {
        let freed = order.without_claims(&self.items);
        let all_spoken_for = order.lines.iter().all(|line| line.shipped_quantity == 0 && line.units_left() == 0);
        if !self.settles_freight() || !all_spoken_for || freed.ships_nothing_without(&self.items) {
            return Money::ZERO;
        }
        freed.lines.iter().map(OrderLine::freight_left).sum()
    }

    /// The case as it would be paid if the shop agreed to it now; what the pages show.
    #[must_use]
    pub fn as_agreed_now(self, order: &Order) -> Self {
        self.with_freight(order, Freight::ByRule).0
    }

    /// Settles the freight of the case: set aside anew where it is due by now, let go where it is not.
    pub(super) fn with_freight(self, order: &Order, freight: Freight) -> (Self, Vec<Effect>) {
        if !self.settles_freight() {
            return (self, Vec::new());
        }
        let freed = order.without_claims(&self.items);
        let all = freed.ships_nothing_without(&self.items);
        let mut items = Vec::new();
        let mut effects = Vec::new();
        for line in &freed.lines {
            let before = self.items.iter().find(|item| item.line_id == line.id);
            let none =
                Item { line_id: line.id, title: line.title.clone(), quantity: 0, goods: Money::ZERO, freight: Money::ZERO, settles: 0 };
            let item = before.cloned().unwrap_or(none);
            let due = match freight {
                _ if all => line.freight_left(),
                Freight::Added => share(&item, &freed),
                Freight::ByRule => Money::ZERO,
            };
            if due != item.freight {
                effects.push(Effect::ReserveFreight { line: line.id, amount: due - item.freight });
            }
            if item.quantity > 0 || due.is_positive() {
                items.push(Item { freight: due, ..item });
            }
        }
        (Self { items, ..self }, effects)
    }

    /// Is the money of these goods still to be agreed, and are they goods that never left?
    fn settles_freight(&self) -> bool {
        matches!(self.state, AfterSaleState::Applied { .. }) && self.kind == AfterSaleKind::RefundOnly && self.stage == Stage::Unshipped
    }
}

/// The share of the item's units in the freight of their line; `freed` has not set it aside.
fn share(item: &Item, freed: &Order) -> Money {
    let line = freed.lines.iter().find(|line| line.id == item.line_id);
    line.map_or(Money::ZERO, |line| {
        let before = line.refunded_quantity + line.reserved_quantity;
        unit_share(line.freight, line.quantity, before, item.quantity).min(line.freight_left())
    })
}

impl Order {
    /// Is nothing shipped, and does nothing stay to be shipped once these items are paid back? Goods in a case that nobody has agreed to may
    /// still be shipped. `self` has not set the items aside.
    fn ships_nothing_without(&self, items: &[Item]) -> bool {
        self.lines.iter().all(|line| {
            let units: i64 = items.iter().filter(|item| item.line_id == line.id).map(|item| item.quantity).sum();
            line.shipped_quantity == 0 && line.units_left() + line.undecided_quantity == units
        })
    }
}
