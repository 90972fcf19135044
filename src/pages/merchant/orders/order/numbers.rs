//! The numbers and times of the order, as people quote them.

use super::Desk;
use crate::domain::order::OrderState;
use crate::domain::{PaymentStatus, Timestamp};
use crate::islands::CopyButton;
use crate::ui::{Card, Copyable, KeyValue, KeyValues};
use leptos::prelude::*;

pub(super) fn draw(desk: &Desk) -> impl IntoView + use<> {
    let (order, zone) = (&desk.order, desk.staff.shop.zone);
    let time =
        |label: &'static str, at: Option<Timestamp>| at.map(|at| at.show(zone)).map(|at| view! { <KeyValue label=label>{at}</KeyValue> });
    let (shipped, received, closed) = match *order.state() {
        OrderState::AwaitingReceipt { shipped_at, .. } => (Some(shipped_at), None, None),
        OrderState::Completed { shipped_at, received_at, .. } => (Some(shipped_at), Some(received_at), None),
        OrderState::Closed { at, .. } => (None, None, Some(at)),
        OrderState::PendingPayment { .. } | OrderState::AwaitingShipment { .. } | OrderState::PartiallyShipped { .. } => (None, None, None),
    };
    let times = [
        time("下单时间", Some(order.placed_at())),
        time(order.paid_at_in_words(), order.state().paid_at()),
        time("发货时间", shipped),
        time("完成时间", received),
        time("关闭时间", closed),
    ];
    let (number, payments) = (order.number().to_owned(), payment_numbers(desk));
    view! {
        <Card title="订单信息">
            <KeyValues>
                <KeyValue label="订单编号"><Copyable text=number.clone()/>" "<CopyButton text=number/></KeyValue>
                {times.into_iter().flatten().collect::<Vec<_>>()}
                {payments}
            </KeyValues>
        </Card>
    }
}

/// What finance asks the gateway by.
fn payment_numbers(desk: &Desk) -> Option<impl IntoView + use<>> {
    let counts = |status: PaymentStatus| matches!(status, PaymentStatus::Succeeded | PaymentStatus::Pending | PaymentStatus::Surplus);
    let online = desk.money()?.payments.iter().filter(|payment| payment.tender.is_online() && counts(payment.status()));
    let numbers = online.map(|payment| payment.number.clone());
    let numbers = numbers.map(|number| view! { <KeyValue label="支付流水"><Copyable text=number/></KeyValue> }).collect::<Vec<_>>();
    (!numbers.is_empty()).then_some(numbers)
}
