//! Seals what only few may read: AES-256-GCM under the installation's own key, bound to what it belongs to.

use super::config::SecretKey;
use crate::server::clock::random_u64;
use crate::server::error::{Error, Result};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hmac;
use aws_lc_rs::rand::{SecureRandom, SystemRandom};

/// Names the way of sealing, for the day there is another.
const FORM: &str = "1:";

/// Seals and opens texts; its key is never printed.
pub struct SecretBox(SecretKey);

impl SecretBox {
    /// The installation's own.
    pub fn of(key: SecretKey) -> Self {
        Self(key)
    }

    /// One whose key goes with the process: until the installation's own is known.
    pub fn passing() -> Self {
        Self(SecretKey::from_random([random_u64(), random_u64(), random_u64(), random_u64()]))
    }

    fn key(&self) -> Result<LessSafeKey> {
        let key = UnboundKey::new(&AES_256_GCM, self.0.as_bytes())
            .map_err(|_| Error::Internal("the secret key has a wrong length".to_owned()))?;
        Ok(LessSafeKey::new(key))
    }

    /// The text, readable with the same key and for the same `owner` only; sealed twice it looks different.
    pub fn seal(&self, owner: &str, text: &str) -> Result<String> {
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).map_err(|_| Error::Internal("no randomness".to_owned()))?;
        let mut sealed = text.as_bytes().to_vec();
        self.key()?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(owner.as_bytes()), &mut sealed)
            .map_err(|_| Error::Internal("a text could not be sealed".to_owned()))?;
        Ok(format!("{FORM}{}{}", hex(&nonce), hex(&sealed)))
    }

    /// The same for the same text, and nothing by which anybody without the key could try out what the text was.
    pub fn blinded(&self, text: &str) -> String {
        let mut mac = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, self.0.as_bytes()));
        mac.update(b"blinded\n");
        mac.update(text.as_bytes());
        hex(mac.sign().as_ref())
    }

    /// The text again; another key, another owner or a changed letter is an error that tells nothing.
    pub fn open(&self, owner: &str, sealed: &str) -> Result<String> {
        let unreadable = || Error::Internal("a sealed text cannot be opened: was the secret key changed?".to_owned());
        let bytes = sealed.strip_prefix(FORM).and_then(unhex).ok_or_else(unreadable)?;
        let (nonce, text) = bytes.split_at_checked(NONCE_LEN).ok_or_else(unreadable)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| unreadable())?;
        let mut text = text.to_vec();
        let key = self.key()?;
        let opened = key.open_in_place(nonce, Aad::from(owner.as_bytes()), &mut text).map_err(|_| unreadable())?;
        String::from_utf8(opened.to_vec()).map_err(|_| unreadable())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |text, byte| format!("{text}{byte:02x}"))
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let (pairs, rest) = digits.as_deref()?.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().filter_map(|[high, low]| u8::try_from(high * 16 + low).ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_is_read_again_and_never_looks_the_same() {
        let (one, text) = (SecretBox::passing(), "银行卡 王小满");
        let sealed = [one.seal("AS-1", text), one.seal("AS-1", text)].map(Result::unwrap_or_default);
        assert_ne!(sealed[0], sealed[1]);
        for sealed in &sealed {
            assert!(!sealed.contains("银行卡"));
            assert_eq!(one.open("AS-1", sealed).ok().as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_blinded_is_known_again_with_the_same_key_only() {
        let one = SecretBox::passing();
        assert_eq!((one.blinded("text"), one.blinded("text").len()), (one.blinded("text"), 64));
        assert!(one.blinded("text") != one.blinded("texts") && one.blinded("text") != SecretBox::passing().blinded("text"));
    }

    #[test]
    fn another_key_another_owner_and_every_changed_letter_are_refused() {
        let one = SecretBox::passing();
        let sealed = one.seal("AS-1", "text").unwrap_or_default();
        assert!(SecretBox::passing().open("AS-1", &sealed).is_err() && one.open("AS-2", &sealed).is_err());
        for at in 0..sealed.len() {
            let mut letters: Vec<char> = sealed.chars().collect();
            letters[at] = if letters[at] == '0' { '1' } else { '0' };
            assert!(one.open("AS-1", &letters.iter().collect::<String>()).is_err(), "letter {at}");
        }
        for cut in ["", "1:", "1:00", "text", &sealed[..sealed.len() - 2]] {
            assert!(one.open("AS-1", cut).is_err(), "{cut}");
        }
    }
}
