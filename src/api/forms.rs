//! Which forms are answered where they stand: the address of each, and its server function.

use super::{ApiError, DoneInPlace, SentForm, batches, cart, cases, coupons, orders, shop_cases, shop_orders};
use leptos::server_fn::ServerFn;
use std::future::Future;
use std::pin::Pin;

type Answer = Pin<Box<dyn Future<Output = Result<DoneInPlace, ApiError>>>>;

/// A form with a server function.
pub struct InPlaceForm {
    /// Where its page is sent it, as in the router; `*` for what it is about.
    pub page: &'static str,
    /// Where the function is called.
    pub function: &'static str,
    call: fn(SentForm) -> Answer,
}

pub static FORMS: &[InPlaceForm] = &[
    InPlaceForm::of::<shop_orders::ConfirmPayment>("/merchant/orders/*/confirm-payment"),
    InPlaceForm::of::<shop_orders::AdjustPrice>("/merchant/orders/*/price"),
    InPlaceForm::of::<shop_orders::ShipOrder>("/merchant/orders/*/ship"),
    InPlaceForm::of::<shop_orders::ReceiveForBuyer>("/merchant/orders/*/receive"),
    InPlaceForm::of::<shop_orders::EditOrderAddress>("/merchant/orders/*/address"),
    InPlaceForm::of::<shop_orders::CloseOrder>("/merchant/orders/*/close"),
    InPlaceForm::of::<shop_orders::RemarkOrder>("/merchant/orders/*/remark"),
    InPlaceForm::of::<shop_cases::DecideCase>("/merchant/after-sales/*/decide"),
    InPlaceForm::of::<shop_cases::SettleCase>("/merchant/after-sales/*/settle"),
    InPlaceForm::of::<shop_cases::ReceiveReturn>("/merchant/after-sales/*/receive"),
    InPlaceForm::of::<shop_cases::ReshipCase>("/merchant/after-sales/*/reship"),
    InPlaceForm::of::<shop_cases::RetryRefund>("/merchant/after-sales/*/retry"),
    InPlaceForm::of::<shop_cases::RemarkCase>("/merchant/after-sales/*/remark"),
    InPlaceForm::of::<batches::StartBatch>("/merchant/batches/*/start"),
    InPlaceForm::of::<batches::DropBatch>("/merchant/batches/*/drop"),
    InPlaceForm::of::<orders::CancelOrder>("/orders/*/cancel"),
    InPlaceForm::of::<orders::ReceiveOrder>("/orders/*/receive"),
    InPlaceForm::of::<cases::WithdrawCase>("/after-sales/*/withdraw"),
    InPlaceForm::of::<cases::ConfirmReplacement>("/after-sales/*/confirm"),
    InPlaceForm::of::<cases::ConvertToRefund>("/after-sales/*/convert"),
    InPlaceForm::of::<cases::RefundToBalance>("/after-sales/*/to-balance"),
    InPlaceForm::of::<coupons::TakeCoupon>("/coupons/*/take"),
    InPlaceForm::of::<cart::SetQuantity>("/cart/*/quantity"),
    InPlaceForm::of::<cart::RemoveFromCart>("/cart/*/remove"),
];

impl InPlaceForm {
    const fn of<F>(page: &'static str) -> Self
    where
        F: ServerFn<Output = DoneInPlace, Error = ApiError> + From<SentForm> + 'static,
    {
        Self { page, function: F::PATH, call: |sent| Box::pin(F::from(sent).run_on_client()) }
    }

    /// The form that is sent to `path`, and what it is about.
    pub fn at(path: &str) -> Option<(&'static Self, &str)> {
        FORMS.iter().find_map(|form| Some((form, form.number_in(path)?)))
    }

    /// What stands in the place of the `*`.
    fn number_in<'a>(&self, path: &'a str) -> Option<&'a str> {
        let (before, behind) = self.page.split_once('*')?;
        let number = path.strip_prefix(before)?.strip_suffix(behind)?;
        (!number.is_empty() && !number.contains('/')).then_some(number)
    }

    /// Calls the server.
    pub async fn send(&self, sent: SentForm) -> Result<DoneInPlace, ApiError> {
        (self.call)(sent).await
    }
}
