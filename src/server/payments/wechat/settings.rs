//! What a merchant's account at WeChat Pay consists of.

use std::fmt;
use std::time::Duration;

use super::message::PlatformKeys;
use super::resource::ApiV3Key;
use crate::server::payments::keys::PrivateKey;

/// An account, read and checked. Printing it shows no key.
#[derive(Clone, Debug)]
pub struct WechatSettings {
    /// `https://api.mch.weixin.qq.com`, without a slash at the end.
    pub base_url: String,
    pub mchid: String,
    pub appid: String,
    /// Serial number of the merchant's certificate, in hex.
    pub serial: String,
    pub key: PrivateKey,
    pub api_v3_key: ApiV3Key,
    /// Keys by which WeChat Pay signs; several while it changes them.
    pub platform: PlatformKeys,
    /// The public account's log-in; without it nobody pays inside WeChat.
    pub login: Option<LoginSettings>,
    /// How long a call may take.
    pub timeout: Duration,
}

/// How a page inside WeChat learns who looks at it.
#[derive(Clone, Debug)]
pub struct LoginSettings {
    pub secret: AppSecret,
    /// `https://open.weixin.qq.com`: where the buyer's browser is led.
    pub open_url: String,
    /// `https://api.weixin.qq.com`: where the shop asks.
    pub api_url: String,
}

/// The secret of the public account that `appid` names. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct AppSecret(String);

impl AppSecret {
    /// `None` unless it could be one: 32 letters and digits.
    pub fn new(text: &str) -> Option<Self> {
        Self::fits(text).then(|| Self(text.to_owned()))
    }

    /// Whether a text looks like such a secret.
    pub fn fits(text: &str) -> bool {
        text.len() == 32 && text.chars().all(|sign| sign.is_ascii_alphanumeric())
    }

    /// The secret itself: for the request that proves it, never for a log.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AppSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AppSecret(…)")
    }
}
