//! 「新建优惠券」.

use crate::domain::Parsed;
use crate::domain::money::coupon::{NewCoupon, TypedCoupon};
use crate::http::form::Form;

/// Reads the fields of [`TypedCoupon`]; the products are sent as `product`, each by itself.
pub fn new_coupon(form: &Form) -> Parsed<NewCoupon> {
    NewCoupon::parse(&TypedCoupon {
        name: form.get("name"),
        kind: form.get("kind"),
        threshold: form.get("threshold"),
        amount: form.get("amount"),
        from: form.get("from"),
        until: form.get("until"),
        scope: form.get("scope"),
        products: &form.all("product"),
        copies: form.get("copies"),
        copies_per_buyer: form.get("copies_per_buyer"),
        open: form.has("open"),
    })
}
