//! The last tender has come: the order is paid.

use crate::domain::payment::lay_on_lines;
use crate::domain::{EventKind, Money, PaymentStatus, Tender};
use crate::server::effects::context::EffectContext;
use crate::server::error::{Error, Result};
use crate::server::store::orders as rows;
use crate::server::store::payments::{self, Payment};

/// Everything is there: held tenders are taken, all tenders are laid on the lines, the order is paid. The caller saves it.
pub(in crate::server) async fn complete(context: &mut EffectContext<'_>, kind: EventKind, how: &str) -> Result<()> {
    let mut tenders = Vec::new();
    for payment in payments::of_order(context.tx.conn(), context.order.id).await? {
        match payment.status {
            PaymentStatus::Held => {
                payments::advance(context.tx.conn(), &payment, PaymentStatus::Succeeded, None, Some(context.now)).await?
            }
            PaymentStatus::Succeeded => {}
            _ => continue,
        }
        tenders.push(payment);
    }
    let words = paid_in_words(how, &tenders, context.order.totals.payable());
    let (order, effects) = context.order.clone().pay(kind, words, context.now)?;
    let amounts: Vec<Money> = tenders.iter().map(|payment| payment.amount).collect();
    let due: Vec<Money> = order.lines.iter().map(|line| line.paid).collect();
    if amounts.iter().copied().sum::<Money>() != order.paid {
        return Err(Error::inconsistent("orders", "paid_minor", &order.number));
    }
    rows::save_prices(context.tx.conn(), &order.lines).await?;
    for (payment, shares) in tenders.iter().zip(lay_on_lines(&amounts, &due)) {
        for (line, share) in order.lines.iter().zip(shares) {
            payments::lay(context.tx.conn(), line.id, payment.id, share).await?;
        }
    }
    if let Some(last) = tenders.last() {
        rows::set_tender(context.tx.conn(), order.id, last.tender).await?;
    }
    context.order = order;
    context.for_order(effects).await
}

/// `微信支付 ¥538.00`, or with several tenders each by its name.
fn paid_in_words(how: &str, tenders: &[Payment], payable: Money) -> String {
    if tenders.len() < 2 {
        return format!("{how} {}", payable.show());
    }
    let parts: Vec<String> = tenders
        .iter()
        .map(|payment| {
            let amount = payment.tender.show(payment.amount);
            if payment.tender == Tender::Points { amount } else { format!("{} {amount}", payment.tender.name()) }
        })
        .collect();
    format!("{how}，共 {}（{}）", payable.show(), parts.join("、"))
}
