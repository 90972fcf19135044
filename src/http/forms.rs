//! What the forms of the trade are read into: one function a form, named by what it gives.

/// Sent with a form that is not meant yet: its page is drawn with what is typed, and nothing is done.
pub const RECOUNT: &str = "recount";

/// The fields of such a form: by the browser part, by 「添加包裹」, by 「删除包裹」, and by Enter in a field.
pub const REDRAWN: [&str; 4] = [RECOUNT, "add_parcel", "remove_parcel", "stay"];

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
pub mod shipping;
pub mod staff;
pub mod wallet;
