//! HMAC-SHA256 signatures as the sandbox gateway speaks them, on both ends of the line.

use crate::domain::time::SECOND;
use crate::server::clock::{Clock, SystemClock};
use crate::server::payments::SignatureFault;
use aws_lc_rs::{hmac, rand};
use axum::http::{HeaderMap, HeaderName, HeaderValue};

const TIMESTAMP: HeaderName = HeaderName::from_static("guitu-timestamp");
const NONCE: HeaderName = HeaderName::from_static("guitu-nonce");
const SIGNATURE: HeaderName = HeaderName::from_static("guitu-signature");
const KEY_ID: HeaderName = HeaderName::from_static("guitu-key-id");

/// Older or younger messages are replays, or one of the two clocks is wrong.
const WINDOW_SECONDS: i64 = 300;

/// What a signature stands for beside the body: `POST /v1/refunds`, the answer `200 /v1/refunds`, or a notice.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    pub method: &'a str,
    pub path: &'a str,
}

impl Subject<'static> {
    /// Callbacks are signed without their path, which a proxy in front of the shop may have changed.
    pub const NOTICE: Self = Self { method: "NOTICE", path: "/" };
}

/// Signs messages and verifies those of the other end with the shared key.
pub struct Signer {
    key_id: HeaderValue,
    key: hmac::Key,
}

impl Signer {
    /// Fails on an empty key and on an identifier that no header can carry.
    pub fn new(key_id: &str, key: &[u8]) -> Result<Self, SignatureFault> {
        if key.is_empty() {
            return Err(SignatureFault::Missing);
        }
        let key_id = HeaderValue::from_str(key_id).map_err(|_| SignatureFault::UnknownKey)?;
        Ok(Self { key_id, key: hmac::Key::new(hmac::HMAC_SHA256, key) })
    }

    /// The headers that make a message believable; an answer takes the nonce of its request.
    pub fn headers(&self, subject: Subject<'_>, nonce: &str, body: &[u8]) -> Result<HeaderMap, SignatureFault> {
        self.headers_at(wall_clock_seconds(), subject, nonce, body)
    }

    fn headers_at(&self, at: i64, subject: Subject<'_>, nonce: &str, body: &[u8]) -> Result<HeaderMap, SignatureFault> {
        let tag = hmac::sign(&self.key, &canonical(subject, at, nonce, body));
        let text = |text: &str| HeaderValue::from_str(text).map_err(|_| SignatureFault::Missing);
        Ok(HeaderMap::from_iter([
            (TIMESTAMP, HeaderValue::from(at)),
            (NONCE, text(nonce)?),
            (SIGNATURE, text(&hex(tag.as_ref()))?),
            (KEY_ID, self.key_id.clone()),
        ]))
    }

    /// Verifies a message and gives the nonce that it came with.
    pub fn verify<'a>(&self, subject: Subject<'_>, headers: &'a HeaderMap, body: &[u8]) -> Result<&'a str, SignatureFault> {
        self.verify_at(wall_clock_seconds(), subject, headers, body)
    }

    fn verify_at<'a>(&self, now: i64, subject: Subject<'_>, headers: &'a HeaderMap, body: &[u8]) -> Result<&'a str, SignatureFault> {
        if headers.get(KEY_ID).ok_or(SignatureFault::Missing)? != self.key_id {
            return Err(SignatureFault::UnknownKey);
        }
        let at: i64 = text(headers, &TIMESTAMP)?.parse().map_err(|_| SignatureFault::Missing)?;
        let nonce = text(headers, &NONCE)?;
        let signature = unhex(text(headers, &SIGNATURE)?).ok_or(SignatureFault::Missing)?;
        // The library compares in constant time.
        hmac::verify(&self.key, &canonical(subject, at, nonce, body), &signature).map_err(|_| SignatureFault::Forged)?;
        if now.abs_diff(at) > WINDOW_SECONDS.unsigned_abs() {
            return Err(SignatureFault::Stale);
        }
        Ok(nonce)
    }
}

/// Whether a message claims to be signed at all.
pub fn is_signed(headers: &HeaderMap) -> bool {
    headers.contains_key(SIGNATURE)
}

/// A word that nobody can guess and nobody has used before.
pub fn random_word() -> Result<String, aws_lc_rs::error::Unspecified> {
    let bytes: [u8; 16] = {
        let mut b = [0_u8; 16];
        rand::fill(&mut b)?;
        b
    };
    Ok(hex(&bytes))
}

/// Signatures live by the machine's own clock: the shop's may be moved in a demo.
fn wall_clock_seconds() -> i64 {
    SystemClock::default().now().0 / SECOND
}

fn canonical(subject: Subject<'_>, at: i64, nonce: &str, body: &[u8]) -> Vec<u8> {
    let mut message = format!("{}\n{}\n{at}\n{nonce}\n", subject.method, subject.path).into_bytes();
    message.extend_from_slice(body);
    message.push(b'\n');
    message
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<&'a str, SignatureFault> {
    headers.get(name).and_then(|value| value.to_str().ok()).ok_or(SignatureFault::Missing)
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let (pairs, rest) = digits.as_deref()?.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().filter_map(|[high, low]| u8::try_from(high * 16 + low).ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_764_000_000;
    const REFUND: Subject<'static> = Subject { method: "POST", path: "/v1/refunds" };
    const BODY: &[u8] = br#"{"refund_no":"R1"}"#;

    fn signer() -> Signer {
        Signer::new("demo", b"sandbox-secret").unwrap()
    }

    fn signed() -> HeaderMap {
        signer().headers_at(NOW, REFUND, "n0nce", BODY).unwrap()
    }

    /// The value was computed with `openssl dgst -sha256 -hmac`.
    #[test]
    fn the_signature_is_the_one_that_openssl_computes() {
        let signature = "8aa26c7cf996f15a1af96f1d70ac0faa306be7aecb3c9ec66528e13e8060dc5b";
        assert_eq!(signed()[SIGNATURE], signature);
    }

    #[test]
    fn a_signed_message_is_believed_within_five_minutes() {
        for now in [NOW, NOW - 300, NOW + 300] {
            assert_eq!(signer().verify_at(now, REFUND, &signed(), BODY), Ok("n0nce"));
        }
        for now in [NOW - 301, NOW + 301, i64::MIN, i64::MAX] {
            assert_eq!(signer().verify_at(now, REFUND, &signed(), BODY), Err(SignatureFault::Stale));
        }
    }

    #[test]
    fn whatever_was_changed_is_noticed() {
        let forged = Err(SignatureFault::Forged);
        let elsewhere = Subject { path: "/v1/payments", ..REFUND };
        assert_eq!(signer().verify_at(NOW, REFUND, &signed(), b"{}"), forged);
        assert_eq!(signer().verify_at(NOW, elsewhere, &signed(), BODY), forged);
        assert_eq!(signer().verify_at(NOW, Subject { method: "200", ..REFUND }, &signed(), BODY), forged);
        for (header, value) in [(NONCE, "other"), (TIMESTAMP, "1764000001"), (SIGNATURE, "00")] {
            let mut headers = signed();
            headers.insert(header, HeaderValue::from_static(value));
            assert_eq!(signer().verify_at(NOW, REFUND, &headers, BODY), forged);
        }
        let other_key = Signer::new("demo", b"another secret").unwrap();
        assert_eq!(other_key.verify_at(NOW, REFUND, &signed(), BODY), forged);
    }

    #[test]
    fn what_is_not_signed_properly_is_not_believed() {
        for header in [TIMESTAMP, NONCE, SIGNATURE, KEY_ID] {
            let mut headers = signed();
            headers.remove(header);
            assert_eq!(signer().verify_at(NOW, REFUND, &headers, BODY), Err(SignatureFault::Missing));
        }
        for (header, value) in [(SIGNATURE, "abc"), (SIGNATURE, "zz"), (TIMESTAMP, "today")] {
            let mut headers = signed();
            headers.insert(header, HeaderValue::from_static(value));
            assert_eq!(signer().verify_at(NOW, REFUND, &headers, BODY), Err(SignatureFault::Missing));
        }
        let other = Signer::new("live", b"sandbox-secret").unwrap();
        assert_eq!(other.verify_at(NOW, REFUND, &signed(), BODY), Err(SignatureFault::UnknownKey));
    }
}
