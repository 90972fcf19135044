//! The cashier: an order is paid by wallet, through a gateway, on delivery or outside; never twice (S2, A23).

use crate::domain::money::payment::{PaymentState, Ticket};
use crate::domain::money::points::too_few_in_words;
use crate::domain::order::{Order, OrderAction, OrderState};
use crate::domain::{Actor, Money, MoneyCause, Payment, PaymentId, PaymentStatus, Permission, Refusal, Tender};
use crate::routes;
use crate::server::ctx::{Buyer, Ctx, Staff};
use crate::server::db::{Conn, Lock};
use crate::server::error::{Error, Result};
use crate::server::money::effects::context::EffectContext;
use crate::server::orders::complete::{PaidWith, complete};
use crate::server::orders::settle::settle_payment;
use crate::server::orders::{Precondition, held};
use crate::server::payments::{CloseAnswer, GatewayError, PayOrder, PayScene, PayTicket, notices};
use crate::server::store::money::payments::{self, NewPayment};
use crate::server::store::money::wallet;
use crate::server::store::orders::{self as rows, LockedOrder, Scope};

/// Where the buyer goes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CashierStep {
    /// Paid; back to the order.
    Done,
    /// To the gateway's own cashier, or to the page that opens it.
    Cashier(String),
    /// To the page with the code that a phone scans.
    Scan,
}

/// The buyer has chosen how to pay what is left.
pub async fn pay(buyer: &Buyer, number: &str, tender: Tender, scene: PayScene) -> Result<CashierStep> {
    let mut conn = buyer.app.db.reader().await?;
    let (order, _) = rows::find(&mut conn, Scope::Buyer(buyer.id), number).await?.ok_or(Error::NotFound)?;
    let intent = pending(&mut conn, &order).await?;
    drop(conn);
    if is_paid_already(&order, &buyer.actor)? {
        return Ok(CashierStep::Done);
    }
    if let Some(intent) = intent {
        if let Some(cashier) = same_again(buyer, &order, &intent, tender, &scene).await? {
            return Ok(cashier);
        }
        if close_payment(buyer, &intent).await? {
            return Ok(CashierStep::Done);
        }
    }
    match tender {
        Tender::Wechat | Tender::Alipay => begin_online(buyer, number, tender, scene).await,
        Tender::Balance | Tender::Points | Tender::Cod => {
            pay_directly(buyer, Scope::Buyer(buyer.id), number, tender, "", None).await.map(|()| CashierStep::Done)
        }
        Tender::Offline => Err(Error::Forbidden),
    }
}

/// `true`: nothing is left to pay. An order that `by` may not pay is refused.
pub(super) fn is_paid_already(order: &Order, by: &Actor) -> Result<bool> {
    if order.state.paid_at().is_some() {
        return Ok(true);
    }
    if !order.permits(OrderAction::Pay, by) {
        return Err(Refusal::NotWhile(order.status().name()).into());
    }
    Ok(false)
}

/// 「确认付款」: finance has seen the money elsewhere (S2), and as much of it as the form said.
pub async fn confirm_offline(staff: &Staff, number: &str, note: &str, precondition: &Precondition) -> Result<()> {
    staff.require(Permission::ConfirmOfflinePayment)?;
    let scope = Scope::Shop(staff.shop.id);
    if close_intent_for(staff, scope, number, precondition).await? {
        return Ok(());
    }
    pay_directly(staff, scope, number, Tender::Offline, note, Some(precondition)).await
}

/// Ends an online payment that was begun, asking the gateway first: money that is already there is taken as paid.
pub async fn close_intent(ctx: &Ctx, scope: Scope, number: &str) -> Result<()> {
    let mut conn = ctx.app.db.reader().await?;
    let (order, _) = rows::find(&mut conn, scope, number).await?.ok_or(Error::NotFound)?;
    let intent = pending(&mut conn, &order).await?;
    drop(conn);
    match intent {
        Some(intent) if close_payment(ctx, &intent).await? => Err(Refusal::PriceFixed.into()),
        _ => Ok(()),
    }
}

/// For a form: `true` if this very form has acted already. Asked before the gateway is, so a form that is refused changes nothing there.
pub async fn close_intent_for(ctx: &Ctx, scope: Scope, number: &str, precondition: &Precondition) -> Result<bool> {
    let mut conn = ctx.app.db.reader().await?;
    let (order, _) = rows::find(&mut conn, scope, number).await?.ok_or(Error::NotFound)?;
    if precondition.has_acted(&mut conn, &ctx.actor, (order.id, None), order.version).await? {
        return Ok(true);
    }
    drop(conn);
    close_intent(ctx, scope, number).await.map(|()| false)
}

async fn pending(conn: &mut Conn, order: &Order) -> Result<Option<Payment>> {
    let begun = payments::of_order(conn, order.id).await?;
    Ok(begun.into_iter().find(Payment::is_pending))
}

/// `true`: the gateway had the money already, and the order is paid now.
pub(in crate::server) async fn close_payment(ctx: &Ctx, intent: &Payment) -> Result<bool> {
    let (_, gateway) = ctx.app.gateway_of(intent.tender)?;
    if let CloseAnswer::Paid(receipt) = gateway.close(&intent.number).await? {
        settle_payment(ctx, &receipt).await?;
        return Ok(true);
    }
    let mut tx = ctx.app.db.write().await?;
    tx.lock(Lock::Order, intent.order_id.0).await?;
    let current = payments::by_id(tx.conn(), intent.id).await?;
    if let Ok(void) = current.clone().close() {
        payments::save(tx.conn(), &current, &void).await?;
    }
    tx.commit().await?;
    Ok(current.status() == PaymentStatus::Succeeded)
}

/// The same choice again leads to the same payment, by a way of its own: WeChat Pay's is good for five minutes only.
/// `None`: the gateway does not open it any more.
async fn same_again(buyer: &Buyer, order: &Order, intent: &Payment, tender: Tender, scene: &PayScene) -> Result<Option<CashierStep>> {
    if intent.tender != tender || intent.amount != order.due() || intent.cashier_url.is_empty() {
        return Ok(None);
    }
    match open_at_gateway(buyer, order, intent.id, &intent.number, tender, scene.clone()).await {
        Ok(chosen) => Ok(Some(chosen)),
        Err(Error::Gateway(GatewayError::Refused(_))) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The row first, then the gateway, outside any transaction.
async fn begin_online(buyer: &Buyer, number: &str, tender: Tender, scene: PayScene) -> Result<CashierStep> {
    if buyer.app.gateways.of_tender(tender).is_none() {
        return Err(Error::field("tender", "暂不支持此支付方式，请选择其他方式"));
    }
    let payment_no = format!("P{}", buyer.app.letters(14));
    let id = PaymentId(buyer.app.new_id());
    let mut tx = buyer.app.db.write().await?;
    let order = held(&mut tx, Scope::Buyer(buyer.id), number).await?.order;
    let OrderState::PendingPayment { .. } = order.state else { return Err(Error::Stale) };
    let payment = NewPayment {
        id,
        number: &payment_no,
        shop_id: order.shop_id.0,
        order_id: order.id,
        tender,
        state: PaymentState::Pending,
        amount: order.due(),
        operator: None,
        note: "",
        now: buyer.now,
    };
    match payments::insert(tx.conn(), &payment).await {
        Err(error) if error.is_duplicate() => return Err(Error::Stale),
        other => other?,
    }
    tx.commit().await?;
    open_at_gateway(buyer, &order, id, &payment_no, tender, scene).await
}

/// Opens the payment at the gateway, and keeps where it is paid.
async fn open_at_gateway(
    buyer: &Buyer,
    order: &Order,
    id: PaymentId,
    payment_no: &str,
    tender: Tender,
    scene: PayScene,
) -> Result<CashierStep> {
    let (url, ticket) = match ask_for_ticket(buyer, order, payment_no, tender, scene).await? {
        PayTicket::Page(url) => (url, Ticket::Page),
        PayTicket::Code(url) => (url, Ticket::Code),
        // Paid at a page of our own, which asks for its values anew each time.
        PayTicket::Bridge(_) => (routes::buyer::pay_in_wechat(&order.number), Ticket::Page),
    };
    payments::set_cashier(&mut *buyer.app.db.single().acquire().await?, id, &url, ticket).await?;
    Ok(if ticket == Ticket::Code { CashierStep::Scan } else { CashierStep::Cashier(url) })
}

/// Asks the gateway for a way to pay what is due, outside any transaction.
pub(super) async fn ask_for_ticket(buyer: &Buyer, order: &Order, payment_no: &str, tender: Tender, scene: PayScene) -> Result<PayTicket> {
    let (channel, gateway) = buyer.app.gateway_of(tender)?;
    let OrderState::PendingPayment { pay_by } = order.state else { return Err(Error::Stale) };
    let asked = PayOrder {
        payment_no: payment_no.to_owned(),
        amount: order.due().0,
        title: format!("订单 {}", order.number),
        channel,
        return_url: format!("{}{}", buyer.app.public_url, routes::buyer::order(&order.number)),
        notify_url: format!("{}{}", buyer.app.public_url, notices(channel)),
        expires_at: pay_by.0,
        scene,
    };
    Ok(gateway.pay(&asked).await?)
}

/// One tender pays all that is left, here and now.
async fn pay_directly(
    ctx: &Ctx,
    scope: Scope,
    number: &str,
    tender: Tender,
    note: &str,
    precondition: Option<&Precondition>,
) -> Result<()> {
    let mut tx = ctx.app.db.write().await?;
    let LockedOrder { order, shop, .. } = held(&mut tx, scope, number).await?;
    if let Some(precondition) = precondition
        && precondition.has_acted(tx.conn(), &ctx.actor, (order.id, None), order.version).await?
    {
        return Ok(());
    }
    if order.state.paid_at().is_some() && ctx.actor.is_buyer(order.buyer_id) {
        return Ok(());
    }
    let action = if tender == Tender::Offline { OrderAction::ConfirmPayment } else { OrderAction::Pay };
    if !order.permits(action, &ctx.actor) {
        return Err(Refusal::NotWhile(order.status().name()).into());
    }
    if pending(tx.conn(), &order).await?.is_some() {
        return Err(Error::Stale);
    }
    let due = order.due();
    let request = precondition.map(|precondition| &precondition.request);
    let mut context = EffectContext { app: &ctx.app, tx: &mut tx, by: &ctx.actor, now: ctx.now, policy: &shop.policy, order, request };
    let payment_no = format!("P{}", ctx.app.letters(14));
    let operator = if let Actor::Staff { id, .. } = &ctx.actor { Some(id.0) } else { None };
    let payment = NewPayment {
        id: PaymentId(ctx.app.new_id()),
        number: &payment_no,
        shop_id: context.order.shop_id.0,
        order_id: context.order.id,
        tender,
        state: PaymentState::Succeeded { at: ctx.now, collected_at: None },
        amount: due,
        operator,
        note,
        now: ctx.now,
    };
    payments::insert(context.tx.conn(), &payment).await?;
    let event = context.money(tender, MoneyCause::Paid, Money(-due.0), Some(payment.id.0), None);
    if !wallet::record(context.tx, &event).await? {
        let have = wallet::purse(context.tx.conn(), context.order.shop_id, context.order.buyer_id).await?.points;
        if tender == Tender::Points && have < 0 {
            return Err(Error::field("tender", too_few_in_words(have)));
        }
        return Err(Error::field("tender", format!("{}不足，请选择其他支付方式", tender.name())));
    }
    let with = match tender {
        Tender::Cod => PaidWith::Cod,
        Tender::Offline => PaidWith::Confirmed(note),
        Tender::Points | Tender::Balance | Tender::Wechat | Tender::Alipay => PaidWith::Tender(tender),
    };
    complete(&mut context, with).await?;
    rows::save(context.tx.conn(), &context.order).await?;
    tx.commit().await
}
