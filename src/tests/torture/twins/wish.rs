//! What a buyer types into the form of an application.

use super::story::Story;
use crate::domain::shop::Shop;
use crate::torture::dice::Dice;
use guitu::domain::after_sale::{AfterSaleKind, AfterSaleRequest, Reason, Stage};
use guitu::domain::{FieldErrors, OrderLineId};
use guitu::http::form::Form;

#[derive(Clone, Debug)]
pub struct Wish {
    kind: AfterSaleKind,
    reason: Reason,
    /// Units of each line of the order, in its sequence.
    units: Vec<i64>,
    amount: String,
}

impl Wish {
    /// One kind of units at a time, and a reason that suits, to get further than the door; sometimes anything at all.
    pub fn thrown(told: &Story, dice: &mut Dice) -> Self {
        let lines = &told.shop.order.lines;
        let kind = *dice.pick(&AfterSaleKind::ALL);
        let chosen = dice.below(lines.len());
        let stage = Stage::of(&told.shop.order, &lines[chosen]);
        let suitable: Vec<Reason> = Reason::ALL.iter().copied().filter(|reason| reason.suits(kind, stage)).collect();
        let reason = if suitable.is_empty() || dice.one_in(8) { *dice.pick(Reason::ALL) } else { *dice.pick(&suitable) };
        let all = dice.one_in(4);
        let wanted = |line: usize, dice: &mut Dice| if line == chosen || all { dice.between(1, 3).min(lines[line].quantity) } else { 0 };
        let units = (0..lines.len()).map(|line| wanted(line, dice)).collect();
        let amount = if dice.one_in(3) { format!("{}.{:02}", dice.between(0, 130), dice.between(0, 99)) } else { String::new() };
        Self { kind, reason, units, amount }
    }

    /// As the rules read it.
    pub fn request(&self, shop: &Shop) -> Result<AfterSaleRequest, FieldErrors> {
        let chosen = shop.order.lines.iter().map(|line| line.id).zip(self.units.iter().copied().map(Some)).collect();
        AfterSaleRequest::parse(self.kind.code(), self.reason.code(), chosen, &self.amount, "", Vec::new())
    }

    /// As a town's form carries it.
    pub fn form(&self, lines: &[OrderLineId]) -> Form {
        let mut form = Form::of(&[("kind", self.kind.code()), ("reason", self.reason.code()), ("amount", &self.amount)]);
        for (line, units) in lines.iter().zip(&self.units) {
            form.set(&format!("quantity_{}", line.0), units.to_string());
        }
        form
    }
}
