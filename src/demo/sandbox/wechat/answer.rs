//! Around every call: do it, let it meet its fault, note it in the journal, sign the answer.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::StatusCode;
use axum::http::header::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};

use super::account::WechatAccount;
use super::question::{Call, WechatQuestion};
use super::{WechatEndpoint, refusal};
use crate::demo::sandbox::books::SandboxFault;
use crate::demo::sandbox::broken;
use crate::demo::sandbox::problem::{JsonAnswer, SandboxProblem};
use crate::server::payments::wechat::{Signer, random_word};

const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");
/// A key that no merchant was ever told of.
const UNKNOWN_SERIAL: &str = "0000000000000000000000000000000000000000";

/// Signs as the platform does.
pub fn platform(account: &WechatAccount) -> Signer {
    Signer { mchid: String::new(), serial: account.serial.clone(), key: account.key.clone() }
}

impl WechatEndpoint {
    /// Answers a question that is believed.
    pub(super) async fn answer(&self, question: &WechatQuestion) -> Result<Response, SandboxProblem> {
        let fault = self.bank.books.take_fault(question.operation).await?;
        let done = match &fault {
            Some(SandboxFault::Down) => Ok(broken::down()),
            Some(SandboxFault::Refuse { code }) => Err(refusal::of_code(code)),
            Some(
                SandboxFault::Late { .. }
                | SandboxFault::Cut
                | SandboxFault::Html
                | SandboxFault::Forged
                | SandboxFault::Stranger
                | SandboxFault::Truncated
                | SandboxFault::FailLater { .. }
                | SandboxFault::Twice
                | SandboxFault::Silent,
            )
            | None => self.carry_out(question, fault.clone()).await,
        };
        let response = done.unwrap_or_else(|problem| refusal::of(problem, question.operation).into_response());
        let outcome = fault.as_ref().map_or_else(|| response.status().as_u16().to_string(), SandboxFault::name);
        self.bank.books.write_journal(question.operation, &question.number, &outcome, self.bank.clock.now()).await?;
        match fault {
            Some(SandboxFault::Down) => Ok(response),
            Some(SandboxFault::Cut) => Ok(broken::cut()),
            Some(SandboxFault::Html) => Ok(broken::web_page()),
            Some(SandboxFault::Forged) => self.sign(response, &platform(&self.account), b"forged").await,
            Some(SandboxFault::Stranger) => {
                let stranger = Signer { serial: UNKNOWN_SERIAL.to_owned(), ..platform(&self.account) };
                self.sign(response, &stranger, b"").await
            }
            Some(SandboxFault::Truncated) => Ok(broken::truncated(self.signed(response).await?).await),
            Some(SandboxFault::Late { ms }) => {
                self.bank.pause(Duration::from_millis(ms)).await;
                self.signed(response).await
            }
            Some(SandboxFault::Refuse { .. } | SandboxFault::FailLater { .. } | SandboxFault::Twice | SandboxFault::Silent) | None => {
                self.signed(response).await
            }
        }
    }

    /// Answers a request whose signature is not accepted.
    pub(super) async fn refuse(&self, problem: SandboxProblem) -> Result<Response, SandboxProblem> {
        self.signed(problem.into_response()).await
    }

    async fn carry_out(&self, question: &WechatQuestion, fault: Option<SandboxFault>) -> Result<Response, SandboxProblem> {
        let paper = match &question.call {
            Call::Open(trade_type) => self.open(question, trade_type).await?,
            Call::LookUp(payment_no) => self.look_up(question, payment_no).await?,
            Call::LookUpById(trade_no) => self.look_up_by_id(question, trade_no).await?,
            Call::Close(payment_no) => {
                self.close(question, payment_no).await?;
                return Ok(StatusCode::NO_CONTENT.into_response());
            }
            Call::Refund => self.pay_back(question, fault).await?,
            Call::LookUpRefund(refund_no) => self.look_up_refund(refund_no).await?,
            Call::SendElsewhere(refund_id) => self.send_elsewhere(question, refund_id, fault).await?,
        };
        Ok(JsonAnswer(paper).into_response())
    }

    /// As WeChat Pay signs it.
    async fn signed(&self, response: Response) -> Result<Response, SandboxProblem> {
        self.sign(response, &platform(&self.account), b"").await
    }

    /// `spoiled_by` is signed with the body, so that the signature does not fit the answer.
    async fn sign(&self, response: Response, signer: &Signer, spoiled_by: &[u8]) -> Result<Response, SandboxProblem> {
        let (mut parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.map_err(|error| SandboxProblem::Failed(error.to_string()))?;
        let headers = signer.headers(&[&body, spoiled_by].concat()).map_err(|error| SandboxProblem::Failed(error.to_string()))?;
        parts.headers.extend(headers);
        if let Ok(id) = HeaderValue::from_str(&random_word()) {
            parts.headers.insert(REQUEST_ID, id);
        }
        Ok(Response::from_parts(parts, Body::from(body)))
    }
}
