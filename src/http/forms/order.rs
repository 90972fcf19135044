//! The shop's forms on an order.

use crate::domain::order::PriceChange;
use crate::domain::{FieldErrors, Money, Parsed, ShopNote};
use crate::http::form::Form;
use crate::server::orders::RestatedPrice;

/// Reads `goods_change`, `freight_change`, and the total that was shown for them, `restated`.
pub fn price(form: &Form) -> Parsed<RestatedPrice> {
    let mut errors = FieldErrors::default();
    let goods = errors.check("goods_change", Money::parse_change(form.get("goods_change")));
    let freight = errors.check("freight_change", Money::parse_change(form.get("freight_change")));
    match (goods, freight) {
        (Some(Money::ZERO), Some(Money::ZERO)) => Err(FieldErrors::one("goods_change", "请填写商品或运费要改动的金额")),
        (Some(goods), Some(freight)) => {
            Ok(RestatedPrice { change: PriceChange { goods, freight }, total: Money::parse(form.get("restated")).ok() })
        }
        _ => Err(errors),
    }
}

/// Reads `note`: how the money came.
pub fn payment_note(form: &Form) -> Parsed<String> {
    let mut errors = FieldErrors::default();
    errors.text("note", form.get("note"), 0, 100, "").ok_or(errors)
}

/// Reads `shop_remark` and `flag`.
pub fn note(form: &Form) -> Parsed<ShopNote> {
    ShopNote::parse(form.get("shop_remark"), form.get("flag"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_changes_are_read_and_nothing_at_all_is_refused() {
        let read = |goods: &str, freight: &str| price(&Form::of(&[("goods_change", goods), ("freight_change", freight)]));
        let change = |goods: &str, freight: &str| read(goods, freight).map(|price| price.change);
        assert_eq!(change("-10", ""), Ok(PriceChange { goods: Money(-1_000), freight: Money::ZERO }));
        assert_eq!(change("—0.5", "+2"), Ok(PriceChange { goods: Money(-50), freight: Money(200) }));
        assert_eq!(read("", "0").err().map(|errors| errors.fields().len()), Some(1));
        assert_eq!(read("1.234", "abc").err().unwrap_or_default().fields(), ["goods_change", "freight_change"]);
    }

    #[test]
    fn a_total_that_was_not_shown_is_none() {
        let total = |restated: &str| price(&Form::of(&[("goods_change", "-1"), ("restated", restated)])).map(|price| price.total);
        assert_eq!((total(""), total("99.00")), (Ok(None), Ok(Some(Money(9_900)))));
    }
}
