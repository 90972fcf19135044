//! Orders: the list, one order, and what this member of staff must do now. Names no other trade.

pub mod list;
mod order;
mod workbench;
