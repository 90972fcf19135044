//! Money: what went back, what went wrong, bills, books and coupons. Names no other trade.

pub(super) mod anomalies;
pub(super) mod coupons;
pub(super) mod ledger;
pub(super) mod reconciliation;
pub(super) mod refunds;
