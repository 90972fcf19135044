//! The name by which WeChat knows a person to one account. It is personal: it is kept in that person's session, and never printed.

use std::fmt;

use serde::{Deserialize, Serialize};

/// WeChat Pay takes no longer one.
const LONGEST: usize = 128;

/// Letters, digits, `_` and `-`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OpenId(String);

impl OpenId {
    /// `None` for a text that cannot be one.
    pub fn new(text: &str) -> Option<Self> {
        let usual = |sign: char| sign.is_ascii_alphanumeric() || "_-".contains(sign);
        let fits = (1..=LONGEST).contains(&text.len()) && text.chars().all(usual);
        fits.then(|| Self(text.to_owned()))
    }

    /// The name itself: for WeChat Pay and for the session.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for OpenId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(&text).ok_or("no openid")
    }
}

impl From<OpenId> for String {
    fn from(openid: OpenId) -> Self {
        openid.0
    }
}

impl fmt::Debug for OpenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OpenId(…)")
    }
}
