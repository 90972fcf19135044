//! Amounts in a sentence: as they are, or hidden from roles that do not see money.

use crate::domain::money::way_back::Part;
use crate::domain::{Granted, Money, SeeMoney, Tender};
use std::borrow::Cow;

/// May the reader see amounts?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amounts {
    Shown,
    Hidden,
}

impl Amounts {
    pub fn of(granted: Option<Granted<SeeMoney>>) -> Self {
        if granted.is_some() { Self::Shown } else { Self::Hidden }
    }

    /// `¥15.00`, or `¥***`.
    pub fn money(self, amount: Money) -> String {
        match self {
            Self::Shown => amount.show(),
            Self::Hidden if amount.0 < 0 => "−¥***".to_owned(),
            Self::Hidden => "¥***".to_owned(),
        }
    }

    /// With its sign: `+¥15.00`, `−¥15.00`.
    pub fn change(self, amount: Money) -> String {
        if amount.0 > 0 { format!("+{}", self.money(amount)) } else { self.money(amount) }
    }

    /// `¥15.00`, or `1,500 积分`.
    pub fn of_tender(self, tender: Tender, amount: Money) -> String {
        match tender {
            Tender::Points if self == Self::Hidden => "*** 积分".to_owned(),
            Tender::Points => tender.show(amount),
            Tender::Balance | Tender::Wechat | Tender::Alipay | Tender::Cod | Tender::Offline => self.money(amount),
        }
    }

    /// `余额 ¥5.00`, `2,000 积分`.
    pub fn named(self, tender: Tender, amount: Money) -> String {
        let amount = self.of_tender(tender, amount);
        if tender == Tender::Points { amount } else { format!("{} {amount}", tender.name()) }
    }

    /// The same of what goes back; what was paid outside goes back 线下.
    pub fn part(self, part: Part) -> String {
        if part.tender == Tender::Offline { format!("线下 {}", self.money(part.amount)) } else { self.named(part.tender, part.amount) }
    }

    /// `¥15.00`, or with several tenders `微信支付 ¥15.00、2,000 积分`; what nobody collected is not in it. Empty if there is nothing.
    pub fn parts(self, parts: &[Part]) -> String {
        let there: Vec<Part> = parts.iter().copied().filter(|part| !part.never_collected).collect();
        match there.as_slice() {
            [] => String::new(),
            [one] => self.of_tender(one.tender, one.amount),
            many => many.iter().map(|part| self.part(*part)).collect::<Vec<_>>().join("、"),
        }
    }

    /// An amount that is a share of these, in their unit: what was paid in points alone comes back as points.
    pub fn share(self, parts: &[Part], amount: Money) -> String {
        let points = !parts.is_empty() && parts.iter().all(|part| part.tender == Tender::Points);
        if points { self.of_tender(Tender::Points, amount) } else { self.money(amount) }
    }

    /// The same of several.
    pub fn promises(self, parts: &[Part], to_balance: bool) -> String {
        parts.iter().map(|part| self.promise(*part, to_balance)).collect::<Vec<_>>().join("；")
    }

    /// Where a part goes and when it is there; `to_balance`: the buyer agreed to the balance instead (S73).
    pub fn promise(self, part: Part, to_balance: bool) -> String {
        let named = self.part(part);
        if part.never_collected {
            return format!("{named} 未收款，无需退款");
        }
        if to_balance && part.leaves_the_house() {
            return format!("{} 退到本店余额，即时到账", self.money(part.amount));
        }
        match part.tender {
            Tender::Points => format!("{named}即时退回积分账户"),
            Tender::Balance => format!("{named} 退回本店余额，即时到账"),
            Tender::Wechat | Tender::Alipay => format!("{named} 原路退回，一般 1–3 个工作日到账"),
            Tender::Cod => format!("{named} 由商家线下退到您填写的退款账户"),
            Tender::Offline => format!("{named} 由商家线下退回"),
        }
    }

    /// What a person typed; an amount that they wrote with its sign is hidden like ours.
    pub fn typed(self, words: &str) -> Cow<'_, str> {
        match self {
            Self::Shown => Cow::Borrowed(words),
            Self::Hidden => Cow::Owned(without_amounts(words)),
        }
    }
}

/// Every amount reads `¥***`, points `*** 积分`.
fn without_amounts(words: &str) -> String {
    let is_amount = |sign: char| sign.is_ascii_digit() || matches!(sign, ',' | '.');
    let mut parts = words.split('¥');
    let first = parts.next().unwrap_or_default().to_owned();
    let hidden = parts.fold(first, |said, part| said + "¥***" + part.trim_start_matches(is_amount));
    let mut parts = hidden.split(" 积分");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, part| said.trim_end_matches(is_amount).to_owned() + "*** 积分" + part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(tender: Tender, never_collected: bool) -> Part {
        Part { tender, amount: Money(1_200), never_collected }
    }

    #[test]
    fn one_tender_is_told_by_its_amount_and_several_by_their_names() {
        let amounts = |parts: &[Part]| Amounts::Shown.parts(parts);
        assert_eq!(amounts(&[part(Tender::Points, false)]), "1,200 积分");
        assert_eq!(amounts(&[part(Tender::Wechat, false)]), "¥12.00");
        assert_eq!(amounts(&[part(Tender::Balance, false), part(Tender::Points, false)]), "余额 ¥12.00、1,200 积分");
        assert_eq!(amounts(&[part(Tender::Points, false), part(Tender::Cod, true)]), "1,200 积分");
        assert_eq!(amounts(&[part(Tender::Cod, true)]), "");
        assert_eq!(Amounts::Hidden.parts(&[part(Tender::Balance, false), part(Tender::Points, false)]), "余额 ¥***、*** 积分");
    }

    #[test]
    fn only_what_a_gateway_pays_takes_days() {
        let promise = |part, to_balance| Amounts::Shown.promise(part, to_balance);
        for tender in Tender::ALL {
            let promise = promise(part(tender, false), false);
            assert_eq!(promise.contains("工作日"), tender.is_online(), "{promise}");
            assert_eq!(promise.contains("原路"), tender.is_online(), "{promise}");
            assert_eq!(promise.contains('¥'), tender != Tender::Points, "{promise}");
        }
        assert_eq!(promise(part(Tender::Cod, true), false), "货到付款 ¥12.00 未收款，无需退款");
        assert_eq!(promise(part(Tender::Cod, false), true), "¥12.00 退到本店余额，即时到账");
        assert_eq!(promise(part(Tender::Points, false), true), "1,200 积分即时退回积分账户");
    }

    #[test]
    fn typed_amounts_are_hidden_and_the_rest_is_kept() {
        assert_eq!(Amounts::Hidden.typed("商家改价：商品 −¥1,010.00，应付 ¥91.00"), "商家改价：商品 −¥***，应付 ¥***");
        assert_eq!(Amounts::Hidden.typed("微信支付 ¥269.00、1,500 积分"), "微信支付 ¥***、*** 积分");
        assert_eq!(Amounts::Hidden.typed("买家确认收货"), "买家确认收货");
        assert_eq!(Amounts::Hidden.change(Money(-5)), "−¥***");
        assert_eq!(Amounts::Hidden.change(Money(5)), "+¥***");
    }
}
