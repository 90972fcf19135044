//! Rows of what is paid, goes back, is owed and is reconciled. Names no rows of another trade.

pub mod anomalies;
pub mod bills;
pub mod coupons;
pub mod ledger_checks;
pub mod payments;
pub mod refunds;
pub mod wallet;
