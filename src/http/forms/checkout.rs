//! The order confirmation.

use crate::domain::Parsed;
use crate::http::form::Form;
use crate::server::error::Result;
use crate::server::orders::{Basket, NewOrder, TypedOrder};

/// Reads what is to be ordered: `shop`, or `sku` and `quantity`.
pub fn basket(form: &Form) -> Result<Basket> {
    Basket::parse(form.get("shop"), form.get("sku"), form.get("quantity"))
}

/// Reads `address`, `remark`, `points`, `balance`, `coupon` and `expected`.
pub fn new_order(form: &Form) -> Parsed<NewOrder> {
    NewOrder::parse(&TypedOrder {
        address: form.get("address"),
        remark: form.get("remark"),
        points: form.get("points"),
        balance: form.get("balance"),
        coupon: form.get("coupon"),
        expected: form.get("expected"),
    })
}
