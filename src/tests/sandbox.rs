//! The sandbox behind its doors: cashier, console, switches and callbacks, reached through WeChat Pay's door.
#![expect(clippy::unwrap_used, reason = "a test whose town does not stand stops there")]

mod callbacks;
pub mod ear;
mod money;
mod people;
pub mod stand;
pub mod support;
mod switches;
