//! Refunds: rows first, the gateway later and outside, settled once (M9, M10).

mod arrive;
mod by_hand;
mod elsewhere;
mod export;
mod job;
mod lock;
mod outside;
mod preview;
mod queue;
mod redirection;
mod retry;
mod rows;
mod settle;
mod surplus;

pub use crate::domain::money::way_back::Part;
pub use arrive::to_balance;
pub use by_hand::{OutsideRefund, settle_by_hand};
pub use elsewhere::{payment_to_ask, send_elsewhere, waits_for_elsewhere};
pub use export::{ExportFormat, ExportScope, export};
pub use job::scan;
pub use outside::record_manual;
pub use preview::preview;
pub use redirection::{BuyerCard, Redirection};
pub use retry::{retry_failed, retry_surplus};
pub use rows::enqueue;
pub use settle::{finish_case, settle};
pub use surplus::{enqueue_surplus, give_back_outside};

use crate::domain::{Month, SeeMoney};
use crate::server::ctx::Staff;
use crate::server::error::Result;
use crate::server::store::money::refunds::{ChannelSum, ListedRefund, RefundFilter, RefundSearch};
use crate::server::store::{self, Slice};

/// 「退款记录」: who, when, how much, where to, arrived or not (S76).
pub async fn list_for_shop(staff: &Staff, filter: &RefundFilter, before: Option<i64>) -> Result<Slice<ListedRefund>> {
    let seen = staff.proof(SeeMoney)?;
    let mut conn = staff.app.db.reader().await?;
    store::money::refunds::list_for_shop(&mut conn, seen, filter, before.unwrap_or(i64::MAX), 20).await
}

/// One refund of the shop, as the list shows it.
pub async fn find_for_shop(staff: &Staff, number: &str) -> Result<Option<ListedRefund>> {
    let filter = RefundFilter { search: RefundSearch::Refund(number.to_owned()), ..RefundFilter::default() };
    Ok(list_for_shop(staff, &filter, None).await?.rows.into_iter().next())
}

/// What arrived within a month, channel by channel.
pub async fn month(staff: &Staff, month: Month) -> Result<Vec<ChannelSum>> {
    let seen = staff.proof(SeeMoney)?;
    let (from, until) = month.span(staff.shop.zone);
    store::money::refunds::channel_sums(&mut *staff.app.db.reader().await?, seen, from, until).await
}
