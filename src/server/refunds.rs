//! Refunds: rows first, the gateway later and outside, settled once (M9, M10).

mod job;
mod preview;
mod queue;
mod rows;
mod settle;

pub use job::{run, scan};
pub use preview::preview;
pub use rows::{enqueue, enqueue_surplus, record_manual, retry_failed};
pub use settle::{finish_case, settle, settle_by_hand};

use super::ctx::Staff;
use super::error::Result;
use super::store::refunds::{ListedRefund, RefundStatus};
use super::store::{self, Slice};
use crate::domain::Permission;

/// 「退款记录」: who, when, how much, where to, arrived or not.
pub async fn list_for_shop(staff: &Staff, sought: &str, status: Option<RefundStatus>, before: Option<i64>) -> Result<Slice<ListedRefund>> {
    staff.require(Permission::SeeMoney)?;
    let mut conn = staff.app.db.reader().await?;
    let status = status.map_or("", RefundStatus::code);
    store::refunds::list_for_shop(&mut conn, staff.shop.id, sought.trim(), status, before.unwrap_or(i64::MAX), 20).await
}
