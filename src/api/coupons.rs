//! The form of a coupon that is offered.

use super::{ApiError, DoneInPlace, FormPost, SentForm};
use leptos::server;

/// 「领取」.
#[server(name = TakeCoupon, protocol = FormPost, prefix = "/api/in-place", endpoint = "coupons/take", input_derive = ())]
pub async fn take(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let buyer = super::wire::side::buyer().await?;
    let id = sent.number.parse().map_err(|_| super::wire::side::by_page(axum::http::StatusCode::NOT_FOUND))?;
    super::wire::side::answer(crate::http::posts::coupons::take(&buyer, id, &sent.form).await, &sent.form)
}
