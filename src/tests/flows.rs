//! The way of an order and of every after-sale, from its first form to its last.

mod by_tender;
mod desktop;
mod early;
mod exchanges;
mod in_wechat;
mod orders;
mod refunds;
mod returns;
mod tenders;
