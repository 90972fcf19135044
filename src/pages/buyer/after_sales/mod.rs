//! After-sales: asking for one, following it, sending goods back. Names no other trade.

pub mod after_sale;
pub mod apply_after_sale;
pub mod evidence;
pub mod list;
pub mod refund_account;
pub mod revise;
pub mod ship_return;
