//! What finance says of a refund that no channel pays by itself.

use crate::domain::money::way_back::Elsewhere;
use crate::domain::{FieldErrors, Parsed, Voucher};
use crate::http::form::Form;
use crate::server::money::refunds::{BuyerCard, OutsideRefund, Redirection};

/// Reads `voucher` and `consent`.
pub fn outside_refund(form: &Form) -> Parsed<OutsideRefund> {
    Ok(OutsideRefund { voucher: Voucher::parse(form.get("voucher"))?, consent: form.has("consent") })
}

/// Reads `to`, and for a card `bank`, `name`, `account` and `consent`.
pub fn redirection(form: &Form) -> Parsed<Redirection> {
    match Elsewhere::from_code(form.get("to")) {
        Some(Elsewhere::MerchantAccount) => Ok(Redirection::MerchantAccount),
        Some(Elsewhere::BuyerCard) => {
            let card = BuyerCard::parse(form.get("bank"), form.get("name"), form.get("account"), form.has("consent"))?;
            Ok(Redirection::BuyerCard(card))
        }
        None => Err(FieldErrors::one("to", "请选择退款退到哪里")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(fields: &[(&str, &str)]) -> String {
        redirection(&Form::of(fields)).err().unwrap_or_default().fields().join(" ")
    }

    #[test]
    fn a_card_is_asked_for_field_by_field_and_the_shops_own_account_for_nothing() {
        assert_eq!((wrong(&[]), wrong(&[("to", "merchant_account")])), ("to".to_owned(), String::new()));
        assert_eq!(wrong(&[("to", "buyer_card")]), "bank name account consent");
        let card =
            [("to", "buyer_card"), ("bank", "ICBC_DEBIT"), ("name", "王小明"), ("account", "6222 0200 0000 0000 000"), ("consent", "1")];
        assert_eq!(wrong(&card), "");
        assert_eq!(wrong(&card[..4]), "consent");
    }
}
