//! An order to be, as the buyer words it on the confirmation page.

use crate::domain::{BuyerAddressId, BuyerCouponId, FieldErrors, Money, Parsed, text};

/// 「不使用优惠券」, where a coupon would be named.
pub const NO_COUPON: &str = "none";

/// What the buyer has chosen and typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct TypedOrder<'a> {
    pub address: &'a str,
    pub remark: &'a str,
    pub points: &'a str,
    pub balance: &'a str,
    /// Of a coupon, [`NO_COUPON`] or nothing.
    pub coupon: &'a str,
    /// The price that the page showed, in fen.
    pub expected: &'a str,
}

/// Who gets it, what is said, what the wallet gives.
#[derive(Clone, Debug)]
pub struct NewOrder {
    pub(super) address: BuyerAddressId,
    pub(super) remark: String,
    pub(super) points: Money,
    pub(super) balance: Money,
    pub(super) coupon: Option<BuyerCouponId>,
    /// What the page showed before the coupon: another price now, or none that can be read, is told and not charged.
    pub(super) expected: Option<Money>,
}

impl NewOrder {
    /// The fields are named as in [`TypedOrder`].
    pub fn parse(typed: &TypedOrder) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        let address = errors.check("address", typed.address.parse().map_err(|_| "请选择收货地址"));
        let remark = errors.text("remark", typed.remark, 0, 200, "");
        let points = errors.check("points", whole(typed.points));
        let balance = errors.check("balance", optional(typed.balance));
        let coupon = errors.check("coupon", chosen_coupon(typed.coupon));
        let expected = typed.expected.parse().ok().map(Money);
        match (address, remark, points, balance, coupon) {
            (Some(address), Some(remark), Some(points), Some(balance), Some(coupon)) => {
                Ok(Self { address: BuyerAddressId(address), remark, points, balance, coupon, expected })
            }
            _ => Err(errors),
        }
    }
}

fn chosen_coupon(typed: &str) -> Result<Option<BuyerCouponId>, &'static str> {
    match typed {
        "" | NO_COUPON => Ok(None),
        id => id.parse().map(|id| Some(BuyerCouponId(id))).map_err(|_| "请选择列出的优惠券"),
    }
}

fn whole(typed: &str) -> Result<Money, &'static str> {
    match text::legible(typed).as_str() {
        "" => Ok(Money::ZERO),
        digits => Money::parse_whole(digits).map(Money).ok_or("积分请填写整数"),
    }
}

fn optional(typed: &str) -> Result<Money, String> {
    if text::is_blank(typed) { Ok(Money::ZERO) } else { Money::parse(typed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_left_out_is_nothing() {
        let read = NewOrder::parse(&TypedOrder { address: "7", ..TypedOrder::default() }).unwrap_or_else(|errors| panic!("{errors:?}"));
        assert_eq!((read.points, read.balance, read.coupon, read.expected), (Money::ZERO, Money::ZERO, None, None));
        let read = NewOrder::parse(&TypedOrder { address: "7", coupon: NO_COUPON, expected: "1250", ..TypedOrder::default() });
        assert_eq!(read.map(|read| (read.coupon, read.expected)), Ok((None, Some(Money(1_250)))));
    }

    #[test]
    fn every_wrong_field_is_named() {
        let remark = "长".repeat(201);
        let wrong = TypedOrder { address: "", remark: &remark, points: "1.5", balance: "-1", coupon: "best", expected: "" };
        let errors = NewOrder::parse(&wrong).err().unwrap_or_default();
        assert_eq!(errors.fields(), ["address", "remark", "points", "balance", "coupon"]);
    }
}
