//! Money: what a step comes to, its way back, what lies in wallets, and whether the books are right. Names no other trade.

pub mod anomalies;
pub mod bills;
pub mod coupons;
pub mod effects;
pub mod ledger;
pub mod points;
pub mod refunds;
pub mod wallet;
