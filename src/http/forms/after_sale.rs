//! The shop's forms on a case.

use crate::domain::after_sale::{Freight, Inspected, RejectionWords};
use crate::domain::{FieldErrors, OrderLineId, Parsed, ReturnAddressId, Voucher};
use crate::http::form::Form;
use crate::server::after_sales::{ManualRefund, RefundAgreement, Rejection, ReturnApproval};

/// The box that says: pay, although the goods are not back.
pub const GOODS_NOT_BACK: &str = "goods_not_back";

/// Reads `reject_reason`, with the pictures in `reject_evidence`.
pub fn rejection(form: &Form) -> Parsed<Rejection> {
    let words = RejectionWords::parse(form.get("reject_reason"))?;
    Ok(Rejection { words, pictures: form.files("reject_evidence") })
}

/// Reads `return_address`, one of the shop's, and `refuse_collect`.
pub fn return_approval(form: &Form) -> Parsed<ReturnApproval> {
    let to = form.get("return_address").parse().map_err(|_| FieldErrors::one("return_address", "请选择退货地址"))?;
    Ok(ReturnApproval { to: ReturnAddressId(to), refuse_collect: form.has("refuse_collect") })
}

/// Reads `refund_freight`, which adds the freight of goods that were never sent (M5), and `goods_not_back`.
pub fn refund_agreement(form: &Form) -> RefundAgreement {
    let freight = if form.has("refund_freight") { Freight::Added } else { Freight::ByRule };
    RefundAgreement { freight, without_goods: form.has(GOODS_NOT_BACK) }
}

/// Reads `voucher`, `consent` and `goods_not_back`.
pub fn manual_refund(form: &Form) -> Parsed<ManualRefund> {
    let voucher = Voucher::parse(form.get("voucher"))?;
    Ok(ManualRefund { voucher, consent: form.has("consent"), without_goods: form.has(GOODS_NOT_BACK) })
}

/// Reads `good_{line}`, `defective_{line}` and `missing_{line}`; a line with what is no number of units has not been counted.
pub fn inspection(form: &Form) -> Vec<Inspected> {
    let counted = ["good_", "defective_", "missing_"].map(|prefix| form.numbers(prefix));
    let mut lines: Vec<i64> = counted.iter().flatten().map(|(line, _)| *line).collect();
    lines.sort_unstable();
    lines.dedup();
    let units = |line: i64, counted: &[(i64, Option<i64>)]| {
        let typed = counted.iter().find(|(id, _)| *id == line).map_or(Some(0), |(_, units)| *units);
        typed.and_then(|units| u32::try_from(units).ok()).map(i64::from)
    };
    let inspected = |line: i64| {
        let [good, defective, missing] = [0, 1, 2].map(|what| units(line, &counted[what]));
        Some(Inspected { line_id: OrderLineId(line), good: good?, defective: defective?, missing: missing? })
    };
    lines.into_iter().filter_map(inspected).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inspection_is_read_line_by_line() {
        let found = |line: i64, good: i64, defective: i64| Inspected { line_id: OrderLineId(line), good, defective, missing: 0 };
        let form = Form::of(&[("good_7", "2"), ("defective_7", ""), ("missing_7", "0"), ("defective_8", "1"), ("good_8", "1")]);
        assert_eq!(inspection(&form), [found(7, 2, 0), found(8, 1, 1)]);
    }

    #[test]
    fn what_is_no_number_of_units_counts_for_nothing() {
        for typed in ["-1", "两", "9223372036854775807"] {
            assert!(inspection(&Form::of(&[("good_7", typed), ("missing_7", "1")])).is_empty(), "{typed}");
        }
    }

    #[test]
    fn each_decision_asks_for_its_own_field() {
        let form = Form::default();
        let wrong = [rejection(&form).err(), return_approval(&form).err(), manual_refund(&form).err()];
        assert_eq!(wrong.map(|errors| errors.unwrap_or_default().fields().join(" ")), ["reject_reason", "return_address", "voucher"]);
    }
}
