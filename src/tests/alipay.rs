//! The adapter to Alipay and the sandbox's Alipay, over real HTTP.
#![expect(clippy::unwrap_used, reason = "a test whose town does not stand stops there")]

mod answers;
mod check;
mod faults;
mod forgery;
mod payments;
mod refunds;
mod shop;
pub mod support;
