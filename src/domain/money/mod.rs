//! Money: whole fen in an `i64`, divided so that nothing is lost (M1, M2); what is paid, returned, reconciled. May name `order`, `shop`.

pub mod agreed_by;
pub mod anomaly;
pub mod bill;
pub mod channel;
pub mod coupon;
pub mod movement;
pub mod payment;
pub mod points;
pub mod refund;
pub mod refund_account;
mod typed;
pub mod voucher;
pub mod wallet_change;
pub mod way_back;

use serde::{Deserialize, Serialize};

/// An amount in fen. One point is worth one fen (100 points = ¥1), so points count in the same unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Money(pub i64);

impl Money {
    pub const ZERO: Self = Self(0);

    /// Reads what a person types, `12`, `12.5`, `¥1,234.50`, into fen; refuses signs, a third decimal and nonsense (B9).
    pub fn parse(typed: &str) -> Result<Self, String> {
        typed::amount(typed)
    }

    /// Reads a change of price: like [`Money::parse`], and a leading minus (`-`, `−`, `—`) reduces (S3).
    pub fn parse_change(typed: &str) -> Result<Self, String> {
        typed::change(typed)
    }

    /// Reads a whole number, of points, by the same rule.
    pub fn parse_whole(typed: &str) -> Option<i64> {
        typed::amount(typed).ok().filter(|amount| amount.0 % 100 == 0).map(|amount| amount.0 / 100)
    }

    /// `1234.50`, for the value of an input field.
    pub fn plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", self.0.abs() / 100, self.0.abs() % 100)
    }

    /// `¥1,234.50`; a negative amount leads with `−`.
    pub fn show(self) -> String {
        let (yuan, fen) = (self.0.abs() / 100, self.0.abs() % 100);
        let digits = yuan.to_string();
        let mut grouped = String::with_capacity(digits.len() + 8);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let sign = if self.0 < 0 { "−" } else { "" };
        format!("{sign}¥{grouped}.{fen:02}")
    }

    pub fn is_positive(self) -> bool {
        self.0 > 0
    }

    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Ord::min(self, other)
    }
}

impl std::ops::Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.map(|amount| amount.0).sum())
    }
}

/// Divides `amount` in proportion to `weights` by largest remainder, ties to the first: the parts sum to `amount` (M1).
/// No part exceeds its weight while `amount` does not exceed their sum. Weights are not negative; with none, the first takes all.
pub fn allocate(amount: Money, weights: &[Money]) -> Vec<Money> {
    let total: i128 = weights.iter().map(|weight| i128::from(weight.0)).sum();
    if weights.is_empty() {
        return Vec::new();
    }
    if total == 0 {
        let mut parts = vec![Money::ZERO; weights.len()];
        parts[0] = amount;
        return parts;
    }
    let (sign, whole) = (amount.0.signum(), i128::from(amount.0.unsigned_abs()));
    let mut parts: Vec<(usize, i64, i128)> = weights
        .iter()
        .enumerate()
        .map(|(index, weight)| {
            let product = whole * i128::from(weight.0);
            (index, i64::try_from(product / total).unwrap_or(i64::MAX), product % total)
        })
        .collect();
    let given: i64 = parts.iter().map(|part| part.1).sum();
    let left = usize::try_from(amount.0.unsigned_abs()).unwrap_or(0) - usize::try_from(given).unwrap_or(0);
    parts.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
    for part in parts.iter_mut().take(left) {
        part.1 += 1;
    }
    parts.sort_by_key(|part| part.0);
    parts.into_iter().map(|part| Money(sign * part.1)).collect()
}

/// What `units` further units of `of` are worth after `before` of them, by the cumulative formula: exact at the end,
/// whatever the batches were (M2).
pub fn unit_share(amount: Money, of: i64, before: i64, units: i64) -> Money {
    let upto = |k: i64| i64::try_from(i128::from(amount.0) * i128::from(k) / i128::from(of.max(1))).unwrap_or(0);
    Money(upto(before + units) - upto(before))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_shown_grouped_with_two_decimals() {
        assert_eq!(Money(123_456_705).show(), "¥1,234,567.05");
        assert_eq!(Money(-50).show(), "−¥0.50");
    }

    proptest! {
        #[test]
        fn allocation_sums_to_the_amount_and_stays_within_the_weights(
            weights in prop::collection::vec(0i64..1_000_000, 1..9), share in 0u32..=1000
        ) {
            let weights: Vec<Money> = weights.into_iter().map(Money).collect();
            let total: Money = weights.iter().copied().sum();
            let amount = Money(total.0 * i64::from(share) / 1000);
            let parts = allocate(amount, &weights);
            prop_assert_eq!(parts.iter().copied().sum::<Money>(), amount);
            prop_assert!(parts.iter().zip(&weights).all(|(part, weight)| part.0 >= 0 && part <= weight));
        }

        #[test]
        fn unit_shares_sum_to_the_whole_in_any_batches(amount in 0i64..10_000_000, of in 1i64..200, cuts in prop::collection::vec(1i64..20, 1..40)) {
            let (mut before, mut sum) = (0, 0);
            for cut in cuts.into_iter().chain([of]) {
                let units = cut.min(of - before);
                sum += unit_share(Money(amount), of, before, units).0;
                before += units;
            }
            prop_assert_eq!(sum, amount);
        }
    }
}
