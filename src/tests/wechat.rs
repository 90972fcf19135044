//! The adapter to WeChat Pay and the sandbox's WeChat Pay, over real HTTP.
#![expect(clippy::unwrap_used, reason = "a test whose town does not stand stops there")]

mod abnormal;
mod answers;
mod check;
mod door;
mod faults;
pub mod forgery;
mod limits;
mod login;
mod payments;
mod refunds;
pub mod support;
