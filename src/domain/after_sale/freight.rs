//! Freight of goods that are cancelled out of a larger order: it goes back only if the shop adds it (M5).

use super::{AfterSale, AfterSaleKind, AfterSaleState, Item, Stage};
use crate::domain::event::Effect;
use crate::domain::money::{Money, unit_share};
use crate::domain::order::Order;

impl AfterSale {
    /// The freight of these goods that the shop may add to the refund; zero once they are shipped, or where it is in already.
    pub fn addable_freight(&self, order: &Order) -> Money {
        self.items.iter().map(|item| self.addable_to(item, order)).sum()
    }

    /// The shop adds the freight of these goods: set aside like the rest, to go back with it.
    #[must_use]
    pub fn add_freight(self, order: &Order) -> (Self, Vec<Effect>) {
        let added: Vec<Money> = self.items.iter().map(|item| self.addable_to(item, order)).collect();
        let claimed = self.items.iter().zip(&added).filter(|(_, amount)| amount.is_positive());
        let effects = claimed.map(|(item, amount)| Effect::ReserveFreight { line: item.line_id, amount: *amount }).collect();
        let with = |(item, amount): (&Item, &Money)| Item { freight: item.freight + *amount, ..item.clone() };
        let items = self.items.iter().zip(&added).map(with).collect();
        (Self { items, ..self }, effects)
    }

    fn addable_to(&self, item: &Item, order: &Order) -> Money {
        let waits = matches!(self.state, AfterSaleState::Applied { .. }) && self.kind == AfterSaleKind::RefundOnly;
        let line = order.lines.iter().find(|line| line.id == item.line_id);
        match line {
            Some(line) if waits && self.stage == Stage::Unshipped && item.freight == Money::ZERO => {
                let before = line.refunded_quantity + line.reserved_quantity - item.quantity;
                unit_share(line.freight, line.quantity, before, item.quantity).min(line.freight_left())
            }
            _ => Money::ZERO,
        }
    }
}
