//! 「充值」, and corrections of a member's wallet.

use crate::domain::{Parsed, WalletChange};
use crate::http::form::Form;

/// Reads `account`, `direction`, `amount` and `reason`.
pub fn change(form: &Form) -> Parsed<WalletChange> {
    WalletChange::parse(form.get("account"), form.get("direction"), form.get("amount"), form.get("reason"))
}
