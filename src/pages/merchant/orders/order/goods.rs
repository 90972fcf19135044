//! The lines of the order: what was bought, what has left, what went back.

use super::Desk;
use crate::domain::order::{OrderLine, OrderStatus};
use crate::http::assets;
use crate::routes::{buyer, merchant as paths};
use crate::server::orders::ShopLine;
use crate::ui::{Badge, Card, Column, GoodsCell, Table, Tone};
use leptos::prelude::*;

pub(super) fn draw(desk: &Desk) -> impl IntoView + use<> {
    let money = desk.sees_money().is_some();
    let mut head = vec![Column::new("商品")];
    if money {
        head.push(Column::number("单价"));
    }
    head.extend([Column::number("数量"), Column::new("发货")]);
    if money {
        head.extend([Column::number("小计"), Column::number("已退")]);
    }
    head.push(Column::new("售后"));
    let rows = desk.order.lines().map(|line| row(desk, line)).collect_view();
    view! { <Card title="商品" class="card--table"><Table label="订单商品" head=head>{rows}</Table></Card> }
}

fn row(desk: &Desk, line: ShopLine<'_>) -> impl IntoView + use<> {
    let money = line.money.open(desk.sees_money());
    let (price, sums) = (money.map(unit_price), money.map(sums));
    let (src, href) = (assets::url(line.picture), buyer::product(line.product_id.0));
    view! {
        <tr>
            <td><GoodsCell src=src title=line.title.to_owned() href=href detail=line.spec.to_owned()/></td>
            {price}
            <td class="number">{format!("×{}", line.quantity)}</td>
            <td>{shipped(desk, line)}</td>
            {sums}
            <td>{cases(desk, line)}</td>
        </tr>
    }
}

fn unit_price(line: &OrderLine) -> impl IntoView + use<> {
    view! { <td class="number">{line.unit_price.show()}</td> }
}

/// What the line costs with the shop's change, and what of it went back.
fn sums(line: &OrderLine) -> impl IntoView + use<> {
    let changed = (line.adjust.0 != 0).then(|| view! { <small>{format!("含改价 {}", line.adjust.show())}</small> });
    let refunded = if line.refunded.is_positive() { line.refunded.show() } else { "—".to_owned() };
    let units = (line.refunded_quantity > 0).then(|| view! { <small>{format!("{} 件", line.refunded_quantity)}</small> });
    let reserved = line.reserved.is_positive().then(|| view! { <small class="warn">{format!("处理中 {}", line.reserved.show())}</small> });
    let sum = line.goods + line.adjust;
    view! {
        <td class="number"><b>{sum.show()}</b>{changed}</td>
        <td class="number">{refunded}{units}{reserved}</td>
    }
}

fn shipped(desk: &Desk, line: ShopLine<'_>) -> AnyView {
    let waits = matches!(desk.order.status(), OrderStatus::AwaitingShipment | OrderStatus::PartiallyShipped);
    let left = (waits && line.units_to_ship > 0).then(|| view! { <small class="warn">{format!("待发 {} 件", line.units_to_ship)}</small> });
    let cancelled = (line.cancelled_quantity > 0).then(|| view! { <small>{format!("发货前退款 {} 件", line.cancelled_quantity)}</small> });
    let held = (waits && line.held).then(|| view! { <Badge tone=Tone::Bad>"退款中，暂停发货"</Badge> });
    let gone = if line.shipped_quantity > 0 { format!("已发 {} 件", line.shipped_quantity) } else { "未发货".to_owned() };
    view! { {gone}{left}{cancelled}{held} }.into_any()
}

fn cases(desk: &Desk, line: ShopLine<'_>) -> AnyView {
    let own = desk.order.cases().filter(|case| case.lines.contains(&line.id));
    let links = own.map(
        |case| view! { <a class="link" href=paths::after_sale(case.number)>{case.number.to_owned()}</a><small>{case.state_name}</small> },
    );
    let links = links.collect::<Vec<_>>();
    if links.is_empty() { view! { <span class="muted">"—"</span> }.into_any() } else { links.into_any() }
}
