//! Beside the case: who buys, and the order it belongs to.

use super::{AfterSalePage, remark};
use crate::domain::{Contact, SeeContact};
use crate::routes::merchant as paths;
use crate::server::store::COUNT_LIMIT;
use crate::ui::{Badge, Card, Flag, KeyValue, KeyValues, Tone};
use leptos::prelude::*;

/// 「买家」: known by name to those who need it, and what the shop has seen of them.
pub(super) fn buyer(page: &AfterSalePage) -> AnyView {
    let order = page.case.order();
    let Contact { name, phone } = order.buyer().shown(page.staff.granted(SeeContact));
    let (completed, open) = (counted(page.past.completed_orders), counted(page.past.open_cases));
    let first = order.is_first().then(|| view! { <Badge tone=Tone::Info>"首单"</Badge> }.into_any());
    view! {
        <Card title="买家" aside=first>
            <KeyValues money=true>
                <KeyValue label=name>{phone}</KeyValue>
                <KeyValue label="已完成订单">{completed}</KeyValue>
                <KeyValue label="进行中的售后">{open}</KeyValue>
            </KeyValues>
        </Card>
    }
    .into_any()
}

fn counted(count: i64) -> String {
    if count >= COUNT_LIMIT { "99+".to_owned() } else { count.to_string() }
}

/// The order: state, remarks of both sides, flag.
pub(super) fn order(page: &AfterSalePage) -> AnyView {
    let order = page.case.order();
    let href = paths::order(order.number());
    let link = view! { <a class="link" href=href>"查看订单"</a> }.into_any();
    let (state, placed) = (order.status().name_for_shop(), order.placed_at().show(page.staff.shop.zone));
    let own = if order.shop_remark().is_empty() { "暂无" } else { order.shop_remark() }.to_owned();
    let (said, flag) = (order.buyer_remark().to_owned(), order.flag());
    let edit = remark::dialog(page);
    view! {
        <Card title=format!("订单 {}", order.number()) aside=link>
            <KeyValues money=true>
                <KeyValue label="状态">{state}</KeyValue>
                <KeyValue label="下单时间">{placed}</KeyValue>
                {(!said.is_empty()).then(|| view! { <KeyValue label="买家留言">{said}</KeyValue> })}
                <KeyValue label="商家备注"><Flag color=flag/>{own}</KeyValue>
            </KeyValues>
            <div class="actions">{edit}</div>
        </Card>
    }
    .into_any()
}
