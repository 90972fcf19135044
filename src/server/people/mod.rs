//! People: accounts on either side of the counter, what is kept of them, what they are told. Names no other trade.

pub mod accounts;
pub mod addresses;
pub mod erasure;
pub mod members;
pub mod notices;
pub mod password;
pub mod uploads;
pub mod visitor;
