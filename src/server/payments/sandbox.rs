//! The adapter to the sandbox gateway: real HTTP, every request signed, every answer verified.

use std::time::Duration;

use async_trait::async_trait;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::signing::{self, Signer, Subject};
use super::{
    CURRENCY, CloseAnswer, Gateway, GatewayError, Notice, PayOrder, PayTicket, PaymentOutcome, Receipt, RefundOrder, RefundReport,
    RefundStatus, Refusal, SignatureFault, wire,
};

/// Where the sandbox listens and how to speak with it.
#[derive(Clone)]
pub struct SandboxSettings {
    pub base_url: String,
    pub key_id: String,
    pub key: Vec<u8>,
    pub timeout: Duration,
}

/// Speaks with the sandbox gateway.
pub struct SandboxGateway {
    base_url: String,
    signer: Signer,
    http: reqwest::Client,
}

impl SandboxGateway {
    /// Fails on settings that no request could be made with.
    pub fn new(settings: &SandboxSettings) -> Result<Self, GatewayError> {
        let http = reqwest::Client::builder().timeout(settings.timeout).redirect(reqwest::redirect::Policy::none()).no_proxy().build()?;
        let signer = Signer::new(&settings.key_id, &settings.key)?;
        Ok(Self { base_url: settings.base_url.trim_end_matches('/').to_owned(), signer, http })
    }

    async fn get<A: DeserializeOwned>(&self, path: &str) -> Result<A, GatewayError> {
        self.ask(Method::GET, path, Vec::new()).await
    }

    async fn post<A: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<A, GatewayError> {
        let body = serde_json::to_vec(body).map_err(|error| GatewayError::Down(error.to_string()))?;
        self.ask(Method::POST, path, body).await
    }

    async fn ask<A: DeserializeOwned>(&self, method: Method, path: &str, body: Vec<u8>) -> Result<A, GatewayError> {
        let nonce = signing::random_word().map_err(|error| GatewayError::Down(error.to_string()))?;
        let subject = Subject { method: method.as_str(), path };
        let headers = self.signer.headers(subject, &nonce, &body)?;
        let answer = self
            .http
            .request(method, format!("{}{path}", self.base_url))
            .headers(headers)
            .header(CONTENT_TYPE, "application/json")
            .body(body)
            .send()
            .await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = answer.bytes().await?;
        self.believe(status, path, &nonce, &headers, &body)?;
        understand(status, &body)
    }

    /// Only the gateway's own word on this very request counts.
    fn believe(&self, status: StatusCode, path: &str, nonce: &str, headers: &HeaderMap, body: &[u8]) -> Result<(), GatewayError> {
        if status.is_server_error() || !signing::is_signed(headers) {
            return Err(GatewayError::Unknown(format!("status {status}, signed: {}", signing::is_signed(headers))));
        }
        let subject = Subject { method: status.as_str(), path };
        if self.signer.verify(subject, headers, body)? == nonce { Ok(()) } else { Err(SignatureFault::WrongNonce.into()) }
    }
}

/// A signed answer is what was asked for, or a refusal.
fn understand<A: DeserializeOwned>(status: StatusCode, body: &[u8]) -> Result<A, GatewayError> {
    let nonsense = |error: serde_json::Error| GatewayError::Unknown(format!("status {status}: {error}"));
    if status.is_success() {
        return serde_json::from_slice(body).map_err(nonsense);
    }
    let refused: wire::Refused = serde_json::from_slice(body).map_err(nonsense)?;
    Err(Refusal::new(refused.code, refused.message).into())
}

/// The gateway says by a code that it never heard of a number.
fn found<T>(answer: Result<T, GatewayError>) -> Result<Option<T>, GatewayError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(GatewayError::Refused(refusal)) if refusal.code == "RESOURCE_NOT_EXISTS" => Ok(None),
        Err(error) => Err(error),
    }
}

#[async_trait]
impl Gateway for SandboxGateway {
    async fn pay(&self, order: &PayOrder) -> Result<PayTicket, GatewayError> {
        let request = wire::OpenPayment {
            payment_no: order.payment_no.clone(),
            channel: order.channel.as_str().to_owned(),
            amount: order.amount,
            currency: CURRENCY.to_owned(),
            title: order.title.clone(),
            return_url: order.return_url.clone(),
            notify_url: order.notify_url.clone(),
            expires_at: order.expires_at,
        };
        let opened: wire::OpenedPayment = self.post("/v1/payments", &request).await?;
        Ok(PayTicket::Page(opened.cashier_url))
    }

    async fn query(&self, payment_no: &str) -> Result<PaymentOutcome, GatewayError> {
        let answer = self.get::<wire::Payment>(&format!("/v1/payments/{payment_no}")).await;
        let Some(payment) = found(answer)? else { return Ok(PaymentOutcome::NotFound) };
        Ok(match payment.status {
            wire::PaymentStatus::Pending => PaymentOutcome::Pending,
            wire::PaymentStatus::Closed => PaymentOutcome::Closed,
            wire::PaymentStatus::Paid => PaymentOutcome::Paid(receipt(payment)?),
        })
    }

    async fn close(&self, payment_no: &str) -> Result<CloseAnswer, GatewayError> {
        let path = format!("/v1/payments/{payment_no}/close");
        let Some(payment) = found(self.ask::<wire::Payment>(Method::POST, &path, Vec::new()).await)? else {
            return Ok(CloseAnswer::NotFound);
        };
        match payment.status {
            wire::PaymentStatus::Closed => Ok(CloseAnswer::Closed),
            wire::PaymentStatus::Paid => Ok(CloseAnswer::Paid(receipt(payment)?)),
            wire::PaymentStatus::Pending => Err(GatewayError::Unknown("still pending after closing".to_owned())),
        }
    }

    async fn refund(&self, order: &RefundOrder) -> Result<RefundReport, GatewayError> {
        let request = wire::OpenRefund {
            refund_no: order.refund_no.clone(),
            payment_no: order.payment_no.clone(),
            amount: order.amount,
            total: order.total,
            currency: CURRENCY.to_owned(),
            reason: order.reason.clone(),
            notify_url: order.notify_url.clone(),
        };
        Ok(report(self.post("/v1/refunds", &request).await?))
    }

    async fn query_refund(&self, _payment_no: &str, refund_no: &str) -> Result<Option<RefundReport>, GatewayError> {
        let answer = self.get::<wire::Refund>(&format!("/v1/refunds/{refund_no}")).await;
        Ok(found(answer)?.map(report))
    }

    async fn check(&self) -> super::Check {
        super::Check::unanswered(GatewayError::Down(String::new()))
    }

    fn cashiers(&self) -> Vec<String> {
        vec![self.base_url.clone()]
    }

    fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<Notice, GatewayError> {
        self.signer.verify(Subject::NOTICE, headers, body)?;
        match serde_json::from_slice(body).map_err(|error| GatewayError::Unknown(error.to_string()))? {
            wire::Notice::Paid(payment) => Ok(Notice::Paid(receipt(payment)?)),
            wire::Notice::Refund(refund) => Ok(Notice::Refund(report(refund))),
        }
    }
}

/// A payment counts as paid only together with its facts.
fn receipt(payment: wire::Payment) -> Result<Receipt, GatewayError> {
    let (wire::PaymentStatus::Paid, Some(trade_no), Some(at)) = (payment.status, payment.trade_no, payment.paid_at) else {
        return Err(GatewayError::Unknown("paid without a trade number or a time".to_owned()));
    };
    let (amount, currency) = (payment.amount, payment.currency);
    Ok(Receipt { payment_no: payment.payment_no, trade_no, amount, currency, at })
}

fn report(refund: wire::Refund) -> RefundReport {
    let status = match refund.status {
        wire::RefundStatus::Processing => RefundStatus::Processing,
        wire::RefundStatus::Succeeded => RefundStatus::Succeeded,
        wire::RefundStatus::Abnormal => RefundStatus::Failed(Refusal::new("ABNORMAL", "退款异常,款项未能到账")),
        wire::RefundStatus::Closed => RefundStatus::Failed(Refusal::new("CLOSED", "退款已关闭")),
    };
    RefundReport {
        refund_no: refund.refund_no,
        payment_no: refund.payment_no,
        gateway_refund_no: refund.gateway_refund_no,
        amount: refund.amount,
        currency: refund.currency,
        status,
        at: refund.at,
    }
}
