//! The shop itself: its rules, and where it takes returns. Names no other trade.

pub mod return_addresses;
pub mod settings;
