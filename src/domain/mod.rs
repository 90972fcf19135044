//! The rules of the trade, pure: no clock, no database, no network. Everything else is built around these types.

pub mod actor;
pub mod address;
pub mod after_sale;
pub mod anomaly;
pub mod bill;
pub mod calendar;
pub mod carrier;
pub mod coupon;
pub mod event;
pub mod field_error;
pub mod id;
pub mod money;
pub mod order;
pub mod payment;
pub mod points;
pub mod policy;
pub mod refund_account;
pub mod refusal;
pub mod review;
pub mod time;

pub use actor::{Actor, Permission, Role};
pub use address::Address;
pub use anomaly::{AnomalyKind, Resolution};
pub use calendar::{Day, Month};
pub use carrier::{Carrier, Parcel};
pub use coupon::CouponTerms;
pub use event::{Effect, EventKind};
pub use field_error::{FieldErrors, Parsed};
pub use id::*;
pub use money::Money;
pub use payment::Tender;
pub use policy::ShopPolicy;
pub use refund_account::RefundAccount;
pub use refusal::Refusal;
pub use time::Timestamp;
