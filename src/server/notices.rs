//! Where gateways call back: the signature decides, never the sender (B34). Each provider has its own way to be told that it was heard.

use super::app::App;
use super::ctx::Ctx;
use super::error::{Error, Result};
use super::payments::{Channel, Gateway, GatewayError, Notice};
use super::{orders, refunds};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::sync::Arc;

/// Callbacks are a few kilobytes; whatever is longer is not read, in bytes.
pub const LARGEST_NOTICE: usize = 64 * 1024;

/// What became of a callback.
enum Heard {
    /// Settled, or known already.
    Settled,
    /// Not offered here.
    NoGateway,
    /// Not signed by the gateway, or too old.
    NotBelieved,
    /// Signed, and makes no sense.
    Unreadable,
    /// No such number in our books.
    Unknown,
    /// Please call again.
    Failed,
}

/// 204: settled. Anything else makes WeChat Pay call again, and says why.
pub async fn from_wechat(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> Response {
    let (status, message) = match receive(&app, Channel::Wechat, &headers, &body).await {
        Heard::Settled => return StatusCode::NO_CONTENT.into_response(),
        Heard::NoGateway => (StatusCode::NOT_FOUND, "未接入"),
        Heard::NotBelieved => (StatusCode::UNAUTHORIZED, "验签失败"),
        Heard::Unreadable => (StatusCode::BAD_REQUEST, "无法识别"),
        Heard::Unknown => (StatusCode::NOT_FOUND, "单号不存在"),
        Heard::Failed => (StatusCode::INTERNAL_SERVER_ERROR, "处理失败，请重试"),
    };
    let body = json!({ "code": "FAIL", "message": message }).to_string();
    (status, [(CONTENT_TYPE, "application/json")], body).into_response()
}

/// The word `success`: settled. Any other word makes Alipay call again.
pub async fn from_alipay(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> Response {
    let status = match receive(&app, Channel::Alipay, &headers, &body).await {
        Heard::Settled => return "success".into_response(),
        Heard::NoGateway | Heard::Unknown => StatusCode::NOT_FOUND,
        Heard::NotBelieved => StatusCode::UNAUTHORIZED,
        Heard::Unreadable => StatusCode::BAD_REQUEST,
        Heard::Failed => StatusCode::INTERNAL_SERVER_ERROR,
    };
    (status, "fail").into_response()
}

async fn receive(app: &Arc<App>, channel: Channel, headers: &HeaderMap, body: &[u8]) -> Heard {
    let Some(gateway) = app.gateways.of(channel) else { return Heard::NoGateway };
    let channel = channel.as_str();
    let notice = match gateway.verify(headers, body) {
        Ok(notice) => notice,
        Err(GatewayError::BadSignature(fault)) => {
            tracing::warn!(channel, %fault, bytes = body.len(), "a gateway notice was not signed by the gateway");
            return Heard::NotBelieved;
        }
        Err(error) => {
            tracing::warn!(channel, %error, bytes = body.len(), "a gateway notice could not be read");
            return Heard::Unreadable;
        }
    };
    let ctx = Ctx::system(app);
    let settled = match &notice {
        Notice::Paid(receipt) => orders::settle_payment(&ctx, receipt).await,
        Notice::Refund(report) => refunds::settle(&ctx, report).await,
        Notice::Refunded { payment_no, refund_no } => ask_for_refund(&ctx, gateway.as_ref(), payment_no, refund_no).await,
        // The order's own clock ends what nobody pays.
        Notice::Closed { .. } => Ok(()),
    };
    match settled {
        Ok(()) => Heard::Settled,
        Err(Error::NotFound) => Heard::Unknown,
        Err(error) => {
            tracing::error!(channel, ?error, "a gateway notice was not settled");
            Heard::Failed
        }
    }
}

/// The notice says that money went back, the answer to this question how much.
async fn ask_for_refund(ctx: &Ctx, gateway: &dyn Gateway, payment_no: &str, refund_no: &str) -> Result<()> {
    match gateway.query_refund(payment_no, refund_no).await? {
        Some(report) => refunds::settle(ctx, &report).await,
        None => Err(Error::NotFound),
    }
}
