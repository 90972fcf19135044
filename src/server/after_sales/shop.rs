//! What the shop and the clocks do with a case: decide, receive, pay back, replace.

use super::{Precondition, transit};
use crate::domain::after_sale::{AfterSale, Freight, Inspected, RejectionGrounds, StateKind};
use crate::domain::order::Order;
use crate::domain::{Actor, AfterSaleId, FieldErrors, OrderLineId, Parcel, Permission, ReturnAddressId, Shop};
use crate::http::form::Form;
use crate::server::ctx::{Ctx, Staff};
use crate::server::effects::context::EffectContext;
use crate::server::error::{Error, Result};
use crate::server::store::clocks::{self, Subject};
use crate::server::store::orders::{self, Whose};
use crate::server::store::{after_sales as rows, people};
use crate::server::uploads;

/// 「驳回」, before or after the goods are back: reason always, pictures once the goods were shipped (S42).
pub async fn reject(staff: &Staff, number: &str, form: &Form, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::DecideAfterSale)?;
    let mut errors = FieldErrors::default();
    let words = errors.text("reject_reason", form.get("reject_reason"), 2, 300, "请填写驳回原因");
    let Some(words) = words else { return Err(errors.into()) };
    let mut conn = staff.app.db.reader().await?;
    let case = rows::find(&mut conn, Whose::Shop(staff.shop.id), number).await?.ok_or(Error::NotFound)?;
    drop(conn);
    let evidence = uploads::keep_for_staff(staff, case.order_id, case.buyer_id, form, "reject_evidence").await?;
    let grounds = RejectionGrounds { words, evidence };
    let step = |case: AfterSale, _: &Order, shop: &Shop| {
        if case.state.kind() == StateKind::ReturnInTransit {
            case.reject_return(&staff.actor, grounds, &shop.policy, staff.now)
        } else {
            case.reject(&staff.actor, grounds, &shop.policy, staff.now)
        }
    };
    transit(staff, Whose::Shop(staff.shop.id), number, Some(precondition), step).await.map(drop).map_err(Error::beside_field)
}

/// 「通过申请（需要客户寄回商品）」: `return_address` names one of the shop's, `refuse_collect` adds the fixed sentence (S46, S47).
pub async fn approve_return(staff: &Staff, number: &str, form: &Form, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::DecideAfterSale)?;
    let chosen = form.get("return_address").parse().map_err(|_| Error::field("return_address", "请选择退货地址"))?;
    let mut conn = staff.app.db.reader().await?;
    let address = people::return_address(&mut conn, staff.shop.id, ReturnAddressId(chosen)).await?;
    drop(conn);
    let to = address.ok_or_else(|| Error::field("return_address", "这个退货地址已不存在，请重新选择"))?;
    let refuse_collect = form.has("refuse_collect");
    let step = |case: AfterSale, _: &Order, shop: &Shop| case.approve_return(&staff.actor, to, refuse_collect, &shop.policy, staff.now);
    transit(staff, Whose::Shop(staff.shop.id), number, Some(precondition), step).await.map(drop)
}

/// 「同意退款」, with or without goods to come back; `refund_freight` adds the freight of goods that were never sent (M5).
pub async fn agree_refund(staff: &Staff, number: &str, form: &Form, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::AgreeRefund)?;
    let freight = if form.has("refund_freight") { Freight::Added } else { Freight::ByRule };
    let step = |case: AfterSale, order: &Order, shop: &Shop| {
        let case = case.with_goods_back_or(form.has(GOODS_NOT_BACK))?;
        case.agree_refund(&staff.actor, order, freight, &shop.policy, staff.now)
    };
    transit(staff, Whose::Shop(staff.shop.id), number, Some(precondition), step).await.map(drop).map_err(Error::beside_field)
}

/// 「手动退款」: settled outside, with a voucher, and the buyer's consent where the money has a way back (S73, S74).
pub async fn refund_manually(staff: &Staff, number: &str, form: &Form, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::SettleMoney)?;
    let mut errors = FieldErrors::default();
    let voucher = errors.text("voucher", form.get("voucher"), 2, 200, "请填写线下退款的凭证号或说明");
    let asks_consent = super::for_shop(staff, number).await?.has_a_way_back();
    if asks_consent && !form.has("consent") {
        errors.add("consent", "这笔钱可以原路退回，改为线下退款须先征得买家同意");
    }
    let Some(voucher) = voucher.filter(|_| errors.is_empty()) else { return Err(errors.into()) };
    let step = |case: AfterSale, order: &Order, _: &Shop| {
        case.with_goods_back_or(form.has(GOODS_NOT_BACK))?.refund_manually(&staff.actor, order, voucher, asks_consent, staff.now)
    };
    transit(staff, Whose::Shop(staff.shop.id), number, Some(precondition), step).await.map(drop).map_err(Error::beside_field)
}

/// The box that says: pay, although the goods are not back.
pub const GOODS_NOT_BACK: &str = "goods_not_back";

/// 「确认收到退货」: what was found, unit by unit: `good_{line}`, `defective_{line}`, `missing_{line}`.
pub async fn receive(staff: &Staff, number: &str, form: &Form, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::ReceiveReturn)?;
    let count = |prefix: &str, line: i64| form.numbers(prefix).into_iter().find(|(id, _)| *id == line).map_or(0, |(_, units)| units);
    let step = |case: AfterSale, _: &Order, shop: &Shop| {
        let found = case
            .items
            .iter()
            .filter(|item| item.quantity > 0)
            .map(|item| {
                let line = item.line_id.0;
                Inspected {
                    line_id: OrderLineId(line),
                    good: count("good_", line),
                    defective: count("defective_", line),
                    missing: count("missing_", line),
                }
            })
            .collect();
        case.receive(&staff.actor, found, &shop.policy, staff.now)
    };
    transit(staff, Whose::Shop(staff.shop.id), number, Some(precondition), step).await.map(drop)
}

/// 「换货发出」.
pub async fn ship_replacement(staff: &Staff, number: &str, form: &Form, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::ReceiveReturn)?;
    let parcel = Parcel::parse(form.get("carrier"), form.get("tracking"))?;
    if let Some(words) = parcel.ask(form.get("confirmed")) {
        return Err(Error::field("tracking", words));
    }
    let step = |case: AfterSale, _: &Order, shop: &Shop| case.ship_replacement(&staff.actor, parcel, &shop.policy, staff.now);
    transit(staff, Whose::Shop(staff.shop.id), number, Some(precondition), step).await.map(drop)
}

/// A refund that failed is tried again now.
pub async fn retry_refund(staff: &Staff, number: &str, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::SettleMoney)?;
    let step = |case: AfterSale, _: &Order, _: &Shop| case.retry_refund(&staff.actor, staff.now);
    transit(staff, Whose::Shop(staff.shop.id), number, Some(precondition), step).await.map(drop)
}

/// The case's clock has reached zero. Of a clock and a click in the same second one wins; the other finds the case moved on (B21).
pub async fn time_out(ctx: &Ctx, id: AfterSaleId) -> Result<()> {
    debug_assert_eq!(ctx.actor, Actor::System);
    let mut conn = ctx.app.db.reader().await?;
    let case = rows::by_id(&mut conn, id).await?;
    drop(conn);
    match case.state.due() {
        // Too early: the clock goes on until the state's own time.
        Some(due) if due > ctx.now => clocks::set(Subject::AfterSale(id), due).now(&mut *ctx.app.db.single().acquire().await?).await,
        Some(_) => {
            let step = |case: AfterSale, order: &Order, shop: &Shop| case.time_out(order, &shop.policy, ctx.now);
            transit(ctx, Whose::Anyone, &case.number, None, step).await.map(drop)
        }
        None => clocks::clear_due(&ctx.app.db, Subject::AfterSale(id), ctx.now).await,
    }
}

/// A return has to be on its way within a day: the buyer is told, by whichever worker takes the reminder away.
pub async fn remind(ctx: &Ctx, id: AfterSaleId) -> Result<()> {
    let mut tx = ctx.app.db.write().await?;
    if !clocks::take(tx.conn(), Subject::ReturnReminder(id)).await? {
        return Ok(());
    }
    let case = rows::by_id(tx.conn(), id).await?;
    let (order, shop) = (orders::by_id(tx.conn(), case.order_id).await?.0, people::shop(tx.conn(), case.shop_id).await?);
    let mut context =
        EffectContext { app: &ctx.app, tx: &mut tx, by: &ctx.actor, now: ctx.now, policy: &shop.policy, order, request: None };
    context.for_case(&case, case.reminder(ctx.now).into_iter().collect()).await?;
    tx.commit().await
}
