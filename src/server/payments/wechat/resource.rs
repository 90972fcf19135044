//! The secret part of a callback: AES-256-GCM under the merchant's API v3 key.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::server::payments::SignatureFault;

/// The length that WeChat Pay demands, in bytes.
const LENGTH: usize = 32;

/// The key that merchant and WeChat Pay share. Never printed.
#[derive(Clone)]
pub struct ApiV3Key(Arc<LessSafeKey>);

impl ApiV3Key {
    /// `None` unless it has exactly 32 bytes.
    pub fn new(key: &str) -> Option<Self> {
        if key.len() != LENGTH {
            return None;
        }
        Some(Self(Arc::new(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.as_bytes()).ok()?))))
    }

    /// The plain text, if it was sealed with this key and nobody has touched it since.
    pub fn open(&self, sealed: &Sealed) -> Result<Vec<u8>, SignatureFault> {
        let nonce = Nonce::try_assume_unique_for_key(sealed.nonce.as_bytes()).map_err(|_| SignatureFault::Sealed)?;
        let mut text = STANDARD.decode(&sealed.ciphertext).map_err(|_| SignatureFault::Sealed)?;
        let aad = Aad::from(sealed.associated_data.as_bytes());
        let length = self.0.open_in_place(nonce, aad, &mut text).map_err(|_| SignatureFault::Sealed)?.len();
        text.truncate(length);
        Ok(text)
    }

    /// Seals a text under a nonce of twelve letters that was never used before.
    pub fn seal(&self, text: &[u8], associated_data: &str, nonce: &str) -> Result<Sealed, SignatureFault> {
        let unique = Nonce::try_assume_unique_for_key(nonce.as_bytes()).map_err(|_| SignatureFault::Sealed)?;
        let mut ciphertext = text.to_vec();
        self.0
            .seal_in_place_append_tag(unique, Aad::from(associated_data.as_bytes()), &mut ciphertext)
            .map_err(|_| SignatureFault::Sealed)?;
        Ok(Sealed {
            original_type: Some(associated_data.to_owned()),
            algorithm: ALGORITHM.to_owned(),
            ciphertext: STANDARD.encode(ciphertext),
            associated_data: associated_data.to_owned(),
            nonce: nonce.to_owned(),
        })
    }
}

impl fmt::Debug for ApiV3Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiV3Key(…)")
    }
}

/// The only one that v3 uses.
pub const ALGORITHM: &str = "AEAD_AES_256_GCM";

/// `resource` of a callback.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sealed {
    #[serde(default)]
    pub original_type: Option<String>,
    pub algorithm: String,
    pub ciphertext: String,
    #[serde(default)]
    pub associated_data: String,
    pub nonce: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::aead::AES_128_GCM;

    /// wechatpay-go publishes its vectors under keys of 16 letters, which make the same cipher with 128 bits.
    fn published(key: &str) -> ApiV3Key {
        ApiV3Key(Arc::new(LessSafeKey::new(UnboundKey::new(&AES_128_GCM, key.as_bytes()).unwrap())))
    }

    fn sealed(ciphertext: &str, associated_data: &str, nonce: &str) -> Sealed {
        let (ciphertext, associated_data, nonce) = (ciphertext.to_owned(), associated_data.to_owned(), nonce.to_owned());
        Sealed { original_type: None, algorithm: ALGORITHM.to_owned(), ciphertext, associated_data, nonce }
    }

    /// `utils/aes_test.go`
    #[test]
    fn the_published_text_is_opened() {
        let (nonce, data) = ("wCq51qZv4Yfg", "Dl56FrqWQJF1t9LtC3vEUsniZKvbqdR8");
        let good = sealed("FsdXzxryWfKwvLJKf8LG/ToRPTRh8RN9wROC", data, nonce);
        assert_eq!(published("testAPIv3Key0000").open(&good).unwrap(), b"Hello World");
        assert!(published("testAPIv3Key1111").open(&good).is_err());
        for ciphertext in ["invalid cipher", "SGVsbG8gV29ybGQK", ""] {
            assert!(published("testAPIv3Key0000").open(&sealed(ciphertext, data, nonce)).is_err());
        }
        assert!(published("testAPIv3Key0000").open(&Sealed { nonce: "short".to_owned(), ..good.clone() }).is_err());
        assert!(published("testAPIv3Key0000").open(&Sealed { associated_data: "other".to_owned(), ..good }).is_err());
    }

    /// `core/notify/notify_test.go`
    #[test]
    fn the_published_notice_is_opened() {
        let ciphertext = "YDS3lKPaC4Y52Gf3uhft5qUBlIa8b428AWTtTauHQfQrRw+X1WpiuHIDy0vo1Vd6VEq67aVyqPdDYMkRVSDaZL3iZttevRMOoPKMifozg6XPWjIZumks/\
            GpT48lI4NizyeaqLBokNebthah3o1H76qSlO9NkDjp9bzmKLEYYH9TEklFUpsvPqOTOcgSLgh21YJXYR7dEBXFgRLiNIKRgO5JdXh1hccRUAlyVWxE54PXpnQ==";
        let text = published("testMchAPIv3Key0").open(&sealed(ciphertext, "payscore", "Kj7QIyUiYx1q")).unwrap();
        let text: serde_json::Value = serde_json::from_slice(&text).unwrap();
        assert_eq!(text["mchid"], "1234567890");
        assert_eq!(text["out_contract_code"], "21640bdbd08e473e828f3206a2741c6e");
    }

    #[test]
    fn what_is_sealed_can_be_opened_with_the_same_key_only() {
        let key = ApiV3Key::new("0123456789abcdef0123456789abcdef").unwrap();
        let sealed = key.seal(b"tea", "transaction", "abcdefghijkl").unwrap();
        assert_eq!(key.open(&sealed).unwrap(), b"tea");
        assert!(ApiV3Key::new("fedcba9876543210fedcba9876543210").unwrap().open(&sealed).is_err());
        assert!(ApiV3Key::new("too short").is_none());
        assert_eq!(format!("{key:?}"), "ApiV3Key(…)");
    }
}
