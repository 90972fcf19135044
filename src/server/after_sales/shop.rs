//! What the shop and the clocks do with a case: decide, receive, pay back, replace.

use super::answers::{ManualRefund, RefundAgreement, Rejection, ReturnApproval};
use super::{Precondition, transit};
use crate::domain::after_sale::{AfterSale, Inspected, RejectionGrounds, StateKind};
use crate::domain::order::Order;
use crate::domain::{Actor, AfterSaleId, Parcel, Permission, Shop};
use crate::server::ctx::{Ctx, Staff};
use crate::server::error::{Error, Result};
use crate::server::money::effects::context::EffectContext;
use crate::server::people::uploads;
use crate::server::store::machinery::clocks::{self, Subject};
use crate::server::store::orders::{self, Scope};
use crate::server::store::{after_sales as rows, people};

/// 「驳回」, before or after the goods are back: reason always, pictures once the goods were shipped (S42).
pub async fn reject(staff: &Staff, number: &str, rejection: Rejection, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::DecideAfterSale)?;
    let Rejection { words, pictures } = rejection;
    let mut conn = staff.app.db.reader().await?;
    let case = rows::find(&mut conn, Scope::Shop(staff.shop.id), number).await?.ok_or(Error::NotFound)?;
    drop(conn);
    let evidence = uploads::keep_for_staff(staff, case.order_id, case.buyer_id, pictures, "reject_evidence").await?;
    let grounds = RejectionGrounds { words: words.into_words(), evidence };
    let step = |case: AfterSale, _: &Order, shop: &Shop| {
        if case.state.kind() == StateKind::ReturnInTransit {
            case.reject_return(&staff.actor, grounds, &shop.policy, staff.now)
        } else {
            case.reject(&staff.actor, grounds, &shop.policy, staff.now)
        }
    };
    transit(staff, Scope::Shop(staff.shop.id), number, Some(precondition), step).await.map(drop).map_err(Error::beside_field)
}

/// 「通过申请（需要客户寄回商品）」, to one of the shop's addresses (S46).
pub async fn approve_return(staff: &Staff, number: &str, approval: ReturnApproval, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::DecideAfterSale)?;
    let ReturnApproval { to, refuse_collect } = approval;
    let mut conn = staff.app.db.reader().await?;
    let address = people::return_address(&mut conn, staff.shop.id, to).await?;
    drop(conn);
    let to = address.ok_or_else(|| Error::field("return_address", "这个退货地址已不存在，请重新选择"))?;
    let step = |case: AfterSale, _: &Order, shop: &Shop| case.approve_return(&staff.actor, to, refuse_collect, &shop.policy, staff.now);
    transit(staff, Scope::Shop(staff.shop.id), number, Some(precondition), step).await.map(drop)
}

/// 「同意退款」, with or without goods to come back.
pub async fn agree_refund(staff: &Staff, number: &str, agreement: RefundAgreement, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::AgreeRefund)?;
    let RefundAgreement { freight, without_goods } = agreement;
    let step = |case: AfterSale, order: &Order, shop: &Shop| {
        let case = case.with_goods_back_or(without_goods)?;
        case.agree_refund(&staff.actor, order, freight, &shop.policy, staff.now)
    };
    transit(staff, Scope::Shop(staff.shop.id), number, Some(precondition), step).await.map(drop).map_err(Error::beside_field)
}

/// 「手动退款」: settled outside, with a voucher, and the buyer's consent where the money has a way back (S73, S74).
pub async fn refund_manually(staff: &Staff, number: &str, refund: ManualRefund, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::SettleMoney)?;
    let ManualRefund { voucher, consent, without_goods } = refund;
    let asks_consent = super::for_shop(staff, number).await?.has_a_way_back();
    if asks_consent && !consent {
        return Err(Error::field("consent", "这笔钱可以原路退回，改为线下退款须先征得买家同意"));
    }
    let step = |case: AfterSale, order: &Order, _: &Shop| {
        case.with_goods_back_or(without_goods)?.refund_manually(&staff.actor, order, voucher.into_words(), asks_consent, staff.now)
    };
    transit(staff, Scope::Shop(staff.shop.id), number, Some(precondition), step).await.map(drop).map_err(Error::beside_field)
}

/// 「确认收到退货」: what was found, line by line; a line of the case that was not counted is asked for.
pub async fn receive(staff: &Staff, number: &str, found: &[Inspected], precondition: &Precondition) -> Result<()> {
    staff.require(Permission::ReceiveReturn)?;
    let step = |case: AfterSale, _: &Order, shop: &Shop| {
        let sent_back = case.items.iter().filter(|item| item.quantity > 0);
        let found = sent_back.filter_map(|item| found.iter().find(|one| one.line_id == item.line_id).copied()).collect();
        case.receive(&staff.actor, found, &shop.policy, staff.now)
    };
    transit(staff, Scope::Shop(staff.shop.id), number, Some(precondition), step).await.map(drop)
}

/// 「换货发出」.
pub async fn ship_replacement(staff: &Staff, number: &str, parcel: Parcel, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::ReceiveReturn)?;
    let step = |case: AfterSale, _: &Order, shop: &Shop| case.ship_replacement(&staff.actor, parcel, &shop.policy, staff.now);
    transit(staff, Scope::Shop(staff.shop.id), number, Some(precondition), step).await.map(drop)
}

/// A refund that failed is tried again now.
pub async fn retry_refund(staff: &Staff, number: &str, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::SettleMoney)?;
    let step = |case: AfterSale, _: &Order, _: &Shop| case.retry_refund(&staff.actor, staff.now);
    transit(staff, Scope::Shop(staff.shop.id), number, Some(precondition), step).await.map(drop)
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
            transit(ctx, Scope::Anyone, &case.number, None, step).await.map(drop)
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
