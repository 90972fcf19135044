//! What proves a refund that was paid outside: the number of a transfer, or words about a receipt (S74).

use crate::domain::field_error::{FieldErrors, Parsed};

/// In 2 to 200 characters; the buyer can read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voucher(String);

impl Voucher {
    /// Reads the field `voucher`.
    pub fn parse(typed: &str) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        let words = errors.text("voucher", typed, 2, 200, "请填写线下退款的凭证号或说明");
        words.map(Self).ok_or(errors)
    }

    pub fn words(&self) -> &str {
        &self.0
    }

    pub fn into_words(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_something_and_not_too_much() {
        assert_eq!(Voucher::parse(" 银行转账 6621 ").map(Voucher::into_words), Ok("银行转账 6621".to_owned()));
        assert!([String::new(), "1".to_owned(), "1".repeat(201)].iter().all(|typed| Voucher::parse(typed).is_err()));
    }
}
