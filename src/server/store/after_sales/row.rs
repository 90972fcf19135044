//! Rows of after-sales, and what they mean. An impossible row is an error.

use crate::domain::after_sale::{AfterSale, AfterSaleKind, AfterSaleState, CloseCause, Item, Reason, Stage, StateKind};
use crate::domain::{AfterSaleId, BuyerId, OrderId, ShopId, Timestamp};
use crate::server::error::{Error, Result};
use crate::server::store::{coded, json};

#[derive(sqlx_macros::FromRow)]
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
        Ok(AfterSale {
            state: self.state()?,
            id: AfterSaleId(self.id),
            shop_id: ShopId(self.shop_id),
            order_id: OrderId(self.order_id),
            buyer_id: BuyerId(self.buyer_id),
            kind: coded(TABLE, "kind", self.id, &self.kind, AfterSaleKind::from_code)?,
            stage: coded(TABLE, "stage", self.id, &self.stage, Stage::from_code)?,
            reason: coded(TABLE, "reason", self.id, &self.reason, Reason::from_code)?,
            evidence: json(TABLE, "evidence", self.id, &self.evidence)?,
            fallback_address: self.fallback_address.as_deref().map(|text| json(TABLE, "fallback_address", self.id, text)).transpose()?,
            return_leg: self.return_leg.as_deref().map(|text| json(TABLE, "return_leg", self.id, text)).transpose()?,
            replacement: self.replacement.as_deref().map(|text| json(TABLE, "replacement", self.id, text)).transpose()?,
            rejection: self.rejection.as_deref().map(|text| json(TABLE, "rejection", self.id, text)).transpose()?,
            number: self.number,
            note: self.note,
            items,
            applied_at: Timestamp(self.applied_at),
            version: self.version,
        })
    }

    fn state(&self) -> Result<AfterSaleState> {
        let wrong = |column| Error::inconsistent(TABLE, column, self.id);
        let fact = |column, at: Option<i64>| at.map(Timestamp).ok_or_else(|| wrong(column));
        Ok(match coded(TABLE, "status", self.id, &self.status, StateKind::from_code)? {
            StateKind::Applied => AfterSaleState::Applied { due: fact("due_at", self.due_at)? },
            StateKind::Rejected => AfterSaleState::Rejected { due: fact("due_at", self.due_at)? },
            StateKind::AwaitingReturn => AfterSaleState::AwaitingReturn { due: fact("due_at", self.due_at)? },
            StateKind::ReturnInTransit => AfterSaleState::ReturnInTransit { due: fact("due_at", self.due_at)? },
            StateKind::ReturnRejected => AfterSaleState::ReturnRejected { due: fact("due_at", self.due_at)? },
            StateKind::AwaitingReship => {
                AfterSaleState::AwaitingReship { due: fact("due_at", self.due_at)?, overdue: self.overdue_at.is_some() }
            }
            StateKind::AwaitingBuyerReceipt => AfterSaleState::AwaitingBuyerReceipt { due: fact("due_at", self.due_at)? },
            StateKind::Refunding => AfterSaleState::Refunding { since: fact("refunding_at", self.refunding_at)? },
            StateKind::RefundFailed => AfterSaleState::RefundFailed { due: fact("due_at", self.due_at)? },
            StateKind::Succeeded => AfterSaleState::Succeeded { at: fact("ended_at", self.ended_at)? },
            StateKind::Closed => AfterSaleState::Closed {
                at: fact("ended_at", self.ended_at)?,
                why: self.close_cause.as_deref().and_then(CloseCause::from_code).ok_or_else(|| wrong("close_cause"))?,
            },
        })
    }
}
