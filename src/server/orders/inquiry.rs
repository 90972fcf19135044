//! A buyer comes back from the gateway: it is asked whether the money is there, before its callback says so.

use super::settle::settle_payment;
use super::view::{Detail, for_buyer};
use crate::server::ctx::{Buyer, Ctx};
use crate::server::error::{Error, Result};
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

/// The order page, which buyers come to from the gateway's cashier: with what has just become of a payment.
pub async fn for_returning_buyer(buyer: &Buyer, number: &str) -> Result<Detail> {
    let detail = for_buyer(buyer, number).await?;
    let news = match detail.payment_under_way() {
        Some(payment) => look_for_payment(buyer, payment).await,
        // The callback came between two looks at the database.
        None => detail.order.state.paid_at().is_none() && detail.payments.iter().any(|payment| payment.status == PaymentStatus::Succeeded),
    };
    if news { for_buyer(buyer, number).await } else { Ok(detail) }
}

/// What the gateway knows of a payment.
pub async fn ask(ctx: &Ctx, payment: &Payment) -> Result<PaymentOutcome> {
    let gateway = ctx.app.gateway.clone().ok_or_else(|| Error::Internal("no gateway".to_owned()))?;
    Ok(gateway.query(&payment.number).await?)
}

/// `true` if it was paid, and the order has been told. A gateway that does not answer changes nothing.
async fn look_for_payment(ctx: &Ctx, payment: &Payment) -> bool {
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
