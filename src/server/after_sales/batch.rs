//! One case of a batch: the same transitions as a single decision, in a transaction that the batch holds.

use super::{AfterSaleStep, follow};
use crate::domain::after_sale::{AfterSale, Freight, RejectionGrounds};
use crate::domain::order::Order;
use crate::domain::{Address, Refusal, Shop};
use crate::server::ctx::{Ctx, overtaken};
use crate::server::db::{Lock, Tx};
use crate::server::error::{Error, Result};
use crate::server::money::effects::context::EffectContext;
use crate::server::store::after_sales::batches::BatchItem;
use crate::server::store::{after_sales as rows, orders as order_rows};

/// What every case of the batch is told.
pub enum Verdict {
    AgreeRefund,
    /// The goods go there.
    ApproveReturn(Address),
    /// For this reason.
    Reject(String),
}

impl Verdict {
    fn step(&self, ctx: &Ctx, shop: &Shop, order: &Order, case: AfterSale) -> AfterSaleStep {
        match self {
            // What is on its way back is looked at case by case.
            Self::AgreeRefund if case.awaits_goods() => Err(Refusal::GoodsNotBack),
            Self::AgreeRefund => case.agree_refund(&ctx.actor, order, Freight::ByRule, &shop.policy, ctx.now),
            Self::ApproveReturn(to) => case.approve_return(&ctx.actor, to.clone(), false, &shop.policy, ctx.now),
            Self::Reject(words) => {
                let grounds = RejectionGrounds { words: words.clone(), evidence: Vec::new() };
                case.reject(&ctx.actor, grounds, &shop.policy, ctx.now)
            }
        }
    }
}

/// Decides one case. `Some`: the rules refuse it, or it has moved on since it was chosen; then nothing was written.
pub async fn decide(ctx: &Ctx, tx: &mut Tx, shop: &Shop, item: &BatchItem, verdict: &Verdict) -> Result<Option<Error>> {
    let order = order_rows::lock_by_id(tx, item.order).await?.order;
    let case = rows::by_id(tx.conn(), item.after_sale).await?;
    if case.version != item.version {
        return Ok(Some(overtaken::on_order(tx.conn(), &ctx.actor, order.id, Some(case.id)).await));
    }
    tx.lock(Lock::Wallet(order.shop_id), order.buyer_id.0).await?;
    let items = case.items.clone();
    let (case, effects) = match verdict.step(ctx, shop, &order, case) {
        Ok(step) => step,
        Err(refusal) => return Ok(Some(refusal.into())),
    };
    let mut context = EffectContext { app: &ctx.app, tx, by: &ctx.actor, now: ctx.now, policy: &shop.policy, order, request: None };
    follow(&mut context, &case, &items, effects).await?;
    Ok(None)
}
