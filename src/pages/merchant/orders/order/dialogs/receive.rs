//! 「确认收货」 in the buyer's name, when they delay (S7).

use super::{OrderDialogWords, dialog};
use crate::pages::merchant::orders::order::{Desk, Task};
use crate::ui::{Notice, Tone};
use leptos::prelude::*;

pub fn draw(desk: &Desk, class: &'static str) -> AnyView {
    let order = &desk.order;
    let cases = (order.open_cases() > 0)
        .then(|| view! { <Notice tone=Tone::Warn>{format!("有 {} 笔售后正在处理，确认收货后售后照常进行", order.open_cases())}</Notice> });
    let cash = desk.money().and_then(|money| money.payments.iter().find(|payment| payment.awaits_cash()));
    let cash =
        cash.map(|payment| view! { <Notice tone=Tone::Info>{format!("货到付款 {} 将同时记为已收款", payment.amount.show())}</Notice> });
    let days = order.shop().policy.after_sale_days;
    let fields = view! {
        <p>{format!("请先与买家确认商品已经收到。确认后订单完成，买家可在 {days} 天内申请售后。")}</p>
        {cases}
        {cash}
    };
    let lead = format!("订单 {}，共 {} 件，{} 个包裹", order.number(), order.units(), order.parcels().len());
    dialog(desk, OrderDialogWords { lead, note: "买家会收到通知", ..OrderDialogWords::of(Task::Receive, class) }, fields)
}
