//! A coupon to be, as the shop words it: checked field by field before there is one.

use super::CouponTerms;
use crate::domain::calendar::Day;
use crate::domain::field_error::{FieldErrors, Parsed};
use crate::domain::id::{CouponId, ProductId};
use crate::domain::money::Money;
use crate::domain::text;
use chrono_tz::Tz;

const MOST_COPIES: i64 = 1_000_000;
const MOST_PER_BUYER: i64 = 100;

/// What the shop has typed of a coupon.
#[derive(Clone, Copy, Debug, Default)]
pub struct TypedCoupon<'a> {
    pub name: &'a str,
    /// `threshold` (满减) or `direct` (立减).
    pub kind: &'a str,
    pub threshold: &'a str,
    pub amount: &'a str,
    pub from: &'a str,
    pub until: &'a str,
    /// `all` products or the `chosen` ones.
    pub scope: &'a str,
    pub products: &'a [&'a str],
    pub copies: &'a str,
    pub copies_per_buyer: &'a str,
    pub open: bool,
}

/// A coupon that can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCoupon {
    name: String,
    threshold: Money,
    amount: Money,
    from: Day,
    until: Day,
    products: Vec<ProductId>,
    copies: i64,
    copies_per_buyer: i64,
    open: bool,
}

impl NewCoupon {
    /// Reads what was typed; the fields are named as in [`TypedCoupon`], and the products `product`.
    pub fn parse(typed: &TypedCoupon) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        let name = errors.line("name", typed.name, 1, 20, "请填写优惠券名称");
        let threshold = errors.check("threshold", threshold(typed.kind, typed.threshold));
        let amount = errors.check("amount", amount(typed.amount, threshold.unwrap_or(Money::ZERO)));
        let from = errors.check("from", Day::parse(typed.from).ok_or("请填写开始日期，例如 2026-11-22"));
        let until = errors.check("until", until(typed.until, from));
        let products = errors.check("product", chosen(typed.scope, typed.products));
        let copies = errors.check("copies", whole(typed.copies, MOST_COPIES));
        let per_buyer = errors.check("copies_per_buyer", whole(typed.copies_per_buyer, MOST_PER_BUYER));
        match (name, threshold, amount, from, until, products, copies, per_buyer) {
            (Some(name), Some(threshold), Some(amount), Some(from), Some(until), Some(products), Some(copies), Some(copies_per_buyer)) => {
                Ok(Self { name, threshold, amount, from, until, products, copies, copies_per_buyer, open: typed.open })
            }
            _ => Err(errors),
        }
    }

    /// How many there are.
    pub fn copies(&self) -> i64 {
        self.copies
    }

    pub fn copies_per_buyer(&self) -> i64 {
        self.copies_per_buyer
    }

    /// May buyers take it themselves?
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// What it promises from now on; its days are those of the shop's zone.
    pub fn into_terms(self, id: CouponId, zone: Tz) -> CouponTerms {
        let (valid_from, valid_until) = (self.from.span(zone).0, self.until.span(zone).1);
        CouponTerms {
            id,
            name: self.name,
            threshold: self.threshold,
            amount: self.amount,
            valid_from,
            valid_until,
            products: self.products,
        }
    }
}

fn threshold(kind: &str, typed: &str) -> Result<Money, String> {
    match kind {
        "direct" => Ok(Money::ZERO),
        "threshold" => match Money::parse(typed)? {
            Money::ZERO => Err("门槛必须大于 0".to_owned()),
            much => Ok(much),
        },
        _ => Err("请选择优惠方式".to_owned()),
    }
}

fn amount(typed: &str, threshold: Money) -> Result<Money, String> {
    match Money::parse(typed)? {
        Money::ZERO => Err("优惠金额必须大于 0".to_owned()),
        amount if threshold.is_positive() && amount > threshold => Err("优惠金额不能超过使用门槛".to_owned()),
        amount => Ok(amount),
    }
}

fn until(typed: &str, from: Option<Day>) -> Result<Day, &'static str> {
    let until = Day::parse(typed).ok_or("请填写结束日期，例如 2026-11-22")?;
    if from.is_some_and(|from| until < from) { Err("结束日期不能早于开始日期") } else { Ok(until) }
}

fn chosen(scope: &str, products: &[&str]) -> Result<Vec<ProductId>, &'static str> {
    match scope {
        "all" => Ok(Vec::new()),
        "chosen" => {
            let ids = products.iter().map(|id| id.parse().map(ProductId).map_err(|_| "请选择列出的商品"));
            let mut ids: Vec<ProductId> = ids.collect::<Result<_, _>>()?;
            ids.sort_unstable();
            ids.dedup();
            if ids.is_empty() { Err("请至少选择一件商品") } else { Ok(ids) }
        }
        _ => Err("请选择适用商品"),
    }
}

fn whole(typed: &str, most: i64) -> Result<i64, String> {
    text::legible(typed).parse().ok().filter(|number| (1..=most).contains(number)).ok_or(format!("请填写 1 到 {most} 之间的整数"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILLED: TypedCoupon = TypedCoupon {
        name: "满百减十",
        kind: "threshold",
        threshold: "100",
        amount: "10",
        from: "2026-11-01",
        until: "2026-11-30",
        scope: "all",
        products: &[],
        copies: "500",
        copies_per_buyer: "1",
        open: false,
    };

    #[test]
    fn what_is_filled_in_is_a_coupon() {
        let read = NewCoupon::parse(&FILLED).unwrap_or_else(|errors| unreachable!("{errors:?}"));
        assert_eq!((read.threshold, read.amount, read.copies, read.open), (Money(10_000), Money(1_000), 500, false));
        let some = NewCoupon::parse(&TypedCoupon { scope: "chosen", products: &["8", "7", "8"], ..FILLED });
        assert_eq!(some.map(|read| read.products), Ok(vec![ProductId(7), ProductId(8)]));
    }

    #[test]
    fn every_wrong_field_is_named() {
        let wrong = TypedCoupon {
            threshold: "-1",
            amount: "0",
            from: "x",
            until: "",
            scope: "chosen",
            copies: "0",
            copies_per_buyer: "101",
            ..FILLED
        };
        let errors = NewCoupon::parse(&wrong).err().unwrap_or_default();
        assert_eq!(errors.fields(), ["threshold", "amount", "from", "until", "product", "copies", "copies_per_buyer"]);
        let alone = |typed: TypedCoupon| NewCoupon::parse(&typed).err().unwrap_or_default().0;
        let said = |field: &str, words: &str| [(field.to_owned(), words.to_owned())];
        assert_eq!(alone(TypedCoupon { amount: "100.01", ..FILLED }), said("amount", "优惠金额不能超过使用门槛"));
        assert_eq!(alone(TypedCoupon { until: "2026-10-31", ..FILLED }), said("until", "结束日期不能早于开始日期"));
        assert_eq!(alone(TypedCoupon { kind: "", ..FILLED }), said("threshold", "请选择优惠方式"));
    }
}
