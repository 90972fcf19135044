//! Where gateways call back: the signature decides, never the sender (B34).

use super::app::App;
use super::ctx::Ctx;
use super::error::Error;
use super::payments::{GatewayError, Notice};
use super::{orders, refunds};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use std::sync::Arc;

/// 204: settled, or known already. 401: not signed by the gateway. 404: no such number. 5xx: please call again.
pub async fn receive(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let Some(gateway) = app.gateway.clone() else { return StatusCode::NOT_FOUND };
    let notice = match gateway.verify(&headers, &body) {
        Ok(notice) => notice,
        Err(GatewayError::BadSignature(fault)) => {
            tracing::warn!(?fault, "a gateway notice was not signed by the gateway");
            return StatusCode::UNAUTHORIZED;
        }
        Err(error) => {
            tracing::warn!(%error, "a gateway notice could not be read");
            return StatusCode::BAD_REQUEST;
        }
    };
    let ctx = Ctx::system(&app);
    let settled = match &notice {
        Notice::Paid(receipt) => orders::settle_payment(&ctx, receipt).await,
        Notice::Refund(report) => refunds::settle(&ctx, report).await,
    };
    match settled {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(Error::NotFound) => StatusCode::NOT_FOUND,
        Err(error) => {
            tracing::error!(?error, "a gateway notice was not settled");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
