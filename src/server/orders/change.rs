//! What buyers and staff do to an order between its placing and its end.

use super::cashier::{close_intent, close_intent_for};
use super::{Precondition, held};
use crate::domain::order::{Order, ParcelPlan, PriceChange};
use crate::domain::{Address, Effect, Money, Permission, Refusal, ShipmentId, Shop, ShopNote, ShopPolicy, Tender};
use crate::server::ctx::{Buyer, Ctx, Staff};
use crate::server::db::Tx;
use crate::server::error::{Error, Result};
use crate::server::money::effects::context::EffectContext;
use crate::server::store::money::payments;
use crate::server::store::orders::shipments::{self, Shipment};
use crate::server::store::orders::{self as rows, LockedOrder, OrderMarks, Scope};
use crate::server::store::people::members;

/// A transition that is not kept yet: the order as it now is, and what hung on it before.
type Done = (Tx, Order, OrderMarks);

/// Runs one transition of an order and stores what follows from it. `Ok(None)`: this very form has done it before.
async fn transit(
    ctx: &Ctx,
    scope: Scope,
    number: &str,
    precondition: Option<&Precondition>,
    step: impl FnOnce(Order, &Shop) -> std::result::Result<(Order, Vec<Effect>), Refusal>,
) -> Result<Option<Done>> {
    let mut tx = ctx.app.db.write().await?;
    let LockedOrder { order, marks, shop } = held(&mut tx, scope, number).await?;
    if let Some(precondition) = precondition
        && precondition.has_acted(tx.conn(), &ctx.actor, (order.id, None), order.version).await?
    {
        return Ok(None);
    }
    let before = order.clone();
    let (order, effects) = step(order, &shop)?;
    let priced = order.totals != before.totals;
    let redirected = order.recipient != before.recipient;
    let policy: &ShopPolicy = &shop.policy;
    let request = precondition.map(|precondition| &precondition.request);
    let mut context = EffectContext { app: &ctx.app, tx: &mut tx, by: &ctx.actor, now: ctx.now, policy, order, request };
    context.for_order(effects).await?;
    if priced {
        rows::save_prices(context.tx.conn(), &context.order.lines).await?;
    }
    if redirected {
        rows::save_recipient(context.tx.conn(), &context.order).await?;
    }
    rows::save(context.tx.conn(), &context.order).await?;
    let order = context.order;
    Ok(Some((tx, order, marks)))
}

async fn commit(done: Option<Done>) -> Result<()> {
    match done {
        Some((tx, ..)) => tx.commit().await,
        None => Ok(()),
    }
}

/// 「取消订单」 by the buyer: the gateway is asked first, so that money under way is not lost (S8).
pub async fn cancel(buyer: &Buyer, number: &str) -> Result<()> {
    close_intent(buyer, Scope::Buyer(buyer.id), number).await?;
    commit(transit(buyer, Scope::Buyer(buyer.id), number, None, |order, _| order.close_unpaid(&buyer.actor, buyer.now)).await?).await
}

/// 「关闭订单」 by the shop.
pub async fn close(staff: &Staff, number: &str, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::ChangeOrder)?;
    let scope = Scope::Shop(staff.shop.id);
    if close_intent_for(staff, scope, number, precondition).await? {
        return Ok(());
    }
    commit(transit(staff, scope, number, Some(precondition), |order, _| order.close_unpaid(&staff.actor, staff.now)).await?).await
}

/// The order was not paid in time.
pub(super) async fn close_by_clock(ctx: &Ctx, number: &str) -> Result<()> {
    commit(transit(ctx, Scope::Anyone, number, None, |order, _| order.close_unpaid(&ctx.actor, ctx.now)).await?).await
}

/// A price as it shall be, and as the form showed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestatedPrice {
    pub change: PriceChange,
    /// The new total that was shown; none was shown without it.
    pub total: Option<Money>,
}

/// 「修改价格」: a payment begun at the old price is void (S3). Nothing happens to any price that was not shown before.
pub async fn adjust_price(staff: &Staff, number: &str, price: RestatedPrice, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::ChangeOrder)?;
    let scope = Scope::Shop(staff.shop.id);
    let mut conn = staff.app.db.reader().await?;
    let (order, _) = rows::find(&mut conn, scope, number).await?.ok_or(Error::NotFound)?;
    if precondition.has_acted(&mut conn, &staff.actor, (order.id, None), order.version).await? {
        return Ok(());
    }
    drop(conn);
    let (RestatedPrice { change, total }, from) = (price, order.totals.payable());
    let to = order.adjust_price(&staff.actor, change)?.0.totals.payable();
    if total != Some(to) {
        return Err(Refusal::PriceNotRestated { from, to }.into());
    }
    if close_intent_for(staff, scope, number, precondition).await? {
        return Ok(());
    }
    commit(transit(staff, scope, number, Some(precondition), |order, _| order.adjust_price(&staff.actor, change)).await?).await
}

/// Another recipient, before shipping (S12).
pub async fn edit_address(staff: &Staff, number: &str, to: Address, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::ChangeOrder)?;
    let scope = Scope::Shop(staff.shop.id);
    commit(transit(staff, scope, number, Some(precondition), |order, _| order.edit_address(&staff.actor, to)).await?).await
}

/// 「确认发货」: one or several parcels (S5, S13).
pub async fn ship(staff: &Staff, number: &str, parcels: &[ParcelPlan], precondition: &Precondition) -> Result<()> {
    staff.require(Permission::Ship)?;
    let scope = Scope::Shop(staff.shop.id);
    let step = |order: Order, shop: &Shop| order.ship(&staff.actor, parcels, &shop.policy, staff.now);
    let Some((mut tx, order, _)) = transit(staff, scope, number, Some(precondition), step).await? else { return Ok(()) };
    for plan in parcels {
        let shipment = Shipment { parcel: plan.parcel.clone(), shipped_at: staff.now, units: plan.units.clone() };
        shipments::insert(tx.conn(), ShipmentId(staff.app.new_id()), order.shop_id, order.id, &shipment).await?;
    }
    tx.commit().await
}

/// 「确认收货」 by the buyer.
pub async fn receive_for_buyer(buyer: &Buyer, number: &str) -> Result<()> {
    receive(buyer, Scope::Buyer(buyer.id), number, None).await
}

/// 「确认收货」 by the shop, when the buyer delays (S7).
pub async fn receive_for_shop(staff: &Staff, number: &str, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::ConfirmReceipt)?;
    receive(staff, Scope::Shop(staff.shop.id), number, Some(precondition)).await
}

pub(super) async fn receive(ctx: &Ctx, scope: Scope, number: &str, precondition: Option<&Precondition>) -> Result<()> {
    let step = |order: Order, shop: &Shop| order.receive(&ctx.actor, &shop.policy, shop.zone, ctx.now);
    let Some((mut tx, order, marks)) = transit(ctx, scope, number, precondition, step).await? else { return Ok(()) };
    if marks.tender == Some(Tender::Cod) {
        payments::collect(tx.conn(), order.id, ctx.now).await?;
    }
    members::completed(tx.conn(), order.shop_id, order.buyer_id).await?;
    tx.commit().await
}

/// 「备注」 and flag, for the shop alone (S54).
pub async fn mark(staff: &Staff, number: &str, note: &ShopNote) -> Result<()> {
    staff.require(Permission::RemarkAndFlag)?;
    let mut tx = staff.app.db.write().await?;
    let order = held(&mut tx, Scope::Shop(staff.shop.id), number).await?.order;
    rows::mark(tx.conn(), staff.shop.id, order.id, note.remark(), note.flag()).await?;
    tx.commit().await
}
