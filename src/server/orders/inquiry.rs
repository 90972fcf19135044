//! A buyer comes back from the gateway: it is asked whether the money is there, before its callback says so.

use super::settle::settle_payment;
use super::view::{OrderDetail, for_buyer};
use crate::domain::{Payment, PaymentStatus};
use crate::server::ctx::{Buyer, Ctx};
use crate::server::error::Result;
use crate::server::payments::PaymentOutcome;
use std::time::Duration;

/// How long a page waits for the answer; the callback comes anyway.
const PATIENCE: Duration = Duration::from_secs(2);

impl OrderDetail {
    /// The online payment that was begun and has not been heard of since.
    pub fn payment_under_way(&self) -> Option<&Payment> {
        self.payments.iter().find(|payment| payment.is_pending())
    }

    /// What an unpaid order waits for once its time is over: the gateway has the last word, and where it names another sum, finance.
    pub fn payment_deadline_in_words(&self) -> String {
        match self.payment_under_way() {
            Some(_) if self.awaits_finance => "已到付款期限，收到的金额与订单不符，正在等待商家核实".to_owned(),
            Some(payment) => format!("已到付款期限，正在向{}确认是否已付款", payment.tender.name()),
            None => "已到付款期限，系统正在关闭".to_owned(),
        }
    }
}

/// The order page, which buyers come to from the gateway's cashier: with what has just become of a payment.
pub async fn for_returning_buyer(buyer: &Buyer, number: &str) -> Result<OrderDetail> {
    let detail = for_buyer(buyer, number).await?;
    let news = match detail.payment_under_way() {
        Some(payment) => look_for_payment(buyer, payment).await,
        // The callback came between two looks at the database.
        None => {
            detail.order.state.paid_at().is_none() && detail.payments.iter().any(|payment| payment.status() == PaymentStatus::Succeeded)
        }
    };
    if news { for_buyer(buyer, number).await } else { Ok(detail) }
}

/// What the gateway knows of a payment.
pub async fn ask(ctx: &Ctx, payment: &Payment) -> Result<PaymentOutcome> {
    let (_, gateway) = ctx.app.gateway_of(payment.tender)?;
    Ok(gateway.query(&payment.number).await?)
}

/// `true` if it was paid, and the order has been told. A gateway that does not answer changes nothing.
async fn look_for_payment(ctx: &Ctx, payment: &Payment) -> bool {
    let Some(gateway) = ctx.app.gateways.of_tender(payment.tender) else { return false };
    let Ok(Ok(PaymentOutcome::Paid(receipt))) = tokio::time::timeout(PATIENCE, gateway.query(&payment.number)).await else { return false };
    match settle_payment(&Ctx::system(&ctx.app), &receipt).await {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(payment = payment.number, ?error, "a payment that was found could not be settled");
            false
        }
    }
}
