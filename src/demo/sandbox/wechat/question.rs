//! A request of the merchant, believed only if the merchant signed all of it.

use axum::body::Bytes;
use axum::http::{HeaderMap, Method};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::account::WechatAccount;
use super::authorization;
use super::refusal::of_code;
use crate::demo::sandbox::books::Operation;
use crate::demo::sandbox::problem::SandboxProblem;

/// What is asked for, and of which number where the address names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// An order, by the trade type that it makes.
    Open(&'static str),
    LookUp(String),
    /// By WeChat Pay's own number of the payment.
    LookUpById(String),
    Close(String),
    Refund,
    LookUpRefund(String),
    /// By WeChat Pay's own number of the refund.
    SendElsewhere(String),
}

/// A request that is believed.
pub struct WechatQuestion {
    pub call: Call,
    pub operation: Operation,
    /// The merchant's number that it is about.
    pub number: String,
    pub headers: HeaderMap,
    query: String,
    body: Bytes,
}

impl WechatQuestion {
    /// Believes a request and finds out what it asks for; `url` is its path with its query.
    pub fn read(account: &WechatAccount, method: &Method, url: &str, headers: HeaderMap, body: Bytes) -> Result<Self, SandboxProblem> {
        authorization::verify(account, method, url, &headers, &body).inspect_err(|problem| {
            tracing::warn!(%method, url, ?problem, "a request that cannot be believed");
        })?;
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let call = call(method, path).ok_or_else(|| of_code("RESOURCE_NOT_EXISTS"))?;
        let named = |name: &str| serde_json::from_slice::<Value>(&body).unwrap_or_default()[name].as_str().unwrap_or_default().to_owned();
        let (operation, number) = match &call {
            Call::Open(_) => (Operation::Pay, named("out_trade_no")),
            Call::LookUp(number) | Call::LookUpById(number) | Call::LookUpRefund(number) => (Operation::Query, number.clone()),
            Call::Close(number) => (Operation::Close, number.clone()),
            Call::Refund | Call::SendElsewhere(_) => (Operation::Refund, named("out_refund_no")),
        };
        Ok(Self { call, operation, number, headers, query: query.to_owned(), body })
    }

    /// The body.
    pub fn content<T: DeserializeOwned>(&self) -> Result<T, SandboxProblem> {
        serde_json::from_slice(&self.body).map_err(|error| SandboxProblem::param(&format!("请求内容无法识别:{error}")))
    }

    /// The parameters behind the path.
    pub fn asked<T: DeserializeOwned>(&self) -> Result<T, SandboxProblem> {
        serde_urlencoded::from_str(&self.query).map_err(|error| SandboxProblem::param(&format!("参数无法识别:{error}")))
    }
}

fn call(method: &Method, path: &str) -> Option<Call> {
    let steps: Vec<&str> = path.split('/').skip(1).collect();
    let (reads, writes) = (method == Method::GET, method == Method::POST);
    match steps.as_slice() {
        ["v3", "pay", "transactions", "h5"] if writes => Some(Call::Open("MWEB")),
        ["v3", "pay", "transactions", "native"] if writes => Some(Call::Open("NATIVE")),
        ["v3", "pay", "transactions", "jsapi"] if writes => Some(Call::Open("JSAPI")),
        ["v3", "pay", "transactions", "id", number] if reads => Some(Call::LookUpById((*number).to_owned())),
        ["v3", "pay", "transactions", "out-trade-no", number] if reads => Some(Call::LookUp((*number).to_owned())),
        ["v3", "pay", "transactions", "out-trade-no", number, "close"] if writes => Some(Call::Close((*number).to_owned())),
        ["v3", "refund", "domestic", "refunds"] if writes => Some(Call::Refund),
        ["v3", "refund", "domestic", "refunds", number] if reads => Some(Call::LookUpRefund((*number).to_owned())),
        ["v3", "refund", "domestic", "refunds", number, "apply-abnormal-refund"] if writes => {
            Some(Call::SendElsewhere((*number).to_owned()))
        }
        _ => None,
    }
}
