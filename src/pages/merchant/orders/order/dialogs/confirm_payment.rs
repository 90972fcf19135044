//! 「确认付款」: finance has seen the money outside (S2).

use super::{OrderDialogWords, dialog};
use crate::http::problem::Problem;
use crate::pages::merchant::orders::order::{Desk, Task};
use crate::server::orders::OrderMoney;
use crate::ui::{Field, KeyValue, KeyValues, Notice, Price, PriceSize, Tone};
use leptos::prelude::*;

pub fn draw(desk: &Desk, class: &'static str) -> AnyView {
    let fields = desk.money().map_or_else(|| ().into_any(), |money| fields(desk, money));
    let lead = format!("订单 {}，线下付款，不经过支付通道", desk.order.number());
    dialog(desk, OrderDialogWords { lead, note: "确认后订单进入待发货", ..OrderDialogWords::of(Task::ConfirmPayment, class) }, fields)
}

fn fields(desk: &Desk, money: OrderMoney<'_>) -> AnyView {
    let typed = desk.typed(Task::ConfirmPayment, &[]).get("note").to_owned();
    let error = Problem::at(desk.problem_of(Task::ConfirmPayment), "note");
    let (payable, held, due) = (money.totals.payable(), money.held, money.due);
    let held = held.is_positive().then(|| view! { <KeyValue label="积分和余额已抵扣">{held.show()}</KeyValue> });
    let begun = desk.order.tender_under_way();
    let begun = begun.map(|tender| format!("买家正在使用{}付款，确认后这笔支付会先关闭，以免重复付款", tender.name()));
    let begun = begun.map(|words| view! { <Notice tone=Tone::Warn>{words}</Notice> });
    view! {
        {begun}
        <KeyValues money=true>
            <KeyValue label="订单应付">{payable.show()}</KeyValue>
            {held}
            <KeyValue label="确认收到" total=true><Price amount=due size=PriceSize::Large/></KeyValue>
        </KeyValues>
        <Field
            label="收款说明" name="note" prefix="confirm-payment" autocomplete="off" maxlength=100 placeholder="例如：对公转账，尾号 8821" hint="记入订单动态，可不填"
            value=typed error=error
        />
    }
    .into_any()
}
