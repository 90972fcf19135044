//! Around every signed request: believe it, let it meet its fault, sign the answer, note it in the journal.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::bank::Bank;
use super::books::{Fault, Operation};
use super::broken;
use super::problem::Problem;
use crate::server::payments::signing::Subject;

const LARGEST_BODY: usize = 64 * 1024;

/// What a request is about.
#[derive(Clone)]
struct Question {
    method: Method,
    path: String,
    nonce: String,
    operation: Operation,
    number: String,
}

pub async fn guard(State(bank): State<Arc<Bank>>, request: Request, next: Next) -> Response {
    match answer(&bank, request, next).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    }
}

async fn answer(bank: &Bank, request: Request, next: Next) -> Result<Response, Problem> {
    let (mut parts, body) = request.into_parts();
    let body = to_bytes(body, LARGEST_BODY).await.map_err(|_| Problem::refused(StatusCode::PAYLOAD_TOO_LARGE, "TOO_LARGE", "请求过大"))?;
    let (method, path) = (parts.method.clone(), parts.uri.path().to_owned());
    let nonce = bank.signer.verify(Subject { method: method.as_str(), path: &path }, &parts.headers, &body).map_err(|fault| {
        tracing::warn!(%method, path, %fault, "a request that cannot be believed");
        Problem::refused(StatusCode::UNAUTHORIZED, "SIGN_ERROR", "签名错误或已过期")
    })?;
    let nonce = nonce.to_owned();
    let (operation, number) = subject_of(&method, &path, &body);
    let question = Question { method, path, nonce, operation, number };
    let fault = bank.books.take_fault(question.operation).await?;
    parts.extensions.insert(fault.clone());
    meet(bank, &question, fault, next.run(Request::from_parts(parts, Body::from(body)))).await
}

/// Which operation on which number.
fn subject_of(method: &Method, path: &str, body: &Bytes) -> (Operation, String) {
    let mut steps = path.trim_start_matches("/v1/").split('/');
    let refund = steps.next() == Some("refunds");
    let in_path = steps.next().unwrap_or_default().to_owned();
    if method == Method::GET {
        return (Operation::Query, in_path);
    }
    if !in_path.is_empty() {
        return (Operation::Close, in_path);
    }
    let (operation, field) = if refund { (Operation::Refund, "refund_no") } else { (Operation::Pay, "payment_no") };
    let body: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    (operation, body[field].as_str().unwrap_or_default().to_owned())
}

async fn meet(bank: &Bank, question: &Question, fault: Option<Fault>, done: impl Future<Output = Response>) -> Result<Response, Problem> {
    let outcome = fault.as_ref().map(Fault::name);
    let response = match &fault {
        Some(Fault::Down) => broken::down(),
        Some(Fault::Refuse { code }) => refusal(code).into_response(),
        _ => done.await,
    };
    let outcome = outcome.unwrap_or_else(|| response.status().as_u16().to_string());
    bank.books.write_journal(question.operation, &question.number, &outcome, bank.clock.now()).await?;
    match fault {
        Some(Fault::Down) => Ok(response),
        Some(Fault::Cut) => Ok(broken::cut()),
        Some(Fault::Html) => Ok(broken::web_page()),
        Some(Fault::Truncated) => Ok(broken::truncated(sign(bank, question, response).await?).await),
        Some(Fault::Forged | Fault::Stranger) => {
            sign(bank, &Question { path: "/elsewhere".to_owned(), ..question.clone() }, response).await
        }
        Some(Fault::Late { ms }) => {
            bank.pause(Duration::from_millis(ms)).await;
            sign(bank, question, response).await
        }
        _ => sign(bank, question, response).await,
    }
}

async fn sign(bank: &Bank, question: &Question, response: Response) -> Result<Response, Problem> {
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(|error| Problem::Failed(error.to_string()))?;
    let subject = Subject { method: parts.status.as_str(), path: &question.path };
    let headers = bank.signer.headers(subject, &question.nonce, &body).map_err(|fault| Problem::Failed(fault.to_string()))?;
    parts.headers.extend(headers);
    tracing::debug!(method = %question.method, path = question.path, status = %parts.status, "answered");
    Ok(Response::from_parts(parts, Body::from(body)))
}

/// The refusals of the real gateways, with the status that each comes with.
fn refusal(code: &str) -> Problem {
    let (status, words) = match code {
        "NOT_ENOUGH" => (StatusCode::FORBIDDEN, "商户可用余额不足,请充值后重试"),
        "USER_ACCOUNT_ABNORMAL" => (StatusCode::FORBIDDEN, "用户账户异常,请改用其他方式"),
        "FREQUENCY_LIMITED" => (StatusCode::TOO_MANY_REQUESTS, "请求过于频繁,请稍后重试"),
        "SYSTEM_ERROR" => (StatusCode::INTERNAL_SERVER_ERROR, "系统繁忙,请先查询"),
        "RESOURCE_NOT_EXISTS" => return Problem::not_found(),
        "PARAM_MISMATCH" => return Problem::mismatch(),
        _ => (StatusCode::BAD_REQUEST, "网关拒绝了请求"),
    };
    Problem::refused(status, code, words)
}
