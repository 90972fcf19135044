//! The sheets of an order: to whom, on what way, what, and everything that happened.

use super::actions::{Actions, claim_label};
use crate::domain::order::{OrderLine, OrderState};
use crate::domain::people::address;
use crate::domain::{Carrier, Timestamp};
use crate::http::assets;
use crate::islands::CopyButton;
use crate::pages::buyer::case_badge::CaseBadge;
use crate::pages::buyer::timeline;
use crate::routes;
use crate::server::orders::{OrderDetail, Shipment};
use crate::ui::{AddressBlock, Badge, Card, Copyable, GoodsItem, KeyValue, KeyValues, Timeline};
use leptos::prelude::*;

pub fn recipient(detail: &OrderDetail) -> impl IntoView + use<> {
    let to = &detail.order.recipient;
    let (name, phone, place) = (to.recipient.clone(), address::mask_phone(&to.phone), to.place());
    view! { <Card><AddressBlock name=name phone=phone address=place/></Card> }
}

/// The parcels with their waybills; `查看物流` leads here.
pub fn parcels(detail: &OrderDetail) -> Option<impl IntoView + use<>> {
    let count = detail.parcels.len();
    let parcel = |(index, shipment): (usize, &Shipment)| {
        let goods: Vec<String> = shipment.units.iter().map(|(line, units)| format!("{} ×{units}", title_of(detail, line.0))).collect();
        let carrier = Carrier::name_of(&shipment.parcel.carrier);
        let name = if count > 1 { format!("包裹 {} · {carrier}", index + 1) } else { carrier };
        let (tracking, sent) = (shipment.parcel.tracking.clone(), shipment.shipped_at.show(detail.shop.zone));
        let facts = view! {
            <KeyValue label="快递公司">{name}</KeyValue>
            <KeyValue label="快递单号"><span class="row"><Copyable text=tracking.clone()/><CopyButton text=tracking/></span></KeyValue>
            <KeyValue label="发出时间">{sent}</KeyValue>
            <KeyValue label="包裹内容">{goods.join("、")}</KeyValue>
        };
        view! { <KeyValues>{facts}</KeyValues> }
    };
    let parcels = detail.parcels.iter().enumerate().map(parcel).collect_view();
    (count > 0).then(|| view! { <div id="parcels"><Card title="物流信息">{parcels}</Card></div> })
}

fn title_of(detail: &OrderDetail, line: i64) -> String {
    detail.order.lines.iter().find(|known| known.id.0 == line).map_or_else(String::new, |known| known.title.clone())
}

/// The lines, each with its cases and, of several, the way to a new one for it alone.
pub fn goods(detail: &OrderDetail, actions: &Actions) -> impl IntoView + use<> {
    let lines = detail
        .order
        .lines
        .iter()
        .map(|line| goods_line(detail, line, detail.order.lines.len() > 1 && actions.claimable.contains(&line.id)))
        .collect_view();
    view! { <Card title=detail.shop.name.clone()>{lines}</Card> }
}

fn goods_line(detail: &OrderDetail, line: &OrderLine, claimable: bool) -> impl IntoView + use<> {
    let order = &detail.order;
    let cases = detail.cases.iter().filter(|case| case.lines.contains(&line.id));
    let badges =
        cases.map(|case| view! { <CaseBadge href=routes::buyer::after_sale(&case.number) state=case.state exchange=case.exchange amount=case.amount/> });
    let badges = badges.collect_view();
    let partly = line.shipped_quantity > 0 && line.units_to_ship() > 0;
    let partly = partly.then(|| view! { <Badge>{format!("已发 {} 件，待发 {} 件", line.shipped_quantity, line.units_to_ship())}</Badge> });
    let claim = claimable.then(|| {
        let (href, label) = (format!("{}?line={}", routes::buyer::apply(&order.number), line.id.0), claim_label(order.status()));
        view! { <a class="button button--small" href=href aria-label=format!("{label} {}", line.title)>{label}</a> }
    });
    let (src, title, spec, href) =
        (assets::url(&line.picture), line.title.clone(), line.spec.clone(), routes::buyer::product(line.product_id.0));
    view! {
        <GoodsItem src=src title=title spec=spec price=line.unit_price quantity=line.quantity href=href>{badges}{partly}{claim}</GoodsItem>
    }
}

/// The numbers and moments people ask for.
pub fn numbers(detail: &OrderDetail) -> impl IntoView + use<> {
    let (order, zone) = (&detail.order, detail.shop.zone);
    let number = order.number.clone();
    let at =
        |label: &'static str, at: Option<Timestamp>| at.map(|at| at.show(zone)).map(|at| view! { <KeyValue label=label>{at}</KeyValue> });
    let (shipped, received) = match order.state {
        OrderState::AwaitingReceipt { shipped_at, .. } => (Some(shipped_at), None),
        OrderState::Completed { shipped_at, received_at, .. } => (Some(shipped_at), Some(received_at)),
        OrderState::PendingPayment { .. }
        | OrderState::AwaitingShipment { .. }
        | OrderState::PartiallyShipped { .. }
        | OrderState::Closed { .. } => (None, None),
    };
    let closed = if let OrderState::Closed { at, .. } = order.state { Some(at) } else { None };
    let (shipped, received, closed) = (at("发货时间", shipped), at("成交时间", received), at("关闭时间", closed));
    let (placed, paid) = (at("下单时间", Some(order.placed_at)), at(detail.paid_at_in_words(), order.state.paid_at()));
    let phone = detail.shop.phone.clone();
    let phone = (!phone.is_empty()).then(|| {
        let href = format!("tel:{phone}");
        view! { <KeyValue label="商家电话"><a class="link" href=href>{phone}</a></KeyValue> }
    });
    let remark = detail.marks.buyer_remark.clone();
    let remark = (!remark.is_empty()).then(|| view! { <KeyValue label="备注">{remark}</KeyValue> });
    view! {
        <Card title="订单信息">
            <KeyValues>
                <KeyValue label="订单编号"><span class="row"><Copyable text=number.clone()/><CopyButton text=number/></span></KeyValue>
                {remark}
                {placed}
                {paid}
                {shipped}
                {received}
                {closed}
                {phone}
            </KeyValues>
        </Card>
    }
}

pub fn timeline(detail: &OrderDetail) -> impl IntoView + use<> {
    let entries = timeline::entries(&detail.timeline, &detail.shop);
    view! { <Card title="订单动态"><Timeline entries=entries/></Card> }
}
