//! The server's side: use-cases, one function a verb, where transactions begin and end; under them the store and the gateways.
//! They are grouped by trade; what stands here itself is named by every group, or calls them all, as the jobs do.

pub mod after_sales;
pub mod anomalies;
pub mod app;
pub mod callbacks;
pub mod clock;
pub mod ctx;
pub mod db;
pub mod error;
pub mod goods;
pub mod health;
pub mod jobs;
pub mod limits;
pub mod machinery;
pub mod money;
pub mod people;
pub mod shop;

pub mod orders;
pub mod payments;
pub mod store;

pub use store::Slice;
