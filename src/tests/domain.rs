//! The rules of the trade, read as their specification: no database, no server, no clock but the one in the test's hand.
#![expect(clippy::unwrap_used, reason = "a test whose scene cannot be set stops there")]

mod claims;
mod eligibility;
mod machine_after_sale;
mod machine_clocks;
mod machine_guards;
mod machine_order;
mod machine_payment;
mod machine_refund;
mod money_properties;
mod money_rules;
mod order_clocks;
mod paths;
pub mod people;
pub mod shop;
pub mod steps;
