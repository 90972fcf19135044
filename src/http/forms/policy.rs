//! The form of the shop's rules, written and read.

use crate::domain::shop::policy::rules::{MONEY_RULES, number_rules};
use crate::domain::{FieldErrors, Parsed, ShopPolicy};
use crate::http::form::Form;

const EXCHANGE: &str = "exchange_before_receipt";

/// The rules as they are typed into the form.
pub fn typed(policy: &ShopPolicy) -> Form {
    let mut form = Form::default();
    for rule in number_rules() {
        form.set(rule.name, rule.of(policy).to_string());
    }
    for rule in &MONEY_RULES {
        form.set(rule.name, rule.of(policy).plain());
    }
    if policy.exchange_before_receipt {
        form.set(EXCHANGE, "1");
    }
    form
}

/// Reads every rule; what is out of bounds is said beside its field.
pub fn rules(form: &Form) -> Parsed<ShopPolicy> {
    let mut errors = FieldErrors::default();
    let mut policy = ShopPolicy { exchange_before_receipt: form.has(EXCHANGE), ..ShopPolicy::default() };
    for rule in number_rules() {
        if let Some(number) = errors.check(rule.name, rule.parse(form.get(rule.name))) {
            rule.put(&mut policy, number);
        }
    }
    for rule in &MONEY_RULES {
        if let Some(amount) = errors.check(rule.name, rule.parse(form.get(rule.name))) {
            rule.put(&mut policy, amount);
        }
    }
    if errors.is_empty() { Ok(policy) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Money;

    #[test]
    fn what_is_shown_is_read_back_the_same() {
        let policy = ShopPolicy { exchange_before_receipt: true, freight: Money(1_250), ..ShopPolicy::default() };
        assert_eq!(rules(&typed(&policy)), Ok(policy));
    }

    #[test]
    fn every_rule_out_of_bounds_is_named() {
        let mut form = typed(&ShopPolicy::default());
        for (name, value) in [("pay_minutes", "0"), ("answer_hours", "2.5"), ("freight", "-1"), ("free_freight_from", "1000000")] {
            form.set(name, value);
        }
        let errors = rules(&form).err().unwrap_or_default();
        assert_eq!(errors.fields(), ["pay_minutes", "answer_hours", "freight", "free_freight_from"]);
        assert_eq!(errors.of("pay_minutes").as_deref(), Some("「未付款自动关闭」请填写 5 到 10080 之间的整数"));
    }
}
