//! Pure views: finished values in, markup out; no signals, no data. Pages and islands are put together from these.

mod forms;
mod frames;
mod lists;
mod marks;
mod trade;

pub use forms::*;
pub use frames::*;
pub use lists::*;
pub use marks::*;
pub use trade::*;

/// The id of an input: its name, behind a prefix where two forms of a page share a name.
pub(crate) fn field_id(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}-{name}") }
}

/// `Some` unless the text is empty: an attribute that is left out rather than empty.
pub(crate) fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
