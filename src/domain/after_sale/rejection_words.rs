//! Why the shop rejects, as the buyer reads it (S42).

use crate::domain::field_error::{FieldErrors, Parsed};

/// In 2 to 300 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectionWords(String);

impl RejectionWords {
    /// Reads the field `reject_reason`.
    pub fn parse(typed: &str) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        let words = errors.text("reject_reason", typed, 2, 300, "请填写驳回原因");
        words.map(Self).ok_or(errors)
    }

    pub fn into_words(self) -> String {
        self.0
    }
}
