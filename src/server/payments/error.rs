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
    /// The gateway cannot be reached: nothing was sent.
    #[error("the gateway cannot be reached: {0}")]
    Down(String),
    /// A fault of ours or of our settings, which the next try meets as well: nothing was sent.
    #[error("our request could not be built: {0}")]
    NotBuilt(String),
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
            Self::NotBuilt(_) => Remedy::ByHand,
            Self::Refused(refusal) => refusal.remedy(),
        }
    }

    /// The short code that a row keeps of it; the whole story is in the log.
    pub fn code(&self) -> &str {
        match self {
            Self::Unknown(_) => OwnTrouble::NoAnswer.code(),
            Self::Down(_) => OwnTrouble::Unreachable.code(),
            Self::NotBuilt(_) => OwnTrouble::NotBuilt.code(),
            Self::BadSignature(_) => OwnTrouble::NotBelieved.code(),
            Self::Refused(refusal) => &refusal.code,
        }
    }

    /// Why what was asked for fails; `None` where it is asked about, or sent again.
    pub fn final_refusal(&self) -> Option<GatewayRefusal> {
        match self.remedy() {
            Remedy::QueryFirst | Remedy::RetryUnchanged | Remedy::TopUp => None,
            Remedy::NewNumber | Remedy::Elsewhere | Remedy::ByHand => Some(match self {
                Self::Refused(refusal) => refusal.clone(),
                Self::Unknown(_) | Self::Down(_) | Self::NotBuilt(_) | Self::BadSignature(_) => GatewayRefusal::new(self.code(), ""),
            }),
        }
    }

    /// What whoever waits for it is told: what happened, and what to do. Trying again helps only where the fault is not ours.
    pub fn in_words(&self) -> (&'static str, &'static str) {
        match self {
            Self::NotBuilt(_) => ("支付请求未能生成，没有发出", "请换一种方式，或由商家检查支付设置"),
            Self::Unknown(_) | Self::Refused(_) | Self::Down(_) | Self::BadSignature(_) => {
                ("支付通道暂时没有响应", "请稍后重试，不会重复扣款")
            }
        }
    }

    /// What it says of an earlier call: that we cannot build another one leaves its outcome unknown.
    #[must_use]
    pub fn of_earlier_call(self) -> Self {
        match self {
            Self::NotBuilt(why) => Self::Unknown(why),
            Self::Unknown(_) | Self::Refused(_) | Self::Down(_) | Self::BadSignature(_) => self,
        }
    }
}

/// The one place where a failure of the transport gets its meaning.
impl From<reqwest::Error> for GatewayError {
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let why = format!("{error:?}");
        match (error.is_builder(), error.is_connect()) {
            (true, _) => Self::NotBuilt(why),
            (false, true) => Self::Down(why),
            (false, false) => Self::Unknown(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_ours_is_left_to_a_person_and_one_of_the_network_is_not() {
        let ours = || GatewayError::NotBuilt("a key that signs nothing".to_owned());
        assert_eq!((ours().remedy(), ours().final_refusal().map(|why| why.code)), (Remedy::ByHand, Some("not_built".to_owned())));
        for (passing, remedy) in [
            (GatewayError::Down("refused".to_owned()), Remedy::RetryUnchanged),
            (GatewayError::Unknown("time-out".to_owned()), Remedy::QueryFirst),
            (SignatureFault::Forged.into(), Remedy::QueryFirst),
            (GatewayRefusal::new("SYSTEM_ERROR", "").into(), Remedy::QueryFirst),
        ] {
            assert_eq!((passing.remedy(), passing.final_refusal()), (remedy, None), "{passing}");
        }
    }

    #[test]
    fn what_may_have_been_sent_before_does_not_end_by_a_fault_of_ours() {
        let refused = GatewayRefusal::new("NOT_ENOUGH_OF_IT", "");
        assert_eq!(GatewayError::from(refused.clone()).of_earlier_call().final_refusal(), Some(refused));
        let ours = GatewayError::NotBuilt("a key that signs nothing".to_owned()).of_earlier_call();
        assert_eq!((ours.remedy(), ours.final_refusal()), (Remedy::QueryFirst, None));
    }

    #[test]
    fn only_what_passes_is_to_be_tried_again() {
        let hints =
            [GatewayError::Down(String::new()), GatewayError::NotBuilt(String::new())].map(|error| error.in_words().1.contains("重试"));
        assert_eq!(hints, [true, false]);
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_a_fault_of_ours() {
        let error = GatewayError::from(reqwest::Client::new().get("nowhere").send().await.unwrap_err());
        assert!(matches!(error, GatewayError::NotBuilt(_)), "{error}");
    }
}
