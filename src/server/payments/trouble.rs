//! The codes that rows keep of what went wrong: what each asks for, and what it means to people.

use super::remedy::{KnownCode, Remedy};
use super::{alipay, wechat};

/// The call brought no answer, or none that makes sense.
pub const NO_ANSWER: &str = "no_answer";
/// Nothing could be sent.
pub const UNREACHABLE: &str = "unreachable";
/// The answer was not signed by the gateway.
pub const NOT_BELIEVED: &str = "not_believed";
/// The shop has no account with this gateway any more.
pub const NO_GATEWAY: &str = "no_gateway";
/// The gateway pays nothing back after a year (M11).
pub const TOO_OLD: &str = "too_old";
/// The gateway pays a payment back in so many parts only (M11).
pub const TOO_MANY: &str = "too_many";
/// The shop itself has got what the buyer's account did not take.
pub const BACK_AT_SHOP: &str = "back_at_shop";
/// Something went wrong on our side.
pub const INTERNAL: &str = "internal";

/// Our own codes, whatever the channel.
const OURS: [KnownCode; 8] = [
    KnownCode { code: NO_ANSWER, remedy: Remedy::QueryFirst, words: "支付通道没有回答，正在查询结果，不会重复退款" },
    KnownCode { code: UNREACHABLE, remedy: Remedy::RetryUnchanged, words: "支付通道暂时连不上" },
    KnownCode { code: NOT_BELIEVED, remedy: Remedy::QueryFirst, words: "支付通道的回答无法验证，正在查询结果" },
    KnownCode { code: NO_GATEWAY, remedy: Remedy::RetryUnchanged, words: "该支付渠道未接入，请检查商户配置" },
    KnownCode {
        code: TOO_OLD, remedy: Remedy::ByHand, words: "付款已超过一年，渠道不再原路退款，征得买家同意后线下退款"
    },
    KnownCode {
        code: TOO_MANY, remedy: Remedy::ByHand, words: "该笔付款已退满 50 次，渠道不再原路退款，征得买家同意后线下退款"
    },
    KnownCode { code: BACK_AT_SHOP, remedy: Remedy::ByHand, words: "款项已退到商户银行账户，请线下付给买家" },
    KnownCode { code: INTERNAL, remedy: Remedy::RetryUnchanged, words: "系统处理出错，稍后自动重试" },
];

/// What we know of a code. Rows of earlier days have words behind it.
pub fn known(code: &str) -> Option<&'static KnownCode> {
    let code = code.split_whitespace().next()?;
    OURS.iter().chain(wechat::CODES).chain(alipay::CODES).find(|known| known.code == code)
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
        let mut codes: Vec<&str> = OURS.iter().chain(wechat::CODES).chain(alipay::CODES).map(|known| known.code).collect();
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
