//! The money of the case: what the order cost, what has gone back, and where the rest would go.

use super::Page;
use crate::domain::after_sale::AfterSaleAction as Action;
use crate::domain::order::OrderStatus;
use crate::domain::{Money, Permission, Tender};
use crate::pages::merchant::refunds as records;
use crate::server::store::payments::{Payment, PaymentStatus};
use crate::server::store::refunds::{Refund, RefundStatus};
use crate::ui::{Card, Column, KeyValue, KeyValues, LinkButton, Table};
use leptos::prelude::*;

/// `微信支付 ¥269.00、1,500 积分`.
pub(super) fn in_words(parts: &[(Tender, Money)]) -> String {
    parts.iter().map(|(tender, amount)| part_in_words(*tender, *amount)).collect::<Vec<_>>().join("、")
}

/// `立即退回 微信支付 ¥269.00、1,500 积分`: what agreeing does with the money, and what of it a person has to hand over.
pub(super) fn promise(page: &Page) -> String {
    let (at_once, by_hand): (Vec<_>, Vec<_>) =
        page.goes_back.iter().copied().partition(|(tender, _)| tender.is_online() || tender.is_wallet());
    let sum = by_hand.iter().map(|(_, amount)| *amount).sum::<Money>().show();
    let not_collected =
        page.detail.order.order.status() == OrderStatus::AwaitingShipment && by_hand.iter().all(|(tender, _)| *tender == Tender::Cod);
    let mut words = Vec::new();
    if !at_once.is_empty() {
        words.push(format!("立即退回 {}", in_words(&at_once)));
    }
    match by_hand.is_empty() {
        true => {}
        false if not_collected => words.push(format!("货到付款 {sum} 尚未收款，无需退回")),
        false => words.push(format!("{sum} 由财务线下退回")),
    }
    words.join("；")
}

fn part_in_words(tender: Tender, amount: Money) -> String {
    match tender {
        Tender::Points => tender.show(amount),
        _ => format!("{} {}", tender.name(), tender.show(amount)),
    }
}

/// 「订单金额」: from the price of the goods to what may still go back.
pub(super) fn bill(page: &Page) -> Option<AnyView> {
    if !page.sees_money() {
        return None;
    }
    let order = &page.detail.order.order;
    let totals = order.totals;
    let change = (totals.goods_adjust != Money::ZERO).then(|| totals.goods_adjust.show());
    let coupon = totals.coupon.is_positive().then(|| Money(-totals.coupon.0).show());
    let (goods, freight, paid, refunded) = (totals.goods.show(), totals.freight.show(), order.paid.show(), order.refunded.show());
    let paid_by = |payment: &Payment| (payment.tender, payment.amount);
    let tenders: Vec<(Tender, Money)> =
        page.detail.order.payments.iter().filter(|payment| payment.status == PaymentStatus::Succeeded).map(paid_by).collect();
    let tenders = tenders
        .into_iter()
        .map(|(tender, amount)| view! { <KeyValue label=format!("其中{}", tender.name())>{tender.show(amount)}</KeyValue> })
        .collect_view();
    let back = in_words(&page.goes_back);
    let card = view! {
        <Card title="订单金额">
            <KeyValues money=true>
                <KeyValue label="商品">{goods}</KeyValue>
                {change.map(|change| view! { <KeyValue label="改价">{change}</KeyValue> })}
                {coupon.map(|coupon| view! { <KeyValue label="优惠券">{coupon}</KeyValue> })}
                <KeyValue label="运费">{freight}</KeyValue>
                <KeyValue label="实付" total=true>{paid}</KeyValue>
                {tenders}
                <KeyValue label="已退" total=true>{refunded}</KeyValue>
                {(!back.is_empty()).then(|| view! { <KeyValue label="可退（本件）">{back}</KeyValue> })}
            </KeyValues>
        </Card>
    };
    Some(card.into_any())
}

/// 「退款」: one row for every tender, with where its money is.
pub(super) fn refunds(page: &Page) -> Option<AnyView> {
    let refunds = &page.detail.refunds;
    if refunds.is_empty() || !page.sees_money() {
        return None;
    }
    let head = vec![Column::new("退款单号"), Column::new("退回"), Column::number("金额"), Column::new("状态"), Column::hidden("操作")];
    let rows = refunds.iter().map(|refund| row(page, refund)).collect_view();
    Some(view! { <Card title="退款"><Table label="退款" head=head>{rows}</Table></Card> }.into_any())
}

fn row(page: &Page, refund: &Refund) -> impl IntoView + use<> {
    let zone = page.staff.shop.zone;
    let (status, trouble) = (refund.status.name(), records::trouble_in_words(refund.status, &refund.trouble));
    let arrived = refund.settled_at.map(|at| at.show(zone));
    // Once the case itself can be settled by hand, its own button does so for every tender.
    let by_hand = refund.status == RefundStatus::Manual && page.staff.may(Permission::SettleMoney) && !page.allows(Action::RefundManually);
    let settle = by_hand.then(|| view! { <LinkButton href=records::dialog_of(&refund.number) small=true>"线下退款"</LinkButton> });
    view! {
        <tr>
            <td class="nowrap">{refund.number.clone()}<small>{refund.created_at.show(zone)}</small></td>
            <td>{records::way_in_words(refund.tender)}</td>
            <td class="number">{refund.tender.show(refund.amount)}</td>
            <td>{status}{trouble.or(arrived).map(|words| view! { <small>{words}</small> })}</td>
            <td>{settle}</td>
        </tr>
    }
}
