//! Addresses as buyers and staff type them.

use crate::domain::{Address, Parsed};
use crate::http::form::Form;
use crate::server::people::addresses::AddressEntry;

/// Reads `recipient`, `phone`, `region` and `detail`.
pub fn address(form: &Form) -> Parsed<Address> {
    Address::parse(form.get("recipient"), form.get("phone"), form.get("region"), form.get("detail"))
}

/// An address for a book, with `default`.
pub fn entry(form: &Form) -> Parsed<AddressEntry> {
    Ok(AddressEntry { address: address(form)?, make_default: form.has("default") })
}
