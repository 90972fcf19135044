//! How much waits where, and how today goes.

use crate::domain::after_sale::Queue;
use crate::domain::order::OrderStatus;
use crate::domain::{Guarded, Money, Permission, SeeMoney};
use crate::routes::merchant as paths;
use crate::server::ctx::Staff;
use crate::server::orders::Today;
use crate::ui::{Stat, Tone};
use leptos::prelude::*;

pub(super) fn draw(by_status: &[(OrderStatus, i64)], by_queue: &[(Queue, i64)], today: &Today, staff: &Staff) -> impl IntoView + use<> {
    let orders = |status| by_status.iter().find(|(counted, _)| *counted == status).map_or(0, |(_, count)| *count);
    let cases = |queues: &[Queue]| by_queue.iter().filter(|(queue, _)| queues.contains(queue)).map(|(_, count)| count).sum::<i64>();
    let applied = cases(&[Queue::Unshipped, Queue::ShippedRefund, Queue::Return, Queue::Exchange]);
    let seen = staff.granted(SeeMoney);
    let sum = |words: &str, amount: Guarded<Money, SeeMoney>| amount.open(seen).map(|amount| format!("{words} {}", amount.show()));
    let refunds = sum("已退", today.refunded)
        .map(|detail| view! { <Stat label="今日退款" value=today.refunds.to_string() href=paths::REFUNDS detail=detail/> });
    let paid = sum("实付", today.paid).unwrap_or_default();
    let anomalies = staff
        .may(Permission::SettleMoney)
        .then(|| waiting("支付异常", staff.waiting.anomalies, paths::ANOMALIES.to_owned(), "请逐笔核实处理"));
    let queue = |queue: Queue| format!("{}?queue={}", paths::AFTER_SALES, queue.code());
    let status = |status: OrderStatus| format!("{}?status={}", paths::ORDERS, status.code());
    view! {
        <section class="stats stats--counts" aria-label="待办和今日数据">
            {waiting("待发货", orders(OrderStatus::AwaitingShipment), status(OrderStatus::AwaitingShipment), "付款后请尽快发出")}
            {waiting("售后待处理", applied, paths::AFTER_SALES.to_owned(), "超时将自动同意")}
            {waiting("退货待收货", cases(&[Queue::AwaitingReceipt]), queue(Queue::AwaitingReceipt), "收到后请验收")}
            {waiting("待支付", orders(OrderStatus::PendingPayment), status(OrderStatus::PendingPayment), "逾期自动关闭")}
            {anomalies}
            <Stat label="今日订单" value=today.orders.to_string() href=paths::ORDERS detail=paid/>
            {refunds}
        </section>
    }
}

fn waiting(label: &'static str, count: i64, href: String, detail: &'static str) -> impl IntoView {
    let (tone, detail) = if count > 0 { (Tone::Warn, detail) } else { (Tone::Good, "都处理好了") };
    let value = if count > 99 { "99+".to_owned() } else { count.to_string() };
    view! { <Stat label=label value=value href=href tone=tone detail=detail/> }
}
