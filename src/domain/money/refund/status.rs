//! Where a refund stands, in a word.

use crate::domain::money::payment::Tender;

/// The state without its facts: tabs, filters and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundStatus {
    Created,
    Submitted,
    /// The gateway's answer did not come: it is asked before anything else.
    Unknown,
    Retryable,
    Failed,
    /// There is no channel, or it pays no more: finance settles it outside.
    Manual,
    Succeeded,
}

impl RefundStatus {
    pub const ALL: [Self; 7] =
        [Self::Created, Self::Submitted, Self::Unknown, Self::Retryable, Self::Failed, Self::Manual, Self::Succeeded];

    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Submitted => "submitted",
            Self::Unknown => "unknown",
            Self::Retryable => "retryable",
            Self::Failed => "failed",
            Self::Manual => "manual",
            Self::Succeeded => "succeeded",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Does it rest until a person decides? Then nothing of it is under way.
    pub fn waits_for_person(self) -> bool {
        match self {
            Self::Failed | Self::Manual => true,
            Self::Created | Self::Submitted | Self::Unknown | Self::Retryable | Self::Succeeded => false,
        }
    }

    /// Does the worker bring it on? What has ended or waits for a person is left alone.
    pub fn is_for_worker(self) -> bool {
        match self {
            Self::Created | Self::Submitted | Self::Unknown | Self::Retryable => true,
            Self::Failed | Self::Manual | Self::Succeeded => false,
        }
    }

    /// May the gateway have it already? Then it is asked before anything is sent again (B2).
    pub fn may_be_sent(self) -> bool {
        match self {
            Self::Submitted | Self::Unknown => true,
            Self::Created | Self::Retryable | Self::Failed | Self::Manual | Self::Succeeded => false,
        }
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Created => "待退款",
            Self::Submitted => "退款中，1–3 个工作日到账",
            Self::Unknown => "退款中，等待通道确认",
            Self::Retryable => "退款中，稍后自动重试",
            Self::Failed => "退款失败",
            Self::Manual => "待线下退款",
            Self::Succeeded => "已到账",
        }
    }

    /// As people read it of a refund by this way: cash handed over arrives as settled outside, so what arrived as cash was never there.
    pub fn in_words(self, tender: Tender) -> &'static str {
        if self == Self::Succeeded && tender == Tender::Cod { "未收款，无需退款" } else { self.name() }
    }
}
