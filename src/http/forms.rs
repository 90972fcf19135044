//! What the forms of the trade are read into: one function a form, named by what it gives.

pub mod address;
pub mod after_sale;
pub mod anomaly;
pub mod application;
pub mod batch;
pub mod bill;
pub mod checkout;
pub mod closing;
pub mod coupon;
pub mod order;
pub mod parcel;
pub mod policy;
mod precondition;
pub mod refund;
pub mod refund_account;
pub mod review;
pub mod staff;
pub mod wallet;
