//! Goods: what lies in the house, and what buyers say of it. Names no other trade.

pub mod products;
pub mod reviews;
