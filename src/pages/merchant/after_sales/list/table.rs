//! The cases of a queue, one a row.

use super::query::AfterSalesQuery;
use crate::domain::after_sale::{AfterSaleKind, Queue, StateKind};
use crate::domain::{Permission, SeeMoney, Timestamp};
use crate::http::assets;
use crate::pages::merchant::after_sales::after_sale::tone;
use crate::routes::merchant as paths;
use crate::server::ctx::Staff;
use crate::server::store::after_sales::{CaseSums, QueuedCase};
use crate::ui::urgency::urgency;
use crate::ui::{Badge, ButtonKind, Column, Drawing, Empty, Flag, GoodsCell, LinkButton, Table, TimeLeft};
use leptos::prelude::*;

/// A case as its row shows it.
pub(super) struct AfterSaleTableRow {
    case: QueuedCase,
    /// Milliseconds left, while a clock runs.
    left: Option<i64>,
    applied: String,
    /// Is it this member of staff's turn?
    waits: bool,
    /// Nothing for who ships.
    sums: Option<CaseSums>,
}

impl AfterSaleTableRow {
    pub(super) fn of(case: QueuedCase, staff: &Staff) -> Self {
        Self {
            left: case.due_at.filter(|_| case.overdue_at.is_none()).map(|due| due - staff.now.0),
            applied: Timestamp(case.applied_at).show(staff.shop.zone).split_off(5),
            waits: turn_of(case.state, case.kind).iter().any(|permission| staff.may(*permission)),
            sums: case.money.open(staff.granted(SeeMoney)),
            case,
        }
    }

    fn is_urgent(&self) -> bool {
        !turn_of(self.case.state, self.case.kind).is_empty()
            && self.left.is_some_and(|left| matches!(urgency(left), "near" | "now" | "over"))
    }
}

/// Who of the shop can act in this state; nobody where the shop waits itself.
fn turn_of(state: StateKind, kind: AfterSaleKind) -> &'static [Permission] {
    match state {
        StateKind::Applied if kind == AfterSaleKind::Exchange => &[Permission::DecideAfterSale],
        StateKind::Applied => &[Permission::DecideAfterSale, Permission::AgreeRefund],
        StateKind::ReturnInTransit if kind == AfterSaleKind::Exchange => &[Permission::ReceiveReturn, Permission::DecideAfterSale],
        StateKind::ReturnInTransit => &[Permission::ReceiveReturn, Permission::DecideAfterSale, Permission::AgreeRefund],
        StateKind::AwaitingReship => &[Permission::ReceiveReturn],
        StateKind::RefundFailed => &[Permission::SettleMoney],
        StateKind::Rejected
        | StateKind::AwaitingReturn
        | StateKind::ReturnRejected
        | StateKind::AwaitingBuyerReceipt
        | StateKind::Refunding
        | StateKind::Succeeded
        | StateKind::Closed => &[],
    }
}

/// The rows, or what to do where there are none; `ticked` are those chosen already, where rows can be chosen.
pub(super) fn draw(rows: Vec<AfterSaleTableRow>, query: &AfterSalesQuery, queue: Queue, ticked: Option<&[&str]>) -> AnyView {
    if rows.is_empty() {
        return nothing(query, queue);
    }
    let mut head = if ticked.is_some() { vec![Column::hidden("选择")] } else { Vec::new() };
    head.extend([Column::new("剩余时间"), Column::new("商品"), Column::new("买家"), Column::new("原因")]);
    if rows.iter().any(|row| row.sums.is_some()) {
        head.push(Column::number("退款金额"));
    }
    head.extend([Column::new("订单"), Column::new("状态"), Column::hidden("操作")]);
    let rows = rows.into_iter().map(|each| row(each, ticked)).collect_view();
    view! { <Table label="售后单" head=head>{rows}</Table> }.into_any()
}

fn row(row: AfterSaleTableRow, ticked: Option<&[&str]>) -> impl IntoView + use<> {
    let href = paths::after_sale(&row.case.number);
    let class = if row.is_urgent() { "row--urgent" } else { "" };
    let kinds = if row.case.items > 1 { format!(" · 共 {} 种商品", row.case.items) } else { String::new() };
    let detail = format!("{} ×{}{kinds}", row.case.spec, row.case.quantity);
    let money = row.sums.map(|sums| money(sums, row.case.kind));
    let tick = ticked.map(|ticked| tick(&row.case.number, ticked));
    let (kind, label) = if row.waits { (ButtonKind::Primary, "处理") } else { (ButtonKind::Plain, "查看") };
    let buyer = row.case.buyer.masked();
    let (time, order) = (time_left(&row), paths::order(&row.case.order_number));
    view! {
        <tr class=class>
            {tick}
            <td>{time}</td>
            <td><GoodsCell src=assets::url(&row.case.picture) title=row.case.title href=href.clone() detail=detail/></td>
            <td>{buyer.name}<small>{buyer.phone}</small></td>
            <td>{row.case.reason.name()}<small>{row.case.kind.name()}</small></td>
            {money}
            <td><Flag color=row.case.flag/><a href=order>{row.case.order_number}</a><small>{row.applied}</small></td>
            <td><Badge tone=tone(row.case.state)>{row.case.state.name_of(row.case.kind)}</Badge><small class="nowrap">{row.case.number}</small></td>
            <td><LinkButton href=href kind=kind small=true>{label}</LinkButton></td>
        </tr>
    }
}

fn tick(number: &str, ticked: &[&str]) -> impl IntoView + use<> {
    let (label, checked) = (format!("选择 {number}"), ticked.contains(&number));
    view! { <td><label class="tick"><input type="checkbox" name="case" value=number.to_owned() checked=checked aria-label=label/></label></td> }
}

fn money(sums: CaseSums, kind: AfterSaleKind) -> impl IntoView + use<> {
    let paid = if kind == AfterSaleKind::Exchange { "换货，不退款".to_owned() } else { format!("实付 {}", sums.paid.show()) };
    view! { <td class="number"><b>{sums.amount.show()}</b><small>{paid}</small></td> }
}

fn time_left(row: &AfterSaleTableRow) -> AnyView {
    match row.left {
        Some(left) => view! { <TimeLeft millis=left then=row.case.state.at_zero(row.case.kind)/> }.into_any(),
        None if row.case.overdue_at.is_some() => {
            view! { <span class="time-left bad">"已超时"</span><small>"买家可改为退款"</small> }.into_any()
        }
        None => view! { <span class="muted" aria-label="没有时限">"—"</span> }.into_any(),
    }
}

fn nothing(query: &AfterSalesQuery, queue: Queue) -> AnyView {
    let src = assets::url(Drawing::AfterSales.file());
    if query.is_bare() {
        return view! { <Empty src=src words=format!("「{}」里没有售后", queue.name()) hint="买家提交申请后会出现在这里，最紧急的排在最前"/> }.into_any();
    }
    let cleared = AfterSalesQuery::cleared(queue);
    let everywhere = (queue != Queue::All).then(|| query.href(&[("queue", Queue::All.code()), ("after", "")]));
    view! {
        <Empty src=src words="没有符合条件的售后" hint="换个关键词，或放宽申请日期">
            {everywhere.map(|href| view! { <LinkButton href=href kind=ButtonKind::Primary>"在全部售后中查找"</LinkButton> })}
            <LinkButton href=cleared>"清空条件"</LinkButton>
        </Empty>
    }
    .into_any()
}
