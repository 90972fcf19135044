//! The money of an order: what it came to, how it was paid, and what went back.

use crate::domain::order::{Order, OrderStatus, Totals};
use crate::domain::{Money, Payment, PaymentStatus, Refund, Tender};
use crate::server::orders::OrderDetail;
use crate::ui::{Card, KeyValue, KeyValues, Price};
use leptos::prelude::*;

/// Goods, freight, and the tenders that cover them.
pub fn bill(detail: &OrderDetail) -> impl IntoView + use<> {
    let order = &detail.order;
    let Totals { goods, goods_adjust, coupon, freight, freight_adjust } = order.totals;
    let adjusted =
        |label: &'static str, amount: Money| (amount != Money::ZERO).then(|| view! { <KeyValue label=label>{signed(amount)}</KeyValue> });
    let unpaid = order.state.paid_at().is_none();
    let closed = order.status() == OrderStatus::Closed;
    let tenders = detail.payments.iter().filter_map(|payment| tender(payment, closed)).collect_view();
    let due = (unpaid && order.held.is_positive()).then(|| order.due());
    let due = due.map(|due| view! { <KeyValue label="还需支付" total=true><Price amount=due/></KeyValue> });
    let asked_freight = freight - freight_adjust;
    let asked_freight = if asked_freight == Money::ZERO { "包邮".into_any() } else { view! { <Price amount=asked_freight/> }.into_any() };
    let (goods_adjust, freight_adjust) = (adjusted("商家改价", goods_adjust), adjusted("运费改价", freight_adjust));
    let coupon = coupon.is_positive().then(|| {
        let name = detail.marks.coupon_name.clone();
        view! { <KeyValue label="优惠券"><span class="muted small">{name}" "</span>{signed(Money(-coupon.0))}</KeyValue> }
    });
    let (earned, points) = points(order);
    let to_collect = detail.awaits_cash();
    let (sum_label, payable) = (if unpaid || to_collect { "合计" } else { "实付" }, order.totals.payable());
    view! {
        <Card title="价格明细">
            <KeyValues money=true>
                <KeyValue label="商品金额"><Price amount=goods/></KeyValue>
                {goods_adjust}
                {coupon}
                <KeyValue label="运费">{asked_freight}</KeyValue>
                {freight_adjust}
                <KeyValue label=sum_label total=true><Price amount=payable/></KeyValue>
                {tenders}
                {due}
                {(earned > 0).then(|| view! { <KeyValue label="获得积分">{points}</KeyValue> })}
            </KeyValues>
        </Card>
    }
}

/// What the completed order earned, and in words what of it a refund has taken back.
fn points(order: &Order) -> (i64, String) {
    let earned: i64 = order.lines.iter().map(|line| line.points_earned).sum();
    let taken: i64 = order.lines.iter().map(|line| line.points_taken_back).sum();
    let words = Tender::Points.show(Money(earned));
    (earned, if taken > 0 { format!("{words}，退款已扣回 {}", Tender::Points.show(Money(taken))) } else { words })
}

/// A tender that counts, in its own unit.
fn tender(payment: &Payment, closed: bool) -> Option<impl IntoView + use<>> {
    let words = match payment.status() {
        PaymentStatus::Held if payment.tender.is_online() => "已付，待付清",
        PaymentStatus::Held => "已抵扣",
        PaymentStatus::Succeeded if payment.awaits_cash() && closed => "未收款",
        PaymentStatus::Succeeded if payment.awaits_cash() => "收货时付",
        PaymentStatus::Succeeded => "",
        PaymentStatus::Surplus if payment.refunded == payment.amount => "未计入订单，已退回",
        PaymentStatus::Surplus => "未计入订单，退回中",
        PaymentStatus::Pending | PaymentStatus::Void => return None,
    };
    let amount = payment.tender.show(payment.amount);
    Some(view! { <KeyValue label=payment.tender.name()><span class="muted small">{words}" "</span>{amount}</KeyValue> })
}

/// What went back or is on its way, by tender.
pub fn refunds(detail: &OrderDetail) -> Option<impl IntoView + use<>> {
    let row = |refund: &Refund| {
        let when = refund.settled_at().map(|at| at.show(detail.shop.zone));
        let words = format!("{} {}", refund.standing(), when.unwrap_or_default());
        let label = if refund.was_never_collected() { refund.tender.name().to_owned() } else { format!("退至{}", refund.tender.name()) };
        let amount = refund.tender.show(refund.amount);
        view! { <KeyValue label=label><span class="muted small">{words}" "</span>{amount}</KeyValue> }
    };
    let rows = detail.refunds.iter().map(row).collect_view();
    let coupon = coupon_in_words(detail).map(|words| view! { <KeyValue label="优惠券">{words}</KeyValue> });
    let never: Money = detail.refunds.iter().filter(|refund| refund.was_never_collected()).map(|refund| refund.amount).sum();
    let sum = detail.order.refunded - never;
    (!detail.refunds.is_empty() || coupon.is_some()).then(|| {
        view! {
            <Card title="退款">
                <KeyValues money=true>
                    {rows}
                    {coupon}
                    {sum.is_positive().then(|| view! { <KeyValue label="已退合计" total=true><Price amount=sum/></KeyValue> })}
                </KeyValues>
            </Card>
        }
    })
}

/// Where the coupon of an order that came to nothing is.
fn coupon_in_words(detail: &OrderDetail) -> Option<String> {
    let (order, marks) = (&detail.order, &detail.marks);
    if !order.totals.coupon.is_positive() || order.status() != OrderStatus::Closed {
        return None;
    }
    Some(match marks.coupon_returned_at {
        Some(at) => format!("「{}」已退回 {}", marks.coupon_name, at.show(detail.shop.zone)),
        None if order.open_cases > 0 => format!("「{}」售后结束后退回", marks.coupon_name),
        None => format!("「{}」已过有效期，不再退回", marks.coupon_name),
    })
}

/// `+¥5.00`, `−¥30.00`.
fn signed(amount: Money) -> String {
    if amount.is_positive() { format!("+{}", amount.show()) } else { amount.show() }
}
