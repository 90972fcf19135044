//! The sandbox gateway and its adapter, over real HTTP.
#![expect(clippy::unwrap_used, reason = "a test whose town does not stand stops there")]

mod callbacks;
mod faults;
mod forgery;
mod payments;
mod people;
mod refunds;
pub mod support;
