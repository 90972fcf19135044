//! Coupons from the shop's form to the buyer's refund.

mod offers;
mod orders;
mod races;
mod refunds;
