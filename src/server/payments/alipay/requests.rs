//! One call: signed, sent, and its answer believed only if Alipay signed it.

use http::StatusCode;
use http::header::CONTENT_TYPE;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::envelope::AlipayEnvelope;
use super::settings::AlipaySettings;
use super::sign::{Params, sign_request, verify_node};
use super::{codes, moment, wire};
use crate::server::clock::{Clock, SystemClock};
use crate::server::payments::reading::{Read, read};
use crate::server::payments::{GatewayCheck, GatewayError, GatewayRefusal, calling, trouble};

/// The way to Alipay and back.
pub struct AlipayClient {
    settings: AlipaySettings,
    http: reqwest::Client,
}

impl AlipayClient {
    pub fn new(settings: AlipaySettings) -> Result<Self, GatewayError> {
        let http = calling::client(&settings.base_url, settings.timeout)?;
        Ok(Self { settings, http })
    }

    /// The address of a page of Alipay's, for the buyer's browser.
    pub fn page(&self, method: &str, content: &impl Serialize, further: [(&str, &str); 2]) -> Result<String, GatewayError> {
        let further = further.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let params = self.signed(method, content, further.into())?;
        Ok(format!("{}?{}", self.settings.base_url, encoded(&params)?))
    }

    /// What Alipay answers to a call, unless it refuses.
    pub async fn call<A: DeserializeOwned>(&self, method: &str, content: &impl Serialize) -> Result<A, GatewayError> {
        self.understand(method, &self.send(method, content).await?)
    }

    /// A question whose answer may be anything that its asker can be told.
    pub async fn check(&self, method: &str, content: &impl Serialize, harmless: &str) -> GatewayCheck {
        let answer = match self.send(method, content).await {
            Ok(answer) => answer,
            Err(error) => return GatewayCheck::unanswered(error),
        };
        let judged = match self.understand::<serde_json::Value>(method, &answer) {
            Ok(_) => Ok(()),
            Err(GatewayError::Refused(refusal)) if refusal.code == harmless => Ok(()),
            // Who asked in nobody's name gets no signature back: a hint for people, no more.
            Err(GatewayError::Unknown(why)) => Err(hint(method, &answer).map_or(GatewayError::Unknown(why), Into::into)),
            Err(error) => Err(error),
        };
        GatewayCheck::answered(&answer, judged)
    }

    #[tracing::instrument(name = "gateway", skip_all, fields(channel = "alipay", method))]
    async fn send(&self, method: &str, content: &impl Serialize) -> Result<Read, GatewayError> {
        let mut public = self.signed(method, content, Params::new())?;
        let content: Params = public.remove_entry("biz_content").into_iter().collect();
        let request = self
            .http
            .post(format!("{}?{}", self.settings.base_url, encoded(&public)?))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded;charset=utf-8")
            .body(encoded(&content)?);
        read(request.send().await?).await
    }

    fn signed(&self, method: &str, content: &impl Serialize, further: Params) -> Result<Params, GatewayError> {
        let content = serde_json::to_string(content).map_err(|error| GatewayError::NotBuilt(error.to_string()))?;
        // Requests live by the machine's own clock: the shop's may be moved in a demo.
        let now = moment::written(SystemClock.now().0).unwrap_or_default();
        let mut params = further;
        let public = [
            ("app_id", self.settings.app_id.as_str()),
            ("method", method),
            ("format", "JSON"),
            ("charset", "utf-8"),
            ("timestamp", &now),
            ("version", "1.0"),
            ("biz_content", &content),
        ];
        params.extend(public.map(|(name, value)| (name.to_owned(), value.to_owned())));
        sign_request(&mut params, &self.settings.key).map_err(|fault| GatewayError::NotBuilt(fault.to_string()))?;
        Ok(params)
    }

    /// Whatever is not signed may come from a proxy in between, and decides nothing.
    fn understand<A: DeserializeOwned>(&self, method: &str, answer: &Read) -> Result<A, GatewayError> {
        let status = answer.status;
        let nonsense = |what: &str| GatewayError::Unknown(format!("status {status}, {}: {what}", answer.kind()));
        if status.is_server_error() {
            return Err(nonsense("out of order"));
        }
        let text = std::str::from_utf8(&answer.body).map_err(|_| nonsense("no text"))?;
        let envelope = AlipayEnvelope::open(method, text).ok_or_else(|| nonsense("no answer to this call"))?;
        let head: wire::Head = serde_json::from_str(envelope.node).map_err(|error| nonsense(&error.to_string()))?;
        let Some(sign) = envelope.sign else { return Err(unsigned(status, &head)) };
        verify_node(envelope.node, sign, &self.settings.alipay_key)?;
        if head.code != wire::SUCCESS {
            let words = if head.sub_msg.is_empty() { head.msg } else { head.sub_msg };
            return Err(GatewayRefusal::new(telling(&head.code, &head.sub_code), words).into());
        }
        serde_json::from_str(envelope.node).map_err(|error| nonsense(&error.to_string()))
    }
}

/// The word that is kept of a refusal: the finer one, unless only the coarser one says what to do.
fn telling<'a>(code: &'a str, sub_code: &'a str) -> &'a str {
    let coarse_enough = [codes::UNAVAILABLE, codes::TOO_OFTEN].contains(&code) && trouble::known(sub_code).is_none();
    if sub_code.is_empty() || coarse_enough { code } else { sub_code }
}

/// Alipay does not sign that it could not tell who asked: a hint for people, no more.
fn unsigned(status: StatusCode, head: &wire::Head) -> GatewayError {
    let code = telling(&head.code, &head.sub_code);
    let words = trouble::in_words(code).unwrap_or(&head.sub_msg);
    GatewayError::Unknown(format!("status {status}, unsigned: {code} {words}"))
}

/// The refusal that stands in an answer which nobody signed.
fn hint(method: &str, answer: &Read) -> Option<GatewayRefusal> {
    let envelope = AlipayEnvelope::open(method, std::str::from_utf8(&answer.body).ok()?)?;
    let head: wire::Head = serde_json::from_str(envelope.node).ok()?;
    (envelope.sign.is_none() && !head.code.is_empty()).then(|| GatewayRefusal::new(telling(&head.code, &head.sub_code), head.sub_msg))
}

fn encoded(params: &Params) -> Result<String, GatewayError> {
    serde_urlencoded::to_string(params).map_err(|error| GatewayError::NotBuilt(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::payments::Remedy;

    #[test]
    fn every_code_asks_for_what_alipay_says() {
        let remedy = |code: &str, sub_code: &str| GatewayRefusal::new(telling(code, sub_code), "").remedy();
        for (code, sub_code, asks_for) in [
            ("20000", "isp.unknow-error", Remedy::QueryFirst),
            ("20000", "isp.something-new", Remedy::QueryFirst),
            ("20000", "", Remedy::QueryFirst),
            ("20000", "aop.ACQ.SYSTEM_ERROR", Remedy::QueryFirst),
            ("40004", "ACQ.SYSTEM_ERROR", Remedy::QueryFirst),
            ("40004", "ACQ.SELLER_BALANCE_NOT_ENOUGH", Remedy::TopUp),
            ("40004", "ACQ.DISCORDANT_REPEAT_REQUEST", Remedy::ByHand),
            ("40004", "ACQ.SOMETHING_NEW", Remedy::ByHand),
            ("40005", "isv.new-limit", Remedy::RetryUnchanged),
            ("40002", "isv.invalid-signature", Remedy::ByHand),
        ] {
            assert_eq!(remedy(code, sub_code), asks_for, "{code} {sub_code}");
        }
    }
}
