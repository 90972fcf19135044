//! Amounts as Alipay writes them: yuan with two decimals. Read and written digit by digit, never through a fraction of a binary number.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// No amount of Alipay's has more digits before its point.
const MOST_DIGITS: usize = 13;

/// An amount in fen, which the wire has in yuan: `"88.80"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Yuan(pub i64);

impl Yuan {
    /// Reads `88`, `88.8` or `88.80`; anything else is no amount.
    pub fn parse(text: &str) -> Option<Self> {
        let (yuan, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
        if !digits(yuan) || !digits(decimals) || yuan.len() > MOST_DIGITS || decimals.len() > 2 {
            return None;
        }
        format!("{yuan}{decimals:0<2}").parse().ok().map(Self)
    }
}

impl fmt::Display for Yuan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, fen) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

impl Serialize for Yuan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// From the text of a JSON string, or of a JSON number, which some of Alipay's answers have instead.
impl<'de> Deserialize<'de> for Yuan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let text = raw.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(raw);
        Self::parse(text).ok_or_else(|| D::Error::custom(format!("{raw} is no amount in yuan")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_and_written_to_the_fen() {
        let read = ["0", "0.00", "1", "1.5", "88.88", "0.01", "9999999999999.99"].map(|text| Yuan::parse(text).map(|yuan| yuan.0));
        assert_eq!(read, [0, 0, 100, 150, 8_888, 1, 999_999_999_999_999].map(Some));
        assert_eq!([0, 1, 10, 100, 8_888].map(|fen| Yuan(fen).to_string()), ["0.00", "0.01", "0.10", "1.00", "88.88"]);
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", ".", "1.", ".5", "-1.00", "+1.00", "1.005", "1e3", "1,000.00", " 1.00", "１.00", "NaN", "99999999999999.00"] {
            assert_eq!(Yuan::parse(text), None, "{text}");
        }
    }

    #[test]
    fn strings_and_numbers_of_json_are_the_same_amount() {
        for json in [r#""0.29""#, "0.29"] {
            assert_eq!(serde_json::from_str::<Yuan>(json).unwrap(), Yuan(29), "{json}");
        }
        assert_eq!(serde_json::to_string(&Yuan(100_010)).unwrap(), r#""1000.10""#);
        for json in ["null", r#""""#, r#""1"1""#, "1e2", "[1]", "-1"] {
            assert!(serde_json::from_str::<Yuan>(json).is_err(), "{json}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_back(fen in 0i64..1_000_000_000_000_000) {
            let text = Yuan(fen).to_string();
            prop_assert_eq!(Yuan::parse(&text), Some(Yuan(fen)));
            prop_assert_eq!(text.bytes().rev().position(|sign| sign == b'.'), Some(2));
            prop_assert_eq!(text.replace('.', "").parse::<i64>().unwrap(), fen);
        }

        #[test]
        fn nothing_typed_upsets_it_and_what_it_takes_it_means(text in "[0-9.,eE+ -]{0,20}") {
            if let Some(yuan) = Yuan::parse(&text) {
                let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
                prop_assert_eq!(yuan.0 / 100, whole.parse::<i64>().unwrap());
                prop_assert_eq!(yuan.to_string().ends_with(&format!("{decimals:0<2}")), true);
            }
        }
    }
}
