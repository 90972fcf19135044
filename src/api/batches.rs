//! The forms of a batch.

use super::{ApiError, DoneInPlace, FormPost, SentForm};
use leptos::server;

/// 「确认」.
#[server(name = StartBatch, protocol = FormPost, prefix = "/api/in-place", endpoint = "merchant/batches/start", input_derive = ())]
pub async fn start(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let staff = super::wire::side::staff().await?;
    super::wire::side::answer(crate::http::posts::batches::start(&staff, &sent.number, &sent.form).await, &sent.form)
}

/// 「放弃」.
#[server(name = DropBatch, protocol = FormPost, prefix = "/api/in-place", endpoint = "merchant/batches/drop", input_derive = ())]
pub async fn drop(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let staff = super::wire::side::staff().await?;
    super::wire::side::answer(crate::http::posts::batches::drop(&staff, &sent.number).await, &sent.form)
}
