//! Where a buyer wants money to go that was paid in cash.

use crate::domain::{Parsed, RefundAccount};
use crate::http::form::Form;

/// Reads `kind`, `holder`, `number` and `bank`.
pub fn refund_account(form: &Form) -> Parsed<RefundAccount> {
    RefundAccount::parse(form.get("kind"), form.get("holder"), form.get("number"), form.get("bank"))
}
