//! The rules a shop sets for itself: clocks, limits, freight (S11). Running clocks keep the time they were given.

use super::ctx::Staff;
use super::error::{Error, Result};
use super::overtaken;
use super::store::audits::{self, Audit};
use super::store::people;
use crate::domain::text;
use crate::domain::{AuditedDeed, FieldErrors, Money, Parsed, Permission, ShopPolicy};
use crate::http::form::Form;

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
fn number_rules() -> impl Iterator<Item = &'static NumberRule> {
    ORDER_RULES.iter().chain(&AFTER_SALE_RULES).chain(&POINT_RULES)
}

/// Limits and freight.
pub static MONEY_RULES: [MoneyRule; 3] = [
    money_rule!(service_refund_limit, "客服退款上限", 10_000_000, "客服可直接同意的退款金额，超过需财务或店主处理"),
    money_rule!(freight, "运费", 100_000, "每笔订单收取的固定运费"),
    money_rule!(free_freight_from, "满额包邮", 10_000_000, "商品金额达到后免运费，填 0 表示不包邮"),
];

/// What the trail of the shop calls its rules.
const SUBJECT: &str = "policy";

const EXCHANGE: &str = "exchange_before_receipt";

/// The rules as they are typed into the form.
pub fn typed(policy: &ShopPolicy) -> Form {
    let mut form = Form::default();
    for rule in number_rules() {
        form.set(rule.name, (rule.get)(policy).to_string());
    }
    for rule in &MONEY_RULES {
        form.set(rule.name, (rule.get)(policy).plain());
    }
    if policy.exchange_before_receipt {
        form.set(EXCHANGE, "1");
    }
    form
}

/// Changes the shop's rules, if nobody changed them since the form was drawn: `before` is what it showed.
pub async fn change(staff: &Staff, form: &Form) -> Result<()> {
    staff.require(Permission::ChangePolicy)?;
    let mut tx = staff.app.db.write().await?;
    if form.get("before") != fingerprint(&staff.shop.policy) {
        return Err(overtaken::in_trail(tx.conn(), staff, SUBJECT, "修改了设置").await);
    }
    let policy = parse(form)?;
    match people::save_policy(tx.conn(), staff.shop.id, &staff.shop.policy, &policy).await {
        Err(Error::Stale) => return Err(overtaken::in_trail(tx.conn(), staff, SUBJECT, "修改了设置").await),
        other => other?,
    }
    let audit =
        Audit { shop: staff.shop.id, actor: &staff.actor, deed: AuditedDeed::PolicyChanged, subject: SUBJECT, detail: "", at: staff.now };
    audits::record(tx.conn(), staff.app.new_id(), &audit).await?;
    tx.commit().await?;
    tracing::info!(shop = staff.shop.id.0, staff = staff.actor.id(), ?policy, "the shop's rules were changed");
    Ok(())
}

/// The rules in one line, to notice that they are no longer those on the page.
pub fn fingerprint(policy: &ShopPolicy) -> String {
    let numbers = number_rules().map(|rule| (rule.get)(policy));
    let amounts = MONEY_RULES.iter().map(|rule| (rule.get)(policy).0);
    let parts: Vec<String> =
        numbers.chain(amounts).chain([i64::from(policy.exchange_before_receipt)]).map(|part| part.to_string()).collect();
    parts.join("-")
}

fn parse(form: &Form) -> Parsed<ShopPolicy> {
    let mut errors = FieldErrors::default();
    let mut policy = ShopPolicy { exchange_before_receipt: form.has(EXCHANGE), ..ShopPolicy::default() };
    for rule in number_rules() {
        let number = text::legible(form.get(rule.name)).parse().ok().filter(|number| (rule.least..=rule.most).contains(number));
        let wrong = || format!("「{}」请填写 {} 到 {} 之间的整数", rule.label, rule.least, rule.most);
        if let Some(number) = errors.check(rule.name, number.ok_or_else(wrong)) {
            (rule.set)(&mut policy, number);
        }
    }
    for rule in &MONEY_RULES {
        let amount = Money::parse(form.get(rule.name)).map_err(|words| format!("「{}」{words}", rule.label));
        let within = amount
            .and_then(|amount| if amount <= rule.most { Ok(amount) } else { Err(format!("「{}」最多 {}", rule.label, rule.most.show())) });
        if let Some(amount) = errors.check(rule.name, within) {
            (rule.set)(&mut policy, amount);
        }
    }
    if errors.is_empty() { Ok(policy) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read_back_the_same() {
        let policy = ShopPolicy { exchange_before_receipt: true, freight: Money(1_250), ..ShopPolicy::default() };
        assert_eq!(parse(&typed(&policy)), Ok(policy));
    }

    #[test]
    fn every_rule_out_of_bounds_is_named() {
        let mut form = typed(&ShopPolicy::default());
        for (name, value) in [("pay_minutes", "0"), ("answer_hours", "2.5"), ("freight", "-1"), ("free_freight_from", "1000000")] {
            form.set(name, value);
        }
        let errors = parse(&form).err().unwrap_or_default();
        assert_eq!(errors.fields(), ["pay_minutes", "answer_hours", "freight", "free_freight_from"]);
        assert_eq!(errors.of("pay_minutes").as_deref(), Some("「未付款自动关闭」请填写 5 到 10080 之间的整数"));
    }

    #[test]
    fn a_change_of_any_rule_shows() {
        let changed = ShopPolicy { revise_days: 8, ..ShopPolicy::default() };
        assert_ne!(fingerprint(&changed), fingerprint(&ShopPolicy::default()));
    }
}
