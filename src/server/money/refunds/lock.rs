//! A refund is one worker's while its gateway is asked, and is changed under the lock of its order.

use crate::domain::time::SECOND;
use crate::domain::{Refund, RefundId};
use crate::server::ctx::Ctx;
use crate::server::db::{Lock, Tx};
use crate::server::error::Result;
use crate::server::store::money::refunds as rows;

/// Longer than any call of the gateway: until then the claim is this worker's.
pub(super) const LEASE: i64 = 60 * SECOND;

/// The refund as it is once nobody else can change it.
pub(super) async fn locked(tx: &mut Tx, id: RefundId) -> Result<Refund> {
    let refund = rows::by_id(tx.conn(), id).await?;
    tx.lock(Lock::Order, refund.order_id.0).await?;
    rows::by_id(tx.conn(), id).await
}

/// A failure that is told soon after the refund was sent elsewhere may be the one before: the worker asks again.
pub(super) fn may_be_of_before(ctx: &Ctx, refund: &Refund) -> bool {
    refund.elsewhere.is_some_and(|(_, at)| ctx.now < at.plus(LEASE))
}
