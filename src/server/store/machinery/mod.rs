//! Rows of what runs by itself, and of what the database knows of itself. Names no rows of a trade.

pub mod clocks;
pub mod installation;
pub mod periodic;
pub mod pictures;
pub mod work;
