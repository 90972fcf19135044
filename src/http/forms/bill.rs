//! The forms of 「对账」: a bill that is uploaded, and what is said of its differences.

use crate::domain::money::bill::{DifferenceNote, Entry};
use crate::domain::{Day, Parsed};
use crate::http::form::Form;
use crate::server::error::{Error, Result};
use crate::server::money::bills::BillUpload;

/// Reads `channel`, `day` and `file`.
pub fn upload(form: &Form, today: Day) -> Parsed<BillUpload> {
    let file = form.files("file").first().map(|file| file.bytes.clone());
    BillUpload::parse(form.get("channel"), form.get("day"), file, today)
}

/// Reads `entry` and `number`, which the page has put there, and `note`. What is no entry is nothing that exists.
pub fn difference_note(form: &Form) -> Result<DifferenceNote> {
    let entry = Entry::from_code(form.get("entry")).ok_or(Error::NotFound)?;
    Ok(DifferenceNote::parse(entry, form.get("number"), form.get("note"))?)
}
