//! What forms do, by noun: read, one verb, and where the sender goes on. A page answers with a redirect, a server function where the form stands.

pub mod batches;
pub mod cart;
pub mod cases;
pub mod coupons;
pub mod orders;
pub mod shop_cases;
pub mod shop_orders;

use crate::server::error::Result;

/// A form has done its work.
#[derive(Debug)]
pub struct Posted {
    /// The page that shows it.
    pub to: String,
    /// What is said of it.
    pub words: &'static str,
    /// What was wanted has not come about: the coupon was gone.
    pub warned: bool,
}

/// What a form comes to.
pub type PostOutcome = Result<Posted>;
