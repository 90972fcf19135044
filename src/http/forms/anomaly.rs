//! What finance says of money that is in no books.

use crate::domain::{FieldErrors, Parsed, Voucher};
use crate::http::form::Form;
use crate::server::anomalies::UnbookedDecision;

/// Reads `decision`, and for money that was given back outside `voucher` and `consent`.
pub fn decision(form: &Form) -> Parsed<UnbookedDecision> {
    match form.get("decision") {
        "send_back" => Ok(UnbookedDecision::SendBack),
        "accept" => Ok(UnbookedDecision::Accept),
        "outside" => outside(form),
        _ => Err(FieldErrors::one("decision", "请选择这笔钱怎样处理")),
    }
}

fn outside(form: &Form) -> Parsed<UnbookedDecision> {
    let (voucher, mut errors) = match Voucher::parse(form.get("voucher")) {
        Ok(voucher) => (Some(voucher), FieldErrors::default()),
        Err(errors) => (None, errors),
    };
    if !form.has("consent") {
        errors.add("consent", "这笔钱可以原路退回，线下退款须先征得买家同意");
    }
    voucher.filter(|_| errors.is_empty()).map(UnbookedDecision::Outside).ok_or(errors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_paid_outside_needs_a_voucher_and_consent() {
        let wrong = |fields: &[(&str, &str)]| decision(&Form::of(fields)).err().unwrap_or_default().fields().join(" ");
        assert_eq!((wrong(&[]), wrong(&[("decision", "accept")])), ("decision".to_owned(), String::new()));
        assert_eq!(wrong(&[("decision", "outside")]), "voucher consent");
        assert_eq!(wrong(&[("decision", "outside"), ("voucher", "银行转账"), ("consent", "1")]), "");
    }
}
