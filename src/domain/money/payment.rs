//! The ways an order is paid, and how what was paid lies on its lines (M6).

mod state;
mod transition;

pub use state::{Payment, PaymentState, PaymentStatus, Ticket};

use super::{Money, allocate};
use serde::{Deserialize, Serialize};

/// A way of paying; money goes back the way it came (S72).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tender {
    Points,
    Balance,
    Wechat,
    Alipay,
    /// Cash on delivery.
    Cod,
    /// Settled outside, confirmed by the shop's finance.
    Offline,
}

impl Tender {
    pub const ALL: [Self; 6] = [Self::Points, Self::Balance, Self::Wechat, Self::Alipay, Self::Cod, Self::Offline];

    pub fn code(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::Balance => "balance",
            Self::Wechat => "wechat",
            Self::Alipay => "alipay",
            Self::Cod => "cod",
            Self::Offline => "offline",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tender| tender.code() == code)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Points => "积分",
            Self::Balance => "余额",
            Self::Wechat => "微信支付",
            Self::Alipay => "支付宝",
            Self::Cod => "货到付款",
            Self::Offline => "线下付款",
        }
    }

    /// `微信支付`, `余额支付`: paying by it, as the timeline says.
    pub fn paying(self) -> String {
        let name = self.name();
        if name.ends_with("支付") { name.to_owned() } else { format!("{name}支付") }
    }

    /// Does a gateway move this money?
    pub fn is_online(self) -> bool {
        matches!(self, Self::Wechat | Self::Alipay)
    }

    /// Could the money go back the way it came? What was handed over or paid outside cannot.
    pub fn goes_back_by_itself(self) -> bool {
        !matches!(self, Self::Cod | Self::Offline)
    }

    /// Is it kept in the buyer's wallet here?
    pub fn is_wallet(self) -> bool {
        matches!(self, Self::Points | Self::Balance)
    }

    /// `¥269.00`, or `1,500 积分`: an amount of this tender as people read it.
    pub fn show(self, amount: Money) -> String {
        match self {
            Self::Points => format!("{} 积分", group(amount.0)),
            Self::Balance | Self::Wechat | Self::Alipay | Self::Cod | Self::Offline => amount.show(),
        }
    }
}

/// `1,500`: a count as people read it.
pub fn group(count: i64) -> String {
    Money(count * 100).show().replace('¥', "").trim_end_matches(".00").to_owned()
}

/// Lays the tenders of an order on its lines: row sums are the lines' amounts, column sums the tenders', to the fen.
/// The last tender takes what is left of each line.
pub fn lay_on_lines(tenders: &[Money], lines: &[Money]) -> Vec<Vec<Money>> {
    let mut left = lines.to_vec();
    tenders
        .iter()
        .map(|amount| {
            let shares = allocate(*amount, &left);
            for (rest, share) in left.iter_mut().zip(&shares) {
                *rest = *rest - *share;
            }
            shares
        })
        .collect()
}

/// Divides a refund of one line among the tenders that paid it, in proportion to what is left of each: nothing exceeds
/// its tender, an exhausted one passes on (B13), the last refund empties all.
pub fn split_refund(amount: Money, left: &[Money]) -> Vec<Money> {
    allocate(amount, left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_shown_in_the_unit_of_their_tender() {
        assert_eq!(Tender::Points.show(Money(1_500)), "1,500 积分");
        assert_eq!(Tender::Wechat.show(Money(26_900)), "¥269.00");
    }

    proptest! {
        #[test]
        fn tenders_and_lines_meet_to_the_fen(lines in prop::collection::vec(1i64..100_000, 1..6), cuts in (0u32..=100, 0u32..=100)) {
            let lines: Vec<Money> = lines.into_iter().map(Money).collect();
            let total: Money = lines.iter().copied().sum();
            let points = Money(total.0 * i64::from(cuts.0) / 100);
            let balance = Money((total - points).0 * i64::from(cuts.1) / 100);
            let tenders = [points, balance, total - points - balance];
            let matrix = lay_on_lines(&tenders, &lines);
            for (row, tender) in matrix.iter().zip(tenders) {
                prop_assert_eq!(row.iter().copied().sum::<Money>(), tender);
            }
            for (index, line) in lines.iter().enumerate() {
                prop_assert_eq!(matrix.iter().map(|row| row[index]).sum::<Money>(), *line);
            }
        }

        #[test]
        fn partial_refunds_empty_every_tender_exactly(left in prop::collection::vec(0i64..50_000, 1..4), steps in prop::collection::vec(1u32..=60, 1..12)) {
            let mut left: Vec<Money> = left.into_iter().map(Money).collect();
            for step in steps {
                let rest: Money = left.iter().copied().sum();
                let amount = Money((rest.0 * i64::from(step) / 100).min(rest.0));
                let parts = split_refund(amount, &left);
                prop_assert_eq!(parts.iter().copied().sum::<Money>(), amount);
                for (have, part) in left.iter_mut().zip(parts) {
                    prop_assert!(part <= *have && part.0 >= 0);
                    *have = *have - part;
                }
            }
            let rest: Money = left.iter().copied().sum();
            prop_assert_eq!(split_refund(rest, &left), left);
        }
    }
}
