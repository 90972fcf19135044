//! Coupons: what they ask for, what they take off, and how that lies on the lines (M1).

mod new;

pub use new::{NewCoupon, TypedCoupon};

use super::{Money, allocate};
use crate::domain::id::{CouponId, ProductId};
use crate::domain::order::{OrderLine, Totals};
use crate::domain::time::Timestamp;

/// What a coupon promises. Once it was handed out, nothing of this changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CouponTerms {
    pub id: CouponId,
    pub name: String,
    /// The goods it suits must come to this much (满减); zero: any amount will do (立减).
    pub threshold: Money,
    /// What it takes off.
    pub amount: Money,
    pub valid_from: Timestamp,
    /// Counts until then, that moment excluded.
    pub valid_until: Timestamp,
    /// The products it suits; empty: all of the shop.
    pub products: Vec<ProductId>,
}

/// What happened to a coupon in a buyer's hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CouponCause {
    /// The buyer took it.
    Taken,
    /// The shop gave it to the buyer.
    Given,
    /// An order used it.
    Used,
    /// Its order came to nothing.
    Returned,
}

impl CouponCause {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Given => "given",
            Self::Used => "used",
            Self::Returned => "returned",
        }
    }
}

/// Why a coupon does not help here, in words a buyer can act on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    #[error("优惠券还没到使用时间")]
    TooEarly,
    #[error("优惠券已过期")]
    Expired,
    #[error("优惠券不适用于这些商品")]
    OtherGoods,
    #[error("适用商品再买 {} 可用", .0.show())]
    Below(Money),
}

impl CouponTerms {
    /// `满 ¥100 减 ¥9.90`, or `立减 ¥10`.
    pub fn offer_in_words(&self) -> String {
        let [threshold, amount] = [self.threshold, self.amount].map(|amount| amount.show().trim_end_matches(".00").to_owned());
        if self.threshold.is_positive() { format!("满 {threshold} 减 {amount}") } else { format!("立减 {amount}") }
    }

    /// `全部商品` or `指定商品`.
    pub fn scope_in_words(&self) -> &'static str {
        if self.products.is_empty() { "全部商品可用" } else { "指定商品可用" }
    }

    pub fn suits(&self, product: ProductId) -> bool {
        self.products.is_empty() || self.products.contains(&product)
    }

    /// What it takes off these lines now; every unit keeps a fen, so that each can be paid for and paid back.
    pub fn worth(&self, lines: &[OrderLine], now: Timestamp) -> Result<Money, Misfit> {
        if now < self.valid_from {
            return Err(Misfit::TooEarly);
        }
        if now >= self.valid_until {
            return Err(Misfit::Expired);
        }
        let suited: Money = self.suited(lines).into_iter().sum();
        let most: Money = self.spare(lines).into_iter().sum();
        if !most.is_positive() {
            return Err(Misfit::OtherGoods);
        }
        if suited < self.threshold {
            return Err(Misfit::Below(self.threshold - suited));
        }
        Ok(self.amount.min(most))
    }

    /// Takes it off an order that is about to be placed, in proportion to the goods it suits.
    pub fn take_off(&self, totals: Totals, lines: &mut [OrderLine], now: Timestamp) -> Result<Totals, Misfit> {
        let coupon = self.worth(lines, now)?;
        let spare = self.spare(lines);
        let by_goods = allocate(coupon, &self.suited(lines));
        let fits = by_goods.iter().zip(&spare).all(|(share, most)| share <= most);
        let shares = if fits { by_goods } else { allocate(coupon, &spare) };
        for (line, share) in lines.iter_mut().zip(shares) {
            line.coupon = share;
        }
        Ok(Totals { coupon, ..totals })
    }

    fn suited(&self, lines: &[OrderLine]) -> Vec<Money> {
        lines.iter().map(|line| if self.suits(line.product_id) { line.goods } else { Money::ZERO }).collect()
    }

    fn spare(&self, lines: &[OrderLine]) -> Vec<Money> {
        let most = |line: &OrderLine| if self.suits(line.product_id) { line.goods - Money(line.quantity) } else { Money::ZERO };
        lines.iter().map(most).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{OrderLineId, SkuId};
    use crate::domain::order::{GoodsLine, price};
    use crate::domain::shop::policy::ShopPolicy;
    use proptest::prelude::*;

    fn line(id: i64, fen: i64, quantity: i64) -> GoodsLine {
        GoodsLine {
            id: OrderLineId(id),
            product_id: ProductId(id),
            sku_id: SkuId(id),
            title: String::new(),
            spec: String::new(),
            picture: String::new(),
            unit_price: Money(fen),
            quantity,
        }
    }

    fn coupon(threshold: i64, amount: i64, products: &[i64]) -> CouponTerms {
        CouponTerms {
            id: CouponId(1),
            name: "新人券".to_owned(),
            threshold: Money(threshold),
            amount: Money(amount),
            valid_from: Timestamp(100),
            valid_until: Timestamp(200),
            products: products.iter().copied().map(ProductId).collect(),
        }
    }

    fn placed(coupon: &CouponTerms, goods: Vec<GoodsLine>) -> (Result<Totals, Misfit>, Vec<OrderLine>) {
        let (totals, mut lines) = price(goods, &ShopPolicy::default());
        (coupon.take_off(totals, &mut lines, Timestamp(150)), lines)
    }

    #[test]
    fn it_lies_on_the_goods_it_suits_by_largest_remainder() {
        let goods = || vec![line(1, 10_000, 1), line(2, 5_000, 1), line(3, 5_000, 1)];
        let (totals, lines) = placed(&coupon(10_000, 1_000, &[]), goods());
        assert_eq!(totals.map(Totals::payable), Ok(Money(19_000)));
        assert_eq!(lines.iter().map(|line| line.coupon.0).collect::<Vec<_>>(), [500, 250, 250]);
        let (_, lines) = placed(&coupon(0, 100, &[1, 3]), goods());
        assert_eq!(lines.iter().map(|line| line.coupon.0).collect::<Vec<_>>(), [67, 0, 33]);
    }

    #[test]
    fn what_does_not_suit_says_what_is_missing() {
        let goods = || vec![line(1, 6_000, 1), line(2, 9_000, 1)];
        assert_eq!(placed(&coupon(10_000, 500, &[1]), goods()).0, Err(Misfit::Below(Money(4_000))));
        assert_eq!(placed(&coupon(0, 500, &[7]), goods()).0, Err(Misfit::OtherGoods));
        let (totals, mut lines) = price(goods(), &ShopPolicy::default());
        let at = |lines: &mut Vec<OrderLine>, now| coupon(0, 500, &[]).take_off(totals, lines, Timestamp(now)).err();
        assert_eq!([99, 100, 199, 200].map(|now| at(&mut lines, now)), [Some(Misfit::TooEarly), None, None, Some(Misfit::Expired)]);
    }

    #[test]
    fn one_worth_more_than_the_goods_leaves_a_fen_a_unit() {
        let (totals, lines) = placed(&coupon(0, 50_000, &[]), vec![line(1, 300, 3), line(2, 2, 1)]);
        assert_eq!(totals.map(|totals| totals.coupon), Ok(Money(898)));
        assert_eq!(lines.iter().map(|line| (line.goods - line.coupon).0).collect::<Vec<_>>(), [3, 1]);
    }

    proptest! {
        #[test]
        fn shares_sum_to_the_coupon_and_leave_every_unit_its_fen(
            cart in prop::collection::vec((1i64..5_000, 1i64..9, any::<bool>()), 1..7), amount in 1i64..60_000
        ) {
            let goods: Vec<GoodsLine> = (1..).zip(&cart).map(|(id, (fen, quantity, _))| line(id, *fen, *quantity)).collect();
            let chosen: Vec<i64> = (1..).zip(&cart).filter(|(_, (_, _, suits))| *suits).map(|(id, _)| id).collect();
            let coupon = coupon(0, amount, &chosen);
            let (totals, lines) = placed(&coupon, goods);
            if let Ok(totals) = totals {
                prop_assert_eq!(lines.iter().map(|line| line.coupon).sum::<Money>(), totals.coupon);
                prop_assert!(totals.coupon.is_positive() && totals.coupon <= coupon.amount && totals.payable().is_positive());
                for line in &lines {
                    prop_assert!(line.coupon >= Money::ZERO && line.goods - line.coupon >= Money(line.quantity));
                    prop_assert!(line.coupon == Money::ZERO || coupon.suits(line.product_id));
                }
            }
        }
    }
}
