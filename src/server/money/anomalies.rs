//! Something went wrong: it is listed once, and the shop is told; or it has come to its end.

use crate::domain::order::Order;
use crate::domain::{AnomalyKind, Happening, Money, Payment, PaymentId, Refund, RefundId, Resolution, Tender, Timestamp};
use crate::server::app::App;
use crate::server::db::Tx;
use crate::server::error::Result;
use crate::server::money::effects::context::EffectContext;
use crate::server::store::money::anomalies::{self as rows, AnomalyEnd, NewAnomaly};
use crate::server::store::people::notices::{self, NewNotice};

/// What happened to a payment or a refund of an order.
#[derive(Clone, Debug)]
pub struct AnomalyReport<'a> {
    pub kind: AnomalyKind,
    pub order: &'a Order,
    pub payment: PaymentId,
    pub refund: Option<RefundId>,
    pub amount: Money,
    /// What the gateway says instead: fen, and the currency.
    pub told: Option<(Money, &'a str)>,
    pub since: Timestamp,
    /// It was settled in the same moment.
    pub resolved: Option<Resolution>,
    /// Has the shop been told in another way?
    pub told_already: bool,
}

impl<'a> AnomalyReport<'a> {
    /// Of a payment, at this moment.
    pub fn of(kind: AnomalyKind, order: &'a Order, payment: &Payment, since: Timestamp) -> Self {
        Self {
            kind,
            order,
            payment: payment.id,
            refund: None,
            amount: payment.amount,
            told: None,
            since,
            resolved: None,
            told_already: false,
        }
    }

    /// Of a refund.
    pub fn of_refund(kind: AnomalyKind, order: &'a Order, refund: &Refund, since: Timestamp) -> Self {
        let (payment, id, amount) = (refund.payment_id, Some(refund.id), refund.amount);
        Self { kind, order, payment, refund: id, amount, told: None, since, resolved: None, told_already: false }
    }
}

/// Lists what happened and tells the shop, the first time it is seen. The order is held by the transaction.
pub async fn happened(app: &App, tx: &mut Tx, now: Timestamp, what: &AnomalyReport<'_>) -> Result<()> {
    let new = NewAnomaly {
        id: app.new_id(),
        shop: what.order.shop_id,
        order: what.order.id,
        payment: what.payment,
        refund: what.refund,
        kind: what.kind,
        amount: what.amount,
        told: what.told,
        since: what.since,
        found: now,
        resolved: what.resolved,
    };
    if !rows::insert(tx.conn(), &new).await? || what.told_already {
        return Ok(());
    }
    let message = NewNotice {
        id: app.new_id(),
        shop_id: what.order.shop_id,
        buyer_id: None,
        order_id: what.order.id,
        after_sale_id: None,
        what: Happening::AnomalyFound { anomaly: what.kind, of_refund: what.refund.is_some(), settled: what.resolved.is_some() },
        at: now,
    };
    tx.defer(notices::insert(&message)?);
    Ok(())
}

/// The payment counts now, or goes back as a surplus: what was open about it ends.
pub async fn payment_counts(context: &mut EffectContext<'_>, payment: &Payment, by: &str) -> Result<()> {
    let end = AnomalyEnd { how: Resolution::Recorded, by, note: "", at: context.now };
    rows::end_of_payment(context.tx.conn(), payment.order_id, payment.id, end).await
}

/// The refund has arrived: what was open about it ends, and about the payment that nobody wanted.
pub async fn refund_arrived(context: &mut EffectContext<'_>, refund: &Refund, by_way_of: Tender, voucher: &str) -> Result<()> {
    let how = if by_way_of == Tender::Offline {
        Resolution::SettledOutside
    } else if refund.after_sale_id.is_some() {
        Resolution::Arrived
    } else {
        Resolution::Returned
    };
    let end = AnomalyEnd { how, by: context.by.name_in_books(), note: voucher, at: context.now };
    rows::end_of_refund(context.tx.conn(), refund.order_id, refund.id, end).await
}
