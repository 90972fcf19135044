//! One call: signed, sent, and its answer believed only if WeChat Pay signed it.

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{Method, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::message::{PlatformKeys, SERIAL, Signer, is_signed};
use super::settings::WechatSettings;
use super::wire;
use crate::server::payments::reading::{Read, read};
use crate::server::payments::{GatewayCheck, GatewayError, GatewayRefusal, calling};

/// The way to WeChat Pay and back.
pub struct WechatClient {
    pub signer: Signer,
    base_url: String,
    platform: PlatformKeys,
    http: reqwest::Client,
}

impl WechatClient {
    pub fn new(settings: &WechatSettings) -> Result<Self, GatewayError> {
        let http = calling::client(&settings.base_url, settings.timeout)?;
        let signer = Signer { mchid: settings.mchid.clone(), serial: settings.serial.clone(), key: settings.key.clone() };
        Ok(Self { signer, base_url: settings.base_url.trim_end_matches('/').to_owned(), platform: settings.platform.clone(), http })
    }

    pub async fn post<A: DeserializeOwned>(&self, url: &str, body: &impl Serialize) -> Result<A, GatewayError> {
        self.call(Method::POST, url, json(body)?).await
    }

    /// A request a part of which is encrypted with the platform's key of this serial number.
    pub async fn post_sealed<A: DeserializeOwned>(&self, url: &str, body: &impl Serialize, serial: &str) -> Result<A, GatewayError> {
        understand(&self.believed(Method::POST, url, json(body)?, Some(serial)).await?)
    }

    /// A request whose success has no body.
    pub async fn post_for_nothing(&self, url: &str, body: &impl Serialize) -> Result<(), GatewayError> {
        let answer = self.believed(Method::POST, url, json(body)?, None).await?;
        if answer.status.is_success() { Ok(()) } else { Err(refused(&answer)) }
    }

    pub async fn call<A: DeserializeOwned>(&self, method: Method, url: &str, body: Vec<u8>) -> Result<A, GatewayError> {
        understand(&self.believed(method, url, body, None).await?)
    }

    /// A question whose answer may be anything that its asker can be told.
    pub async fn check(&self, url: &str, harmless: &[&str]) -> GatewayCheck {
        let answer = match self.send(Method::GET, url, Vec::new(), None).await {
            Ok(answer) => answer,
            Err(error) => return GatewayCheck::unanswered(error),
        };
        // Whose signature was not accepted gets no signature back: a hint for people, no more.
        let judged = if answer.status == StatusCode::UNAUTHORIZED { Err(refused(&answer)) } else { self.believe(&answer) };
        let judged = judged.and_then(|()| if answer.status.is_success() { Ok(()) } else { Err(refused(&answer)) });
        let judged = match judged {
            Err(GatewayError::Refused(refusal)) if harmless.contains(&refusal.code.as_str()) => Ok(()),
            other => other,
        };
        GatewayCheck::answered(&answer, judged)
    }

    async fn believed(&self, method: Method, url: &str, body: Vec<u8>, sealed_for: Option<&str>) -> Result<Read, GatewayError> {
        let answer = self.send(method, url, body, sealed_for).await?;
        self.believe(&answer)?;
        Ok(answer)
    }

    #[tracing::instrument(name = "gateway", skip_all, fields(channel = "wechat", %method))]
    async fn send(&self, method: Method, url: &str, body: Vec<u8>, sealed_for: Option<&str>) -> Result<Read, GatewayError> {
        let authorization = self.signer.authorization(method.as_str(), url, &body)?;
        let mut request = self
            .http
            .request(method, format!("{}{url}", self.base_url))
            .header(AUTHORIZATION, authorization)
            .header(ACCEPT, "application/json")
            .header(USER_AGENT, concat!("guitu/", env!("CARGO_PKG_VERSION")))
            .header(CONTENT_TYPE, "application/json");
        if let Some(serial) = sealed_for {
            request = request.header(SERIAL, serial);
        }
        read(request.body(body).send().await?).await
    }

    /// Whatever is not signed may come from a proxy in between, and decides nothing.
    fn believe(&self, answer: &Read) -> Result<(), GatewayError> {
        if !is_signed(&answer.headers) {
            return Err(GatewayError::Unknown(format!("status {}, unsigned, {}", answer.status, answer.kind())));
        }
        Ok(self.platform.verify(&answer.headers, &answer.body)?)
    }
}

fn json(body: &impl Serialize) -> Result<Vec<u8>, GatewayError> {
    serde_json::to_vec(body).map_err(|error| GatewayError::NotBuilt(error.to_string()))
}

/// A signed answer is what was asked for, or a refusal.
fn understand<A: DeserializeOwned>(answer: &Read) -> Result<A, GatewayError> {
    if !answer.status.is_success() {
        return Err(refused(answer));
    }
    serde_json::from_slice(&answer.body).map_err(|error| GatewayError::Unknown(format!("status {}: {error}", answer.status)))
}

fn refused(answer: &Read) -> GatewayError {
    match serde_json::from_slice::<wire::WechatRefusal>(&answer.body) {
        Ok(refused) => GatewayRefusal::new(refused.code, refused.message).into(),
        Err(error) => GatewayError::Unknown(format!("status {}: {error}", answer.status)),
    }
}
