//! One setting of an account: what may stand there, and the words that name it when something else does.

use crate::server::machinery::config::ConfigError;
use crate::server::payments::calling::is_on_this_machine;
use crate::server::payments::keys::{KeyFault, PrivateKey, PublicKey};
use http::Uri;
use std::fs;

/// A setting by its name in the file and in the environment.
pub struct Setting<'a> {
    pub name: &'static str,
    value: Option<&'a str>,
}

impl<'a> Setting<'a> {
    /// An empty value counts as none.
    pub fn new(name: &'static str, value: Option<&'a String>) -> Self {
        Self { name, value: value.map(|value| value.trim()).filter(|value| !value.is_empty()) }
    }

    pub const fn is_given(&self) -> bool {
        self.value.is_some()
    }

    /// A number or name that has to look like this.
    pub fn written(&self, wanted: &'static str, fits: impl FnOnce(&str) -> bool) -> Result<String, ConfigError> {
        let text = self.text()?;
        if fits(text) { Ok(text.to_owned()) } else { Err(ConfigError::Account { setting: self.name, wanted }) }
    }

    /// What is in the file that is named, unless the value is already what the file would hold.
    pub fn content(&self, is_content: impl FnOnce(&str) -> bool) -> Result<String, ConfigError> {
        let text = self.text()?;
        if is_content(text) {
            return Ok(text.to_owned());
        }
        fs::read_to_string(text).map_err(|source| ConfigError::AccountFile { setting: self.name, source })
    }

    pub fn private_key(&self) -> Result<PrivateKey, ConfigError> {
        PrivateKey::from_pem(&self.content(is_key)?).map_err(|fault| self.refused(fault))
    }

    pub fn public_key(&self) -> Result<PublicKey, ConfigError> {
        PublicKey::from_pem(&self.content(is_key)?).map_err(|fault| self.refused(fault))
    }

    pub const fn refused(&self, fault: KeyFault) -> ConfigError {
        ConfigError::AccountKey { setting: self.name, fault }
    }

    /// Where the gateway is. What is no gateway for real money is refused (B46).
    pub fn address(&self, usual: &str) -> Result<String, ConfigError> {
        let Some(url) = self.value else { return Ok(usual.to_owned()) };
        let host = url.parse::<Uri>().ok().and_then(|uri| uri.host().map(str::to_ascii_lowercase));
        let host = host.ok_or(ConfigError::Account { setting: self.name, wanted: "https:// with a host" })?;
        let tried_out = host == "alipaydev.com" || host.ends_with(".alipaydev.com");
        if !url.starts_with("https://") || tried_out || is_on_this_machine(url) {
            return Err(ConfigError::SandboxInProduction { setting: self.name });
        }
        Ok(url.to_owned())
    }

    fn text(&self) -> Result<&'a str, ConfigError> {
        self.value.ok_or(ConfigError::AccountHalfGiven { setting: self.name })
    }
}

/// Whether this is a key, and not the name of its file.
pub fn is_key(text: &str) -> bool {
    text.starts_with("-----BEGIN ") || text.starts_with("MII")
}

pub fn is_number(text: &str) -> bool {
    text.chars().all(|sign| sign.is_ascii_digit())
}
