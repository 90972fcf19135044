//! Money that came when the order no longer wanted it: it goes back without a case.

use super::arrive::arrive;
use crate::domain::money::refund::RefundState;
use crate::domain::{Actor, AgreedBy, MoneyCause, Payment, Refund, RefundId, Tender};
use crate::server::error::Result;
use crate::server::money::effects::context::EffectContext;
use crate::server::store::machinery::clocks;
use crate::server::store::money::refunds as rows;

/// Money that came when the order no longer wanted it goes back, without a case.
pub async fn enqueue_surplus(context: &mut EffectContext<'_>, payment: &Payment) -> Result<RefundId> {
    let refund = surplus(context, payment).await?;
    let id = context.app.new_id();
    clocks::enqueue_refund(context.tx.conn(), id, refund.id, context.now).await?;
    Ok(refund.id)
}

/// Finance has given it back outside, with a voucher.
pub async fn give_back_outside(context: &mut EffectContext<'_>, payment: &Payment, voucher: &str) -> Result<()> {
    let refund = surplus(context, payment).await?;
    arrive(context, &refund, Tender::Offline, MoneyCause::SettledOutside, voucher).await
}

async fn surplus(context: &mut EffectContext<'_>, payment: &Payment) -> Result<Refund> {
    let refund = Refund {
        id: RefundId(context.app.new_id()),
        number: format!("R{}-1-1", payment.number),
        shop_id: context.order.shop_id,
        order_id: context.order.id,
        after_sale_id: None,
        payment_id: payment.id,
        tender: payment.tender,
        state: RefundState::Created,
        amount: payment.amount,
        agreed_by: match context.by {
            Actor::Staff { name, .. } => AgreedBy::Staff(name.clone()),
            Actor::Buyer { .. } | Actor::System => AgreedBy::Surplus,
        },
        created_at: context.now,
        asked_at: None,
        elsewhere: None,
        version: 1,
    };
    rows::insert(context.tx.conn(), &refund, &[]).await?;
    Ok(refund)
}
