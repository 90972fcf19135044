//! The pages of the shop's staff.

pub mod after_sales;
mod came_open;
pub mod frame;
pub mod goods;
mod money;
pub mod orders;
pub mod people;
pub mod shop;
mod span;
mod task;
mod viewer;

use crate::server::app::App;
use axum::Router;
use std::sync::Arc;

/// Pages without a log-in.
pub fn open_routes() -> Router<Arc<App>> {
    people::login::routes()
}

/// The shop itself: goods, reviews, addresses, rules, notices.
pub fn shop_routes() -> Router<Arc<App>> {
    Router::new()
        .merge(people::account::routes())
        .merge(money::coupons::routes())
        .merge(people::members::routes())
        .merge(people::messages::routes())
        .merge(goods::products::routes())
        .merge(shop::return_addresses::routes())
        .merge(goods::reviews::routes())
        .merge(shop::settings::routes())
        .merge(people::staff::routes())
}

/// Orders, after-sales and the money that goes back.
pub fn order_routes() -> Router<Arc<App>> {
    Router::new()
        .merge(after_sales::list::routes())
        .merge(money::anomalies::routes())
        .merge(after_sales::batches::routes())
        .merge(money::ledger::routes())
        .merge(orders::list::routes())
        .merge(money::reconciliation::routes())
}
