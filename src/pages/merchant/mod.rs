//! The pages of the shop's staff.

mod account;
mod after_sale;
pub mod after_sales;
mod anomalies;
mod batches;
mod came_open;
mod coupons;
pub mod frame;
mod ledger;
pub mod login;
mod members;
pub mod messages;
mod order;
pub mod orders;
pub mod products;
mod reconciliation;
mod refunds;
pub mod return_addresses;
pub mod reviews;
pub mod settings;
mod span;
mod staff;
mod task;
mod viewer;
mod workbench;

use crate::server::app::App;
use axum::Router;
use std::sync::Arc;

/// Pages without a log-in.
pub fn open_routes() -> Router<Arc<App>> {
    login::routes()
}

/// The shop itself: goods, reviews, addresses, rules, notices.
pub fn shop_routes() -> Router<Arc<App>> {
    Router::new()
        .merge(account::routes())
        .merge(coupons::routes())
        .merge(members::routes())
        .merge(messages::routes())
        .merge(products::routes())
        .merge(return_addresses::routes())
        .merge(reviews::routes())
        .merge(settings::routes())
        .merge(staff::routes())
}

/// Orders, after-sales and the money that goes back.
pub fn order_routes() -> Router<Arc<App>> {
    Router::new()
        .merge(after_sales::routes())
        .merge(anomalies::routes())
        .merge(batches::routes())
        .merge(ledger::routes())
        .merge(orders::routes())
        .merge(reconciliation::routes())
}
