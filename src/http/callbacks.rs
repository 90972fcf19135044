//! Where gateways call back. Each provider has its own way to be told that it was heard.

use crate::domain::Channel;
use crate::server::app::App;
use crate::server::callbacks::{Heard, receive};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::sync::Arc;

/// 204: settled. Anything else makes WeChat Pay call again, and says why.
pub async fn from_wechat(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> Response {
    let (status, message) = match receive(&app, Channel::Wechat, &headers, &body).await {
        Heard::Settled => return StatusCode::NO_CONTENT.into_response(),
        Heard::NoGateway => (StatusCode::NOT_FOUND, "未接入"),
        Heard::NotBelieved => (StatusCode::UNAUTHORIZED, "验签失败"),
        Heard::Unreadable => (StatusCode::BAD_REQUEST, "无法识别"),
        Heard::Unknown => (StatusCode::NOT_FOUND, "单号不存在"),
        Heard::Later => (StatusCode::SERVICE_UNAVAILABLE, "系统繁忙，请稍后重试"),
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
        Heard::Later => StatusCode::SERVICE_UNAVAILABLE,
        Heard::Failed => StatusCode::INTERNAL_SERVER_ERROR,
    };
    (status, "fail").into_response()
}
