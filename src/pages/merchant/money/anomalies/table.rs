//! The anomalies of a page, one a row.

use super::{AnomaliesQuery, words};
use crate::domain::time::{MINUTE, span_in_words};
use crate::domain::{Money, RefundStatus, Resolution, Tender, Timestamp};
use crate::http::assets;
use crate::islands::{Dialog, SubmitOnce};
use crate::pages::merchant::money::refunds as records;
use crate::routes::merchant as paths;
use crate::server::anomalies::{self, AnomalyAction};
use crate::server::ctx::Staff;
use crate::server::store::money::anomalies::ListedAnomaly;
use crate::ui::{Badge, ButtonKind, Column, DialogForm, Drawing, Empty, LinkButton, PostButton, Table, Tone, Unbroken};
use leptos::prelude::*;

/// An anomaly as its row shows it.
pub(super) struct AnomalyTableRow {
    anomaly: ListedAnomaly,
    happened: String,
    since: String,
    /// How long it has been open, or when it ended.
    until: String,
    way: Option<AnomalyAction>,
    /// What only a person can say: where money goes, or how it was settled elsewhere.
    said: Option<&'static str>,
    /// The gateway has refused for good: finance may pay outside as well as try again.
    refused: bool,
}

impl AnomalyTableRow {
    pub(super) fn of(anomaly: ListedAnomaly, staff: &Staff) -> Self {
        let zone = staff.shop.zone;
        let since = Timestamp(anomaly.since_at);
        let until = match anomaly.resolved_at {
            Some(at) => Timestamp(at).show(zone),
            None => match since.until(staff.now) {
                ..MINUTE => "刚刚".to_owned(),
                open_for => format!("已 {}", span_in_words(open_for)),
            },
        };
        let way = anomalies::way(&anomaly);
        Self {
            happened: words::what_happened(&anomaly),
            since: since.show(zone),
            until,
            way,
            said: match (anomalies::is_unbooked(&anomaly), anomalies::can_be_marked(&anomaly)) {
                (true, _) => Some("处理这笔钱"),
                (false, true) => Some("标记已处理"),
                (false, false) => None,
            },
            refused: way == Some(AnomalyAction::Retry) && anomaly.refund_status == Some(RefundStatus::Failed),
            anomaly,
        }
    }
}

/// The rows, or what it means that there are none.
pub(super) fn draw(rows: Vec<AnomalyTableRow>, query: &AnomaliesQuery) -> AnyView {
    if rows.is_empty() {
        return nothing(query);
    }
    let head = vec![
        Column::new("异常"),
        Column::new("发生了什么"),
        Column::new("订单"),
        Column::new("买家"),
        Column::number("金额"),
        Column::new("发生时间"),
        if query.open() { Column::hidden("操作") } else { Column::new("处理结果") },
    ];
    let rows = rows.into_iter().map(|one| row(one, query)).collect_view();
    view! { <Table label="支付异常订单" head=head>{rows}</Table> }.into_any()
}

fn row(row: AnomalyTableRow, query: &AnomaliesQuery) -> impl IntoView + use<> {
    let AnomalyTableRow { anomaly, happened, since, until, way, said, refused } = row;
    let (kind, tender, end) = (anomaly.kind, anomaly.tender, anomaly.resolution);
    // It was accepted, and came back.
    let name = if way == Some(AnomalyAction::Elsewhere) { "退款异常" } else { kind.name() };
    let tone = if end.is_some() { Tone::Good } else { Tone::Bad };
    let class = if end.is_none() { "row--urgent" } else { "" };
    let number = anomaly.refund_number.clone().unwrap_or_else(|| anomaly.payment_number.clone());
    let number = if anomaly.refund_number.is_some() { format!("退款单 {number}") } else { format!("支付单 {number}") };
    let last = match end {
        Some(end) => ended(&anomaly, end, until.clone()),
        None => actions(&anomaly, tender, said, way, refused, query),
    };
    let buyer = anomaly.buyer.masked();
    let open_for = end.is_none().then(|| view! { <small>{until}</small> });
    view! {
        <tr class=class>
            <td class="nowrap"><Badge tone=tone>{name}</Badge></td>
            <td class="sentence">{happened}<small>{number}</small></td>
            <td><a href=paths::order(&anomaly.order_number)>{anomaly.order_number.clone()}</a>{case(&anomaly)}</td>
            <td>{buyer.name}<small>{buyer.phone}</small></td>
            <td class="number"><b>{tender.show(Money(anomaly.amount_minor))}</b><small>{tender.name()}</small></td>
            <td class="nowrap"><Unbroken words=since/>{open_for}</td>
            <td>{last}</td>
        </tr>
    }
}

fn case(anomaly: &ListedAnomaly) -> Option<AnyView> {
    anomaly
        .after_sale_number
        .as_ref()
        .map(|number| view! { <small><a href=paths::after_sale(number)>{format!("售后 {number}")}</a></small> }.into_any())
}

/// The way out, and beside it what only a person can say.
fn actions(
    anomaly: &ListedAnomaly,
    tender: Tender,
    said: Option<&'static str>,
    way: Option<AnomalyAction>,
    refused: bool,
    query: &AnomaliesQuery,
) -> AnyView {
    let (id, number) = (anomaly.id, anomaly.refund_number.as_deref().unwrap_or_default());
    let button = way.map(|way| match way {
        AnomalyAction::ByHand | AnomalyAction::Elsewhere => {
            let href = if way == AnomalyAction::ByHand { records::dialog_of(number) } else { records::elsewhere_dialog_of(number) };
            view! { <LinkButton href=href kind=ButtonKind::Primary small=true>{way.name()}</LinkButton> }.into_any()
        }
        AnomalyAction::AskAboutPayment | AnomalyAction::Record => post(query.action(id, "query"), way),
        AnomalyAction::AskAboutRefund => post(query.action(id, "refund"), way),
        AnomalyAction::SendBack | AnomalyAction::Retry => money_goes_out(anomaly, tender, way, query),
    });
    let outside = refused.then(|| {
        view! { <LinkButton href=records::dialog_of(number) kind=ButtonKind::Quiet small=true>{AnomalyAction::ByHand.name()}</LinkButton> }
    });
    let said = said.map(|label| {
        let href = query.href(&[("resolve", &id.to_string())]);
        view! { <LinkButton href=href small=true>{label}</LinkButton> }
    });
    view! { <div class="row-actions">{button}{outside}{said}</div> }.into_any()
}

/// Before money goes out it is said how much, and where to.
fn money_goes_out(anomaly: &ListedAnomaly, tender: Tender, way: AnomalyAction, query: &AnomaliesQuery) -> AnyView {
    let id = anomaly.id.to_string();
    let (action, back, href) = (query.action(anomaly.id, "refund"), query.href(&[]), query.href(&[("refund", &id)]));
    let (class, open) = (ButtonKind::Primary.class(true, false), query.refund == Some(anomaly.id));
    let lead = format!("订单 {} · {}", anomaly.order_number, tender.show(Money(anomaly.amount_minor)));
    let words = format!("{} 退回买家的{}，提交后不能撤回。已经到账的不会重复退。", tender.show(Money(anomaly.amount_minor)), tender.name());
    view! {
        <Dialog id=format!("refund-{id}") label=way.name() class=class title=way.name() href=href back=back.clone() open=open>
            <SubmitOnce>
                <DialogForm action=action back=back submit=way.name() lead=lead><p>{words}</p></DialogForm>
            </SubmitOnce>
        </Dialog>
    }
    .into_any()
}

fn post(action: String, way: AnomalyAction) -> AnyView {
    view! { <PostButton action=action kind=ButtonKind::Primary small=true>{way.name()}</PostButton> }.into_any()
}

fn ended(anomaly: &ListedAnomaly, end: Resolution, at: String) -> AnyView {
    let (by, note) = (anomaly.resolved_by.clone(), anomaly.note.clone());
    view! {
        {end.name()}
        {(!note.is_empty()).then(|| view! { <small class="sentence">{note}</small> })}
        <small>{format!("{by} · {at}")}</small>
    }
    .into_any()
}

fn nothing(query: &AnomaliesQuery) -> AnyView {
    let src = assets::url(Drawing::Orders.file());
    if query.open() {
        return view! {
            <Empty src=src words="没有待处理的支付异常" hint="关闭后到账、重复支付、金额不符、漏通知和退款异常会自动出现在这里"/>
        }
        .into_any();
    }
    view! { <Empty src=src words="还没有处理过的支付异常" hint="处理完的异常和处理结果会保留在这里"/> }.into_any()
}
