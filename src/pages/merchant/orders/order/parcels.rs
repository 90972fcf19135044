//! The parcels that left, with what lies in each.

use super::Desk;
use crate::domain::{Carrier, OrderLineId};
use crate::islands::CopyButton;
use crate::server::orders::ShopOrder;
use crate::ui::{Card, Copyable, Notice, Tone};
use leptos::prelude::*;

/// Nothing until the first has left.
pub(super) fn draw(desk: &Desk) -> Option<AnyView> {
    let order = &desk.order;
    let zone = desk.staff.shop.zone;
    let all = order.parcels().len();
    let parcel = |(index, shipment): (usize, &crate::server::orders::Shipment)| {
        let units: Vec<String> = shipment.units.iter().map(|(line, units)| format!("{} ×{units}", title(order, *line))).collect();
        let doubt = shipment.parcel.doubt().map(|words| view! { <Notice tone=Tone::Warn>{words}</Notice> });
        let tracking = shipment.parcel.tracking.clone();
        view! {
            <li class="parcel-row">
                <p class="row">
                    <b>{format!("包裹 {}/{all}", index + 1)}</b>
                    <span>{Carrier::name_of(&shipment.parcel.carrier)}</span>
                    <Copyable text=tracking.clone()/>
                    <CopyButton text=tracking/>
                    <small class="muted">{shipment.shipped_at.show(zone)}</small>
                </p>
                <p class="muted small">{units.join("、")}</p>
                {doubt}
            </li>
        }
    };
    let parcels = order.parcels().iter().enumerate().map(parcel).collect_view();
    (all > 0).then(|| view! { <Card title="包裹"><ul class="stack">{parcels}</ul></Card> }.into_any())
}

fn title(order: &ShopOrder<'_>, id: OrderLineId) -> String {
    let line = order.lines().find(|line| line.id == id);
    line.map_or_else(String::new, |line| format!("{} {}", line.title, line.spec))
}
