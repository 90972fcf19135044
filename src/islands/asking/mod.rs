//! Islands that ask the server. Pages with none of them load a browser part without.

mod dialog_links;
mod follow;
mod in_place;
mod page;
mod refusal;
mod renewal;

pub use dialog_links::*;
pub use follow::*;
pub use in_place::*;
