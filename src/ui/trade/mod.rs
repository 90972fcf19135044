//! What the shop is about: goods, prices, parcels, coupons. May name other views.

mod address;
mod goods;
mod picture;
mod price;
mod review_block;
mod steps;
mod ticket;
mod timeline;

pub use address::*;
pub use goods::*;
pub use picture::*;
pub use price::*;
pub use review_block::*;
pub use steps::*;
pub use ticket::*;
pub use timeline::*;
