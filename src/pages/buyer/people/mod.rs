//! The buyer: getting in, the account, addresses, notices. Names no other trade.

pub mod addresses;
pub mod close_account;
pub mod login;
pub mod logout;
pub mod me;
pub mod messages;
pub mod register;
pub mod security;
