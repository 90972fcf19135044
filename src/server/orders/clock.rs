//! An order's clock has reached zero: unpaid it closes, shipped it is received.

use super::cashier::close_intent;
use super::change;
use crate::domain::order::{OrderState, ReceiptClock};
use crate::domain::{Actor, OrderId};
use crate::server::ctx::Ctx;
use crate::server::error::Result;
use crate::server::store::clocks::{self, Subject};
use crate::server::store::orders::{self as rows, Whose};

/// Fires the order's clock; of several workers and people in the same second one wins, the others find nothing to do (B21).
pub async fn time_out(ctx: &Ctx, id: OrderId) -> Result<()> {
    debug_assert_eq!(ctx.actor, Actor::System);
    let mut conn = ctx.app.db.reader().await?;
    let (order, _) = rows::by_id(&mut conn, id).await?;
    drop(conn);
    match order.state {
        OrderState::PendingPayment { pay_by } if pay_by <= ctx.now => {
            close_intent(ctx, Whose::Anyone, &order.number).await?;
            change::close_by_clock(ctx, &order.number).await
        }
        OrderState::AwaitingReceipt { receipt: ReceiptClock::Running { until }, .. } if until <= ctx.now => {
            change::receive(ctx, Whose::Anyone, &order.number, None).await
        }
        // Too early: the clock goes on until the state's own time.
        OrderState::PendingPayment { pay_by: due } | OrderState::AwaitingReceipt { receipt: ReceiptClock::Running { until: due }, .. } => {
            clocks::set(&mut *ctx.app.db.single().acquire().await?, Subject::Order(id), due).await
        }
        // The state has no clock any more: what is left of it goes.
        _ => clocks::clear(&mut *ctx.app.db.single().acquire().await?, Subject::Order(id)).await.map(drop),
    }
}
