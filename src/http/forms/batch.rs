//! What is said where a batch begins.

use crate::domain::{BatchAnswer, BatchDecision, Parsed};
use crate::http::form::Form;

/// Reads `return_address` or `reject_reason`, as the batch's decision asks for it.
pub fn answer(decision: BatchDecision, form: &Form) -> Parsed<BatchAnswer> {
    BatchAnswer::parse(decision, form.get("return_address"), form.get("reject_reason"))
}
