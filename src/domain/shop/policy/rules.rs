//! The rules a shop sets for itself: what each is called, and between which bounds it may lie (S11).

use super::ShopPolicy;
use crate::domain::money::Money;
use crate::domain::text;

/// A rule that is a whole number of something.
pub struct NumberRule {
    pub name: &'static str,
    pub label: &'static str,
    pub unit: &'static str,
    pub least: i64,
    pub most: i64,
    pub explain: &'static str,
    get: fn(&ShopPolicy) -> i64,
    set: fn(&mut ShopPolicy, i64),
}

/// A rule that is an amount of money.
pub struct MoneyRule {
    pub name: &'static str,
    pub label: &'static str,
    pub most: Money,
    pub explain: &'static str,
    get: fn(&ShopPolicy) -> Money,
    set: fn(&mut ShopPolicy, Money),
}

impl NumberRule {
    /// What this policy says of it.
    pub fn of(&self, policy: &ShopPolicy) -> i64 {
        (self.get)(policy)
    }

    pub fn put(&self, policy: &mut ShopPolicy, number: i64) {
        (self.set)(policy, number);
    }

    /// Reads a number within the bounds.
    pub fn parse(&self, typed: &str) -> Result<i64, String> {
        let number = text::legible(typed).parse().ok().filter(|number| (self.least..=self.most).contains(number));
        number.ok_or_else(|| format!("「{}」请填写 {} 到 {} 之间的整数", self.label, self.least, self.most))
    }
}

impl MoneyRule {
    /// What this policy says of it.
    pub fn of(&self, policy: &ShopPolicy) -> Money {
        (self.get)(policy)
    }

    pub fn put(&self, policy: &mut ShopPolicy, amount: Money) {
        (self.set)(policy, amount);
    }

    /// Reads an amount within the bounds.
    pub fn parse(&self, typed: &str) -> Result<Money, String> {
        let amount = Money::parse(typed).map_err(|words| format!("「{}」{words}", self.label))?;
        if amount <= self.most { Ok(amount) } else { Err(format!("「{}」最多 {}", self.label, self.most.show())) }
    }
}

macro_rules! number_rule {
    ($field:ident, $label:literal, $least:literal..=$most:literal $unit:literal, $explain:literal) => {
        NumberRule {
            name: stringify!($field),
            label: $label,
            unit: $unit,
            least: $least,
            most: $most,
            explain: $explain,
            get: |policy| policy.$field,
            set: |policy, value| policy.$field = value,
        }
    };
}

macro_rules! money_rule {
    ($field:ident, $label:literal, $most:literal, $explain:literal) => {
        MoneyRule {
            name: stringify!($field),
            label: $label,
            most: Money($most),
            explain: $explain,
            get: |policy| policy.$field,
            set: |policy, value| policy.$field = value,
        }
    };
}

/// The clocks of an order.
pub static ORDER_RULES: [NumberRule; 4] = [
    number_rule!(pay_minutes, "未付款自动关闭", 5..=10_080 "分钟", "下单后超过这个时间未付款，订单自动关闭并释放库存"),
    number_rule!(auto_receive_days, "自动确认收货", 1..=60 "天", "发货后超过这个时间，系统自动确认收货；有售后时暂停计时"),
    number_rule!(after_sale_days, "售后申请期限", 0..=365 "天", "订单完成后，买家在这个时间内可以申请售后"),
    number_rule!(no_reason_days, "无理由退货期限", 0..=365 "天", "订单完成后，买家在这个时间内可以选七天无理由退货；填 0 表示不支持"),
];

/// The clocks and limits of an after-sale.
pub static AFTER_SALE_RULES: [NumberRule; 7] = [
    number_rule!(answer_hours, "商家处理申请", 1..=240 "小时", "超时未处理，系统自动同意"),
    number_rule!(return_days, "买家寄回商品", 1..=60 "天", "超时未填写退货单号，售后自动关闭"),
    number_rule!(receive_days, "商家确认收到退货", 1..=60 "天", "超时未处理，系统自动退款"),
    number_rule!(revise_days, "驳回后修改申请", 1..=60 "天", "超时未修改，售后自动关闭"),
    number_rule!(reship_hours, "换货发出", 1..=240 "小时", "超时未发出，买家可改为退款"),
    number_rule!(replacement_days, "换货自动确认收货", 1..=60 "天", "超时未确认，换货自动完成"),
    number_rule!(max_applications, "每件商品最多申请", 1..=20 "次", "包含驳回后的修改"),
];

/// What completed orders earn.
pub static POINT_RULES: [NumberRule; 1] =
    [number_rule!(points_per_yuan, "消费送积分", 0..=100 "积分/元", "订单完成后按实付现金赠送，积分抵扣部分不送；填 0 表示不赠送")];

/// Every rule that is a whole number.
pub fn number_rules() -> impl Iterator<Item = &'static NumberRule> {
    ORDER_RULES.iter().chain(&AFTER_SALE_RULES).chain(&POINT_RULES)
}

/// Limits and freight.
pub static MONEY_RULES: [MoneyRule; 3] = [
    money_rule!(service_refund_limit, "客服退款上限", 10_000_000, "客服可直接同意的退款金额，超过需财务或店主处理"),
    money_rule!(freight, "运费", 100_000, "每笔订单收取的固定运费"),
    money_rule!(free_freight_from, "满额包邮", 10_000_000, "商品金额达到后免运费，填 0 表示不包邮"),
];

impl ShopPolicy {
    /// The rules in one line, to notice that they are no longer those on a page.
    pub fn fingerprint(&self) -> String {
        let numbers = number_rules().map(|rule| rule.of(self));
        let amounts = MONEY_RULES.iter().map(|rule| rule.of(self).0);
        let parts: Vec<String> =
            numbers.chain(amounts).chain([i64::from(self.exchange_before_receipt)]).map(|part| part.to_string()).collect();
        parts.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_any_rule_shows() {
        let changed = ShopPolicy { revise_days: 8, ..ShopPolicy::default() };
        assert_ne!(changed.fingerprint(), ShopPolicy::default().fingerprint());
    }
}
