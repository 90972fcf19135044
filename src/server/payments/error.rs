//! What can go wrong with a gateway, and what each of it asks for.

use thiserror::Error;

use super::signing::SignatureFault;

/// The gateway's clear "no".
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{code}: {words}")]
pub struct Refusal {
    pub code: String,
    /// In Chinese; may be shown to staff.
    pub words: String,
}

/// A call that brought no result.
#[derive(Debug, Error)]
pub enum GatewayError {
    /// The request may have been carried out: time-out, lost connection, 5xx, an answer that makes no sense.
    #[error("the gateway's outcome is unknown: {0}")]
    Unknown(String),
    #[error("the gateway refused: {0}")]
    Refused(#[from] Refusal),
    /// Nothing was sent.
    #[error("the gateway cannot be reached: {0}")]
    Down(String),
    /// Somebody else may have spoken, so an answer like this decides nothing.
    #[error("the gateway's message is not to be believed: {0}")]
    BadSignature(#[from] SignatureFault),
}

/// What to do next about a failed call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Ask what became of it before anything else.
    QueryFirst,
    /// Send the same again: same number, same parameters.
    RetryUnchanged,
    /// The merchant's purse at the gateway is short: fill it, then send the same again.
    TopUp,
    /// This number is finished for good; only a new one can pay.
    NewNumber,
    /// A person has to settle it.
    ByHand,
}

impl Refusal {
    pub fn new(code: impl Into<String>, words: impl Into<String>) -> Self {
        Self { code: code.into(), words: words.into() }
    }

    /// What this code asks for.
    pub fn remedy(&self) -> Remedy {
        match self.code.as_str() {
            "NOT_ENOUGH" => Remedy::TopUp,
            "FREQUENCY_LIMITED" | "ABNORMAL" => Remedy::RetryUnchanged,
            "CLOSED" => Remedy::NewNumber,
            _ => Remedy::ByHand,
        }
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
}

/// The one place where a failure of the transport gets its meaning.
impl From<reqwest::Error> for GatewayError {
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        if error.is_connect() || error.is_builder() { Self::Down(format!("{error:?}")) } else { Self::Unknown(format!("{error:?}")) }
    }
}
