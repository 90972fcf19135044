//! The buyer's forms on a case.

use super::{ApiError, DoneInPlace, FormPost, SentForm};
use leptos::server;

/// 「撤销申请」.
#[server(name = WithdrawCase, protocol = FormPost, prefix = "/api/in-place", endpoint = "after-sales/withdraw", input_derive = ())]
pub async fn withdraw(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let buyer = super::wire::side::buyer().await?;
    super::wire::side::answer(crate::http::posts::cases::withdraw(&buyer, &sent.number, &sent.form).await, &sent.form)
}

/// 「确认收货」 of an exchange.
#[server(name = ConfirmReplacement, protocol = FormPost, prefix = "/api/in-place", endpoint = "after-sales/confirm", input_derive = ())]
pub async fn confirm(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let buyer = super::wire::side::buyer().await?;
    super::wire::side::answer(crate::http::posts::cases::confirm(&buyer, &sent.number, &sent.form).await, &sent.form)
}

/// 「改为退款」.
#[server(name = ConvertToRefund, protocol = FormPost, prefix = "/api/in-place", endpoint = "after-sales/convert", input_derive = ())]
pub async fn convert(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let buyer = super::wire::side::buyer().await?;
    super::wire::side::answer(crate::http::posts::cases::convert(&buyer, &sent.number, &sent.form).await, &sent.form)
}

/// 「退到余额」.
#[server(name = RefundToBalance, protocol = FormPost, prefix = "/api/in-place", endpoint = "after-sales/to-balance", input_derive = ())]
pub async fn to_balance(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let buyer = super::wire::side::buyer().await?;
    super::wire::side::answer(crate::http::posts::cases::to_balance(&buyer, &sent.number, &sent.form).await, &sent.form)
}
