//! The self-check: one harmless question, and what its answer says of keys, clocks and the way there.

use crate::domain::Channel;
use http::header::DATE;

use super::reading::Read;
use super::{GatewayError, SignatureFault};
use crate::domain::time::SECOND;
use crate::server::clock::{Clock, SystemClock};

/// Clocks that are further apart are set wrong, in seconds. At five times as many, messages count as replays.
const TOLERATED: u64 = 60;

/// What was seen.
#[derive(Debug)]
pub struct GatewayCheck {
    /// How far our clock is ahead of the gateway's, in seconds; unknown if it gave no `Date`.
    pub clock_ahead: Option<i64>,
    /// What became of the question.
    pub answer: Result<(), GatewayError>,
    /// What else was looked at.
    pub more: Vec<Finding>,
}

/// One thing that is right, or wrong and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub right: bool,
    pub words: String,
}

impl GatewayCheck {
    /// Nothing came back.
    pub const fn unanswered(error: GatewayError) -> Self {
        Self { clock_ahead: None, answer: Err(error), more: Vec::new() }
    }

    /// An answer came back, and was judged.
    pub fn answered(answer: &Read, judged: Result<(), GatewayError>) -> Self {
        let date = answer.headers.get(DATE).and_then(|value| value.to_str().ok());
        let theirs = date.and_then(|date| chrono::DateTime::parse_from_rfc2822(date).ok());
        let clock_ahead = theirs.map(|theirs| SystemClock.now().0 / SECOND - theirs.timestamp());
        Self { clock_ahead, answer: judged, more: Vec::new() }
    }

    /// The same with something else that was looked at.
    #[must_use]
    pub fn with(mut self, finding: Finding) -> Self {
        self.more.push(finding);
        self
    }

    /// In words, for the one who set the account up.
    pub fn findings(&self, channel: Channel) -> Vec<Finding> {
        let signatures = match &self.answer {
            Ok(()) => {
                vec![
                    Finding::right("our signature was accepted: the private key is the account's"),
                    Finding::right("its answer was signed by its key"),
                ]
            }
            Err(error) => vec![Finding::wrong(what_to_do(channel, error))],
        };
        self.clock().into_iter().chain(signatures).chain(self.more.iter().cloned()).collect()
    }

    fn clock(&self) -> Option<Finding> {
        let ahead = self.clock_ahead?;
        let how = format!("our clock is {} s {} its", ahead.unsigned_abs(), if ahead < 0 { "behind" } else { "ahead of" });
        let tolerated = ahead.unsigned_abs() <= TOLERATED;
        Some(if tolerated { Finding::right(how) } else { Finding::wrong(format!("{how}: set this machine's clock, best by NTP")) })
    }
}

impl Finding {
    pub fn right(words: impl Into<String>) -> Self {
        Self { right: true, words: words.into() }
    }

    pub fn wrong(words: impl Into<String>) -> Self {
        Self { right: false, words: words.into() }
    }
}

/// The settings by which a channel's side of a signature is known.
struct Names {
    url: &'static str,
    own: &'static str,
    theirs: &'static str,
}

const fn names(channel: Channel) -> Names {
    match channel {
        Channel::Wechat => Names {
            url: "wechat_url",
            own: "wechat_key has to be the key of the certificate whose serial number is wechat_serial, and both wechat_mchid's",
            theirs: "wechat_public_key with wechat_public_key_id (or wechat_certificates); the merchant platform shows the present one under API security",
        },
        Channel::Alipay => Names {
            url: "alipay_url",
            own: "alipay_key has to be the private key whose public half was uploaded for alipay_app_id on the open platform",
            theirs: "alipay_public_key; the open platform shows it beside the application's own as Alipay's public key",
        },
    }
}

fn what_to_do(channel: Channel, error: &GatewayError) -> String {
    let Names { url, own, theirs } = names(channel);
    match error {
        GatewayError::Down(why) => format!("it cannot be reached ({why}): look at the network, the name server, a firewall, and {url}"),
        GatewayError::NotBuilt(why) => {
            format!("our question could not be built ({why}): look at {url}, and the account's numbers and keys here")
        }
        GatewayError::Unknown(why) => {
            format!("the answer is not the gateway's ({why}): something in between answered, as a proxy does, or {url} is wrong")
        }
        GatewayError::BadSignature(SignatureFault::Stale) => {
            "its answer counts as a replay: set this machine's clock, best by NTP".to_owned()
        }
        GatewayError::BadSignature(fault) => format!("its answer cannot be believed ({fault}): bring {theirs}"),
        GatewayError::Refused(refusal) if SIGNATURE_REFUSED.contains(&refusal.code.as_str()) => {
            format!("our signature was not accepted ({refusal}): {own}")
        }
        GatewayError::Refused(refusal) => {
            format!("it refused ({refusal}): look up the code in its console, and the account's numbers here")
        }
    }
}

/// The gateway read the question and holds its signature for wrong.
const SIGNATURE_REFUSED: [&str; 5] =
    ["SIGN_ERROR", "isv.invalid-signature", "isv.missing-signature-config", "isv.missing-signature-key", "isv.invalid-signature-type"];
