//! The demo's accounts at its sandbox, both sides of them: their keys are made once an installation and kept in the data folder.

use super::sandbox::{AlipayAccount, WechatAccount};
use crate::server::machinery::config::{ConfigError, kept_in};
use crate::server::payments::alipay::AlipaySettings;
use crate::server::payments::calling::TIMEOUT;
use crate::server::payments::keys::{KeyFault, PrivateKey};
use crate::server::payments::wechat::{ApiV3Key, AppSecret, LoginSettings, PlatformKeys, WechatSettings, random_word};
use std::path::Path;

const WECHAT_MCHID: &str = "1900000001";
const WECHAT_APPID: &str = "wx0000000000000000";
const WECHAT_SHOP_SERIAL: &str = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
const WECHAT_SERIAL: &str = "PUB_KEY_ID_0119000000012026112500000001";
const ALIPAY_APP: &str = "2021000000000001";
const ALIPAY_SELLER: &str = "2088000000000001";

/// What the shop and its sandbox know of each other.
pub struct DemoAccounts {
    wechat: Pair,
    api_v3_key: ApiV3Key,
    app_secret: AppSecret,
    alipay: Pair,
}

/// The keys of an account: the shop's and the gateway's.
struct Pair {
    shop: PrivateKey,
    gateway: PrivateKey,
}

impl DemoAccounts {
    /// The accounts of an earlier start, or new ones.
    pub fn kept_in(data_dir: &Path) -> Result<Self, ConfigError> {
        let api_v3_key = word(data_dir, "sandbox-wechat-api-v3.key", ApiV3Key::new)?;
        let app_secret = word(data_dir, "sandbox-wechat-app.secret", AppSecret::new)?;
        Ok(Self { wechat: Pair::kept_in(data_dir, "wechat")?, api_v3_key, app_secret, alipay: Pair::kept_in(data_dir, "alipay")? })
    }

    /// WeChat Pay's account as the sandbox knows it.
    pub fn at_wechat(&self) -> Result<WechatAccount, KeyFault> {
        Ok(WechatAccount {
            mchid: WECHAT_MCHID.to_owned(),
            appid: WECHAT_APPID.to_owned(),
            serial: WECHAT_SERIAL.to_owned(),
            key: self.wechat.gateway.clone(),
            merchant_serial: WECHAT_SHOP_SERIAL.to_owned(),
            merchant_key: self.wechat.shop.public()?,
            api_v3_key: self.api_v3_key.clone(),
            app_secret: self.app_secret.clone(),
            keeps_limits: true,
        })
    }

    /// The same account as the shop knows it.
    pub fn of_wechat(&self, sandbox: &str) -> Result<WechatSettings, KeyFault> {
        Ok(WechatSettings {
            base_url: format!("{sandbox}/wechat"),
            mchid: WECHAT_MCHID.to_owned(),
            appid: WECHAT_APPID.to_owned(),
            serial: WECHAT_SHOP_SERIAL.to_owned(),
            key: self.wechat.shop.clone(),
            api_v3_key: self.api_v3_key.clone(),
            platform: PlatformKeys::default().with(WECHAT_SERIAL, self.wechat.gateway.public()?),
            login: Some(LoginSettings {
                secret: self.app_secret.clone(),
                open_url: format!("{sandbox}/wechat"),
                api_url: format!("{sandbox}/wechat"),
            }),
            timeout: TIMEOUT,
        })
    }

    /// Alipay's account as the sandbox knows it.
    pub fn at_alipay(&self) -> Result<AlipayAccount, KeyFault> {
        Ok(AlipayAccount {
            app_id: ALIPAY_APP.to_owned(),
            seller_id: ALIPAY_SELLER.to_owned(),
            key: self.alipay.gateway.clone(),
            merchant_key: self.alipay.shop.public()?,
        })
    }

    /// The same account as the shop knows it.
    pub fn of_alipay(&self, sandbox: &str) -> Result<AlipaySettings, KeyFault> {
        Ok(AlipaySettings {
            base_url: format!("{sandbox}/alipay/gateway.do"),
            app_id: ALIPAY_APP.to_owned(),
            seller_id: ALIPAY_SELLER.to_owned(),
            key: self.alipay.shop.clone(),
            alipay_key: self.alipay.gateway.public()?,
            timeout: TIMEOUT,
        })
    }
}

impl Pair {
    fn kept_in(data_dir: &Path, channel: &str) -> Result<Self, ConfigError> {
        Ok(Self {
            shop: key(data_dir, &format!("sandbox-{channel}-shop.pem"))?,
            gateway: key(data_dir, &format!("sandbox-{channel}.pem"))?,
        })
    }
}

/// A secret of 32 letters.
fn word<T>(data_dir: &Path, name: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<T, ConfigError> {
    let kept = kept_in(data_dir, name, || Ok(random_word()))?;
    read(&kept).ok_or_else(|| ConfigError::SecretDamaged { path: data_dir.join(name), fault: KeyFault::Letters })
}

fn key(data_dir: &Path, name: &str) -> Result<PrivateKey, ConfigError> {
    let pem = kept_in(data_dir, name, || PrivateKey::generate()?.to_pem())?;
    PrivateKey::from_pem(&pem).map_err(|fault| ConfigError::SecretDamaged { path: data_dir.join(name), fault })
}
