//! Around every call: do it, let it meet its fault, note it in the journal, sign the answer.

use std::time::Duration;

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use super::question::{AlipayQuestion, RefusedQuestion};
use super::{AlipayEndpoint, refusal};
use crate::demo::sandbox::books::{Operation, SandboxFault};
use crate::demo::sandbox::broken;
use crate::demo::sandbox::page::problem_page;
use crate::demo::sandbox::problem::SandboxProblem;
use crate::server::payments::alipay::node_of;
use crate::server::payments::alipay::wire::{CLOSE, Head, PAY, QUERY, REFUND, SUCCESS};

/// What is to be said to a call.
enum AlipayAnswer {
    /// The text of the node of an answer.
    Node(String),
    /// Where the buyer's browser goes on.
    Cashier(String),
}

#[derive(Serialize)]
struct Success<T> {
    code: &'static str,
    msg: &'static str,
    #[serde(flatten)]
    answer: T,
}

impl AlipayEndpoint {
    /// Answers a question that is believed.
    pub(super) async fn answer(&self, question: &AlipayQuestion) -> Result<Response, SandboxProblem> {
        let fault = self.bank.books.take_fault(question.operation).await?;
        let said = match &fault {
            Some(SandboxFault::Down) => Err(Head::default()),
            Some(SandboxFault::Refuse { code }) => Err(refusal::of_code(code, question.operation)),
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
        let outcome = match (&fault, &said) {
            (Some(fault), _) => fault.name(),
            (None, Ok(_)) => SUCCESS.to_owned(),
            (None, Err(head)) => head.sub_code.clone(),
        };
        self.bank.books.write_journal(question.operation, &question.number, &outcome, self.bank.clock.now()).await?;
        match fault {
            Some(SandboxFault::Down) => return Ok(broken::down()),
            Some(SandboxFault::Cut) => return Ok(broken::cut()),
            Some(SandboxFault::Html) => return Ok(broken::web_page()),
            // No answer of Alipay's names its key.
            Some(SandboxFault::Forged | SandboxFault::Stranger) => return self.node(&question.method, said, "forged"),
            Some(SandboxFault::Truncated) => return Ok(broken::truncated(self.node(&question.method, said, "")?).await),
            Some(SandboxFault::Late { ms }) => {
                self.bank.pause(Duration::from_millis(ms)).await;
            }
            Some(SandboxFault::Refuse { .. } | SandboxFault::FailLater { .. } | SandboxFault::Twice | SandboxFault::Silent) | None => {}
        }
        self.node(&question.method, said, "")
    }

    /// Answers a question that is not.
    pub(super) fn refuse(&self, refused: &RefusedQuestion) -> Result<Response, SandboxProblem> {
        let text = serde_json::to_string(&refusal::invalid(refused.sub_code)).map_err(failed)?;
        let sign = if refused.signed { Some(self.sign(&text)?) } else { None };
        Ok(envelope(&refused.node, &text, sign.as_deref()))
    }

    async fn carry_out(&self, question: &AlipayQuestion, fault: Option<SandboxFault>) -> Result<AlipayAnswer, Head> {
        match question.method.as_str() {
            PAY => self.open(question).await.map(AlipayAnswer::Cashier),
            QUERY => node(self.look_up(question).await?),
            CLOSE => node(self.close(question).await?),
            REFUND => node(self.pay_back(question, fault).await?),
            _ => node(self.look_up_refund(question).await?),
        }
    }

    /// A page is told to people, everything else to the merchant. `added` spoils what is signed.
    fn node(&self, method: &str, said: Result<AlipayAnswer, Head>, added: &str) -> Result<Response, SandboxProblem> {
        let text = match said {
            Ok(AlipayAnswer::Cashier(url)) => return Ok(Redirect::to(&url).into_response()),
            Err(head) if method == PAY => {
                return Ok(problem_page(&SandboxProblem::refused(StatusCode::BAD_REQUEST, &head.sub_code, &head.sub_msg)));
            }
            Ok(AlipayAnswer::Node(text)) => text,
            Err(head) => serde_json::to_string(&head).map_err(failed)?,
        };
        let sign = self.sign(&format!("{text}{added}"))?;
        Ok(envelope(&node_of(method), &text, Some(&sign)))
    }

    fn sign(&self, text: &str) -> Result<String, SandboxProblem> {
        self.account.key.sign(text.as_bytes()).map_err(|fault| SandboxProblem::Failed(fault.to_string()))
    }
}

fn node(answer: impl Serialize) -> Result<AlipayAnswer, Head> {
    let text = serde_json::to_string(&Success { code: SUCCESS, msg: "Success", answer });
    text.map(AlipayAnswer::Node).map_err(|error| refusal::of(&failed(error), Operation::Query))
}

/// `{"alipay_…_response":{…},"sign":"…"}`, the node exactly as it was signed.
fn envelope(name: &str, node: &str, sign: Option<&str>) -> Response {
    let sign = sign.map(|sign| format!(r#","sign":"{sign}""#)).unwrap_or_default();
    ([(CONTENT_TYPE, "text/html;charset=utf-8")], format!(r#"{{"{name}":{node}{sign}}}"#)).into_response()
}

fn failed(error: serde_json::Error) -> SandboxProblem {
    SandboxProblem::Failed(error.to_string())
}
