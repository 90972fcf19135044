//! What a merchant's account at WeChat Pay consists of.

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
    /// How long a call may take.
    pub timeout: Duration,
}
