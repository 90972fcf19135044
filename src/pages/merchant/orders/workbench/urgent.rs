//! The after-sales in which the shop's own time runs, from all queues together, by the time left.

use super::MOST;
use crate::domain::after_sale::{AfterSaleKind, Queue, StateKind};
use crate::domain::{Granted, Permission, SeeMoney, Timestamp};
use crate::http::assets;
use crate::routes::merchant as paths;
use crate::server::after_sales::{self, QueueFilter, QueuedCase};
use crate::server::ctx::Staff;
use crate::server::error::Result;
use crate::server::orders::ShopSearch;
use crate::ui::urgency::urgency;
use crate::ui::{Badge, ButtonKind, Column, Drawing, Empty, Flag, GoodsCell, LinkButton, Table, TimeLeft, Tone};
use leptos::prelude::*;

/// The queues that wait for the shop, and who of it can act there.
const QUEUES: [(Queue, &[Permission]); 6] = [
    (Queue::Unshipped, &[Permission::DecideAfterSale, Permission::AgreeRefund]),
    (Queue::ShippedRefund, &[Permission::DecideAfterSale, Permission::AgreeRefund]),
    (Queue::Return, &[Permission::DecideAfterSale, Permission::AgreeRefund]),
    (Queue::Exchange, &[Permission::DecideAfterSale]),
    (Queue::AwaitingReceipt, &[Permission::ReceiveReturn]),
    (Queue::ToFinish, &[Permission::ReceiveReturn, Permission::SettleMoney]),
];

/// A case and the time left in it.
pub(super) struct Urgent {
    case: QueuedCase,
    due: Timestamp,
}

impl Urgent {
    /// Nothing if no clock of the shop runs in it, or it is not this member's turn.
    fn of(case: QueuedCase, staff: &Staff) -> Option<Self> {
        let own_turn = match case.state {
            StateKind::Refunding | StateKind::AwaitingBuyerReceipt => false,
            StateKind::RefundFailed => staff.may(Permission::SettleMoney),
            StateKind::AwaitingReship => staff.may(Permission::ReceiveReturn),
            StateKind::Applied
            | StateKind::Rejected
            | StateKind::AwaitingReturn
            | StateKind::ReturnInTransit
            | StateKind::ReturnRejected
            | StateKind::Succeeded
            | StateKind::Closed => true,
        };
        case.due_at.filter(|_| own_turn).map(|due| Self { due: Timestamp(due), case })
    }
}

/// The most urgent of every queue that this member of staff can do something about.
pub(super) async fn load(staff: &Staff) -> Result<Vec<Urgent>> {
    let mut all = Vec::new();
    for (queue, permissions) in QUEUES {
        if permissions.iter().any(|permission| staff.may(*permission)) {
            let filter = QueueFilter { queue, search: ShopSearch::Nothing, from: None, until: None, after: None };
            let cases = after_sales::list_for_shop(staff, &filter).await?.rows;
            all.extend(cases.into_iter().filter_map(|case| Urgent::of(case, staff)));
        }
    }
    all.sort_by_key(|urgent| urgent.due);
    Ok(all)
}

pub(super) fn draw(cases: Vec<Urgent>, staff: &Staff) -> AnyView {
    let levels = levels(&cases, staff.now);
    let more = cases.len() > MOST;
    let mut head = vec![Column::new("剩余时间"), Column::new("商品"), Column::new("买家")];
    let seen = staff.granted(SeeMoney);
    if seen.is_some() {
        head.push(Column::number("退款金额"));
    }
    head.extend([Column::new("订单"), Column::new("状态"), Column::hidden("操作")]);
    let rows = cases.into_iter().take(MOST).map(|urgent| row(urgent, staff, seen)).collect::<Vec<_>>();
    let table = if rows.is_empty() {
        view! { <Empty src=assets::url(Drawing::AfterSales.file()) words="没有等你处理的售后" hint="新的申请会按剩余时间排在这里"/> }
            .into_any()
    } else {
        view! { <Table label="待处理的售后" head=head>{rows}</Table> }.into_any()
    };
    let all = view! { <a class="link" href=paths::AFTER_SALES>{if more { "查看全部待处理售后" } else { "售后工作台" }}</a> };
    view! {
        <section class="panel" aria-labelledby="urgent">
            <div class="filters panel__head"><h2 id="urgent">"马上要处理的售后"</h2>{levels}<span class="filters__end">{all}</span></div>
            {table}
        </section>
    }
    .into_any()
}

/// How many stand at each level of urgency, in words and in its colour.
fn levels(cases: &[Urgent], now: Timestamp) -> impl IntoView + use<> {
    let names = [("over", "已超时"), ("now", "不足 1 小时"), ("near", "1–6 小时"), ("soon", "6–24 小时"), ("calm", "24 小时以上")];
    let counted = names.map(|(level, name)| (level, name, cases.iter().filter(|urgent| urgency(urgent.due.0 - now.0) == level).count()));
    let shown = counted.into_iter().filter(|(.., count)| *count > 0);
    let shown = shown.map(|(level, name, count)| view! { <li class=format!("level countdown--{level}")>{format!("{name} {count}")}</li> });
    view! { <ul class="levels">{shown.collect::<Vec<_>>()}</ul> }
}

fn row(urgent: Urgent, staff: &Staff, seen: Option<Granted<SeeMoney>>) -> impl IntoView + use<> {
    let Urgent { case, due } = urgent;
    let (state, kind) = (case.state, case.kind);
    let left = due.0 - staff.now.0;
    let (href, order) = (paths::after_sale(&case.number), paths::order(&case.order_number));
    let class = if matches!(urgency(left), "near" | "now" | "over") { "row--urgent" } else { "" };
    let more = if case.items > 1 { format!("，共 {} 种", case.items) } else { String::new() };
    let detail = format!("{} ×{}{more}", case.spec, case.quantity);
    let amount = case.money.open(seen).map(|sums| if kind == AfterSaleKind::Exchange { "—".to_owned() } else { sums.amount.show() });
    let amount = amount.map(|amount| view! { <td class="number"><b>{amount}</b></td> });
    let buyer = case.buyer.masked();
    let tone = if state == StateKind::RefundFailed { Tone::Bad } else { Tone::Warn };
    view! {
        <tr class=class>
            <td><TimeLeft millis=left then=state.at_zero(kind)/></td>
            <td><GoodsCell src=assets::url(&case.picture) title=case.title href=href.clone() detail=detail/></td>
            <td>{buyer.name}<small>{buyer.phone}</small></td>
            {amount}
            <td><Flag color=case.flag/><a href=order>{case.order_number}</a><small>{kind.name()}</small></td>
            <td><Badge tone=tone>{state.name()}</Badge></td>
            <td><LinkButton href=href kind=ButtonKind::Primary small=true>"处理"</LinkButton></td>
        </tr>
    }
}
