//! 「关闭订单」: an unpaid order ends (S8).

use super::{OrderDialogWords, dialog};
use crate::pages::merchant::orders::order::{Desk, Task};
use crate::ui::{ButtonKind, KeyValue, KeyValues};
use leptos::prelude::*;

pub fn draw(desk: &Desk, class: &'static str) -> AnyView {
    let (order, units, money) = (&desk.order, desk.order.units(), desk.money());
    let held = money.map(|money| money.held).filter(|held| held.is_positive());
    let held = held.map(|held| view! { <KeyValue label="退回积分和余额">{held.show()}</KeyValue> });
    let payable = money.map(|money| view! { <KeyValue label="应付" total=true>{money.totals.payable().show()}</KeyValue> });
    let fields = view! {
        <p>"关闭后不能恢复，占用的库存立即释放，买家需要重新下单。"</p>
        <KeyValues money=true>
            <KeyValue label="商品">{format!("{units} 件")}</KeyValue>
            {held}
            {payable}
        </KeyValues>
    };
    let lead = format!("订单 {}，买家尚未付款", order.number());
    dialog(
        desk,
        OrderDialogWords { lead, note: "买家会收到通知", kind: ButtonKind::Danger, ..OrderDialogWords::of(Task::Close, class) },
        fields,
    )
}
