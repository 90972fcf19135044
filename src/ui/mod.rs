//! Pure views: finished values in, markup out; no signals, no data. Pages and islands are put together from these.

mod address;
mod badge;
mod button;
mod buyer_frame;
mod card;
mod choice;
mod copyable;
mod date_field;
mod dialog_form;
mod drawing;
mod field;
mod file_field;
mod flag;
mod form_errors;
mod goods;
mod icon;
mod key_values;
mod list_links;
mod list_row;
mod merchant_frame;
mod narrow_frame;
mod notice;
mod pagination;
mod picture;
mod price;
mod quantity;
mod radio_cards;
mod review_block;
mod search_box;
mod stars;
mod stat;
mod steps;
mod table;
mod tabs;
mod theme_choice;
mod ticket;
mod time_left;
mod timeline;
mod trend;
mod unbroken;
pub mod urgency;

pub use address::*;
pub use badge::*;
pub use button::*;
pub use buyer_frame::*;
pub use card::*;
pub use choice::*;
pub use copyable::*;
pub use date_field::*;
pub use dialog_form::*;
pub use drawing::*;
pub use field::*;
pub use file_field::*;
pub use flag::*;
pub use form_errors::*;
pub use goods::*;
pub use icon::*;
pub use key_values::*;
pub use list_links::*;
pub use list_row::*;
pub use merchant_frame::*;
pub use narrow_frame::*;
pub use notice::*;
pub use pagination::*;
pub use picture::*;
pub use price::*;
pub use quantity::*;
pub use radio_cards::*;
pub use review_block::*;
pub use search_box::*;
pub use stars::*;
pub use stat::*;
pub use steps::*;
pub use table::*;
pub use tabs::*;
pub use theme_choice::*;
pub use ticket::*;
pub use time_left::*;
pub use timeline::*;
pub use trend::*;
pub use unbroken::*;

/// The id of an input: its name, behind a prefix where two forms of a page share a name.
pub(crate) fn field_id(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}-{name}") }
}

/// `Some` unless the text is empty: an attribute that is left out rather than empty.
pub(crate) fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
