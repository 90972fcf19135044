//! The buyer's forms on an order.

use super::{PostOutcome, Posted};
use crate::domain::Refusal;
use crate::domain::order::{CloseReason, OrderState};
use crate::routes::buyer as paths;
use crate::server::ctx::Buyer;
use crate::server::error::{Error, Result};
use crate::server::orders;
use crate::text::done;

/// 「取消订单」. A second tap finds what the first one did.
pub async fn cancel(buyer: &Buyer, number: &str) -> PostOutcome {
    let cancelled = |state: &OrderState| matches!(state, OrderState::Closed { why: CloseReason::BuyerCancel, .. });
    let done = orders::cancel(buyer, number).await;
    reached(buyer, number, "cancel", done, cancelled).await
}

/// 「确认收货」. A second tap finds what the first one did.
pub async fn receive(buyer: &Buyer, number: &str) -> PostOutcome {
    let done = orders::receive_for_buyer(buyer, number).await;
    reached(buyer, number, "receive", done, |state| matches!(state, OrderState::Completed { .. })).await
}

async fn reached(buyer: &Buyer, number: &str, what: &'static str, done: Result<()>, there: fn(&OrderState) -> bool) -> PostOutcome {
    if let Err(error) = done {
        if !matches!(error, Error::Refused(_) | Error::Stale | Error::Overtaken(_)) {
            return Err(error);
        }
        let state = orders::for_buyer(buyer, number).await?.order.state;
        if what == "cancel" && state.paid_at().is_some() {
            return Err(Refusal::PaidAlready.into());
        }
        if !there(&state) {
            return Err(error);
        }
    }
    Ok(Posted { to: format!("{}?done={what}", paths::order(number)), words: done::on_order(what).unwrap_or_default(), warned: false })
}
