//! Who bought it, where it goes, and what both sides noted down.

use super::{Desk, Task, dialogs};
use crate::domain::people::authority::ShownAddress;
use crate::domain::text::isolated;
use crate::islands::CopyButton;
use crate::ui::{AddressBlock, Card, Flag, KeyValue, KeyValues};
use leptos::prelude::*;

pub(super) fn draw(desk: &Desk) -> impl IntoView + use<> {
    let (ShownAddress { name, phone, place }, buyer, past) = (desk.recipient(), desk.buyer(), desk.past);
    let copy = desk.sees_contact().map(|_| format!("{name} {phone} {place}"));
    let masked = desk.sees_contact().is_none().then(|| view! { <p class="muted small">"你的角色看不到完整的联系方式"</p> });
    let edit = desk.offers(Task::Address).then(|| dialogs::address::draw(desk));
    let buyer = format!("{} {}", isolated(&buyer.name), buyer.phone);
    view! {
        <Card title="收货信息" aside=edit>
            <AddressBlock name=name phone=phone address=place>{copy.map(|text| view! { <CopyButton text=text/> })}</AddressBlock>
            {masked}
            <h3>"买家"</h3>
            <KeyValues>
                <KeyValue label="会员">{buyer}</KeyValue>
                <KeyValue label="已完成订单">{format!("{} 单", past.completed_orders)}</KeyValue>
                <KeyValue label="处理中售后">{format!("{} 笔", past.open_cases)}</KeyValue>
            </KeyValues>
        </Card>
    }
}

/// The buyer's remark, and the shop's own with its flag.
pub(super) fn remarks(desk: &Desk) -> impl IntoView + use<> {
    let order = &desk.order;
    let said = |words: &str| if words.is_empty() { "无".to_owned() } else { words.to_owned() };
    let (by_buyer, by_shop, flag) = (said(order.buyer_remark()), said(order.shop_remark()), order.flag());
    view! {
        <Card title="备注信息">
            <KeyValues>
                <KeyValue label="买家备注">{by_buyer}</KeyValue>
                <KeyValue label="商家备注"><Flag color=flag/>{by_shop}</KeyValue>
            </KeyValues>
        </Card>
    }
}
