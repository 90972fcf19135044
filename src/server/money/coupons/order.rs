//! A coupon and its order: offered at the checkout, used by one guarded update, returned once (M8, B15).

use super::{CouponChoice, rows};
use crate::domain::order::{OrderLine, Totals};
use crate::domain::{BuyerCouponId, BuyerId, CouponCause, CouponId, Effect, Happening, OrderId, ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::error::{Error, Result};
use crate::server::money::effects::context::EffectContext;
use crate::server::store::money::coupons::CouponMovement;
use crate::server::store::orders;

/// Coupons that are looked through for one order.
const LOOKED_AT: i64 = 100;

/// The coupon that a new order is about to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    pub id: BuyerCouponId,
    pub kind: CouponId,
    pub name: String,
}

/// What the buyer holds that fits these lines, the best first; of two that are worth the same, the one that ends first.
pub(in crate::server) async fn choices(
    conn: &mut Conn,
    buyer: BuyerId,
    shop: ShopId,
    lines: &[OrderLine],
    now: Timestamp,
) -> Result<Vec<CouponChoice>> {
    let held = rows::usable_at(conn, buyer, shop, now, LOOKED_AT).await?;
    let fitting = held.into_iter().filter_map(|coupon| {
        let worth = coupon.terms.worth(lines, now).ok()?;
        Some(CouponChoice { id: coupon.id, terms: coupon.terms, worth })
    });
    let mut choices: Vec<CouponChoice> = fitting.collect();
    choices.sort_by_key(|choice| std::cmp::Reverse(choice.worth));
    Ok(choices)
}

/// Takes the chosen coupon off an order that is about to be placed.
pub(in crate::server) async fn take_off(
    conn: &mut Conn,
    (buyer, shop): (BuyerId, ShopId),
    chosen: BuyerCouponId,
    totals: Totals,
    lines: &mut [OrderLine],
    now: Timestamp,
) -> Result<(Totals, Used)> {
    let gone = || Error::field("coupon", "优惠券已被使用或不存在，请重新选择");
    let kind = rows::held_by(conn, chosen, buyer, shop).await?.ok_or_else(gone)?;
    let coupon = rows::by_id(conn, kind).await?.ok_or_else(gone)?;
    let totals = coupon.terms.take_off(totals, lines, now).map_err(|misfit| Error::field("coupon", misfit.to_string()))?;
    Ok((totals, Used { id: chosen, kind, name: coupon.terms.name }))
}

/// The order, just placed, uses the coupon; of two orders at once, one.
pub(in crate::server) async fn use_for(context: &mut EffectContext<'_>, used: &Used) -> Result<()> {
    let order = context.order.id;
    match rows::hold(context.tx.conn(), used.id, context.order.buyer_id, order, context.now).await {
        Err(Error::Stale) => return Err(Error::field("coupon", "优惠券已被使用，请重新选择")),
        other => other?,
    }
    rows::count_use(context.tx.conn(), used.kind, 1).await?;
    record(context, used.id, order, CouponCause::Used).await
}

/// The order came to nothing: its coupon is the buyer's again, once, and not if its time is over.
pub(in crate::server) async fn return_of_order(context: &mut EffectContext<'_>) -> Result<Vec<Effect>> {
    let order = context.order.id;
    if !context.order.totals.coupon.is_positive() {
        return Ok(Vec::new());
    }
    // The second time there is none: the first has taken it from the order, or has found it over.
    let Some((id, kind, valid_until)) = rows::of_order(context.tx.conn(), order).await? else { return Ok(Vec::new()) };
    let name =
        rows::by_id(context.tx.conn(), kind).await?.ok_or_else(|| Error::inconsistent("buyer_coupons", "coupon_id", id.0))?.terms.name;
    if valid_until <= context.now {
        return Ok(vec![returned(name, true)]);
    }
    rows::release(context.tx.conn(), id, order, context.now).await?;
    rows::count_use(context.tx.conn(), kind, -1).await?;
    record(context, id, order, CouponCause::Returned).await?;
    orders::coupon_returned(context.tx.conn(), order, context.now).await?;
    Ok(vec![returned(name, false)])
}

fn returned(name: String, lapsed: bool) -> Effect {
    Effect::Record { what: Happening::CouponReturned { name, lapsed }, evidence: Vec::new() }
}

async fn record(context: &mut EffectContext<'_>, coupon: BuyerCouponId, order: OrderId, cause: CouponCause) -> Result<()> {
    let movement = CouponMovement {
        id: context.app.new_id(),
        coupon,
        shop: context.order.shop_id,
        order: Some(order),
        cause,
        by: context.by,
        at: context.now,
    };
    rows::record(context.tx.conn(), &movement).await
}
