//! One order in the list: what it is about, what runs, and what can be done next.

use crate::domain::after_sale::{AfterSaleKind, StateKind};
use crate::domain::order::OrderStatus;
use crate::domain::time::{OVERDUE, left_in_words, span_in_words};
use crate::domain::{Money, Tender, Timestamp};
use crate::http::assets;
use crate::pages::buyer::case_badge::CaseBadge;
use crate::routes;
use crate::server::orders::{self, CardLine, LineCase, ListedOrder};
use crate::ui::{ButtonKind, GoodsItem, LinkButton, Notice, OrderCard, PostButton, Price, PriceSize, Tone};
use chrono_tz::Tz;
use leptos::prelude::*;

pub fn card(card: orders::OrderSummary, now: Timestamp, zone: Tz) -> impl IntoView {
    let (payable, units) = (card.payable(), card.units());
    let orders::OrderSummary { order, status, lines } = card;
    let href = routes::buyer::order(&order.number);
    let tone = match status {
        OrderStatus::PendingPayment => Tone::Warn,
        OrderStatus::Completed | OrderStatus::Closed => Tone::Plain,
        OrderStatus::AwaitingShipment | OrderStatus::PartiallyShipped | OrderStatus::AwaitingReceipt => Tone::Good,
    };
    let cases: Vec<OpenCase> = lines.iter().filter_map(OpenCase::of).collect();
    let note = note(&order, status, &cases, now, zone);
    let buttons = buttons(&order, status, &lines, &cases, now);
    let goods = lines.into_iter().map(|line| goods(line, &href)).collect_view();
    view! {
        <OrderCard shop=order.shop_name.clone() href=href state=status.name() tone=tone>
            {goods}
            {sum(&order, status, payable, units)}
            {note}
            <div class="actions">{buttons}</div>
        </OrderCard>
    }
}

fn goods(line: CardLine, href: &str) -> impl IntoView + use<> {
    let badge = line.case.map(|case| {
        view! { <CaseBadge href=routes::buyer::after_sale(&case.number) state=case.state exchange=case.kind == AfterSaleKind::Exchange amount=case.amount/> }
    });
    view! {
        <GoodsItem
            src=assets::url(&line.picture) title=line.title spec=line.spec price=Money(line.unit_price_minor) quantity=line.quantity href=href.to_owned()
        >{badge}</GoodsItem>
    }
}

/// `共 3 件，实付 ¥766.00`.
fn sum(order: &ListedOrder, status: OrderStatus, payable: Money, units: i64) -> impl IntoView + use<> {
    let unpaid = status == OrderStatus::PendingPayment;
    let to_collect = order.tender == Some(Tender::Cod) && !matches!(status, OrderStatus::Completed | OrderStatus::Closed);
    let (words, amount) = match (unpaid, order.paid_minor > 0) {
        (false, true) if to_collect => ("货到付款", Money(order.paid_minor)),
        (true, _) => ("应付", payable - Money(order.held_minor)),
        (false, true) => ("实付", Money(order.paid_minor)),
        (false, false) => ("合计", payable),
    };
    let freight =
        (unpaid && order.freight_minor > 0).then(|| view! { <small>{format!("含运费 {}", Money(order.freight_minor).show())}</small> });
    let refunded = (order.refunded_minor > 0).then(|| view! { <small>{format!("已退 {}", Money(order.refunded_minor).show())}</small> });
    view! { <p class="order-card__sum">{format!("共 {units} 件，{words} ")}<Price amount=amount size=PriceSize::Large/>{freight}{refunded}</p> }
}

/// A case that is not over yet.
struct OpenCase(LineCase);

impl OpenCase {
    fn of(line: &CardLine) -> Option<Self> {
        line.case.clone().filter(|case| !matches!(case.state, StateKind::Succeeded | StateKind::Closed)).map(Self)
    }

    /// What its clock says, and what happens at zero.
    fn in_words(&self, now: Timestamp) -> String {
        if self.0.due.is_some_and(|due| due <= now) {
            return format!("售后{}，{OVERDUE}", self.0.state.name_of(self.0.kind));
        }
        let left = self.0.due.map(|due| span_in_words(now.until(due))).unwrap_or_default();
        let exchange = self.0.kind == AfterSaleKind::Exchange;
        match self.0.state {
            StateKind::Applied if self.0.kind.returns_goods() => format!("商家需在 {left} 内处理售后申请，超时自动同意退货"),
            StateKind::Applied => format!("商家需在 {left} 内处理退款，超时自动退款"),
            StateKind::Rejected => format!("申请被驳回，可在 {left} 内修改，逾期售后将关闭"),
            StateKind::AwaitingReturn => format!("请在 {left} 内寄回并填写单号，逾期售后将关闭"),
            StateKind::ReturnInTransit if exchange => format!("商家需在 {left} 内确认收货，超时视为已收到"),
            StateKind::ReturnInTransit => format!("商家需在 {left} 内确认收货，超时自动退款"),
            StateKind::ReturnRejected => format!("退货被驳回，{left} 后售后关闭"),
            StateKind::AwaitingReship if self.0.due.is_none() => "商家超时未发出换货，可改为退款".to_owned(),
            StateKind::AwaitingReship => format!("商家需在 {left} 内发出换货，超时可改为退款"),
            StateKind::AwaitingBuyerReceipt => format!("换货已发出，{left} 后自动确认收到"),
            StateKind::RefundFailed => "退款失败，系统稍后自动重试".to_owned(),
            StateKind::Refunding | StateKind::Succeeded | StateKind::Closed => "退款处理中，到账后会通知您".to_owned(),
        }
    }
}

/// The line under the sum: the clock that runs, and what happens at zero; a case leads to itself.
fn note(order: &ListedOrder, status: OrderStatus, cases: &[OpenCase], now: Timestamp, zone: Tz) -> Option<AnyView> {
    if let Some(case) = cases.iter().min_by_key(|case| case.0.due.map_or(i64::MAX, |due| due.0)) {
        let href = routes::buyer::after_sale(&case.0.number);
        let words = case.in_words(now);
        return Some(view! { <Notice tone=Tone::Warn href=href>{words}</Notice> }.into_any());
    }
    let left = |due: i64| left_in_words(now.until(Timestamp(due)));
    let (tone, words) = match status {
        OrderStatus::PendingPayment if order.pay_by? <= now.0 => {
            (Tone::Warn, "已到付款期限，正在确认是否已付款，没有付款的订单会自动关闭".to_owned())
        }
        OrderStatus::PendingPayment => (Tone::Warn, format!("{}，逾期订单自动关闭", left(order.pay_by?))),
        OrderStatus::AwaitingReceipt => (Tone::Good, format!("{}，到期自动确认收货", left(order.receive_by?))),
        OrderStatus::PartiallyShipped => (Tone::Good, "部分商品已发出，其余等待商家发货".to_owned()),
        OrderStatus::Completed if order.after_sale_until? > now.0 => {
            (Tone::Plain, format!("{} 前可申请售后", Timestamp(order.after_sale_until?).in_words(zone)))
        }
        OrderStatus::AwaitingShipment | OrderStatus::Completed | OrderStatus::Closed => return None,
    };
    Some(view! { <Notice tone=tone>{words}</Notice> }.into_any())
}

/// At most three, the next step last.
fn buttons(order: &ListedOrder, status: OrderStatus, lines: &[CardLine], cases: &[OpenCase], now: Timestamp) -> AnyView {
    let number = order.number.as_str();
    let page = routes::buyer::order(number);
    let left_to_claim = lines.iter().any(|line| OpenCase::of(line).is_none() && line.refunded_minor == 0);
    let claim = |label: &'static str| match cases.first() {
        Some(case) => Some(view! { <LinkButton href=routes::buyer::after_sale(&case.0.number)>"查看售后"</LinkButton> }.into_any()),
        None if left_to_claim => Some(view! { <LinkButton href=routes::buyer::apply(number)>{label}</LinkButton> }.into_any()),
        None => None,
    };
    let parcels = || view! { <LinkButton href=routes::buyer::parcels(number)>"查看物流"</LinkButton> };
    let again = || view! { <PostButton action=routes::buyer::buy_again(number)>"再次购买"</PostButton> };
    match status {
        OrderStatus::PendingPayment => view! {
            <LinkButton href=format!("{page}?dialog=cancel")>"取消订单"</LinkButton>
            <LinkButton kind=ButtonKind::Primary href=routes::buyer::pay(number)>"去付款"</LinkButton>
        }
        .into_any(),
        OrderStatus::AwaitingShipment => claim("申请退款").into_any(),
        OrderStatus::PartiallyShipped => view! { {parcels()} {claim("申请退款")} }.into_any(),
        OrderStatus::AwaitingReceipt => view! {
            {parcels()}
            {claim("申请退款")}
            <LinkButton kind=ButtonKind::Primary href=format!("{page}?dialog=receive")>"确认收货"</LinkButton>
        }
        .into_any(),
        OrderStatus::Completed => {
            let in_time = order.after_sale_until.is_some_and(|until| until >= now.0) || !cases.is_empty();
            let review = (order.unreviewed > 0)
                .then(|| view! { <LinkButton kind=ButtonKind::Primary href=routes::buyer::review(number)>"评价"</LinkButton> });
            view! { {in_time.then(|| claim("申请售后"))} {again()} {review} }.into_any()
        }
        OrderStatus::Closed => again().into_any(),
    }
}
