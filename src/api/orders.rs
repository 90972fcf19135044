//! The buyer's forms on an order.

use super::{ApiError, DoneInPlace, FormPost, SentForm};
use leptos::server;

/// 「取消订单」.
#[server(name = CancelOrder, protocol = FormPost, prefix = "/api/in-place", endpoint = "orders/cancel", input_derive = ())]
pub async fn cancel(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let buyer = super::wire::side::buyer().await?;
    super::wire::side::answer(crate::http::posts::orders::cancel(&buyer, &sent.number).await, &sent.form)
}

/// 「确认收货」.
#[server(name = ReceiveOrder, protocol = FormPost, prefix = "/api/in-place", endpoint = "orders/receive", input_derive = ())]
pub async fn receive(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let buyer = super::wire::side::buyer().await?;
    super::wire::side::answer(crate::http::posts::orders::receive(&buyer, &sent.number).await, &sent.form)
}
