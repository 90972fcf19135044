//! The signatures of API v3: `Authorization` on what the merchant sends, `Wechatpay-*` headers on what WeChat Pay sends.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::domain::time::SECOND;
use crate::server::clock::{Clock, SystemClock, random_u64};
use crate::server::payments::keys::{PrivateKey, PublicKey};
use crate::server::payments::{GatewayError, SignatureFault};

/// The way of signing of both sides: SHA-256 with RSA.
pub const SCHEME: &str = "WECHATPAY2-SHA256-RSA2048";
/// Older or younger messages are replays, or one of the two clocks is wrong.
pub const WINDOW_SECONDS: u64 = 300;

const TIMESTAMP: HeaderName = HeaderName::from_static("wechatpay-timestamp");
const NONCE: HeaderName = HeaderName::from_static("wechatpay-nonce");
const SIGNATURE: HeaderName = HeaderName::from_static("wechatpay-signature");
/// The way of signing; older messages do not name it.
const SIGNATURE_TYPE: HeaderName = HeaderName::from_static("wechatpay-signature-type");
/// Names the key of a signature, or the one that a part of a request is encrypted with.
pub const SERIAL: HeaderName = HeaderName::from_static("wechatpay-serial");

/// Signs as one side of the line: the merchant, or in the sandbox WeChat Pay.
#[derive(Clone)]
pub struct Signer {
    /// The merchant's number; empty on the platform's side.
    pub mchid: String,
    /// The serial number that tells which key it is.
    pub serial: String,
    pub key: PrivateKey,
}

/// A signature and what it was made of beside the message.
pub struct Signs {
    pub timestamp: i64,
    pub nonce: String,
    pub signature: String,
}

impl Signer {
    /// The `Authorization` of a request; `url` is its path with its query.
    pub fn authorization(&self, method: &str, url: &str, body: &[u8]) -> Result<HeaderValue, GatewayError> {
        let Signs { timestamp, nonce, signature } = self.sign(&[method, url], body)?;
        let (mchid, serial) = (&self.mchid, &self.serial);
        let value =
            format!(r#"{SCHEME} mchid="{mchid}",nonce_str="{nonce}",signature="{signature}",timestamp="{timestamp}",serial_no="{serial}""#);
        HeaderValue::from_str(&value)
            .map_err(|_| GatewayError::NotBuilt("the merchant's number or serial cannot stand in a header".to_owned()))
    }

    /// The headers of an answer or a callback.
    pub fn headers(&self, body: &[u8]) -> Result<HeaderMap, GatewayError> {
        let signs = self.sign(&[], body)?;
        let text = |text: &str| HeaderValue::from_str(text).map_err(|_| SignatureFault::Missing);
        Ok(HeaderMap::from_iter([
            (TIMESTAMP, HeaderValue::from(signs.timestamp)),
            (NONCE, text(&signs.nonce)?),
            (SIGNATURE, text(&signs.signature)?),
            (SIGNATURE_TYPE, HeaderValue::from_static(SCHEME)),
            (SERIAL, text(&self.serial)?),
        ]))
    }

    /// What a page inside WeChat hands to `WeixinJSBridge`.
    pub fn sign_bridge(&self, appid: &str, package: &str) -> Result<Signs, GatewayError> {
        let (timestamp, nonce) = (wall_clock_seconds(), random_word());
        let signature = self.signature(format!("{appid}\n{timestamp}\n{nonce}\n{package}\n").as_bytes())?;
        Ok(Signs { timestamp, nonce, signature })
    }

    fn sign(&self, before: &[&str], body: &[u8]) -> Result<Signs, GatewayError> {
        let (timestamp, nonce) = (wall_clock_seconds(), random_word());
        let signature = self.signature(&message(before, timestamp, &nonce, body))?;
        Ok(Signs { timestamp, nonce, signature })
    }

    fn signature(&self, message: &[u8]) -> Result<String, GatewayError> {
        self.key.sign(message).map_err(|fault| GatewayError::NotBuilt(fault.to_string()))
    }
}

/// The keys that WeChat Pay may sign with, the one to encrypt for last.
#[derive(Clone, Default)]
pub struct PlatformKeys(Vec<(String, PublicKey)>);

impl PlatformKeys {
    /// One more key by its serial number or `PUB_KEY_ID_…`.
    #[must_use]
    pub fn with(mut self, serial: impl Into<String>, key: PublicKey) -> Self {
        self.0.push((serial.into(), key));
        self
    }

    /// The key that a message to WeChat Pay is encrypted with.
    pub fn newest(&self) -> Option<(&str, &PublicKey)> {
        self.0.last().map(|(serial, key)| (serial.as_str(), key))
    }

    /// The serial numbers, for people.
    fn serials(&self) -> Vec<&str> {
        self.0.iter().map(|(serial, _)| serial.as_str()).collect()
    }

    /// Believes an answer or a callback only if one of the keys signed exactly these bytes, and not long ago.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureFault> {
        self.verify_at(wall_clock_seconds(), headers, body)
    }

    pub(super) fn verify_at(&self, now: i64, headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureFault> {
        let (serial, nonce) = (text(headers, &SERIAL)?, text(headers, &NONCE)?);
        let timestamp: i64 = text(headers, &TIMESTAMP)?.parse().map_err(|_| SignatureFault::Missing)?;
        let signature = text(headers, &SIGNATURE)?;
        if headers.get(SIGNATURE_TYPE).is_some_and(|kind| kind != SCHEME) {
            return Err(SignatureFault::UnknownKey);
        }
        let known = self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(serial));
        let (_, key) = known.ok_or(SignatureFault::UnknownKey)?;
        if now.abs_diff(timestamp) > WINDOW_SECONDS {
            return Err(SignatureFault::Stale);
        }
        if key.verifies(&message(&[], timestamp, nonce, body), signature) { Ok(()) } else { Err(SignatureFault::Forged) }
    }
}

impl fmt::Debug for PlatformKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.serials()).finish()
    }
}

/// What is signed: a line each, and a line feed behind the last one too.
pub fn message(before: &[&str], timestamp: i64, nonce: &str, body: &[u8]) -> Vec<u8> {
    let mut message = Vec::with_capacity(body.len() + 256);
    for line in before {
        message.extend_from_slice(line.as_bytes());
        message.push(b'\n');
    }
    message.extend_from_slice(format!("{timestamp}\n{nonce}\n").as_bytes());
    message.extend_from_slice(body);
    message.push(b'\n');
    message
}

/// Whether a message claims to be signed at all.
pub fn is_signed(headers: &HeaderMap) -> bool {
    headers.contains_key(SIGNATURE)
}

/// Signatures live by the machine's own clock: the shop's may be moved in a demo.
pub fn wall_clock_seconds() -> i64 {
    SystemClock.now().0 / SECOND
}

/// A word that nobody can guess and nobody has used before.
pub fn random_word() -> String {
    format!("{:016x}{:016x}", random_u64(), random_u64())
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<&'a str, SignatureFault> {
    headers.get(name).and_then(|value| value.to_str().ok()).ok_or(SignatureFault::Missing)
}

#[cfg(test)]
mod tests;
