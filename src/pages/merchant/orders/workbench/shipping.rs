//! The orders to ship, the longest waiting first.

use crate::domain::Timestamp;
use crate::domain::order::OrderStatus;
use crate::domain::order::Task;
use crate::domain::time::span_in_words;
use crate::http::assets;
use crate::pages::merchant::orders::order::tone;
use crate::routes::merchant as paths;
use crate::server::ctx::Staff;
use crate::server::orders::ShopCard;
use crate::ui::{Badge, Column, Drawing, Empty, Flag, GoodsCell, LinkButton, Table};
use leptos::prelude::*;

pub(super) fn draw(orders: Vec<ShopCard>, counts: &[(OrderStatus, i64)], staff: &Staff) -> AnyView {
    let waiting = counts.iter().find(|(status, _)| *status == OrderStatus::AwaitingShipment).map_or(0, |(_, count)| *count);
    let all = format!("{}?status={}", paths::ORDERS, OrderStatus::AwaitingShipment.code());
    let shown = i64::try_from(orders.len()).unwrap_or(0);
    let more = if waiting > shown {
        format!("还有 {} 单，查看全部", if waiting > 99 { "更多".to_owned() } else { (waiting - shown).to_string() })
    } else {
        "全部待发货".to_owned()
    };
    let head = vec![
        Column::new("下单至今"),
        Column::new("商品"),
        Column::new("收件人"),
        Column::new("订单"),
        Column::new("状态"),
        Column::hidden("操作"),
    ];
    let rows = orders.into_iter().map(|card| row(&card, staff)).collect::<Vec<_>>();
    let table = if rows.is_empty() {
        view! { <Empty src=assets::url(Drawing::Orders.file()) words="没有待发货的订单" hint="买家付款后会出现在这里"/> }.into_any()
    } else {
        view! { <Table label="待发货的订单" head=head>{rows}</Table> }.into_any()
    };
    view! {
        <section class="panel" aria-labelledby="shipping">
            <div class="filters panel__head">
                <h2 id="shipping">"待发货，等得最久的在前"</h2>
                <span class="filters__end"><a class="link" href=all>{more}</a></span>
            </div>
            {table}
        </section>
    }
    .into_any()
}

fn row(order: &ShopCard, staff: &Staff) -> impl IntoView + use<> {
    let href = paths::order(&order.number);
    let since = span_in_words(Timestamp(order.placed_at).until(staff.now));
    let goods = order.goods.as_ref().map(|line| {
        let kinds = if order.kinds > 1 { format!("等 {} 种，共 {} 件", order.kinds, order.units) } else { format!("×{}", line.quantity) };
        view! { <GoodsCell src=assets::url(&line.picture) title=line.title.clone() href=href.clone() detail=format!("{} · {kinds}", line.spec)/> }
    });
    let status = order.status;
    let cases = (order.open_cases > 0).then(|| view! { <small class="warn">"有售后处理中，发货前请核对"</small> });
    view! {
        <tr>
            <td class="nowrap">{since}</td>
            <td>{goods}</td>
            <td>{order.recipient.masked().name}</td>
            <td><Flag color=order.flag/><a href=href>{order.number.clone()}</a><small>{Timestamp(order.placed_at).show(staff.shop.zone)}</small></td>
            <td><Badge tone=tone(status)>{status.name_for_shop()}</Badge>{cases}</td>
            <td><LinkButton href=Task::Ship.href(&order.number) small=true>"确认发货"</LinkButton></td>
        </tr>
    }
}
