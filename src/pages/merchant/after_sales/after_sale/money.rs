//! The money of the case: what the order cost, what has gone back, and where the rest would go.

use super::AfterSalePage;
use crate::domain::after_sale::AfterSaleAction as Action;
use crate::domain::{Money, Payment, PaymentStatus, Permission, Refund, RefundStatus, Tender};
use crate::pages::merchant::money::refunds as records;
use crate::server::after_sales::CaseMoney;
use crate::server::money::refunds::{Part, waits_for_elsewhere};
use crate::text::Amounts;
use crate::ui::{Card, Column, KeyValue, KeyValues, LinkButton, Table};
use leptos::prelude::*;

/// `微信支付 ¥269.00、1,500 积分`, each part the way it will go.
fn in_words(parts: &[Part], to_balance: bool) -> String {
    let part = |part: &Part| {
        if to_balance && part.leaves_the_house() {
            format!("{} {}", Tender::Balance.name(), part.amount.show())
        } else {
            Amounts::Shown.part(*part)
        }
    };
    parts.iter().map(part).collect::<Vec<_>>().join("、")
}

/// `线下结清 ¥30.00；500 积分、余额 ¥10.00 自动退回`: what 「手动退款」 leaves to a person, and what goes back by itself. None where nothing is left.
pub(super) fn by_hand(money: CaseMoney<'_>) -> Option<String> {
    let waiting: Vec<Part> = if money.refunds().is_empty() {
        money.goes_back().to_vec()
    } else {
        money.refunds().iter().filter(|refund| !refund.has_arrived()).map(Refund::part).collect()
    };
    let to_balance = money.to_balance_at().is_some();
    let (outside, inside): (Vec<Part>, Vec<Part>) = waiting.into_iter().partition(|part| part.leaves_the_house() && !to_balance);
    let itself =
        if inside.is_empty() { String::new() } else { format!("；{} 自动退回，不能付现", in_words(&inside, to_balance)) };
    (!outside.is_empty()).then(|| format!("线下结清 {}{itself}", Amounts::Shown.parts(&outside)))
}

/// `立即退回 微信支付 ¥269.00、1,500 积分`: what agreeing does with the money, and what of it a person has to hand over.
pub(super) fn promise(money: CaseMoney<'_>) -> String {
    let to_balance = money.to_balance_at().is_some();
    let sum = |parts: &[Part]| parts.iter().map(|part| part.amount).sum::<Money>();
    let (never, there): (Vec<Part>, Vec<Part>) = money.goes_back().iter().copied().partition(|part| part.never_collected);
    let at_once = |part: &Part| to_balance || part.tender.is_online() || part.tender.is_wallet();
    let (at_once, by_hand): (Vec<Part>, Vec<Part>) = there.into_iter().partition(at_once);
    let mut words = Vec::new();
    if !at_once.is_empty() {
        words.push(format!("立即退回 {}", in_words(&at_once, to_balance)));
    }
    if !by_hand.is_empty() {
        words.push(format!("{} 由财务线下退回", sum(&by_hand).show()));
    }
    if !never.is_empty() {
        words.push(format!("货到付款 {} 尚未收款，无需退回", sum(&never).show()));
    }
    let points = money.points_to_go();
    if points > 0 {
        words.push(format!("扣回赠送的 {}", Tender::Points.show(Money(points))));
    }
    words.join("；")
}

/// 「订单金额」: from the price of the goods to what may still go back.
pub(super) fn bill(page: &AfterSalePage) -> Option<AnyView> {
    let (money, around) = (page.money()?, page.case.order());
    let order = around.money().open(page.sees_money())?;
    let totals = order.totals;
    let change = (totals.goods_adjust != Money::ZERO).then(|| totals.goods_adjust.show());
    let coupon = totals.coupon.is_positive().then(|| Money(-totals.coupon.0).show());
    let (goods, freight, paid, refunded) = (totals.goods.show(), totals.freight.show(), order.paid.show(), order.refunded.show());
    let paid_by = |payment: &Payment| (payment.tender, payment.amount);
    let tenders: Vec<(Tender, Money)> =
        order.payments.iter().filter(|payment| payment.status() == PaymentStatus::Succeeded).map(paid_by).collect();
    let tenders = tenders
        .into_iter()
        .map(|(tender, amount)| view! { <KeyValue label=format!("其中{}", tender.name())>{tender.show(amount)}</KeyValue> })
        .collect_view();
    let back = in_words(money.goes_back(), money.to_balance_at().is_some());
    let coupon_back = money.coupon_in_words();
    let consent = money.to_balance_at().map(|at| format!("买家同意退到余额，{}", at.show(page.staff.shop.zone)));
    let freight_later = money.freight_in_words();
    let points = money.points_to_go();
    let points = (points > 0).then(|| format!("{}，退款时扣回", Tender::Points.show(Money(points))));
    let paid_label = if around.awaits_cash() { "应收" } else { "实付" };
    let card = view! {
        <Card title="订单金额">
            <KeyValues money=true>
                <KeyValue label="商品">{goods}</KeyValue>
                {change.map(|change| view! { <KeyValue label="改价">{change}</KeyValue> })}
                {coupon.map(|coupon| view! { <KeyValue label="优惠券">{coupon}</KeyValue> })}
                <KeyValue label="运费">{freight}</KeyValue>
                <KeyValue label=paid_label total=true>{paid}</KeyValue>
                {tenders}
                <KeyValue label="已退" total=true>{refunded}</KeyValue>
                {(!back.is_empty()).then(|| view! { <KeyValue label="可退（本件）">{back}</KeyValue> })}
                {freight_later.map(|words| view! { <KeyValue label="运费退回">{words}</KeyValue> })}
                {consent.map(|words| view! { <KeyValue label="退款去向">{words}</KeyValue> })}
                {points.map(|words| view! { <KeyValue label="赠送积分">{words}</KeyValue> })}
                {coupon_back.map(|words| view! { <KeyValue label="优惠券退回">{words}</KeyValue> })}
            </KeyValues>
        </Card>
    };
    Some(card.into_any())
}

/// 「退款」: one row for every tender, with where its money is.
pub(super) fn refunds(page: &AfterSalePage) -> Option<AnyView> {
    let refunds = page.money()?.refunds();
    if refunds.is_empty() {
        return None;
    }
    let head = vec![
        Column::new("退款单号"),
        Column::new("退回"),
        Column::number("金额"),
        Column::new("状态"),
        Column::new("同意 / 执行"),
        Column::hidden("操作"),
    ];
    let rows = refunds.iter().map(|refund| row(page, refund)).collect_view();
    Some(view! { <Card title="退款"><Table label="退款" head=head>{rows}</Table></Card> }.into_any())
}

fn row(page: &AfterSalePage, refund: &Refund) -> impl IntoView + use<> {
    let zone = page.staff.shop.zone;
    let (status, trouble) = (refund.standing(), records::trouble_in_words(refund.status(), refund.trouble()));
    let arrived = refund.settled_at().map(|at| at.show(zone));
    // Once the case itself can be settled by hand, its own button does so for every tender.
    let by_hand =
        refund.status() == RefundStatus::Manual && page.staff.may(Permission::SettleMoney) && !page.allows(Action::RefundManually);
    let elsewhere = waits_for_elsewhere(refund.status(), refund.trouble()) && page.staff.may(Permission::SettleMoney);
    let elsewhere =
        elsewhere.then(|| view! { <LinkButton href=records::elsewhere_dialog_of(&refund.number) small=true>"处理异常退款"</LinkButton> });
    let settle = by_hand.then(|| view! { <LinkButton href=records::dialog_of(&refund.number) small=true>"线下退款"</LinkButton> });
    view! {
        <tr>
            <td class="nowrap">{refund.number.clone()}<small>{refund.created_at.show(zone)}</small></td>
            <td>{records::way_in_words(refund.tender)}</td>
            <td class="number">{refund.tender.show(refund.amount)}</td>
            <td>{status}{trouble.or(arrived).map(|words| view! { <small>{words}</small> })}</td>
            <td>{refund.agreed_by.name().to_owned()}<small>{records::executed(refund.operator())}</small></td>
            <td>{elsewhere}{settle}</td>
        </tr>
    }
}
