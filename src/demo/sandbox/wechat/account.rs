//! The merchant that the sandbox's WeChat Pay knows.

use crate::server::payments::keys::{PrivateKey, PublicKey};
use crate::server::payments::wechat::{ApiV3Key, AppSecret};

/// An account with the keys of both sides. Printing it shows no key.
#[derive(Clone, Debug)]
pub struct WechatAccount {
    pub mchid: String,
    pub appid: String,
    /// Names the key that the sandbox signs with.
    pub serial: String,
    /// What the sandbox signs with, and opens what is encrypted for WeChat Pay.
    pub key: PrivateKey,
    /// Names the key that the merchant signs with.
    pub merchant_serial: String,
    /// What the merchant's signatures are held against.
    pub merchant_key: PublicKey,
    /// What callbacks are sealed with.
    pub api_v3_key: ApiV3Key,
    /// What the merchant proves itself by when it asks who logged in.
    pub app_secret: AppSecret,
    /// Whether a payment is paid back in fifty parts at most, a minute apart, within a year (M11).
    pub keeps_limits: bool,
}
