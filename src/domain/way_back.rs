//! What goes back which way, and how people are told: each part by its tender, points as points (M6, S72).

use super::money::Money;
use super::payment::Tender;

/// What one tender gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub tender: Tender,
    pub amount: Money,
    /// Cash on delivery of goods that never left: nobody has it.
    pub never_collected: bool,
}

impl Part {
    /// Was it paid by other means than the wallet, and is it there to be paid back?
    pub fn leaves_the_house(self) -> bool {
        !self.tender.is_wallet() && !self.never_collected
    }

    /// `余额 ¥5.00`, `2,000 积分`.
    pub fn named(self) -> String {
        match self.tender {
            Tender::Points => self.tender.show(self.amount),
            Tender::Offline => format!("线下 {}", self.amount.show()),
            other => format!("{} {}", other.name(), self.amount.show()),
        }
    }

    /// Where it goes and when it is there, as the buyer is told before; `to_balance`: the buyer agreed to the balance instead (S73).
    pub fn promise(self, to_balance: bool) -> String {
        let named = self.named();
        match self.tender {
            _ if self.never_collected => format!("{named} 未收款，无需退款"),
            _ if to_balance && self.leaves_the_house() => format!("{} 退到本店余额，即时到账", self.amount.show()),
            Tender::Points => format!("{named}即时退回积分账户"),
            Tender::Balance => format!("{named} 退回本店余额，即时到账"),
            Tender::Wechat | Tender::Alipay => format!("{named} 原路退回，一般 1–3 个工作日到账"),
            Tender::Cod => format!("{named} 由商家线下退到您填写的退款账户"),
            Tender::Offline => format!("{named} 由商家线下退回"),
        }
    }
}

/// `¥15.00`, or with several tenders `微信支付 ¥15.00、2,000 积分`; what nobody collected is not in it. Empty if there is nothing.
pub fn amounts(parts: &[Part]) -> String {
    let there: Vec<Part> = parts.iter().copied().filter(|part| !part.never_collected).collect();
    match there.as_slice() {
        [] => String::new(),
        [one] => one.tender.show(one.amount),
        many => many.iter().map(|part| part.named()).collect::<Vec<_>>().join("、"),
    }
}

/// An amount that is a part of these, in their unit: what was paid in points alone comes back as points.
pub fn share_in_words(parts: &[Part], amount: Money) -> String {
    let points = !parts.is_empty() && parts.iter().all(|part| part.tender == Tender::Points);
    if points { Tender::Points.show(amount) } else { amount.show() }
}

/// `微信支付 ¥15.00 原路退回，…；2,000 积分即时退回积分账户`.
pub fn promises(parts: &[Part], to_balance: bool) -> String {
    parts.iter().map(|part| part.promise(to_balance)).collect::<Vec<_>>().join("；")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(tender: Tender, never_collected: bool) -> Part {
        Part { tender, amount: Money(1_200), never_collected }
    }

    #[test]
    fn one_tender_is_told_by_its_amount_and_several_by_their_names() {
        assert_eq!(amounts(&[part(Tender::Points, false)]), "1,200 积分");
        assert_eq!(amounts(&[part(Tender::Wechat, false)]), "¥12.00");
        assert_eq!(amounts(&[part(Tender::Balance, false), part(Tender::Points, false)]), "余额 ¥12.00、1,200 积分");
        assert_eq!(amounts(&[part(Tender::Points, false), part(Tender::Cod, true)]), "1,200 积分");
        assert_eq!(amounts(&[part(Tender::Cod, true)]), "");
    }

    #[test]
    fn only_what_a_gateway_pays_takes_days() {
        for tender in Tender::ALL {
            let promise = part(tender, false).promise(false);
            assert_eq!(promise.contains("工作日"), tender.is_online(), "{promise}");
            assert_eq!(promise.contains("原路"), tender.is_online(), "{promise}");
            assert_eq!(promise.contains('¥'), tender != Tender::Points, "{promise}");
        }
        assert_eq!(part(Tender::Cod, true).promise(false), "货到付款 ¥12.00 未收款，无需退款");
        assert_eq!(part(Tender::Cod, false).promise(true), "¥12.00 退到本店余额，即时到账");
        assert_eq!(part(Tender::Points, false).promise(true), "1,200 积分即时退回积分账户");
    }
}
