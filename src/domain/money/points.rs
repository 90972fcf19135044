//! Points that an order earns, and how they are taken back when its goods go back (M7).

use super::payment::Tender;
use super::{Money, allocate, unit_share};
use crate::domain::order::OrderLine;

/// What a completed order earns: whole points for every yuan of `by_money`, which is what is left of each line's money tenders,
/// laid on the lines by largest remainder.
pub fn earned(by_money: &[Money], points_per_yuan: i64) -> Vec<i64> {
    let sum: Money = by_money.iter().copied().sum();
    let points = i64::try_from(i128::from(sum.0) * i128::from(points_per_yuan) / 100).unwrap_or(0);
    allocate(Money(points), by_money).into_iter().map(|share| share.0).collect()
}

/// Why points cannot be spent, to somebody who has this many.
pub fn too_few_in_words(have: i64) -> String {
    if have < 0 {
        return format!("积分为 {}（退款扣回了已用掉的赠送积分），补回到 0 以上才能使用", Tender::Points.show(Money(have)));
    }
    format!("积分不足，现有 {}", Tender::Points.show(Money(have)))
}

impl OrderLine {
    /// What must be taken back now that `refunded` is what it is: the share of what was there at completion, less what was
    /// taken before. Any sequence of refunds takes exactly all in the end.
    pub fn points_to_take_back(&self) -> i64 {
        let gone = self.points_base - (self.paid - self.refunded);
        unit_share(Money(self.points_earned), self.points_base.0, 0, gone.0.clamp(0, self.points_base.0)).0 - self.points_taken_back
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{OrderLineId, ProductId, SkuId};
    use crate::domain::order::{GoodsLine, price};
    use crate::domain::shop::policy::ShopPolicy;
    use proptest::prelude::*;

    #[test]
    fn whole_points_are_earned_on_the_money_of_the_order() {
        assert_eq!(earned(&[Money(9_950), Money(4_975)], 1), [99, 50]);
        assert_eq!(earned(&[Money(99)], 1), [0]);
        assert_eq!(earned(&[Money(9_950)], 0), [0]);
        assert_eq!(earned(&[Money::ZERO, Money::ZERO], 3), [0, 0]);
    }

    proptest! {
        #[test]
        fn several_refunds_take_back_exactly_what_was_earned(
            paid in 1i64..500_000, before in 0i64..100, earned in 0i64..9_000, cuts in prop::collection::vec(1i64..40_000, 0..12)
        ) {
            let goods = GoodsLine {
                id: OrderLineId(1), product_id: ProductId(1), sku_id: SkuId(1), title: String::new(), spec: String::new(), picture: String::new(),
                unit_price: Money(paid), quantity: 1,
            };
            let mut line = price(vec![goods], &ShopPolicy::default()).1.remove(0);
            line.paid = Money(paid);
            line.refunded = Money(paid * before / 100);
            (line.points_base, line.points_earned) = (line.paid - line.refunded, earned);
            for cut in cuts.into_iter().chain([paid]) {
                line.refunded = line.refunded + Money(cut).min(line.paid - line.refunded);
                let back = line.points_to_take_back();
                prop_assert!(back >= 0);
                line.points_taken_back += back;
                prop_assert_eq!(line.points_to_take_back(), 0);
                prop_assert!(line.points_taken_back <= earned);
            }
            prop_assert_eq!(line.points_taken_back, earned);
        }
    }
}
