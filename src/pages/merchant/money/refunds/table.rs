//! The refunds of a page, one a row.

use super::query::RefundsQuery;
use super::{elsewhere, parts};
use crate::domain::{Money, Permission, RefundStatus, Tender, Timestamp};
use crate::http::assets;
use crate::routes::merchant as paths;
use crate::server::ctx::Staff;
use crate::server::money::refunds::waits_for_elsewhere;
use crate::server::payments::trouble;
use crate::server::store::money::refunds::ListedRefund;
use crate::ui::{Badge, ButtonKind, Column, Drawing, Empty, LinkButton, Table, Tone};
use leptos::prelude::*;

/// A refund as its row shows it.
pub(super) struct RefundTableRow {
    refund: ListedRefund,
    created: String,
    settled: Option<String>,
    /// Is it to be settled outside by this member of staff, or sent to another account?
    by_hand: bool,
    elsewhere: bool,
}

impl RefundTableRow {
    pub(super) fn of(refund: ListedRefund, staff: &Staff) -> Self {
        let waits = refund.status.waits_for_person();
        let elsewhere = waits_for_elsewhere(refund.status, &refund.trouble);
        let zone = staff.shop.zone;
        Self {
            created: Timestamp(refund.created_at).show(zone),
            settled: refund.settled_at.map(|at| Timestamp(at).show(zone)),
            by_hand: waits && !elsewhere && staff.may(Permission::SettleMoney),
            elsewhere: elsewhere && staff.may(Permission::SettleMoney),
            refund,
        }
    }
}

/// What the trouble with a refund is, for people: the row keeps a code.
pub fn trouble_in_words(status: RefundStatus, trouble: &str) -> Option<String> {
    let said = trouble::in_words(trouble).map(str::to_owned);
    match status {
        RefundStatus::Created | RefundStatus::Submitted | RefundStatus::Succeeded => None,
        // Put back by hand a moment ago: nothing has gone wrong since.
        RefundStatus::Retryable if trouble.is_empty() => None,
        RefundStatus::Unknown => Some("支付通道没有回答，正在查询结果，不会重复退款".to_owned()),
        RefundStatus::Retryable => Some(said.unwrap_or_else(|| "支付通道暂时连不上".to_owned())),
        RefundStatus::Failed => Some(said.unwrap_or_else(|| "支付通道拒绝了退款".to_owned())),
        RefundStatus::Manual => Some(said.unwrap_or_else(|| "没有原路可退，等财务线下付款".to_owned())),
    }
}

/// The way that money went back, or would.
pub fn way_in_words(tender: Tender) -> &'static str {
    match tender {
        Tender::Offline => "线下退款",
        Tender::Cod => "货到付款，线下退回",
        Tender::Points | Tender::Balance | Tender::Wechat | Tender::Alipay => tender.name(),
    }
}

fn tone(status: RefundStatus) -> Tone {
    match status {
        RefundStatus::Succeeded => Tone::Good,
        RefundStatus::Failed => Tone::Bad,
        RefundStatus::Manual => Tone::Warn,
        RefundStatus::Created | RefundStatus::Submitted | RefundStatus::Unknown | RefundStatus::Retryable => Tone::Info,
    }
}

/// The rows, or what it means that there are none.
pub(super) fn draw(rows: Vec<RefundTableRow>, query: &RefundsQuery) -> AnyView {
    if rows.is_empty() {
        return nothing(query);
    }
    let head = vec![
        Column::new("退款单号"),
        Column::new("订单和售后单"),
        Column::new("买家"),
        Column::new("退回方式"),
        Column::number("退款金额"),
        Column::new("状态"),
        Column::new("同意 / 执行"),
        Column::hidden("操作"),
    ];
    let rows = rows.into_iter().map(|one| row(one, query)).collect_view();
    view! { <Table label="退款记录" head=head>{rows}</Table> }.into_any()
}

fn row(row: RefundTableRow, query: &RefundsQuery) -> impl IntoView + use<> {
    let RefundTableRow { refund, created, settled, by_hand, elsewhere } = row;
    let (status, tender, source) = (refund.status, refund.tender, refund.source);
    let buyer = refund.buyer.masked();
    let way = (tender != source).then(|| format!("原为{}", source.name()));
    let detail = trouble_in_words(status, &refund.trouble).or(settled);
    let voucher = if refund.voucher.is_empty() { String::new() } else { format!("凭证：{}", refund.voucher) };
    let case = refund.after_sale_number.map(|number| {
        let href = paths::after_sale(&number);
        view! { <small><a href=href>{number}</a></small> }
    });
    let settle = by_hand.then(|| {
        let href = query.href(&[("dialog", parts::SETTLE), ("refund", &refund.number)]);
        view! { <LinkButton href=href kind=ButtonKind::Primary small=true>"线下退款"</LinkButton> }
    });
    let elsewhere = elsewhere.then(|| {
        let href = query.href(&[("dialog", elsewhere::ID), ("refund", &refund.number)]);
        view! { <LinkButton href=href kind=ButtonKind::Primary small=true>{elsewhere::TITLE}</LinkButton> }
    });
    view! {
        <tr>
            <td><span class="nowrap">{refund.number}</span><small>{created}</small>{(!voucher.is_empty()).then(|| view! { <small class="wraps">{voucher}</small> })}</td>
            <td><a href=paths::order(&refund.order_number)>{refund.order_number.clone()}</a>{case}</td>
            <td>{buyer.name}<small>{buyer.phone}</small></td>
            <td>{way_in_words(tender)}{way.map(|way| view! { <small>{way}</small> })}</td>
            <td class="number"><b>{tender.show(Money(refund.amount_minor))}</b></td>
            <td><Badge tone=tone(status)>{status.in_words(tender)}</Badge>{detail.map(|words| view! { <small class="wraps">{words}</small> })}</td>
            <td>{or_dash(refund.agreed_by.name().to_owned())}<small>{executed(&refund.operator_name)}</small></td>
            <td>{elsewhere}{settle}</td>
        </tr>
    }
}

/// Of some old refunds it is not known who agreed.
fn or_dash(name: String) -> String {
    if name.is_empty() { "—".to_owned() } else { name }
}

/// Who carried the refund out, once it has arrived.
pub fn executed(operator: &str) -> String {
    if operator.is_empty() { "待执行".to_owned() } else { format!("执行：{operator}") }
}

fn nothing(query: &RefundsQuery) -> AnyView {
    let src = assets::url(Drawing::AfterSales.file());
    if query.is_bare() {
        let words = if query.status.is_empty() { "还没有退款" } else { "没有这个状态的退款" };
        return view! { <Empty src=src words=words hint="同意退款后，每一笔退回的去向都记在这里"/> }.into_any();
    }
    view! {
        <Empty src=src words="没有符合条件的退款" hint="请核对订单号、售后单号或手机号，或换一个日期、退回方式或状态">
            <LinkButton href=paths::REFUNDS>"查看全部退款"</LinkButton>
        </Empty>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_is_told_without_codes() {
        let told = trouble_in_words(RefundStatus::Failed, "USER_ACCOUNT_ABNORMAL");
        assert_eq!(told.as_deref(), Some("买家微信账户异常，无法原路退回，请线下退款"));
        assert_eq!(trouble_in_words(RefundStatus::Failed, "A_NEW_CODE").as_deref(), Some("支付通道拒绝了退款"));
        assert!(trouble_in_words(RefundStatus::Manual, "too_old").is_some_and(|words| words.contains("一年")));
        assert_eq!(trouble_in_words(RefundStatus::Succeeded, "old"), None);
    }
}
