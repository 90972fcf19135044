//! What is typed into, chosen and pressed. May name other views.

mod button;
mod choice;
mod date_field;
mod dialog_form;
mod field;
mod file_field;
mod form_errors;
mod quantity;
mod radio_cards;
mod search_box;
mod stars;

pub use button::*;
pub use choice::*;
pub use date_field::*;
pub use dialog_form::*;
pub use field::*;
pub use file_field::*;
pub use form_errors::*;
pub use quantity::*;
pub use radio_cards::*;
pub use search_box::*;
pub use stars::*;
