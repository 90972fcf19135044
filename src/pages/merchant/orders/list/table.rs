//! The orders of a page of the list, one a row.

use super::OrdersQuery;
use crate::domain::order::OrderStatus;
use crate::domain::order::Task;
use crate::domain::time::span_in_words;
use crate::domain::{Granted, SeeMoney, Tender, Timestamp};
use crate::http::assets;
use crate::pages::merchant::orders::order::tone;
use crate::routes::merchant as paths;
use crate::server::ctx::Staff;
use crate::server::orders::{CardMoney, ShopCard};
use crate::ui::urgency::urgency;
use crate::ui::{Badge, ButtonKind, Column, Drawing, Empty, Flag, GoodsCell, LinkButton, Table, Tone};
use leptos::prelude::*;

/// The rows, or what to do where there are none; `read` is false where the filters could not be understood.
pub(super) fn draw(orders: Vec<ShopCard>, query: &OrdersQuery, staff: &Staff, read: bool) -> AnyView {
    if !read {
        let src = assets::url(Drawing::Orders.file());
        return view! { <Empty src=src words="筛选条件有误" hint="请修改上面标出的日期，再点「筛选」"/> }.into_any();
    }
    if orders.is_empty() {
        return nothing(query);
    }
    let mut head = vec![Column::new("商品"), Column::new("订单"), Column::new("买家")];
    let seen = staff.granted(SeeMoney);
    if seen.is_some() {
        head.push(Column::number("金额"));
    }
    head.extend([Column::new("状态"), Column::new("备注"), Column::new("操作")]);
    let rows = orders.into_iter().map(|card| row(card, staff, seen)).collect_view();
    view! { <Table label="订单列表" head=head>{rows}</Table> }.into_any()
}

fn row(order: ShopCard, staff: &Staff, seen: Option<Granted<SeeMoney>>) -> impl IntoView + use<> {
    let href = paths::order(&order.number);
    let goods = goods(&order, href.clone());
    let money = order.money.open(seen).map(money);
    let (status, actions, buyer) = (status(&order, staff), actions(&order, staff), order.buyer.masked());
    let first = order.is_first.then(|| view! { " " <Badge tone=Tone::Info>"首单"</Badge> });
    let placed = Timestamp(order.placed_at).show(staff.shop.zone);
    view! {
        <tr>
            <td>{goods}</td>
            <td><Flag color=order.flag/><a href=href>{order.number}</a>{first}<small>{placed}</small></td>
            <td>{buyer.name}<small>{buyer.phone}</small></td>
            {money}
            <td>{status}</td>
            <td class="remark-cell">{order.shop_remark}</td>
            <td>{actions}</td>
        </tr>
    }
}

/// The first line speaks for the order.
fn goods(card: &ShopCard, href: String) -> Option<impl IntoView + use<>> {
    let first = card.goods.as_ref()?;
    let kinds = if card.kinds > 1 { format!("等 {} 种，共 {} 件", card.kinds, card.units) } else { format!("×{}", first.quantity) };
    let detail = format!("{} · {kinds}", first.spec);
    Some(view! { <GoodsCell src=assets::url(&first.picture) title=first.title.clone() href=href detail=detail/> })
}

fn money(money: CardMoney) -> impl IntoView + use<> {
    let CardMoney { payable, tender, refunded } = money;
    let tender = tender.map(Tender::name);
    let small = if refunded.is_positive() { Some(format!("已退 {}", refunded.show())) } else { tender.map(str::to_owned) };
    view! { <td class="number"><b>{payable.show()}</b>{small.map(|words| view! { <small>{words}</small> })}</td> }
}

/// Where it stands, and the clock that runs.
fn status(card: &ShopCard, staff: &Staff) -> impl IntoView + use<> {
    let clock = match card.status {
        OrderStatus::PendingPayment => card.pay_by.map(|due| (due, "自动关闭")),
        OrderStatus::AwaitingReceipt => card.receive_by.map(|due| (due, "自动收货")),
        OrderStatus::AwaitingShipment | OrderStatus::PartiallyShipped | OrderStatus::Completed | OrderStatus::Closed => None,
    };
    let clock = clock.map(|(due, then)| {
        let left = due - staff.now.0;
        let words = if left > 0 {
            format!("{}后{then}", span_in_words(left))
        } else if card.status == OrderStatus::PendingPayment {
            // The gateway is asked first, or finance looks at a payment: until then nothing closes.
            "已到期限，确认没有付款后关闭".to_owned()
        } else {
            format!("已到期限，正在{then}")
        };
        view! { <small class=format!("clock-small countdown--{}", urgency(left))>{words}</small> }
    });
    let cases = (card.open_cases > 0).then(|| view! { <small class="warn">{format!("售后处理中 {}", card.open_cases)}</small> });
    let status = card.status;
    view! { <Badge tone=tone(status)>{status.name_for_shop()}</Badge>{clock}{cases} }
}

/// Links to the order with the dialog open; the first leads on.
fn actions(card: &ShopCard, staff: &Staff) -> impl IntoView + use<> {
    let number = &card.number;
    let offered = Task::ALL.into_iter().filter(|task| *task != Task::Address && task.offered(card.status, staff));
    let links = offered.map(|task| match task {
        Task::ConfirmPayment | Task::Ship | Task::Receive => {
            view! { <LinkButton href=task.href(number) small=true>{task.name()}</LinkButton> }.into_any()
        }
        Task::Price | Task::Address | Task::Close | Task::Remark => {
            view! { <LinkButton href=task.href(number) kind=ButtonKind::Quiet small=true>{task.name()}</LinkButton> }.into_any()
        }
    });
    view! { <div class="row-actions">{links.collect::<Vec<_>>()}</div> }
}

fn nothing(query: &OrdersQuery) -> AnyView {
    let src = assets::url(Drawing::Orders.file());
    if query.is_bare() {
        return view! { <Empty src=src words="这里还没有订单" hint="买家下单后会出现在这里"/> }.into_any();
    }
    let everywhere = query.status().is_some().then(|| query.everywhere());
    let cleared = query.cleared();
    view! {
        <Empty src=src words="没有符合条件的订单" hint="换个关键词，或放宽日期和旗帜">
            {everywhere.map(|href| view! { <LinkButton href=href kind=ButtonKind::Primary>"在全部订单中查找"</LinkButton> })}
            <LinkButton href=cleared>"清空条件"</LinkButton>
        </Empty>
    }
    .into_any()
}
