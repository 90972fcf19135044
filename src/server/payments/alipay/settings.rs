//! What a merchant's account at Alipay consists of.

use std::time::Duration;

use crate::server::payments::keys::{PrivateKey, PublicKey};

/// An account, read and checked. Printing it shows no key.
#[derive(Clone, Debug)]
pub struct AlipaySettings {
    /// `https://openapi.alipay.com/gateway.do`
    pub base_url: String,
    pub app_id: String,
    /// The merchant's own number (PID, `2088…`), to whom notices say the money went.
    pub seller_id: String,
    /// The application's private key, whose other half Alipay has.
    pub key: PrivateKey,
    /// Alipay's public key for this application, not the application's own.
    pub alipay_key: PublicKey,
    /// How long a call may take.
    pub timeout: Duration,
}
