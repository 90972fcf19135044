//! The shop's forms on a case.

use super::{ApiError, DoneInPlace, FormPost, SentForm};
use leptos::server;

/// 「处理退货申请」, 「处理退款申请」.
#[server(name = DecideCase, protocol = FormPost, prefix = "/api/in-place", endpoint = "merchant/after-sales/decide", input_derive = ())]
pub async fn decide(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let staff = super::wire::side::staff().await?;
    super::wire::side::answer(crate::http::posts::shop_cases::decide(&staff, &sent.number, &sent.form).await, &sent.form)
}

/// What follows once the goods are back, or once a refund has failed.
#[server(name = SettleCase, protocol = FormPost, prefix = "/api/in-place", endpoint = "merchant/after-sales/settle", input_derive = ())]
pub async fn settle(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let staff = super::wire::side::staff().await?;
    super::wire::side::answer(crate::http::posts::shop_cases::decide(&staff, &sent.number, &sent.form).await, &sent.form)
}

/// 「确认收到退货」.
#[server(name = ReceiveReturn, protocol = FormPost, prefix = "/api/in-place", endpoint = "merchant/after-sales/receive", input_derive = ())]
pub async fn receive(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let staff = super::wire::side::staff().await?;
    super::wire::side::answer(crate::http::posts::shop_cases::receive(&staff, &sent.number, &sent.form).await, &sent.form)
}

/// 「换货发出」.
#[server(name = ReshipCase, protocol = FormPost, prefix = "/api/in-place", endpoint = "merchant/after-sales/reship", input_derive = ())]
pub async fn reship(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let staff = super::wire::side::staff().await?;
    super::wire::side::answer(crate::http::posts::shop_cases::reship(&staff, &sent.number, &sent.form).await, &sent.form)
}

/// 「重试退款」.
#[server(name = RetryRefund, protocol = FormPost, prefix = "/api/in-place", endpoint = "merchant/after-sales/retry", input_derive = ())]
pub async fn retry(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let staff = super::wire::side::staff().await?;
    super::wire::side::answer(crate::http::posts::shop_cases::retry(&staff, &sent.number, &sent.form).await, &sent.form)
}

/// 「备注」.
#[server(name = RemarkCase, protocol = FormPost, prefix = "/api/in-place", endpoint = "merchant/after-sales/remark", input_derive = ())]
pub async fn remark(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let staff = super::wire::side::staff().await?;
    super::wire::side::answer(crate::http::posts::shop_cases::remark(&staff, &sent.number, &sent.form).await, &sent.form)
}
