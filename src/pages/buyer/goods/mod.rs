//! Goods: the shop front, a product, what is said of it. May name `money`.

pub mod front;
pub mod product;
pub mod review;
