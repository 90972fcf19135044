//! The forms of the cart.

use super::{ApiError, DoneInPlace, FormPost, SentForm};
use leptos::server;

/// 「更新」.
#[server(name = SetQuantity, protocol = FormPost, prefix = "/api/in-place", endpoint = "cart/quantity", input_derive = ())]
pub async fn set_quantity(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let buyer = super::wire::side::buyer().await?;
    let sku = sent.number.parse().map_err(|_| super::wire::side::by_page(axum::http::StatusCode::NOT_FOUND))?;
    super::wire::side::answer(crate::http::posts::cart::set_quantity(&buyer, sku, &sent.form).await, &sent.form)
}

/// 「删除」.
#[server(name = RemoveFromCart, protocol = FormPost, prefix = "/api/in-place", endpoint = "cart/remove", input_derive = ())]
pub async fn remove(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let buyer = super::wire::side::buyer().await?;
    let sku = sent.number.parse().map_err(|_| super::wire::side::by_page(axum::http::StatusCode::NOT_FOUND))?;
    super::wire::side::answer(crate::http::posts::cart::remove(&buyer, sku).await, &sent.form)
}
