//! The codes that rows keep of what went wrong: what each asks for, and what it means to people.

use super::remedy::{KnownCode, Remedy};
use super::{alipay, wechat};

/// Trouble that we name ourselves, whatever the channel; the gateways' own words are an open set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnTrouble {
    /// The call brought no answer, or none that makes sense.
    NoAnswer,
    /// Nothing could be sent.
    Unreachable,
    /// The request could not be built, so nothing was sent.
    NotBuilt,
    /// The answer was not signed by the gateway.
    NotBelieved,
    /// The shop has no account with this gateway any more.
    NoGateway,
    /// The gateway pays nothing back after a year (M11).
    TooOld,
    /// The gateway pays a payment back in so many parts only (M11).
    TooMany,
    /// The shop itself has got what the buyer's account did not take.
    BackAtShop,
    /// Something went wrong on our side.
    Internal,
}

impl OwnTrouble {
    const ALL: [Self; 9] = [
        Self::NoAnswer,
        Self::Unreachable,
        Self::NotBuilt,
        Self::NotBelieved,
        Self::NoGateway,
        Self::TooOld,
        Self::TooMany,
        Self::BackAtShop,
        Self::Internal,
    ];

    const fn known(self) -> &'static KnownCode {
        use Remedy::{ByHand, QueryFirst, RetryUnchanged};
        match self {
            Self::NoAnswer => &KnownCode {
                code: "no_answer", remedy: QueryFirst, words: "支付通道没有回答，正在查询结果，不会重复退款"
            },
            Self::Unreachable => &KnownCode { code: "unreachable", remedy: RetryUnchanged, words: "支付通道暂时连不上" },
            Self::NotBuilt => &KnownCode {
                code: "not_built", remedy: ByHand, words: "退款请求未能生成，没有发出，请检查商户配置后重试"
            },
            Self::NotBelieved => {
                &KnownCode { code: "not_believed", remedy: QueryFirst, words: "支付通道的回答无法验证，正在查询结果" }
            }
            Self::NoGateway => {
                &KnownCode { code: "no_gateway", remedy: RetryUnchanged, words: "该支付渠道未接入，请检查商户配置" }
            }
            Self::TooOld => {
                &KnownCode {
                    code: "too_old", remedy: ByHand, words: "付款已超过一年，渠道不再原路退款，征得买家同意后线下退款"
                }
            }
            Self::TooMany => {
                &KnownCode {
                    code: "too_many", remedy: ByHand, words: "该笔付款已退满 50 次，渠道不再原路退款，征得买家同意后线下退款"
                }
            }
            Self::BackAtShop => {
                &KnownCode { code: "back_at_shop", remedy: ByHand, words: "款项已退到商户银行账户，请线下付给买家" }
            }
            Self::Internal => &KnownCode { code: "internal", remedy: RetryUnchanged, words: "系统处理出错，稍后自动重试" },
        }
    }

    /// As rows keep it.
    pub const fn code(self) -> &'static str {
        self.known().code
    }

    /// What it means to people.
    pub const fn words(self) -> &'static str {
        self.known().words
    }
}

fn all_known() -> impl Iterator<Item = &'static KnownCode> {
    OwnTrouble::ALL.into_iter().map(OwnTrouble::known).chain(wechat::CODES).chain(alipay::CODES)
}

/// What we know of a code. Rows of earlier days have words behind it.
pub fn known(code: &str) -> Option<&'static KnownCode> {
    let code = code.split_whitespace().next()?;
    all_known().find(|known| known.code == code)
}

/// What a code means to people, if we know it.
pub fn in_words(code: &str) -> Option<&'static str> {
    known(code).map(|known| known.words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_is_known_twice() {
        let mut codes: Vec<&str> = all_known().map(|known| known.code).collect();
        codes.sort_unstable();
        assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "{codes:?}");
    }

    #[test]
    fn a_row_of_earlier_days_is_still_understood() {
        assert_eq!(known("CLOSED 退款已关闭").map(|known| known.remedy), Some(Remedy::NewNumber));
        assert_eq!(known(""), None);
        assert_eq!(known("SOMETHING_NEW"), None);
    }
}
