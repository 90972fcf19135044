//! The adapter to Alipay, RSA2 with `gateway.do`: a merchant that sells directly. It knows a base URL, not who listens there.

mod answers;
mod codes;
mod envelope;
pub mod moment;
mod notice;
mod requests;
mod settings;
pub mod sign;
pub mod wire;
pub mod yuan;

use async_trait::async_trait;
use http::HeaderMap;

use super::{
    CloseAnswer, Gateway, GatewayCallback, GatewayCheck, GatewayError, PayOrder, PayTicket, PaymentOutcome, RefundOrder, RefundReport,
    calling,
};
use crate::server::clock::{Clock, SystemClock};
use requests::AlipayClient;

pub use codes::CODES;
pub use envelope::node_of;
pub use settings::AlipaySettings;

/// What a shop answers to a notice that it has heard; any other word makes Alipay call again.
pub const HEARD: &str = "success";

/// Where its pages for browsers stand.
const CASHIERS: &str = "https://*.alipay.com";

/// Speaks with Alipay.
pub struct AlipayGateway {
    settings: AlipaySettings,
    client: AlipayClient,
}

impl AlipayGateway {
    /// Fails on settings that no request could be made with.
    pub fn new(settings: AlipaySettings) -> Result<Self, GatewayError> {
        let client = AlipayClient::new(settings.clone())?;
        Ok(Self { settings, client })
    }
}

#[async_trait]
impl Gateway for AlipayGateway {
    /// Asks nobody: the order stands in the address, signed, and the buyer's browser brings it there.
    async fn pay(&self, order: &PayOrder) -> Result<PayTicket, GatewayError> {
        let ways = [("return_url", order.return_url.as_str()), ("notify_url", order.notify_url.as_str())];
        self.client.page(wire::PAY, &wire::pay(order)?, ways).map(PayTicket::Page)
    }

    async fn query(&self, payment_no: &str) -> Result<PaymentOutcome, GatewayError> {
        let asked = self.client.call(wire::QUERY, &wire::AlipayTradeRequest { out_trade_no: payment_no.to_owned() }).await;
        match found(asked)? {
            Some(trade) => answers::outcome(payment_no, trade),
            None => Ok(PaymentOutcome::NotFound),
        }
    }

    async fn close(&self, payment_no: &str) -> Result<CloseAnswer, GatewayError> {
        let asked = self.client.call::<wire::Closed>(wire::CLOSE, &wire::AlipayTradeRequest { out_trade_no: payment_no.to_owned() }).await;
        let refusal = match found(asked) {
            Ok(Some(closed)) if closed.out_trade_no == payment_no => return Ok(CloseAnswer::Closed),
            Ok(Some(_)) => return Err(GatewayError::Unknown("another payment was closed".to_owned())),
            Ok(None) => return Ok(CloseAnswer::NotFound),
            Err(GatewayError::Refused(refusal)) if codes::STANDS_ELSEWHERE.contains(&refusal.code.as_str()) => refusal,
            Err(error) => return Err(error),
        };
        self.query(payment_no).await?.after_refused_close(refusal)
    }

    async fn refund(&self, order: &RefundOrder) -> Result<RefundReport, GatewayError> {
        let answer = self.client.call(wire::REFUND, &wire::refund(order)).await?;
        answers::refund_report(order, answer)
    }

    async fn query_refund(&self, payment_no: &str, refund_no: &str) -> Result<Option<RefundReport>, GatewayError> {
        let question = wire::AlipayRefundQuery {
            out_trade_no: payment_no.to_owned(),
            out_request_no: refund_no.to_owned(),
            query_options: vec!["gmt_refund_pay".to_owned()],
        };
        match found(self.client.call(wire::QUERY_REFUND, &question).await)? {
            Some(found) => answers::refund_found(payment_no, refund_no, found),
            None => Ok(None),
        }
    }

    async fn check(&self) -> GatewayCheck {
        self.client.check(wire::QUERY, &wire::AlipayTradeRequest { out_trade_no: "CHECK0000000000".to_owned() }, codes::NOT_EXIST).await
    }

    /// From `gateway.do` the browser is led on to another of Alipay's hosts.
    fn cashiers(&self) -> Vec<String> {
        calling::origin(&self.settings.base_url).into_iter().chain([CASHIERS.to_owned()]).collect()
    }

    fn verify(&self, _headers: &HeaderMap, body: &[u8]) -> Result<GatewayCallback, GatewayError> {
        notice::read(&self.settings, body, SystemClock.now().0)
    }
}

/// The gateway says by a code that it never heard of a number.
fn found<T>(answer: Result<T, GatewayError>) -> Result<Option<T>, GatewayError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(GatewayError::Refused(refusal)) if refusal.code == codes::NOT_EXIST => Ok(None),
        Err(error) => Err(error),
    }
}
