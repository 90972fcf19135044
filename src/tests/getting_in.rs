//! Getting in, and keeping others out: limits, passwords, links, sessions, headers (A2, A3, A7).

mod account;
mod headers;
mod limits;
mod links;
mod logs;
mod passwords;
mod reading;
mod sessions;
mod staff;
