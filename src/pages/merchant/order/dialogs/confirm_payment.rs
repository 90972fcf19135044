//! 「确认付款」: finance has seen the money outside (S2).

use super::{Words, dialog};
use crate::domain::{FieldErrors, PaymentStatus};
use crate::http::form::Form;
use crate::pages::merchant::order::{Desk, Task, answer};
use crate::pages::problem::{Failure, Problem};
use crate::server::ctx::Staff;
use crate::server::error::Result as Outcome;
use crate::server::orders::{self, Precondition};
use crate::ui::{Field, KeyValue, KeyValues, Notice, Price, PriceSize, Tone};
use axum::extract::Path;
use axum::response::Response;
use leptos::prelude::*;

pub async fn submit(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let done = confirm(&staff, &number, &form).await;
    answer(staff, &number, Task::ConfirmPayment, form, done).await
}

async fn confirm(staff: &Staff, number: &str, form: &Form) -> Outcome<()> {
    staff.require(Task::ConfirmPayment.permission())?;
    let mut errors = FieldErrors::default();
    let Some(note) = errors.text("note", form.get("note"), 0, 100, "") else { return Err(errors.into()) };
    orders::confirm_offline(staff, number, &note, &Precondition::of(form)).await
}

pub fn draw(desk: &Desk, class: &'static str) -> AnyView {
    let order = &desk.detail.order;
    let typed = desk.typed(Task::ConfirmPayment, &[]).get("note").to_owned();
    let error = Problem::at(desk.problem_of(Task::ConfirmPayment), "note");
    let (payable, held, due) = (order.totals.payable(), order.held, order.due());
    let held = held.is_positive().then(|| view! { <KeyValue label="积分和余额已抵扣">{held.show()}</KeyValue> });
    let begun = desk.detail.payments.iter().find(|payment| payment.status() == PaymentStatus::Pending);
    let begun = begun.map(|payment| format!("买家正在使用{}付款，确认后这笔支付会先关闭，以免重复付款", payment.tender.name()));
    let begun = begun.map(|words| view! { <Notice tone=Tone::Warn>{words}</Notice> });
    let fields = view! {
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
    };
    let lead = format!("订单 {}，线下付款，不经过支付通道", order.number);
    dialog(desk, Words { lead, note: "确认后订单进入待发货", ..Words::of(Task::ConfirmPayment, class) }, fields)
}
