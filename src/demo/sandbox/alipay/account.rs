//! The merchant that the sandbox's Alipay knows.

use crate::server::payments::keys::{PrivateKey, PublicKey};

/// An account with the keys of both sides. Printing it shows no key.
#[derive(Clone, Debug)]
pub struct AlipayAccount {
    pub app_id: String,
    /// The merchant's number, `2088…`.
    pub seller_id: String,
    /// What the sandbox signs with.
    pub key: PrivateKey,
    /// What the merchant's signatures are held against.
    pub merchant_key: PublicKey,
}
