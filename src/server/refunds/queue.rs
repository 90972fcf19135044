//! The queue before a gateway: refunds of one payment go out one after the other, within what its channel allows (M11, M12).

use super::job::locked;
use crate::domain::time::{DAY, MINUTE};
use crate::domain::{RefundId, Tender, Timestamp};
use crate::server::ctx::Ctx;
use crate::server::error::{Error, Result};
use crate::server::payments::trouble;
use crate::server::store::clocks;
use crate::server::store::payments::Payment;
use crate::server::store::refunds::{self as rows, Refund, RefundStatus};

/// So many parts a payment is paid back in at most.
const MOST_REFUNDS: i64 = 50;
/// So long after the payment a gateway still pays back.
const LONGEST: i64 = 365 * DAY;

/// May this refund go to the gateway now?
pub(super) enum Turn {
    Go,
    /// Another refund of the payment has just gone; until then the gateway sees nothing of this one.
    Wait(Timestamp),
    /// Never: the buyer is asked for another way, and a person settles it.
    Never(&'static str),
}

/// Takes the turn of a refund that the gateway knows nothing of, in one transaction under the lock of its order.
pub(super) async fn take_turn(ctx: &Ctx, id: RefundId, payment: &Payment) -> Result<Turn> {
    let mut tx = ctx.app.db.write().await?;
    let refund = locked(&mut tx, id).await?;
    if matches!(refund.status, RefundStatus::Succeeded | RefundStatus::Failed | RefundStatus::Manual) {
        return Err(Error::Stale);
    }
    let (asked, last) = rows::asked_of_payment(tx.conn(), payment.id, id).await?;
    let turn = turn(&refund, payment, asked, last, ctx.now);
    match turn {
        Turn::Go => rows::ask(tx.conn(), &refund, ctx.now).await?,
        Turn::Wait(at) => clocks::reschedule_refund(tx.conn(), id, at, "").await?,
        Turn::Never(why) => {
            rows::advance(tx.conn(), &refund, RefundStatus::Manual, why, ctx.now).await?;
            clocks::finish_refund(tx.conn(), id).await?;
        }
    }
    tx.commit().await?;
    Ok(turn)
}

fn turn(refund: &Refund, payment: &Payment, asked: i64, last: Option<Timestamp>, now: Timestamp) -> Turn {
    if payment.paid_at.is_some_and(|paid| now.0 - paid.0 > LONGEST) {
        return Turn::Never(trouble::TOO_OLD);
    }
    // The channels' other limits are WeChat Pay's.
    if refund.tender != Tender::Wechat {
        return Turn::Go;
    }
    if asked >= MOST_REFUNDS {
        return Turn::Never(trouble::TOO_MANY);
    }
    match last.map(|last| last.plus(MINUTE)) {
        Some(free) if free.0 > now.0 => Turn::Wait(free),
        _ => Turn::Go,
    }
}
