//! The sandbox's WeChat Pay: `/wechat/v3/…`, which speaks API v3 with keys of its own over the same books as every other door; beside it
//! WeChat's log-in, and a stand-in for the cashier that opens inside WeChat.

mod account;
mod answer;
mod authorization;
mod bodies;
mod bridge;
mod limits;
mod login;
mod notices;
mod orders;
mod question;
mod refunds;
mod refusal;
mod told;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};

use super::bank::Bank;
use super::problem::SandboxProblem;
use question::WechatQuestion;

pub use account::WechatAccount;
pub use notices::{WechatNotice, paid, refunded, sealed};

const LARGEST_BODY: usize = 64 * 1024;
/// What stands in front of the addresses here, and is not signed.
const PREFIX: &str = "/wechat";

/// The door and who may come through it.
struct WechatEndpoint {
    bank: Arc<Bank>,
    account: WechatAccount,
}

/// The addresses of API v3, if the sandbox has an account for the shop.
pub fn router(bank: Arc<Bank>) -> Router {
    let Some(account) = bank.wechat.clone() else { return Router::new() };
    Router::new()
        .route("/wechat/connect/oauth2/authorize", get(login::authorize))
        .route("/wechat/sns/oauth2/access_token", get(login::access_token))
        .route("/wechat/{*address}", any(enter))
        .route("/control/bridge", post(bridge::pay))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(Arc::new(WechatEndpoint { bank, account }))
}

async fn enter(State(endpoint): State<Arc<WechatEndpoint>>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let url = uri.path_and_query().and_then(|url| url.as_str().strip_prefix(PREFIX)).unwrap_or_default();
    let answered = match WechatQuestion::read(&endpoint.account, &method, url, headers, body) {
        Ok(question) => endpoint.answer(&question).await,
        Err(problem) => endpoint.refuse(problem).await,
    };
    answered.unwrap_or_else(SandboxProblem::into_response)
}
