//! A request of the merchant, believed only if the merchant signed all of it.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::account::AlipayAccount;
use super::refusal;
use crate::demo::sandbox::books::Operation;
use crate::server::payments::alipay::sign::{Params, verify_request};
use crate::server::payments::alipay::wire::{CLOSE, Head, PAY, QUERY, QUERY_REFUND, REFUND};
use crate::server::payments::alipay::{moment, node_of};

/// What is asked, and of which number.
pub struct AlipayQuestion {
    pub method: String,
    pub operation: Operation,
    pub number: String,
    params: Params,
}

/// A request that was not understood.
pub struct RefusedQuestion {
    /// Where the answer stands.
    pub node: String,
    pub sub_code: &'static str,
    /// Whether it is known who asked, which is needed to sign for them.
    pub signed: bool,
}

impl AlipayQuestion {
    /// Reads the parameters of a request and believes them.
    pub fn read(account: &AlipayAccount, query: &str, body: &[u8]) -> Result<Self, RefusedQuestion> {
        let unknown = |sub_code| RefusedQuestion { node: "error_response".to_owned(), sub_code, signed: false };
        let params = params(query, body).ok_or_else(|| unknown("isv.invalid-parameter"))?;
        if params.get("app_id") != Some(&account.app_id) {
            return Err(unknown("isv.invalid-app-id"));
        }
        let method = params.get("method").cloned().unwrap_or_default();
        let refused = |sub_code| RefusedQuestion { node: node_of(&method), sub_code, signed: true };
        if let Err(fault) = verify_request(&params, &account.merchant_key) {
            tracing::warn!(method, %fault, "a request that cannot be believed");
            return Err(refused("isv.invalid-signature"));
        }
        if params.get("timestamp").is_none_or(|at| moment::read(at).is_err()) {
            return Err(refused("isv.invalid-timestamp"));
        }
        let content: Value = params.get("biz_content").and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        let (operation, name) = match method.as_str() {
            PAY => (Operation::Pay, "out_trade_no"),
            QUERY => (Operation::Query, "out_trade_no"),
            CLOSE => (Operation::Close, "out_trade_no"),
            REFUND => (Operation::Refund, "out_request_no"),
            QUERY_REFUND => (Operation::Query, "out_request_no"),
            _ => return Err(refused("isv.invalid-method")),
        };
        let named = [name, "out_trade_no", "trade_no"].into_iter().find_map(|name| content[name].as_str());
        let number = named.unwrap_or_default().to_owned();
        Ok(Self { method, operation, number, params })
    }

    /// What the call is about.
    pub fn content<T: DeserializeOwned>(&self) -> Result<T, Head> {
        serde_json::from_str(self.param("biz_content")).map_err(|_| refusal::business("ACQ.INVALID_PARAMETER"))
    }

    /// A parameter beside it; empty if it is missing.
    pub fn param(&self, name: &str) -> &str {
        self.params.get(name).map_or("", String::as_str)
    }
}

/// Every name once, wherever it stands.
fn params(query: &str, body: &[u8]) -> Option<Params> {
    let mut pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
    pairs.extend(serde_urlencoded::from_bytes::<Vec<(String, String)>>(body).ok()?);
    let count = pairs.len();
    Some(pairs.into_iter().collect()).filter(|params: &Params| params.len() == count)
}
