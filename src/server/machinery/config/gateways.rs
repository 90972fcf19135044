//! The shop's accounts at the payment gateways, read and checked: each whole, or not at all.

mod alipay;
mod setting;
mod wechat;

use super::{ConfigError, Settings};
use crate::server::payments::alipay::{AlipayGateway, AlipaySettings};
use crate::server::payments::keys::{PrivateKey, PublicKey};
use crate::server::payments::wechat::{WechatGateway, WechatSettings};
use crate::server::payments::{GatewayError, Gateways};
use setting::Setting;
use std::sync::Arc;

/// The accounts that are set up. Printing them shows no key.
#[derive(Clone, Debug, Default)]
pub struct Accounts {
    pub wechat: Option<WechatSettings>,
    pub alipay: Option<AlipaySettings>,
}

impl Accounts {
    /// Reads what was given. A demo pays through its sandbox and nobody else does, so neither ever meets the other's money (B46).
    pub(super) fn read(settings: &Settings, demo: bool) -> Result<Self, ConfigError> {
        let (wechat, alipay) = (wechat::WechatOptions::of(settings), alipay::AlipayOptions::of(settings));
        match wechat.first().or_else(|| alipay.first()) {
            Some(setting) if demo => Err(ConfigError::AccountInDemo { setting }),
            _ => Ok(Self { wechat: wechat.read()?, alipay: alipay.read()? }),
        }
    }

    /// The adapters that speak for these accounts.
    pub fn gateways(&self) -> Result<Gateways, GatewayError> {
        let mut gateways = Gateways::default();
        if let Some(settings) = &self.wechat {
            gateways.wechat = Some(Arc::new(WechatGateway::new(settings.clone())?));
        }
        if let Some(settings) = &self.alipay {
            gateways.alipay = Some(Arc::new(AlipayGateway::new(settings.clone())?));
        }
        Ok(gateways)
    }
}

/// The first of them that was given.
fn first_given(settings: &[&Setting<'_>]) -> Option<&'static str> {
    settings.iter().find(|setting| setting.is_given()).map(|setting| setting.name)
}

/// Whether the public key is the other half of the shop's own, which is brought by mistake most often.
fn is_own_half(key: &PrivateKey, public: &PublicKey) -> bool {
    key.sign(b"whose").is_ok_and(|signature| public.verifies(b"whose", &signature))
}
