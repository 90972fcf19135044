//! Money: the wallet and the coupons. Names no other trade.

pub mod coupons;
pub mod wallet;
