//! Small signs beside words. May name other views.

mod badge;
mod copyable;
mod drawing;
mod flag;
mod icon;
mod notice;
mod time_left;
mod unbroken;
pub mod urgency;

pub use badge::*;
pub use copyable::*;
pub use drawing::*;
pub use flag::*;
pub use icon::*;
pub use notice::*;
pub use time_left::*;
pub use unbroken::*;
