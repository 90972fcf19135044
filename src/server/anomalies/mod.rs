//! 「支付异常订单」: payments and refunds that went wrong, each with its way out (S16). May name every trade.

mod act;
mod decide;
mod scan;

pub use act::{AnomalyAction, InquiryOutcome, can_be_marked, mark, query, refund, way};
pub use decide::{UnbookedDecision, decide, is_acceptable, is_unbooked, taken};
pub use scan::scan;

use super::ctx::{Staff, overtaken};
use super::error::{Error, Result};
use super::store::Slice;
use super::store::money::anomalies::{self as rows, ListedAnomaly};
use crate::domain::{Permission, SeeMoney, Timestamp};

/// How many are open, and how many are not any more; counted to the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    pub open: i64,
    pub resolved: i64,
}

/// A page of what is open, or of what is not any more, with the counts of both.
pub async fn list(staff: &Staff, open: bool, before: Option<i64>) -> Result<(Slice<ListedAnomaly>, Counts)> {
    staff.require(Permission::SettleMoney)?;
    let seen = staff.proof(SeeMoney)?;
    let mut conn = staff.app.db.reader().await?;
    let page = rows::list(&mut conn, seen, open, before.unwrap_or(i64::MAX), 20).await?;
    let resolved = rows::count(&mut conn, staff.shop.id, false).await?;
    Ok((page, Counts { open: rows::count(&mut conn, staff.shop.id, true).await?, resolved }))
}

/// One of the shop's.
pub async fn find(staff: &Staff, id: i64) -> Result<ListedAnomaly> {
    staff.require(Permission::SettleMoney)?;
    rows::find(&mut *staff.app.db.reader().await?, staff.proof(SeeMoney)?, id).await?.ok_or(Error::NotFound)
}

/// Whoever saw to it before.
fn first(anomaly: &ListedAnomaly, staff: &Staff) -> Error {
    match anomaly.resolved_at {
        Some(at) => overtaken::by_colleague(staff, &anomaly.resolved_by, Timestamp(at), &anomaly.note),
        None => Error::Stale,
    }
}
