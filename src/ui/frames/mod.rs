//! What stands around a page, and the sheets on it. May name other views.

mod buyer_frame;
mod card;
mod merchant_frame;
mod narrow_frame;
mod theme_choice;

pub use buyer_frame::*;
pub use card::*;
pub use merchant_frame::*;
pub use narrow_frame::*;
pub use theme_choice::*;
