//! RSA keys and signatures (SHA-256, PKCS #1 v1.5), as WeChat Pay and Alipay both sign. Keys are never printed.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{
    KeySize, OAEP_SHA1_MGF1SHA1, OaepPrivateDecryptingKey, OaepPublicEncryptingKey, PrivateDecryptingKey, PublicEncryptingKey,
};
use aws_lc_rs::signature::{KeyPair, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivatePkcs1KeyDer, PrivatePkcs8KeyDer, SubjectPublicKeyInfoDer};
use thiserror::Error;

/// Why a key cannot be used; says what to bring instead, never what was in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyFault {
    #[error(
        "this is no RSA private key of 2048 bits or more; it must be PEM, -----BEGIN PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----"
    )]
    Private,
    #[error("this is no RSA public key of 2048 bits or more; it must be PEM, -----BEGIN PUBLIC KEY----- or -----BEGIN CERTIFICATE-----")]
    Public,
    #[error("this is a private key, where a public key of the gateway is wanted")]
    PrivateInPlaceOfPublic,
    #[error("this is the other half of the shop's own private key, where the public key of the gateway is wanted")]
    OwnHalf,
    #[error("it has to have 32 letters")]
    Letters,
    #[error("the text is too long for this key")]
    TooLong,
    #[error("no key could be made")]
    Making,
}

/// A key that signs.
#[derive(Clone)]
pub struct PrivateKey(Arc<RsaKeyPair>);

impl PrivateKey {
    /// Reads PKCS #8 or PKCS #1 in PEM; also the bare base64 that Alipay's key tool writes.
    pub fn from_pem(text: &str) -> Result<Self, KeyFault> {
        let pem = text.trim();
        let pair = if !pem.starts_with("-----") {
            let der = bare(pem).ok_or(KeyFault::Private)?;
            RsaKeyPair::from_pkcs8(&der).or_else(|_| RsaKeyPair::from_der(&der))
        } else if let Ok(key) = PrivatePkcs8KeyDer::from_pem_slice(pem.as_bytes()) {
            RsaKeyPair::from_pkcs8(key.secret_pkcs8_der())
        } else {
            let key = PrivatePkcs1KeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| KeyFault::Private)?;
            RsaKeyPair::from_der(key.secret_pkcs1_der())
        };
        pair.map(|pair| Self(Arc::new(pair))).map_err(|_| KeyFault::Private)
    }

    /// A new key of 2048 bits.
    pub fn generate() -> Result<Self, KeyFault> {
        RsaKeyPair::generate(KeySize::Rsa2048).map(|pair| Self(Arc::new(pair))).map_err(|_| KeyFault::Making)
    }

    /// PKCS #8 in PEM: for the file it is kept in, never for a log.
    pub fn to_pem(&self) -> Result<String, KeyFault> {
        let der: Pkcs8V1Der<'_> = self.0.as_der().map_err(|_| KeyFault::Making)?;
        Ok(armour("PRIVATE KEY", der.as_ref()))
    }

    /// Reads what was encrypted for this key, base64.
    pub fn decrypt(&self, sealed: &str) -> Option<Vec<u8>> {
        let der: Pkcs8V1Der<'_> = self.0.as_der().ok()?;
        let key = OaepPrivateDecryptingKey::new(PrivateDecryptingKey::from_pkcs8(der.as_ref()).ok()?).ok()?;
        let sealed = STANDARD.decode(sealed).ok()?;
        let mut text = vec![0; key.min_output_size()];
        key.decrypt(&OAEP_SHA1_MGF1SHA1, &sealed, &mut text, None).ok().map(|text| text.to_vec())
    }

    /// The signature in base64.
    pub fn sign(&self, message: &[u8]) -> Result<String, KeyFault> {
        let mut signature = vec![0; self.0.public_modulus_len()];
        self.0.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature).map_err(|_| KeyFault::Private)?;
        Ok(STANDARD.encode(signature))
    }

    /// Its other half.
    pub fn public(&self) -> Result<PublicKey, KeyFault> {
        let der: PublicKeyX509Der<'_> = self.0.public_key().as_der().map_err(|_| KeyFault::Making)?;
        Ok(PublicKey(der.as_ref().to_vec()))
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(…)")
    }
}

/// A key that signatures are held against.
#[derive(Clone)]
pub struct PublicKey(Vec<u8>);

impl PublicKey {
    /// Reads a `PUBLIC KEY` (SPKI) or a `CERTIFICATE` in PEM; also the bare base64 that Alipay shows.
    pub fn from_pem(text: &str) -> Result<Self, KeyFault> {
        let pem = text.trim();
        if pem.contains("PRIVATE KEY-----") {
            return Err(KeyFault::PrivateInPlaceOfPublic);
        }
        let spki = if !pem.starts_with("-----") {
            bare(pem).ok_or(KeyFault::Public)?
        } else if let Ok(key) = SubjectPublicKeyInfoDer::from_pem_slice(pem.as_bytes()) {
            key.as_ref().to_vec()
        } else {
            return Certificate::from_pem(pem).map(|certificate| certificate.key);
        };
        Self::from_der(&spki)
    }

    fn from_der(spki: &[u8]) -> Result<Self, KeyFault> {
        ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, spki).map(|_| Self(spki.to_vec())).map_err(|_| KeyFault::Public)
    }

    /// A text that only the other half reads (RSA-OAEP with SHA-1, as WeChat Pay has it), in base64.
    pub fn encrypt(&self, text: &[u8]) -> Result<String, KeyFault> {
        let key = PublicEncryptingKey::from_der(&self.0).map_err(|_| KeyFault::Public)?;
        let key = OaepPublicEncryptingKey::new(key).map_err(|_| KeyFault::Public)?;
        let mut sealed = vec![0; key.ciphertext_size()];
        let sealed = key.encrypt(&OAEP_SHA1_MGF1SHA1, text, &mut sealed, None).map_err(|_| KeyFault::TooLong)?;
        Ok(STANDARD.encode(sealed))
    }

    /// Did the other half sign this? `signature` is base64.
    pub fn verifies(&self, message: &[u8], signature: &str) -> bool {
        let Ok(signature) = STANDARD.decode(signature) else { return false };
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.0).verify(message, &signature).is_ok()
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PublicKey(…)")
    }
}

/// What a platform certificate says: whose key it is, and its serial number in capital hex.
#[derive(Clone, Debug)]
pub struct Certificate {
    pub serial: String,
    pub key: PublicKey,
}

impl Certificate {
    /// Reads an X.509 certificate in PEM. Who vouches for it is not asked: the merchant names the file.
    pub fn from_pem(text: &str) -> Result<Self, KeyFault> {
        let der = CertificateDer::from_pem_slice(text.trim().as_bytes()).map_err(|_| KeyFault::Public)?;
        let certificate = webpki::EndEntityCert::try_from(&der).map_err(|_| KeyFault::Public)?;
        let key = PublicKey::from_der(certificate.subject_public_key_info().as_ref())?;
        let serial: String = certificate.serial().iter().fold(String::new(), |serial, byte| serial + &format!("{byte:02X}"));
        Ok(Self { serial: serial.trim_start_matches('0').to_owned(), key })
    }
}

/// DER without its armour, lines allowed.
fn bare(text: &str) -> Option<Vec<u8>> {
    let packed: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    STANDARD.decode(packed).ok().filter(|der| !der.is_empty())
}

fn armour(label: &str, der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let mut text = format!("-----BEGIN {label}-----\n");
    for (index, sign) in body.chars().enumerate() {
        text.push(sign);
        if index % 64 == 63 {
            text.push('\n');
        }
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text + &format!("-----END {label}-----\n")
}

#[cfg(test)]
pub(in crate::server::payments) mod published {
    //! What wechatpay-go publishes for its tests (Apache-2.0), key and certificate belonging together.

    /// Without its armour, so that no scanner takes it for somebody's key.
    pub const PRIVATE_KEY: &str = "MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDZUJN33V+dSfvd\
        fL0Mu+39XrZNXFFMQSy1V15FpncHeV47SmV0TzTqZc7hHB0ddqAdDi8Z5k3TKqb7\
        6sOwYr5TcAfuR6PIPaleyE0/0KrljBum2Isa2Nyq7Dgc3ElBQ6YN4l/a+DpvKaz1\
        FSKmKrhLNskqokWVSlu4g8OlKlbPXQ9ibII14MZRQrrkTmHYHzfi7GXXM0thAKuR\
        0HNvyhTHBh4/lrYM3GaMvmWwkwvsMavnOex6+eioZHBOb1/EIZ/LzC6zuHArPpyW\
        3daGaZ1rtQB1vVzTyERAVVFsXXgBHvfFud3w3ShsJYk8JvMwK2RpJ5/gV0QSARcm\
        LDRUAlPzAgMBAAECggEBAMc7rDeUaXiWv6bMGbZ3BTXpg1FhdddnWUnYE8HfX/km\
        OFI7XtBHXcgYFpcjYz4D5787pcsk7ezPidAj58zqenuclmjKnUmT3pfbI5eCA2v4\
        C9HnbYDrmUPK1ZcADtka4D6ScDccpNYNa1g2TFHzkIrEa6H+q7S3O2fqxY/DRVtN\
        0JIXalBb8daaqL5QVzSmM2BMVnHy+YITJWIkP2a3pKs9C0W65JGDsnG0wVrHinHF\
        +cnhFZIbaPEI//DAFMc9NkrWOKVRTEgcCUxCFaHOZVNxDWZD7A2ZfJB2rK6eg//y\
        gEiFDR2h6mTaDowMB4YF2n2dsIO4/dCG8vPHI20jn4ECgYEA/ZGu6lEMlO0XZnam\
        AZGtiNgLcCfM/C2ZERZE7QTRPZH1WdK92Al9ndldsswFw4baJrJLCmghjF/iG4zi\
        hhBvLnOLksnZUfjdumxoHDWXo2QBWbI5QsWIE7AuTiWgWj1I7X4fCXSQf6i+M/y2\
        6TogQ7d0ANpZFyOkTNMn/tiJvLECgYEA22XqlamG/yfAGWery5KNH2DGlTIyd6xJ\
        WtJ9j3jU99lZ0bCQ5xhiBbU9ImxCi3zgTsoqLWgA/p00HhNFNoUcTl9ofc0G3zwT\
        D1y0ZzcnVKxGJdZ6ohW52V0hJStAigtjYAsUgjm7//FH7PiQDBDP1Wa6xSRkDQU/\
        aSbQxvEE8+MCgYEA3bb8krW7opyM0XL9RHH0oqsFlVO30Oit5lrqebS0oHl3Zsr2\
        ZGgoBlWBsEzk3UqUhTFwm/DhJLTSJ/TQPRkxnhQ5/mewNhS9C7yua7wQkzVmWN+V\
        YeUGTvDGDF6qDz12/vJAgSwDDRym8x4NcXD5tTw7mmNRcwIfL22SkysThIECgYAV\
        BgccoEoXWS/HP2/u6fQr9ZIR6eV8Ij5FPbZacTG3LlS1Cz5XZra95UgebFFUHHtC\
        EY1JHJY7z8SWvTH8r3Su7eWNaIAoFBGffzqqSVazfm6aYZsOvRY6BfqPHT3p/H1h\
        Tq6AbBffxrcltgvXnCTORjHPglU0CjSxVs7awW3AEQKBgB5WtaC8VLROM7rkfVIq\
        +RXqE5vtJfa3e3N7W3RqxKp4zHFAPfr82FK5CX2bppEaxY7SEZVvVInKDc5gKdG/\
        jWNRBmvvftZhY59PILHO2X5vO4FXh7suEjy6VIh0gsnK36mmRboYIBGsNuDHjXLe\
        BDa+8mDLkWu5nHEhOxy2JJZl";
    pub const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----
MIIDVzCCAj+gAwIBAgIJANfOWdH1ItcBMA0GCSqGSIb3DQEBCwUAMEIxCzAJBgNV
BAYTAlhYMRUwEwYDVQQHDAxEZWZhdWx0IENpdHkxHDAaBgNVBAoME0RlZmF1bHQg
Q29tcGFueSBMdGQwHhcNMjEwNDI3MDg1NTIzWhcNMzEwNDI1MDg1NTIzWjBCMQsw
CQYDVQQGEwJYWDEVMBMGA1UEBwwMRGVmYXVsdCBDaXR5MRwwGgYDVQQKDBNEZWZh
dWx0IENvbXBhbnkgTHRkMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA
2VCTd91fnUn73Xy9DLvt/V62TVxRTEEstVdeRaZ3B3leO0pldE806mXO4RwdHXag
HQ4vGeZN0yqm++rDsGK+U3AH7kejyD2pXshNP9Cq5YwbptiLGtjcquw4HNxJQUOm
DeJf2vg6byms9RUipiq4SzbJKqJFlUpbuIPDpSpWz10PYmyCNeDGUUK65E5h2B83
4uxl1zNLYQCrkdBzb8oUxwYeP5a2DNxmjL5lsJML7DGr5znsevnoqGRwTm9fxCGf
y8wus7hwKz6clt3Whmmda7UAdb1c08hEQFVRbF14AR73xbnd8N0obCWJPCbzMCtk
aSef4FdEEgEXJiw0VAJT8wIDAQABo1AwTjAdBgNVHQ4EFgQUT1c7nd/SUO76HSoZ
umNUJv1R5PwwHwYDVR0jBBgwFoAUT1c7nd/SUO76HSoZumNUJv1R5PwwDAYDVR0T
BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOCAQEAfTjxKRQMzNB/U6ZoCUS+BSNfa2Oh
0plMN6ZuzwiVVZwg1jywvv5yv04koS7Pd4i9E4gt9ZBUQXlpq+A3oOCEEHNRR6b2
kyazGRM7s0OP5X21WrbpSmKmU6K7hkfx30yYs08LVs/Q8DIhvaj1FCFeJzUCzYn/
fHMq4tsbKO0dKAeydPM/nrUZBmaYQVKMVOORGLFjFKVO7JV6Kq/R86ouhjEPgJOe
2xulNBUcjicqtZlBdEh/PWCYP2SpGVDclKm8jeo175T3EVAkdKzzmfpxtMmnMlmq
cTJOU9TxuGvNASMtjj7pYIerTx+xgZDXEVBWFW9PjJ0TV06tCRsgSHItgg==
-----END CERTIFICATE-----";
}

#[cfg(test)]
mod tests {
    use super::*;

    /// wechatpay-go, `sha256withrsa_signer_test.go`: "source".
    const SIGNED: &str = "BKyAfU4iMCuvXMXS0Wzam3V/cnxZ+JaqigPM5OhljS2iOT95OO6Fsuml2JkFANJU9K6q9bLlDhPXuoVz+pp4hAm6\
        pHU4ld815U4jsKu1RkyaII+1CYBUYC8TK0XtJ8FwUXXz8vZHh58rrAVN1XwNyvD1vfpxrMT4SL536GLwvpUHlCqIMzoZUguLli/K8V29QiOh\
        uH6IEqLNJn8e9b3nwNcQ7be3CzYGpDAKBfDGPCqCv8Rw5zndhlffk2FEA70G4hvMwe51qMN/RAJbknXG23bSlObuTCN7Ndj1aJGH6/L+hdwf\
        LpUtJm4QYVazzW7DFD27EpSQEqA8bX9+8m1rLg==";

    #[test]
    fn the_signature_is_the_published_one() {
        let key = PrivateKey::from_pem(published::PRIVATE_KEY).unwrap();
        assert_eq!(key.sign(b"source").unwrap(), SIGNED);
        assert!(key.public().unwrap().verifies(b"source", SIGNED));
        assert!(!key.public().unwrap().verifies(b"sauce", SIGNED));
        assert!(!key.public().unwrap().verifies(b"source", &SIGNED.replace("BKyA", "BKyB")));
        assert!(!key.public().unwrap().verifies(b"source", "no base64 at all"));
    }

    #[test]
    fn the_published_certificate_holds_the_same_key_and_its_serial() {
        let certificate = Certificate::from_pem(published::CERTIFICATE).unwrap();
        assert_eq!(certificate.serial, "D7CE59D1F522D701");
        assert!(certificate.key.verifies(b"source", SIGNED));
        assert!(PublicKey::from_pem(published::CERTIFICATE).unwrap().verifies(b"source", SIGNED));
    }

    #[test]
    fn a_key_survives_its_file_and_is_never_printed() {
        let key = PrivateKey::generate().unwrap();
        let pem = key.to_pem().unwrap();
        let again = PrivateKey::from_pem(&format!("\n{pem}\n")).unwrap();
        let public = PublicKey::from_pem(&armour("PUBLIC KEY", &key.public().unwrap().0)).unwrap();
        assert!(public.verifies(b"tea", &again.sign(b"tea").unwrap()));
        assert_eq!(format!("{key:?} {public:?}"), "PrivateKey(…) PublicKey(…)");
    }

    #[test]
    fn what_is_no_key_is_called_so() {
        for text in ["", "nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", published::CERTIFICATE] {
            assert_eq!(PrivateKey::from_pem(text).unwrap_err(), KeyFault::Private);
        }
        let private = PrivateKey::generate().unwrap().to_pem().unwrap();
        assert_eq!(PublicKey::from_pem(&private).unwrap_err(), KeyFault::PrivateInPlaceOfPublic);
        for text in ["", "nonsense", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"] {
            assert_eq!(PublicKey::from_pem(text).unwrap_err(), KeyFault::Public);
        }
    }
}
