//! What can go wrong with a gateway, and what each of it asks for.

use thiserror::Error;

use super::Remedy;
use super::trouble::{self, OwnTrouble};

/// The gateway's clear "no".
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{code}: {words}")]
pub struct GatewayRefusal {
    /// The gateway's own word for it, safe to store: at most 64 letters, digits, `_`, `.` and `-`.
    pub code: String,
    /// In Chinese; may be shown to staff.
    pub words: String,
}

/// Why a message is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SignatureFault {
    #[error("a signature header is missing or malformed")]
    Missing,
    #[error("signed with a key that we do not know")]
    UnknownKey,
    #[error("outside of the time that a message lives")]
    Stale,
    #[error("the signature does not match")]
    Forged,
    #[error("its secret part was not encrypted with our key")]
    Sealed,
}

/// A call that brought no result.
#[derive(Debug, Error)]
pub enum GatewayError {
    /// The request may have been carried out: time-out, lost connection, 5xx, an answer that makes no sense.
    #[error("the gateway's outcome is unknown: {0}")]
    Unknown(String),
    #[error("the gateway refused: {0}")]
    Refused(#[from] GatewayRefusal),
    /// Nothing was sent.
    #[error("the gateway cannot be reached: {0}")]
    Down(String),
    /// Somebody else may have spoken, so an answer like this decides nothing.
    #[error("the gateway's message is not to be believed: {0}")]
    BadSignature(#[from] SignatureFault),
}

impl GatewayRefusal {
    /// `words` are the gateway's; what we know the code to mean is said in our own.
    pub fn new(code: impl AsRef<str>, words: impl Into<String>) -> Self {
        let storable = |sign: &char| sign.is_ascii_alphanumeric() || "_.-".contains(*sign);
        let code: String = code.as_ref().chars().filter(storable).take(64).collect();
        let words = trouble::known(&code).map_or_else(|| words.into(), |known| known.words.to_owned());
        Self { code, words }
    }

    /// What this code asks for.
    pub fn remedy(&self) -> Remedy {
        trouble::known(&self.code).map_or(Remedy::ByHand, |known| known.remedy)
    }
}

impl GatewayError {
    /// What this error asks for.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Unknown(_) | Self::BadSignature(_) => Remedy::QueryFirst,
            Self::Down(_) => Remedy::RetryUnchanged,
            Self::Refused(refusal) => refusal.remedy(),
        }
    }

    /// The short code that a row keeps of it; the whole story is in the log.
    pub fn code(&self) -> &str {
        match self {
            Self::Unknown(_) => OwnTrouble::NoAnswer.code(),
            Self::Down(_) => OwnTrouble::Unreachable.code(),
            Self::BadSignature(_) => OwnTrouble::NotBelieved.code(),
            Self::Refused(refusal) => &refusal.code,
        }
    }
}

/// The one place where a failure of the transport gets its meaning.
impl From<reqwest::Error> for GatewayError {
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        if error.is_connect() || error.is_builder() { Self::Down(format!("{error:?}")) } else { Self::Unknown(format!("{error:?}")) }
    }
}
