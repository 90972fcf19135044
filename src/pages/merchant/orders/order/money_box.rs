//! The money of the order: what it costs, how it was paid, what went back and what still can.

use super::Desk;
use crate::domain::order::{OrderLine, OrderStatus};
use crate::domain::{Money, Payment, PaymentStatus, Tender};
use crate::server::orders::OrderMoney;
use crate::ui::{Card, KeyValue, KeyValues};
use leptos::prelude::*;

/// Nothing for those who only ship.
pub(super) fn draw(desk: &Desk) -> Option<AnyView> {
    desk.money().map(|money| {
        let (price, paid, back, refunds) = (price(money), paid(desk, money), back(desk, money), refunds(desk, money));
        view! {
            <Card title="订单金额">
                <KeyValues money=true>{price}{paid}{back}</KeyValues>
                {refunds}
            </Card>
        }
        .into_any()
    })
}

fn price(money: OrderMoney<'_>) -> impl IntoView + use<> {
    let (totals, name) = (money.totals, money.coupon_name.to_owned());
    let coupon = totals.coupon.is_positive().then(|| {
        view! { <KeyValue label="优惠券"><small class="muted">{name}" "</small>{signed(Money(-totals.coupon.0))}</KeyValue> }
    });
    let changed = (totals.goods_adjust.0 != 0).then(|| view! { <KeyValue label="商品改价">{signed(totals.goods_adjust)}</KeyValue> });
    let freight_changed = (totals.freight_adjust.0 != 0)
        .then(|| view! { <small class="muted">{format!("含改价 {} ", signed(totals.freight_adjust))}</small> });
    view! {
        <KeyValue label="商品">{totals.goods.show()}</KeyValue>
        {changed}
        {coupon}
        <KeyValue label="运费">{freight_changed}{totals.freight.show()}</KeyValue>
        <KeyValue label="应付" total=true>{totals.payable().show()}</KeyValue>
    }
}

/// Each tender that counts, and what is still to come.
fn paid(desk: &Desk, money: OrderMoney<'_>) -> impl IntoView + use<> {
    let (status, due) = (desk.order.status(), money.due.show());
    let due = (status == OrderStatus::PendingPayment).then(|| view! { <KeyValue label="待付"><b class="warn">{due}</b></KeyValue> });
    let tenders = money.payments.iter().filter_map(|payment| tender(payment, status)).collect_view();
    view! { {tenders}{due} }
}

fn tender(payment: &Payment, order: OrderStatus) -> Option<impl IntoView + use<>> {
    let state = match (payment.status(), payment.tender) {
        (PaymentStatus::Void, _) => return None,
        (PaymentStatus::Pending, _) => "支付中",
        (PaymentStatus::Held, tender) if tender.is_online() => "已收，待付清",
        (PaymentStatus::Held, _) => "已抵扣，待付清",
        (PaymentStatus::Surplus, _) if payment.refunded == payment.amount => "未计入订单，已退回",
        (PaymentStatus::Surplus, _) => "未计入订单，退回中",
        (PaymentStatus::Succeeded, _) if payment.awaits_cash() && order == OrderStatus::Closed => "未收款",
        (PaymentStatus::Succeeded, _) if payment.awaits_cash() => "签收时收款",
        (PaymentStatus::Succeeded, _) => "",
    };
    let state = (!state.is_empty()).then(|| view! { <small class="muted">{format!("{state} ")}</small> });
    let amount = payment.tender.show(payment.amount);
    Some(view! { <KeyValue label=payment.tender.name()>{state}{amount}</KeyValue> })
}

fn back(desk: &Desk, money: OrderMoney<'_>) -> Option<impl IntoView + use<>> {
    let label = if desk.order.awaits_cash() { "应收" } else { "实付" };
    let reserved: Money = money.lines.iter().map(|line| line.reserved).sum();
    let refundable: Money = money.lines.iter().map(OrderLine::left).sum();
    let reserved = reserved.is_positive().then(|| view! { <KeyValue label="售后处理中">{reserved.show()}</KeyValue> });
    let (paid, refunded) = (money.paid, money.refunded);
    paid.is_positive().then(|| {
        view! {
            <KeyValue label=label total=true>{paid.show()}</KeyValue>
            <KeyValue label="已退">{refunded.show()}</KeyValue>
            {reserved}
            <KeyValue label="可退"><b>{refundable.show()}</b></KeyValue>
        }
    })
}

/// Every movement back, by its way.
fn refunds(desk: &Desk, money: OrderMoney<'_>) -> Option<impl IntoView + use<>> {
    let zone = desk.staff.shop.zone;
    let movements = money.refunds.iter().map(|refund| {
        let amount = refund.tender.show(refund.amount);
        let state = format!("{}，{}", refund.standing(), refund.settled_at().unwrap_or(refund.created_at).show(zone));
        let label = if refund.was_never_collected() { refund.tender.name().to_owned() } else { format!("退回{}", refund.tender.name()) };
        view! { <KeyValue label=label>{amount}<br/><small class="muted">{state}</small></KeyValue> }
    });
    let coupon = money.coupon_returned_at.map(|at| {
        let (name, state) = (money.coupon_name.to_owned(), format!("已退回买家，{}", at.show(zone)));
        view! { <KeyValue label="优惠券">{name}<br/><small class="muted">{state}</small></KeyValue> }
    });
    let points: i64 = money.lines.iter().map(|line| line.points_taken_back).sum();
    let points = (points > 0).then(|| view! { <KeyValue label="扣回赠送积分">{Tender::Points.show(Money(points))}</KeyValue> });
    let movements = movements.collect::<Vec<_>>();
    let any = !movements.is_empty() || coupon.is_some() || points.is_some();
    any.then(|| view! { <h3>"退款去向"</h3><KeyValues money=true>{movements}{coupon}{points}</KeyValues> })
}

fn signed(change: Money) -> String {
    if change.is_positive() { format!("+{}", change.show()) } else { change.show() }
}
