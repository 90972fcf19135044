//! Money that is back at once: with no gateway to wait for, the row arrives in the transaction that decides.

use crate::domain::after_sale::AfterSale;
use crate::domain::money::refund::Arrival;
use crate::domain::{MoneyCause, Refund, RefundStatus, Tender};
use crate::server::error::{Error, Result};
use crate::server::money::anomalies;
use crate::server::money::effects::context::EffectContext;
use crate::server::store::machinery::clocks;
use crate::server::store::money::{payments as payment_rows, refunds as rows, wallet};

/// What is kept beside a refund that went to the balance though it was paid otherwise (S73).
pub(super) const BY_CONSENT: &str = "买家同意退到余额";

/// The row arrives: it, its tender and the ledger in one go (M4, M16).
pub(super) async fn arrive(
    context: &mut EffectContext<'_>,
    refund: &Refund,
    tender: Tender,
    cause: MoneyCause,
    voucher: &str,
) -> Result<()> {
    let operator = context.by.name_in_books().to_owned();
    let arrival = Arrival { at: context.now, gateway_no: None, voucher: voucher.to_owned(), operator };
    rows::save(context.tx.conn(), refund, &refund.clone().give_back(tender, arrival)?, context.now).await?;
    payment_rows::add_refund(context.tx.conn(), refund.payment_id, refund.amount).await?;
    let event = context.money(tender, cause, refund.amount, Some(refund.payment_id.0), Some(refund.id.0));
    wallet::record(context.tx, &event).await?;
    anomalies::refund_arrived(context, refund, tender, voucher).await
}

pub(super) async fn never_collected(context: &mut EffectContext<'_>, refund: &Refund) -> Result<()> {
    arrive(context, refund, Tender::Cod, MoneyCause::SettledOutside, "货到付款未收款，无需退款").await
}

/// The buyer agreed to the balance while the refunds already waited for a person: they arrive there.
pub async fn to_balance(context: &mut EffectContext<'_>, case: &AfterSale) -> Result<()> {
    for refund in rows::of_after_sale(context.tx.conn(), case.id).await? {
        match refund.status() {
            RefundStatus::Succeeded => {}
            RefundStatus::Failed | RefundStatus::Manual => {
                clocks::finish_refund(context.tx.conn(), refund.id).await?;
                arrive(context, &refund, Tender::Balance, MoneyCause::Refunded, BY_CONSENT).await?;
            }
            // Money that may be under way is not given a second time (B2).
            RefundStatus::Created | RefundStatus::Submitted | RefundStatus::Unknown | RefundStatus::Retryable => return Err(Error::Stale),
        }
    }
    Ok(())
}
