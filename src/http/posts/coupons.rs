//! The form of a coupon that is offered.

use super::{PostOutcome, Posted};
use crate::domain::CouponId;
use crate::http::form::Form;
use crate::routes::buyer as paths;
use crate::server::ctx::Buyer;
use crate::server::money::coupons::{self, Handed};
use crate::text::done;

/// 「领取」; back to the product it was taken from, or to one's own.
pub async fn take(buyer: &Buyer, id: i64, form: &Form) -> PostOutcome {
    let what = match coupons::take(buyer, CouponId(id)).await? {
        Handed::Over => "1",
        Handed::HadAll => "had",
        Handed::NoneLeft => "none",
    };
    let back = form.get("product").parse().map_or_else(|_| paths::COUPONS.to_owned(), paths::product);
    Ok(Posted { to: format!("{back}?taken={what}"), words: done::on_coupon(what).unwrap_or_default(), warned: what != "1" })
}
