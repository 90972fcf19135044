//! The demo's accounts at its sandbox, both sides of them: their keys are made once an installation and kept in the data folder.

use crate::sandbox::AlipayAccount;
use crate::server::config::{ConfigError, kept_in};
use crate::server::payments::alipay::AlipaySettings;
use crate::server::payments::calling::TIMEOUT;
use crate::server::payments::keys::{KeyFault, PrivateKey};
use std::path::Path;

const ALIPAY_APP: &str = "2021000000000001";
const ALIPAY_SELLER: &str = "2088000000000001";

/// What the shop and its sandbox know of each other.
pub struct DemoAccounts {
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
        Ok(Self { alipay: Pair::kept_in(data_dir, "alipay")? })
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

fn key(data_dir: &Path, name: &str) -> Result<PrivateKey, ConfigError> {
    let pem = kept_in(data_dir, name, || PrivateKey::generate()?.to_pem())?;
    PrivateKey::from_pem(&pem).map_err(|fault| ConfigError::SecretDamaged { path: data_dir.join(name), fault })
}
