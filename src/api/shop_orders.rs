//! The shop's forms on an order.

use super::{ApiError, DoneInPlace, FormPost, SentForm};
use leptos::server;

/// 「确认付款」.
#[server(name = ConfirmPayment, protocol = FormPost, prefix = "/api/in-place", endpoint = "merchant/orders/confirm-payment", input_derive = ())]
pub async fn confirm_payment(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let staff = super::wire::side::staff().await?;
    super::wire::side::answer(
        crate::http::posts::shop_orders::act(crate::domain::order::Task::ConfirmPayment, &staff, &sent.number, &sent.form).await,
        &sent.form,
    )
}

/// 「修改价格」.
#[server(name = AdjustPrice, protocol = FormPost, prefix = "/api/in-place", endpoint = "merchant/orders/price", input_derive = ())]
pub async fn adjust_price(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let staff = super::wire::side::staff().await?;
    super::wire::side::answer(
        crate::http::posts::shop_orders::act(crate::domain::order::Task::Price, &staff, &sent.number, &sent.form).await,
        &sent.form,
    )
}

/// 「确认发货」.
#[server(name = ShipOrder, protocol = FormPost, prefix = "/api/in-place", endpoint = "merchant/orders/ship", input_derive = ())]
pub async fn ship(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let staff = super::wire::side::staff().await?;
    super::wire::side::answer(
        crate::http::posts::shop_orders::act(crate::domain::order::Task::Ship, &staff, &sent.number, &sent.form).await,
        &sent.form,
    )
}

/// 「确认收货」 in the buyer's name.
#[server(name = ReceiveForBuyer, protocol = FormPost, prefix = "/api/in-place", endpoint = "merchant/orders/receive", input_derive = ())]
pub async fn receive(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let staff = super::wire::side::staff().await?;
    super::wire::side::answer(
        crate::http::posts::shop_orders::act(crate::domain::order::Task::Receive, &staff, &sent.number, &sent.form).await,
        &sent.form,
    )
}

/// 「修改收货信息」.
#[server(name = EditOrderAddress, protocol = FormPost, prefix = "/api/in-place", endpoint = "merchant/orders/address", input_derive = ())]
pub async fn edit_address(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let staff = super::wire::side::staff().await?;
    super::wire::side::answer(
        crate::http::posts::shop_orders::act(crate::domain::order::Task::Address, &staff, &sent.number, &sent.form).await,
        &sent.form,
    )
}

/// 「关闭订单」.
#[server(name = CloseOrder, protocol = FormPost, prefix = "/api/in-place", endpoint = "merchant/orders/close", input_derive = ())]
pub async fn close(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let staff = super::wire::side::staff().await?;
    super::wire::side::answer(
        crate::http::posts::shop_orders::act(crate::domain::order::Task::Close, &staff, &sent.number, &sent.form).await,
        &sent.form,
    )
}

/// 「备注」.
#[server(name = RemarkOrder, protocol = FormPost, prefix = "/api/in-place", endpoint = "merchant/orders/remark", input_derive = ())]
pub async fn remark(sent: SentForm) -> Result<DoneInPlace, ApiError> {
    let staff = super::wire::side::staff().await?;
    super::wire::side::answer(
        crate::http::posts::shop_orders::act(crate::domain::order::Task::Remark, &staff, &sent.number, &sent.form).await,
        &sent.form,
    )
}
