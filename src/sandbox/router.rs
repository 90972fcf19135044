//! Every address of the sandbox.

use std::sync::Arc;

use axum::Router;
use axum::middleware;
use axum::routing::{get, post};
use tower_http::csrf::CsrfLayer;

use super::bank::Bank;
use super::{alipay, api, bills, cashier, console, control, page, signed, wechat};

/// Signed requests of the shop, pages for people, and the switches of demo and tests.
pub fn router(bank: Arc<Bank>) -> Router {
    let wire = Router::new()
        .route("/v1/payments", post(api::open_payment))
        .route("/v1/payments/{payment_no}", get(api::payment))
        .route("/v1/payments/{payment_no}/close", post(api::close_payment))
        .route("/v1/refunds", post(api::open_refund))
        .route("/v1/refunds/{refund_no}", get(api::refund))
        .route_layer(middleware::from_fn_with_state(Arc::clone(&bank), signed::guard));
    let people = Router::new()
        .route("/cashier/{token}", get(cashier::show))
        .route("/cashier/{token}/confirm", post(cashier::confirm))
        .route("/cashier/{token}/cancel", post(cashier::cancel))
        .route("/", get(console::show))
        .route("/console/faults", post(console::plan_fault))
        .route("/console/faults/clear", post(console::clear_faults))
        .route("/console/clock", post(console::advance_clock))
        .route("/console/payments/{payment_no}/pay", post(console::pay))
        .route("/sandbox.css", get(page::style));
    let switches = Router::new()
        .route("/control/faults", get(control::faults).post(control::plan_fault).delete(control::clear_faults))
        .route("/control/payments/{payment_no}", get(control::payment))
        .route("/control/payments/{payment_no}/pay", post(control::pay))
        .route("/control/refunds/{refund_no}", get(control::refund))
        .route("/control/refunds/{refund_no}/settle", post(control::settle))
        .route("/control/bills/{channel}/{day}", get(bills::download))
        .route("/control/clock", get(control::clock).post(control::advance_clock));
    // A page of somebody else in the same browser must not press the buttons here.
    let own = wire.merge(people).merge(switches).with_state(Arc::clone(&bank));
    own.merge(alipay::router(Arc::clone(&bank))).merge(wechat::router(bank)).layer(CsrfLayer::new())
}
