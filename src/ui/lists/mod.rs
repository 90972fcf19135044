//! What holds many: tables, rows, figures, and the ways through them. May name other views.

mod key_values;
mod list_links;
mod list_row;
mod pagination;
mod stat;
mod table;
mod tabs;
mod trend;

pub use key_values::*;
pub use list_links::*;
pub use list_row::*;
pub use pagination::*;
pub use stat::*;
pub use table::*;
pub use tabs::*;
pub use trend::*;
