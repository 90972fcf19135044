//! The sandbox's Alipay: `gateway.do`, which speaks RSA2 with keys of its own over the same books as every other door.

mod account;
mod answer;
mod bodies;
mod notices;
mod question;
mod refusal;
mod trade;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, RawQuery, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::bank::Bank;
use super::problem::SandboxProblem;
use question::AlipayQuestion;

pub use account::AlipayAccount;
pub use notices::{closed, form, paid, refunded};

const LARGEST_BODY: usize = 64 * 1024;

/// The door and who may come through it.
struct AlipayEndpoint {
    bank: Arc<Bank>,
    account: AlipayAccount,
}

/// `gateway.do`, if the sandbox has an account for the shop.
pub fn router(bank: Arc<Bank>) -> Router {
    let Some(account) = bank.alipay.clone() else { return Router::new() };
    Router::new()
        .route("/alipay/gateway.do", get(gateway).post(gateway))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(Arc::new(AlipayEndpoint { bank, account }))
}

/// Parameters may stand in the address, in the body, or in both.
async fn gateway(State(endpoint): State<Arc<AlipayEndpoint>>, RawQuery(query): RawQuery, body: Bytes) -> Response {
    let answered = match AlipayQuestion::read(&endpoint.account, &query.unwrap_or_default(), &body) {
        Ok(question) => endpoint.answer(&question).await,
        Err(refused) => endpoint.refuse(&refused),
    };
    answered.unwrap_or_else(SandboxProblem::into_response)
}
