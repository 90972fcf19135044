//! Who bought it, where it goes, and what both sides noted down.

use super::{Desk, Task, dialogs};
use crate::domain::text::isolated;
use crate::islands::CopyButton;
use crate::ui::{AddressBlock, Card, Flag, KeyValue, KeyValues};
use leptos::prelude::*;

pub(super) fn draw(desk: &Desk) -> impl IntoView + use<> {
    let (marks, to, past) = (&desk.detail.marks, &desk.detail.order.recipient, desk.past);
    let (name, phone, place) = (desk.name(&to.recipient), desk.recipient_phone(), desk.place());
    let copy = desk.sees_contact().then(|| format!("{name} {phone} {place}"));
    let masked = (!desk.sees_contact()).then(|| view! { <p class="muted small">"你的角色看不到完整的联系方式"</p> });
    let edit = desk.offers(Task::Address).then(|| dialogs::address::draw(desk));
    let buyer = format!("{} {}", isolated(&desk.name(&marks.buyer_name)), desk.phone(&marks.buyer_phone));
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
    let marks = &desk.detail.marks;
    let said = |words: &str| if words.is_empty() { "无".to_owned() } else { words.to_owned() };
    let (by_buyer, by_shop, flag) = (said(&marks.buyer_remark), said(&marks.shop_remark), marks.flag);
    view! {
        <Card title="备注信息">
            <KeyValues>
                <KeyValue label="买家备注">{by_buyer}</KeyValue>
                <KeyValue label="商家备注"><Flag color=flag/>{by_shop}</KeyValue>
            </KeyValues>
        </Card>
    }
}
