//! An application that a buyer fills in, and what it is measured against.

use crate::domain::after_sale::{AfterSaleKind, Offer, Reason, Stage, offer};
use crate::domain::order::Order;
use crate::domain::{Money, OrderLineId, Shop, Timestamp};
use crate::http::form::Form;
use crate::http::forms;
use crate::http::problem::Problem;
use crate::server::orders::CaseLink;
use leptos::prelude::AnyView;

/// An application being filled in.
pub struct ApplicationDraft {
    pub title: &'static str,
    pub action: String,
    pub back: String,
    /// As the application is measured against it.
    pub order: Order,
    pub shop: Shop,
    /// What the goods are spoken for by other cases.
    pub cases: Vec<CaseLink>,
    pub stage: Stage,
    pub kinds: Vec<AfterSaleKind>,
    /// The moment that the window is measured at.
    pub at: Timestamp,
    pub now: Timestamp,
    /// The reason of the case that is revised: it stays, whatever its window says.
    pub given: Option<Reason>,
    pub typed: Form,
    pub problem: Option<Problem>,
    /// Of the case that is revised.
    pub version: Option<i64>,
    /// What stands above the form.
    pub before: Option<AnyView>,
}

impl ApplicationDraft {
    /// What was chosen so far.
    pub fn chosen(&self) -> Vec<(OrderLineId, Option<i64>)> {
        forms::application::chosen(&self.typed)
    }

    /// What may be asked for with this choice and `reason`; `None` while the choice is not possible.
    pub fn offer(&self, reason: Option<Reason>) -> Option<Offer> {
        offer(&self.order, &self.chosen(), reason, &self.shop.policy, self.shop.zone, self.at).ok()
    }

    /// The most that one more unit of the line gives back.
    pub fn unit_most(&self, line: OrderLineId) -> Money {
        self.order.lines.iter().find(|known| known.id == line).map_or(Money::ZERO, |line| line.goods_share(1))
    }

    /// The words beside a field.
    pub fn wrong(&self, field: &str) -> Option<String> {
        Problem::at(self.problem.as_ref(), field)
    }
}
