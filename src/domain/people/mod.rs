//! People: who acts, who may what, how they are reached. Names no other trade.

pub mod actor;
pub mod address;
pub mod authority;
pub mod deed;
pub mod logged_in;
pub mod overtaken;
pub mod phone;
