//! Server functions by noun: what a form does, answered where the form stands instead of by a page. The browser calls them, the server runs them; each
//! ends in the same post as the form's page does, with the same words.

mod answer;
pub mod batches;
pub mod cart;
pub mod cases;
pub mod coupons;
mod forms;
pub mod orders;
pub mod shop_cases;
pub mod shop_orders;
mod wire;

pub use answer::{ApiError, DoneInPlace, Refused};
pub use forms::{FORMS, InPlaceForm};
pub use wire::{FormPost, SentForm};
