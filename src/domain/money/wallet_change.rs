//! What the shop puts into a member's wallet or corrects downwards, and why (S21).

use super::Money;
use super::movement::MoneyCause;
use super::payment::Tender;
use crate::domain::field_error::{FieldErrors, Parsed};

/// Points given or taken at once: more is a mistake.
const MOST_POINTS: i64 = 10_000_000;
/// Money put in or taken out at once.
const MOST_MONEY: Money = Money(10_000_000);

/// An account of the wallet, how much more or less, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletChange {
    account: Tender,
    /// Fen or points; below zero takes away.
    amount: Money,
    reason: String,
}

impl WalletChange {
    /// Reads `account` (balance, points), `direction` (up, down), `amount`, `reason`.
    pub fn parse(account: &str, direction: &str, amount: &str, reason: &str) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        let account = match account {
            "points" => Tender::Points,
            "balance" => Tender::Balance,
            _ => return Err(FieldErrors::one("account", "请选择余额或积分")),
        };
        let up = errors.check("direction", is_up(direction));
        let amount = errors.check("amount", amount_of(account, amount));
        let reason = errors.text("reason", reason, 2, 100, "请填写原因，会员也会看到");
        match (up, amount, reason) {
            (Some(up), Some(amount), Some(reason)) => {
                let amount = if up { amount } else { Money(-amount.0) };
                Ok(Self { account, amount, reason })
            }
            _ => Err(errors),
        }
    }

    pub fn account(&self) -> Tender {
        self.account
    }

    pub fn amount(&self) -> Money {
        self.amount
    }

    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// As the wallet's movements name it.
    pub fn cause(&self) -> MoneyCause {
        if self.amount.is_positive() { MoneyCause::Recharged } else { MoneyCause::Corrected }
    }
}

fn is_up(direction: &str) -> Result<bool, &'static str> {
    match direction {
        "up" => Ok(true),
        "down" => Ok(false),
        _ => Err("请选择增加还是扣减"),
    }
}

fn amount_of(account: Tender, typed: &str) -> Result<Money, String> {
    if account == Tender::Points {
        let points = Money::parse_whole(typed).filter(|points| (1..=MOST_POINTS).contains(points));
        return points.map(Money).ok_or_else(|| format!("积分请填写 1 到 {MOST_POINTS} 之间的整数"));
    }
    match Money::parse(typed)? {
        Money::ZERO => Err("金额必须大于 0".to_owned()),
        amount if amount > MOST_MONEY => Err(format!("一次最多 {}", MOST_MONEY.show())),
        amount => Ok(amount),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(account: &str, direction: &str, amount: &str, reason: &str) -> Result<Money, Vec<String>> {
        let read = WalletChange::parse(account, direction, amount, reason);
        read.map(|change| change.amount).map_err(|errors| errors.fields().into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn changes_are_read_in_the_unit_of_their_account() {
        assert_eq!(typed("balance", "up", "100", "活动充值"), Ok(Money(10_000)));
        assert_eq!(typed("points", "down", "30", "录入有误"), Ok(Money(-30)));
    }

    #[test]
    fn nonsense_is_named_field_by_field() {
        for wrong in ["0", "-1", "1.001", "", "1e9", "100000.01"] {
            assert_eq!(typed("balance", "up", wrong, "活动充值"), Err(vec!["amount".to_owned()]), "{wrong}");
        }
        for wrong in ["0", "-5", "1.5", "10000001"] {
            assert_eq!(typed("points", "up", wrong, "活动充值"), Err(vec!["amount".to_owned()]), "{wrong}");
        }
        assert_eq!(typed("balance", "", "1", ""), Err(vec!["direction".to_owned(), "reason".to_owned()]));
        assert_eq!(typed("wechat", "up", "1", "活动充值"), Err(vec!["account".to_owned()]));
    }
}
