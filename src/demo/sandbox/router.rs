//! Every address of the sandbox.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use tower_http::csrf::CsrfLayer;

use super::bank::Bank;
use super::{alipay, bills, cashier, console, control, page, wechat};
use crate::server::limits::FORM_BYTES;

/// The doors of the gateways, pages for people, and the switches of demo and tests.
pub fn router(bank: Arc<Bank>) -> Router {
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
    let own = people.merge(switches).layer(DefaultBodyLimit::max(FORM_BYTES)).with_state(Arc::clone(&bank));
    own.merge(alipay::router(Arc::clone(&bank))).merge(wechat::router(bank)).layer(CsrfLayer::new())
}
