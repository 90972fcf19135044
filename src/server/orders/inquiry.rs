//! A buyer comes back from the gateway: it is asked whether the money is there, before its callback says so.

use super::cashier::settle_payment;
use super::view::Detail;
use crate::server::ctx::Ctx;
use crate::server::payments::PaymentOutcome;
use crate::server::store::payments::{Payment, PaymentStatus};
use std::time::Duration;

/// How long a page waits for the answer; the callback comes anyway.
const PATIENCE: Duration = Duration::from_secs(2);

impl Detail {
    /// The online payment that was begun and has not been heard of since.
    pub fn payment_under_way(&self) -> Option<&Payment> {
        self.payments.iter().find(|payment| payment.status == PaymentStatus::Pending)
    }
}

/// Asks the gateway about a payment that was begun; `true` if it was paid, and the order has been told. A gateway that does not
/// answer changes nothing.
pub async fn look_for_payment(ctx: &Ctx, payment: &Payment) -> bool {
    let Some(gateway) = ctx.app.gateway.clone() else { return false };
    let Ok(Ok(PaymentOutcome::Paid(receipt))) = tokio::time::timeout(PATIENCE, gateway.query(&payment.number)).await else { return false };
    match settle_payment(&Ctx::system(&ctx.app), &receipt).await {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(payment = payment.number, ?error, "a payment that was found could not be settled");
            false
        }
    }
}
