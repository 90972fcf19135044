//! The pages of the buyer.

pub mod addresses;
pub mod after_sale;
pub mod after_sales;
pub mod apply_after_sale;
pub mod cart;
pub mod case_badge;
pub mod checkout;
pub mod close_account;
pub mod coupons;
pub mod evidence;
pub mod front;
pub mod login;
pub mod logout;
pub mod me;
pub mod messages;
pub mod order;
pub mod orders;
pub mod pay;
pub mod product;
pub mod refund_account;
pub mod register;
pub mod review;
pub mod revise;
pub mod security;
pub mod ship_return;
pub mod timeline;
pub mod wallet;

use crate::server::app::App;
use axum::Router;
use std::sync::Arc;

/// Where the pages that no shop owns tell the time.
const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;

/// Pages without a log-in.
pub fn open_routes() -> Router<Arc<App>> {
    Router::new()
        .merge(front::routes())
        .merge(product::routes())
        .merge(login::routes())
        .merge(register::routes())
        .merge(logout::routes())
        .merge(close_account::closed_routes())
}

/// The buyer's own: cart, addresses, wallet, notices, reviews.
pub fn account_routes() -> Router<Arc<App>> {
    Router::new()
        .merge(addresses::routes())
        .merge(cart::routes())
        .merge(close_account::routes())
        .merge(coupons::routes())
        .merge(me::routes())
        .merge(messages::routes())
        .merge(product::buying_routes())
        .merge(review::routes())
        .merge(security::routes())
        .merge(wallet::routes())
}

/// Checkout, orders and after-sales.
pub fn order_routes() -> Router<Arc<App>> {
    Router::new()
        .merge(after_sales::routes())
        .merge(checkout::routes())
        .merge(order::routes())
        .merge(orders::routes())
        .merge(pay::routes())
        .merge(refund_account::routes())
}
