//! An order's clock has reached zero: unpaid it closes, shipped it is received.

use super::cashier::close_intent;
use super::change;
use crate::domain::order::OrderStatus;
use crate::domain::{Actor, OrderId};
use crate::server::ctx::Ctx;
use crate::server::error::Result;
use crate::server::store::machinery::clocks::{self, Subject};
use crate::server::store::orders::{self as rows, Scope};

/// Fires the order's clock; of several workers and people in the same second one wins, the others find nothing to do (B21).
pub async fn time_out(ctx: &Ctx, id: OrderId) -> Result<()> {
    debug_assert_eq!(ctx.actor, Actor::System);
    let mut conn = ctx.app.db.reader().await?;
    let (number, status, due) = rows::due_of(&mut conn, id).await?;
    drop(conn);
    if let Some(due) = due.filter(|due| *due > ctx.now) {
        // Too early: the clock goes on until the state's own time.
        return clocks::set(Subject::Order(id), due).now(&mut *ctx.app.db.single().acquire().await?).await;
    }
    match status {
        OrderStatus::PendingPayment if due.is_some() => {
            close_intent(ctx, Scope::Anyone, &number).await?;
            change::close_by_clock(ctx, &number).await
        }
        OrderStatus::AwaitingReceipt if due.is_some() => change::receive(ctx, Scope::Anyone, &number, None).await,
        // The state has no clock any more: what is left of it goes.
        OrderStatus::PendingPayment
        | OrderStatus::AwaitingShipment
        | OrderStatus::PartiallyShipped
        | OrderStatus::AwaitingReceipt
        | OrderStatus::Completed
        | OrderStatus::Closed => clocks::clear_due(&ctx.app.db, Subject::Order(id), ctx.now).await,
    }
}
