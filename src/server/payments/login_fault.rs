//! Why WeChat did not say who a buyer is, and what the buyer can do about it.

use thiserror::Error;

use super::GatewayError;

/// A log-in that brought nobody.
#[derive(Debug, Error)]
pub enum LoginFault {
    /// The way back was not the one that was begun, came too late, or had been gone before.
    #[error("the code or the state of a log-in is not good, or no longer")]
    Expired,
    /// WeChat shows a picture of the page to somebody it gave a passing name, who cannot pay.
    #[error("the page is looked at as a snapshot, by nobody in particular")]
    Snapshot,
    /// WeChat asks for patience.
    #[error("WeChat is busy: {0}")]
    Busy(i64),
    /// WeChat does not answer this account: its secret is wrong, or it may not ask.
    #[error("WeChat refuses the account: {0}")]
    Refused(i64),
    /// No answer, or none that makes sense.
    #[error(transparent)]
    Unanswered(#[from] GatewayError),
}

impl LoginFault {
    /// WeChat's `errcode`.
    pub fn of_code(code: i64) -> Self {
        match code {
            // No code, a code of nobody's, one that was used, one that is too old.
            41008 | 40029 | 40163 | 42003 => Self::Expired,
            // In trouble, or asked too often.
            -1 | 45009 | 45011 => Self::Busy(code),
            _ => Self::Refused(code),
        }
    }

    /// In Chinese, for the buyer: what happened, and the way on.
    pub const fn words(&self) -> &'static str {
        match self {
            Self::Expired => "微信登录已失效，这次没有扣款。请重新点「确认付款」",
            Self::Snapshot => "当前是微信的快照页，不能付款。请点页面下方的「使用完整服务」后重新付款",
            Self::Busy(_) => "微信正忙，这次没有扣款。请稍后重新点「确认付款」",
            Self::Refused(_) => "暂时不能在微信内付款，这次没有扣款。请选择其他支付方式，或点右上角「···」在浏览器中打开本页付款",
            Self::Unanswered(_) => "暂时联系不上微信，这次没有扣款。请稍后重新点「确认付款」，或选择其他支付方式",
        }
    }
}
