//! A case in words, as its buyer is told: what is going on, what happens next, and when.

use crate::domain::after_sale::{AfterSale, AfterSaleKind, AfterSaleState as State, StateKind};
use crate::domain::time::OVERDUE;
use crate::domain::{Refund, RefundStatus, Tender, Timestamp};
use crate::islands::Countdown;
use crate::server::after_sales::AfterSaleDetail;
use crate::text::{Amounts, to_buyer};
use crate::ui::{Step, Tone};
use leptos::prelude::*;

/// What is to be done now, or waited for.
pub fn headline(kind: AfterSaleKind, state: StateKind, overdue: bool) -> &'static str {
    match state {
        StateKind::Applied => "等待商家处理",
        StateKind::Rejected => "商家驳回了申请",
        StateKind::AwaitingReturn => "请寄回商品",
        StateKind::ReturnInTransit => "等待商家收货",
        StateKind::ReturnRejected => "退货验收未通过",
        StateKind::AwaitingReship if overdue => "商家超时未发出换货",
        StateKind::AwaitingReship => "等待商家发出换货",
        StateKind::AwaitingBuyerReceipt => "换货已发出",
        StateKind::Refunding => "退款中",
        StateKind::RefundFailed => "退款失败，正在处理",
        StateKind::Succeeded if kind == AfterSaleKind::Exchange => "换货完成",
        StateKind::Succeeded => "退款成功",
        StateKind::Closed => "售后已关闭",
    }
}

/// The head of the case's page.
pub fn title(detail: &AfterSaleDetail) -> &'static str {
    let case = &detail.case;
    let overdue = matches!(case.state, State::AwaitingReship { overdue: true, .. });
    let state = case.state.kind();
    if state == StateKind::Succeeded && detail.nothing_to_give_back() {
        "取消成功"
    } else if state == StateKind::ReturnInTransit && case.inspection().is_some() {
        "商家已收到退货"
    } else {
        headline(case.kind, state, overdue)
    }
}

/// How loud the state is in a list.
pub fn tone(state: StateKind) -> Tone {
    match state {
        StateKind::Succeeded | StateKind::Closed => Tone::Plain,
        StateKind::Rejected | StateKind::ReturnRejected | StateKind::RefundFailed => Tone::Bad,
        StateKind::AwaitingReturn | StateKind::AwaitingBuyerReceipt => Tone::Warn,
        StateKind::Applied | StateKind::ReturnInTransit | StateKind::AwaitingReship | StateKind::Refunding => Tone::Good,
    }
}

/// Under the head: the running clock with what happens at zero, or how it ended.
pub fn outlook(detail: &AfterSaleDetail, now: Timestamp) -> AnyView {
    let (case, zone) = (&detail.case, detail.order.shop.zone);
    let amount = match Amounts::Shown.parts(&detail.given_back()) {
        // What a replaced piece was worth, while nobody has asked for money.
        unknown if unknown.is_empty() => case.amount().show(),
        amount => amount,
    };
    if let Some(due) = case.state.due() {
        let then = format!("{}，{}", task(case.state), to_buyer(case.at_zero()));
        return view! { <Countdown due=due.0 now=now.0 finished="时间到，正在更新…" overdue=OVERDUE/> {then} }.into_any();
    }
    let words = match case.state {
        State::AwaitingReship { .. } => format!("可以继续等待，也可以改为退款 {amount}"),
        State::Refunding { .. } => under_way(detail),
        State::Succeeded { at } if case.kind == AfterSaleKind::Exchange => format!("{} 完成", at.in_words(zone)),
        State::Succeeded { at } if detail.nothing_to_give_back() => format!("{}，货到付款未收取任何费用", at.in_words(zone)),
        State::Succeeded { at } => format!("{amount} 已于 {} 退回", at.in_words(zone)),
        State::Closed { at, why } => format!("{}，{}", at.in_words(zone), to_buyer(why.name())),
        State::Applied { .. }
        | State::Rejected { .. }
        | State::AwaitingReturn { .. }
        | State::ReturnInTransit { .. }
        | State::ReturnRejected { .. }
        | State::AwaitingBuyerReceipt { .. }
        | State::RefundFailed { .. } => String::new(),
    };
    view! { {words} }.into_any()
}

/// What is still on its way, each part by the way it takes.
fn under_way(detail: &AfterSaleDetail) -> String {
    let told = |refund: &Refund| {
        let part = Amounts::Shown.part(refund.part());
        match refund.status() {
            RefundStatus::Manual if refund.tender != Tender::Cod => format!("{part} 由商家线下退回，如未收到请联系商家"),
            RefundStatus::Manual if detail.account_given_at.is_none() => format!("{part} 由商家线下退回，请先填写退款账户"),
            RefundStatus::Manual => format!("{part} 由商家线下退到您填写的退款账户，如未收到请联系商家"),
            RefundStatus::Created
            | RefundStatus::Submitted
            | RefundStatus::Unknown
            | RefundStatus::Retryable
            | RefundStatus::Failed
            | RefundStatus::Succeeded => format!("{part} 正在原路退回，一般 1–3 个工作日到账"),
        }
    };
    let open = detail.refunds.iter().filter(|refund| !refund.has_arrived());
    open.map(told).collect::<Vec<_>>().join("；")
}

/// What the clock leaves time for.
fn task(state: State) -> &'static str {
    match state {
        State::Rejected { .. } => " 修改申请",
        State::AwaitingReturn { .. } => " 填写退货信息",
        State::ReturnRejected { .. } => " 与商家协商",
        State::AwaitingBuyerReceipt { .. } => " 确认收货",
        State::Applied { .. }
        | State::ReturnInTransit { .. }
        | State::AwaitingReship { .. }
        | State::Refunding { .. }
        | State::RefundFailed { .. }
        | State::Succeeded { .. }
        | State::Closed { .. } => "",
    }
}

/// The stations of the case's way, by its kind.
pub fn steps(case: &AfterSale) -> Vec<Step> {
    let state = case.state.kind();
    let answer = match state {
        StateKind::Applied => "商家处理",
        StateKind::Rejected => "商家驳回",
        StateKind::AwaitingReturn
        | StateKind::ReturnInTransit
        | StateKind::ReturnRejected
        | StateKind::AwaitingReship
        | StateKind::AwaitingBuyerReceipt
        | StateKind::Refunding
        | StateKind::RefundFailed
        | StateKind::Succeeded
        | StateKind::Closed => "商家同意",
    };
    let received = if state == StateKind::ReturnRejected { "验收驳回" } else { "商家收货" };
    let way: &[&str] = match case.kind {
        _ if state == StateKind::Closed => &["提交申请", "售后关闭"],
        AfterSaleKind::Exchange => &["提交申请", answer, "寄回商品", "换货发出", "确认收货"],
        AfterSaleKind::ReturnRefund if !paid_without_return(case) => &["提交申请", answer, "寄回商品", received, "退款完成"],
        AfterSaleKind::RefundOnly | AfterSaleKind::ReturnRefund => &["提交申请", answer, "退款完成"],
    };
    let reached = reached(state, way.len());
    let step = |(index, label): (usize, &&str)| match index.cmp(&reached) {
        std::cmp::Ordering::Less => Step::done(*label),
        std::cmp::Ordering::Equal => Step::now(*label),
        std::cmp::Ordering::Greater => Step::todo(*label),
    };
    way.iter().enumerate().map(step).collect()
}

/// The shop paid without wanting the goods back.
fn paid_without_return(case: &AfterSale) -> bool {
    case.return_leg.is_none() && matches!(case.state.kind(), StateKind::Refunding | StateKind::RefundFailed | StateKind::Succeeded)
}

/// The station that stands open; past the last once all is done.
fn reached(state: StateKind, stations: usize) -> usize {
    match state {
        StateKind::Applied | StateKind::Rejected => 1,
        StateKind::AwaitingReturn => 2,
        StateKind::ReturnInTransit | StateKind::ReturnRejected | StateKind::AwaitingReship => 3,
        StateKind::AwaitingBuyerReceipt => 4,
        StateKind::Refunding | StateKind::RefundFailed => stations - 1,
        StateKind::Succeeded | StateKind::Closed => stations,
    }
}
