//! Where the order stands, what happens next and when, and the after-sales that are open.

use super::Desk;
use crate::domain::order::{OrderState, OrderStatus, ReceiptClock};
use crate::domain::time::{OVERDUE, left_in_words, span_in_words};
use crate::islands::Countdown;
use crate::routes::merchant as paths;
use crate::server::orders::ShopCaseLink;
use crate::ui::{Card, Notice, Step, Steps, Tone};
use leptos::prelude::*;

pub(super) fn draw(desk: &Desk) -> impl IntoView + use<> {
    let stations = stations(desk.order.status());
    let steps = (!stations.is_empty()).then(|| view! { <Steps steps=stations/> });
    let cases = desk.order.cases().filter(|case| !case.over).map(|case| open_case(case, desk)).collect_view();
    let next = next(desk);
    view! {
        <Card>
            <div class="stack">
                {steps}
                <p class="standing">{next}</p>
                {cases}
            </div>
        </Card>
    }
}

/// A closed order is on no way.
fn stations(status: OrderStatus) -> Vec<Step> {
    let reached = match status {
        OrderStatus::PendingPayment => 1,
        OrderStatus::AwaitingShipment | OrderStatus::PartiallyShipped => 2,
        OrderStatus::AwaitingReceipt => 3,
        OrderStatus::Completed => 4,
        OrderStatus::Closed => return Vec::new(),
    };
    let station = |(index, label)| match index {
        done if done < reached => Step::done(label),
        now if now == reached => Step::now(label),
        _ => Step::todo(label),
    };
    ["买家下单", "买家付款", "商家发货", "确认收货"].into_iter().enumerate().map(station).collect()
}

fn next(desk: &Desk) -> AnyView {
    let (order, now, zone) = (&desk.order, desk.staff.now, desk.staff.shop.zone);
    match *order.state() {
        OrderState::PendingPayment { pay_by } => {
            let overdue = order.payment_deadline_in_words();
            let then = (pay_by > now).then_some("，逾期订单自动关闭");
            view! { "等待买家付款，" <Countdown due=pay_by.0 now=now.0 finished="已到付款期限，正在更新…" overdue=overdue/> {then} }.into_any()
        }
        OrderState::AwaitingShipment { paid_at } => {
            let paid = if order.awaits_cash() { "买家选择货到付款" } else { "买家已付款" };
            view! { <b>{format!("{paid} {}", span_in_words(paid_at.until(now)))}</b> "，请尽快发货" }.into_any()
        }
        OrderState::PartiallyShipped { .. } => {
            view! { "已发出一部分，" <b>{format!("还有 {} 件待发货", order.units_to_ship())}</b> }.into_any()
        }
        OrderState::AwaitingReceipt { receipt: ReceiptClock::Running { until }, .. } => {
            view! { "等待买家收货，" <Countdown due=until.0 now=now.0 finished="已到期限，正在更新…" overdue=OVERDUE/> "，到期自动确认收货" }.into_any()
        }
        OrderState::AwaitingReceipt { receipt: ReceiptClock::Paused { left }, .. } => {
            format!("有售后正在处理，自动确认收货已暂停，剩余 {}", span_in_words(left)).into_any()
        }
        OrderState::Completed { received_at, after_sale_until, .. } => {
            let after = if after_sale_until > now { "前可申请售后" } else { "售后期已结束" };
            format!("{} 完成，{} {after}", received_at.show(zone), after_sale_until.in_words(zone)).into_any()
        }
        OrderState::Closed { at, why, .. } => format!("{}，{}", at.show(zone), why.name()).into_any(),
    }
}

fn open_case(case: ShopCaseLink<'_>, desk: &Desk) -> impl IntoView + use<> {
    let left = case.due.map(|due| format!("，{}，{}", left_in_words(desk.staff.now.until(due)), case.at_zero)).unwrap_or_default();
    let amount = case.amount.open(desk.sees_money()).filter(|_| !case.exchange);
    let amount = amount.map(|amount| format!("退款 {}，", amount.show())).unwrap_or_default();
    let what = if case.exchange { "换货" } else { "售后" };
    let words = format!("{what} {}：{amount}{}{left}", case.number, case.state_name);
    view! { <Notice tone=Tone::Warn href=paths::after_sale(case.number)>{words}</Notice> }
}
