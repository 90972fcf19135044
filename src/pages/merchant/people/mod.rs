//! People: members, staff, their accounts, notices. Names no other trade.

pub(super) mod account;
pub mod login;
pub(super) mod members;
pub mod messages;
pub(super) mod staff;
