//! After-sales: what waits, one case, many at once. May name `money`.

mod after_sale;
pub(super) mod batches;
pub mod list;
