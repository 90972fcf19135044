//! Rows of after-sales, and what they mean. An impossible row is an error.

use crate::domain::after_sale::{AfterSale, AfterSaleKind, AfterSaleState, CloseCause, Item, Reason, Stage, StateKind};
use crate::domain::{AfterSaleId, BuyerId, OrderId, ShopId, Timestamp};
use crate::server::error::{Error, Result};
use crate::server::store::json;

#[derive(sqlx::FromRow)]
pub(super) struct CaseRow {
    pub(super) id: i64,
    number: String,
    shop_id: i64,
    order_id: i64,
    buyer_id: i64,
    kind: String,
    stage: String,
    status: String,
    reason: String,
    note: String,
    evidence: String,
    fallback_address: Option<String>,
    return_leg: Option<String>,
    replacement: Option<String>,
    rejection: Option<String>,
    due_at: Option<i64>,
    overdue_at: Option<i64>,
    refunding_at: Option<i64>,
    ended_at: Option<i64>,
    close_cause: Option<String>,
    applied_at: i64,
    version: i64,
}

const TABLE: &str = "after_sales";

impl CaseRow {
    pub(super) fn into_case(self, items: Vec<Item>) -> Result<AfterSale> {
        let impossible = || Error::Inconsistent(TABLE);
        Ok(AfterSale {
            state: self.state()?,
            id: AfterSaleId(self.id),
            shop_id: ShopId(self.shop_id),
            order_id: OrderId(self.order_id),
            buyer_id: BuyerId(self.buyer_id),
            kind: AfterSaleKind::from_code(&self.kind).ok_or_else(impossible)?,
            stage: Stage::from_code(&self.stage).ok_or_else(impossible)?,
            reason: Reason::from_code(&self.reason).ok_or_else(impossible)?,
            evidence: json(TABLE, &self.evidence)?,
            fallback_address: self.fallback_address.as_deref().map(|text| json(TABLE, text)).transpose()?,
            return_leg: self.return_leg.as_deref().map(|text| json(TABLE, text)).transpose()?,
            replacement: self.replacement.as_deref().map(|text| json(TABLE, text)).transpose()?,
            rejection: self.rejection.as_deref().map(|text| json(TABLE, text)).transpose()?,
            number: self.number,
            note: self.note,
            items,
            applied_at: Timestamp(self.applied_at),
            version: self.version,
        })
    }

    fn state(&self) -> Result<AfterSaleState> {
        let fact = |column: Option<i64>| column.map(Timestamp).ok_or(Error::Inconsistent(TABLE));
        Ok(match StateKind::from_code(&self.status).ok_or(Error::Inconsistent(TABLE))? {
            StateKind::Applied => AfterSaleState::Applied { due: fact(self.due_at)? },
            StateKind::Rejected => AfterSaleState::Rejected { due: fact(self.due_at)? },
            StateKind::AwaitingReturn => AfterSaleState::AwaitingReturn { due: fact(self.due_at)? },
            StateKind::ReturnInTransit => AfterSaleState::ReturnInTransit { due: fact(self.due_at)? },
            StateKind::ReturnRejected => AfterSaleState::ReturnRejected { due: fact(self.due_at)? },
            StateKind::AwaitingReship => AfterSaleState::AwaitingReship { due: fact(self.due_at)?, overdue: self.overdue_at.is_some() },
            StateKind::AwaitingBuyerReceipt => AfterSaleState::AwaitingBuyerReceipt { due: fact(self.due_at)? },
            StateKind::Refunding => AfterSaleState::Refunding { since: fact(self.refunding_at)? },
            StateKind::RefundFailed => AfterSaleState::RefundFailed { due: fact(self.due_at)? },
            StateKind::Succeeded => AfterSaleState::Succeeded { at: fact(self.ended_at)? },
            StateKind::Closed => AfterSaleState::Closed {
                at: fact(self.ended_at)?,
                why: self.close_cause.as_deref().and_then(CloseCause::from_code).ok_or(Error::Inconsistent(TABLE))?,
            },
        })
    }
}
