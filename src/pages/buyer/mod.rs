//! The pages of the buyer.

pub mod after_sales;
pub mod case_badge;
pub mod goods;
pub mod money;
pub mod orders;
pub mod people;
pub mod timeline;

use crate::server::app::App;
use axum::Router;
use std::sync::Arc;

/// Where the pages that no shop owns tell the time.
const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;

/// Pages without a log-in.
pub fn open_routes() -> Router<Arc<App>> {
    Router::new()
        .merge(goods::front::routes())
        .merge(goods::product::routes())
        .merge(people::login::routes())
        .merge(people::register::routes())
        .merge(people::logout::routes())
        .merge(people::close_account::closed_routes())
}

/// The buyer's own: cart, addresses, wallet, notices, reviews.
pub fn account_routes() -> Router<Arc<App>> {
    Router::new()
        .merge(people::addresses::routes())
        .merge(orders::cart::routes())
        .merge(people::close_account::routes())
        .merge(money::coupons::routes())
        .merge(people::me::routes())
        .merge(people::messages::routes())
        .merge(goods::product::buying_routes())
        .merge(goods::review::routes())
        .merge(people::security::routes())
        .merge(money::wallet::routes())
}

/// Checkout, orders and after-sales.
pub fn order_routes() -> Router<Arc<App>> {
    Router::new()
        .merge(after_sales::list::routes())
        .merge(orders::checkout::routes())
        .merge(orders::order::routes())
        .merge(orders::list::routes())
        .merge(orders::pay::routes())
        .merge(after_sales::refund_account::routes())
}
