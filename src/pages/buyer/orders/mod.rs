//! Orders: from the cart to the cashier, and what has become of them. Names no other trade.

pub mod cart;
pub mod checkout;
pub mod list;
pub mod order;
pub mod pay;
