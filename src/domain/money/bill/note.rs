//! What somebody who has looked into a difference says of it.

use super::Entry;
use crate::domain::field_error::{FieldErrors, Parsed};

/// How a difference of a bill stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifferenceNote {
    /// Which difference of the bill it is.
    pub entry: Entry,
    pub number: String,
    words: String,
}

impl DifferenceNote {
    /// Reads the words from the field `note`: 2 to 200 characters.
    pub fn parse(entry: Entry, number: &str, words: &str) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        let words = errors.text("note", words, 2, 200, "请写明处理结果，至少两个字");
        words.map(|words| Self { entry, number: number.to_owned(), words }).ok_or(errors)
    }

    pub fn words(&self) -> &str {
        &self.words
    }
}
