//! The account at WeChat Pay.

use super::setting::{Setting, is_key, is_number};
use super::{first_given, is_own_half};
use crate::server::machinery::config::{ConfigError, Settings};
use crate::server::payments::calling::TIMEOUT;
use crate::server::payments::keys::{Certificate, KeyFault, PrivateKey};
use crate::server::payments::wechat::{ApiV3Key, AppSecret, LoginSettings, PlatformKeys, WechatSettings};

const USUAL: &str = "https://api.mch.weixin.qq.com";
const USUAL_OPEN: &str = "https://open.weixin.qq.com";
const USUAL_API: &str = "https://api.weixin.qq.com";
const END: &str = "-----END CERTIFICATE-----";
/// So long is an API v3 key.
const LETTERS: usize = 32;

pub struct WechatOptions<'a> {
    mchid: Setting<'a>,
    appid: Setting<'a>,
    serial: Setting<'a>,
    key: Setting<'a>,
    api_v3_key: Setting<'a>,
    public_key_id: Setting<'a>,
    public_key: Setting<'a>,
    certificates: Setting<'a>,
    url: Setting<'a>,
    app_secret: Setting<'a>,
    open_url: Setting<'a>,
    api_url: Setting<'a>,
}

impl<'a> WechatOptions<'a> {
    pub fn of(settings: &'a Settings) -> Self {
        Self {
            mchid: Setting::new("wechat_mchid (GUITU_WECHAT_MCHID)", settings.wechat_mchid.as_ref()),
            appid: Setting::new("wechat_appid (GUITU_WECHAT_APPID)", settings.wechat_appid.as_ref()),
            serial: Setting::new("wechat_serial (GUITU_WECHAT_SERIAL)", settings.wechat_serial.as_ref()),
            key: Setting::new("wechat_key (GUITU_WECHAT_KEY)", settings.wechat_key.as_ref()),
            api_v3_key: Setting::new("wechat_api_v3_key (GUITU_WECHAT_API_V3_KEY)", settings.wechat_api_v3_key.as_ref()),
            public_key_id: Setting::new("wechat_public_key_id (GUITU_WECHAT_PUBLIC_KEY_ID)", settings.wechat_public_key_id.as_ref()),
            public_key: Setting::new("wechat_public_key (GUITU_WECHAT_PUBLIC_KEY)", settings.wechat_public_key.as_ref()),
            certificates: Setting::new("wechat_certificates (GUITU_WECHAT_CERTIFICATES)", settings.wechat_certificates.as_ref()),
            url: Setting::new("wechat_url (GUITU_WECHAT_URL)", settings.wechat_url.as_ref()),
            app_secret: Setting::new("wechat_app_secret (GUITU_WECHAT_APP_SECRET)", settings.wechat_app_secret.as_ref()),
            open_url: Setting::new("wechat_open_url (GUITU_WECHAT_OPEN_URL)", settings.wechat_open_url.as_ref()),
            api_url: Setting::new("wechat_api_url (GUITU_WECHAT_API_URL)", settings.wechat_api_url.as_ref()),
        }
    }

    pub fn first(&self) -> Option<&'static str> {
        let Self { mchid, appid, serial, key, api_v3_key, public_key_id, public_key, certificates, url, app_secret, open_url, api_url } =
            self;
        let account = first_given(&[mchid, appid, serial, key, api_v3_key, public_key_id, public_key, certificates, url]);
        account.or_else(|| first_given(&[app_secret, open_url, api_url]))
    }

    /// The account, if there is to be one.
    pub fn read(&self) -> Result<Option<WechatSettings>, ConfigError> {
        if self.first().is_none() {
            return Ok(None);
        }
        let base_url = self.url.address(USUAL)?;
        let mchid = self.mchid.written("the merchant's number, digits only", is_number)?;
        let appid = self.appid.written("the app that is bound to the merchant, like wx8888888888888888", |id| {
            id.starts_with("wx") && id.chars().all(|sign| sign.is_ascii_alphanumeric())
        })?;
        let hex = |serial: &str| serial.chars().all(|sign| sign.is_ascii_hexdigit());
        let serial = self.serial.written("the certificate's serial number in hex, as `openssl x509 -noout -serial` prints it", hex)?;
        let key = self.key.private_key()?;
        let (api_v3_key, platform, login) = (self.api_v3_key()?, self.platform(&key)?, self.login()?);
        Ok(Some(WechatSettings { base_url, mchid, appid, serial, key, api_v3_key, platform, login, timeout: TIMEOUT }))
    }

    /// The public account's log-in, if its secret is given: a shop may do without.
    fn login(&self) -> Result<Option<LoginSettings>, ConfigError> {
        if first_given(&[&self.app_secret, &self.open_url, &self.api_url]).is_none() {
            return Ok(None);
        }
        let wanted = "the public account's secret of exactly 32 letters and digits, or a file that holds it";
        let secret = AppSecret::new(self.app_secret.content(AppSecret::fits)?.trim());
        let secret = secret.ok_or(ConfigError::Account { setting: self.app_secret.name, wanted })?;
        let (open_url, api_url) = (self.open_url.address(USUAL_OPEN)?, self.api_url.address(USUAL_API)?);
        Ok(Some(LoginSettings { secret, open_url, api_url }))
    }

    fn api_v3_key(&self) -> Result<ApiV3Key, ConfigError> {
        let wanted = "the API v3 key of exactly 32 letters and digits, or a file that holds it";
        let is_content = |text: &str| text.len() == LETTERS && text.chars().all(|sign| sign.is_ascii_alphanumeric());
        let key = ApiV3Key::new(self.api_v3_key.content(is_content)?.trim());
        key.ok_or(ConfigError::Account { setting: self.api_v3_key.name, wanted })
    }

    /// Its public key, its certificates, or both while a merchant goes from these to that.
    fn platform(&self, own: &PrivateKey) -> Result<PlatformKeys, ConfigError> {
        let mut keys = PlatformKeys::default();
        if self.certificates.is_given() {
            for part in self.certificates.content(is_key)?.split_inclusive(END).filter(|part| part.contains("-----BEGIN")) {
                let Certificate { serial, key } = Certificate::from_pem(part).map_err(|fault| self.certificates.refused(fault))?;
                if is_own_half(own, &key) {
                    return Err(self.certificates.refused(KeyFault::OwnHalf));
                }
                keys = keys.with(serial, key);
            }
            if keys.newest().is_none() {
                return Err(self.certificates.refused(KeyFault::Public));
            }
        }
        if self.certificates.is_given() && first_given(&[&self.public_key, &self.public_key_id]).is_none() {
            return Ok(keys);
        }
        let named = |id: &str| id.starts_with("PUB_KEY_ID_") && id.is_ascii();
        let id = self.public_key_id.written("the name of WeChat Pay's public key, PUB_KEY_ID_…", named)?;
        let key = self.public_key.public_key()?;
        if is_own_half(own, &key) {
            return Err(self.public_key.refused(KeyFault::OwnHalf));
        }
        Ok(keys.with(id, key))
    }
}
