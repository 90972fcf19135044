//! What happens next by itself, and when; the sentence under the state.

use crate::domain::Timestamp;
use crate::domain::after_sale::StateKind;
use crate::domain::order::{OrderState, ReceiptClock};
use crate::domain::time::{OVERDUE, span_in_words};
use crate::islands::Countdown;
use crate::routes;
use crate::server::orders::{CaseLink, OrderDetail};
use crate::text::to_buyer;
use crate::ui::{Notice, Tone};
use leptos::prelude::*;

/// The next event that comes by itself, with the time left to it.
pub fn outlook(detail: &OrderDetail, now: Timestamp) -> AnyView {
    let zone = detail.shop.zone;
    let of_case = || next_case(detail).map(|case| of_case(case, now));
    match detail.order.state {
        OrderState::PendingPayment { pay_by } => {
            let overdue = detail.payment_deadline_in_words();
            let then = (pay_by > now).then_some("，逾期订单自动关闭");
            view! { <Countdown due=pay_by.0 now=now.0 finished="时间到，正在更新…" overdue=overdue/>{then} }.into_any()
        }
        OrderState::AwaitingShipment { .. } => of_case().unwrap_or_else(|| "等待商家发货".into_any()),
        OrderState::PartiallyShipped { .. } => of_case().unwrap_or_else(|| "部分商品已发出，其余等待商家发货".into_any()),
        OrderState::AwaitingReceipt { receipt: ReceiptClock::Running { until }, .. } => clock(until, now, "，到期自动确认收货"),
        OrderState::AwaitingReceipt { receipt: ReceiptClock::Paused { left }, .. } => {
            let paused = format!("售后处理中，自动确认收货已暂停（剩余 {}）", span_in_words(left));
            match of_case() {
                Some(words) => view! { {words} <br/> {paused} }.into_any(),
                None => paused.into_any(),
            }
        }
        OrderState::Completed { after_sale_until, .. } => of_case().unwrap_or_else(|| {
            let words = if now <= after_sale_until {
                format!("{} 前可申请售后", after_sale_until.in_words(zone))
            } else {
                "售后申请期限已过，如需帮助请联系商家".to_owned()
            };
            words.into_any()
        }),
        OrderState::Closed { why, at, .. } => format!("{} · {}", to_buyer(why.name()), at.show(zone)).into_any(),
    }
}

fn clock(due: Timestamp, now: Timestamp, then: &'static str) -> AnyView {
    view! { <Countdown due=due.0 now=now.0 finished="时间到，正在更新…" overdue=OVERDUE/>{then} }.into_any()
}

/// Of the cases that are not over, the one whose clock runs out first.
fn next_case(detail: &OrderDetail) -> Option<&CaseLink> {
    detail.cases.iter().filter(|case| !case.over).min_by_key(|case| case.due.map_or(i64::MAX, |due| due.0))
}

fn of_case(case: &CaseLink, now: Timestamp) -> AnyView {
    let link = view! { <a class="link" href=routes::buyer::after_sale(&case.number)>{format!("售后{}", case.state_name)}</a> };
    match case.due {
        Some(due) => {
            let then = format!("，{}", to_buyer(case.at_zero));
            view! { {link}"，"<Countdown due=due.0 now=now.0 finished="时间到，正在更新…" overdue=OVERDUE/>{then} }.into_any()
        }
        None if case.state == StateKind::Refunding => view! { {link}"，到账后会通知您" }.into_any(),
        None => link.into_any(),
    }
}

/// The buyer comes from the gateway, and the money has not been heard of yet.
pub fn confirming(detail: &OrderDetail) -> Option<impl IntoView + use<>> {
    let payment = detail.payment_under_way()?;
    let words = format!("如果已在{}完成付款，到账后订单会自动更新，点此刷新查看；还没有付款，可以从页面下方继续。", payment.tender.name());
    let href = routes::buyer::order(&detail.order.number);
    Some(view! { <Notice tone=Tone::Info title="正在确认付款" href=href>{words}</Notice> })
}
