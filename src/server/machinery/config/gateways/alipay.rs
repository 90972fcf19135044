//! The account at Alipay.

use super::setting::{Setting, is_number};
use super::{first_given, is_own_half};
use crate::server::machinery::config::{ConfigError, Settings};
use crate::server::payments::alipay::AlipaySettings;
use crate::server::payments::calling::TIMEOUT;
use crate::server::payments::keys::KeyFault;

const USUAL: &str = "https://openapi.alipay.com/gateway.do";

pub struct AlipayOptions<'a> {
    app_id: Setting<'a>,
    seller_id: Setting<'a>,
    key: Setting<'a>,
    public_key: Setting<'a>,
    url: Setting<'a>,
}

impl<'a> AlipayOptions<'a> {
    pub fn of(settings: &'a Settings) -> Self {
        Self {
            app_id: Setting::new("alipay_app_id (GUITU_ALIPAY_APP_ID)", settings.alipay_app_id.as_ref()),
            seller_id: Setting::new("alipay_seller_id (GUITU_ALIPAY_SELLER_ID)", settings.alipay_seller_id.as_ref()),
            key: Setting::new("alipay_key (GUITU_ALIPAY_KEY)", settings.alipay_key.as_ref()),
            public_key: Setting::new("alipay_public_key (GUITU_ALIPAY_PUBLIC_KEY)", settings.alipay_public_key.as_ref()),
            url: Setting::new("alipay_url (GUITU_ALIPAY_URL)", settings.alipay_url.as_ref()),
        }
    }

    pub fn first(&self) -> Option<&'static str> {
        let Self { app_id, seller_id, key, public_key, url } = self;
        first_given(&[app_id, seller_id, key, public_key, url])
    }

    /// The account, if there is to be one.
    pub fn read(&self) -> Result<Option<AlipaySettings>, ConfigError> {
        if self.first().is_none() {
            return Ok(None);
        }
        let base_url = self.url.address(USUAL)?;
        let app_id = self.app_id.written("the application's number, digits only", is_number)?;
        let seller_id = self.seller_id.written("the merchant's number (PID), 16 digits that begin with 2088", |id| {
            id.len() == 16 && id.starts_with("2088") && is_number(id)
        })?;
        let (key, alipay_key) = (self.key.private_key()?, self.public_key.public_key()?);
        if is_own_half(&key, &alipay_key) {
            return Err(self.public_key.refused(KeyFault::OwnHalf));
        }
        Ok(Some(AlipaySettings { base_url, app_id, seller_id, key, alipay_key, timeout: TIMEOUT }))
    }
}
