//! Payments and refunds that did not go as they should: what can happen, and how each comes to an end (S16).

use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnomalyKind {
    /// The order was closed, or this payment void, when its money came (B29).
    PaidAfterClosing,
    /// The order was paid already.
    PaidTwice,
    /// The gateway names another amount or currency than our books (B46).
    AmountDiffers,
    /// Paid, and the gateway did not say so until it was asked.
    CallbackMissing,
    /// Too long without a result (B2).
    RefundStuck,
    /// The gateway has refused for good (B4).
    RefundRefused,
}

impl AnomalyKind {
    pub const ALL: [Self; 6] =
        [Self::PaidAfterClosing, Self::PaidTwice, Self::AmountDiffers, Self::CallbackMissing, Self::RefundStuck, Self::RefundRefused];

    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::PaidAfterClosing => "paid_after_closing",
            Self::PaidTwice => "paid_twice",
            Self::AmountDiffers => "amount_differs",
            Self::CallbackMissing => "callback_missing",
            Self::RefundStuck => "refund_stuck",
            Self::RefundRefused => "refund_refused",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::PaidAfterClosing => "关闭后到账",
            Self::PaidTwice => "重复支付",
            Self::AmountDiffers => "金额不符",
            Self::CallbackMissing => "未收到支付通知",
            Self::RefundStuck => "退款无结果",
            Self::RefundRefused => "退款被拒",
        }
    }

    /// Money that the order does not want, on its way back.
    pub fn is_surplus(self) -> bool {
        matches!(self, Self::PaidAfterClosing | Self::PaidTwice)
    }

    /// May a person say that it was settled elsewhere? What our own rows can tell is not a matter of saying so.
    pub fn can_be_marked(self) -> bool {
        matches!(self, Self::AmountDiffers)
    }
}

/// How it came to an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// The payment counts for its order.
    Recorded,
    /// What was not wanted is back where it came from.
    Returned,
    /// The refund has arrived.
    Arrived,
    /// Finance has paid outside, with a voucher (S74).
    SettledOutside,
    /// Finance has settled it elsewhere, and says how.
    Marked,
}

impl Resolution {
    const ALL: [Self; 5] = [Self::Recorded, Self::Returned, Self::Arrived, Self::SettledOutside, Self::Marked];

    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Returned => "returned",
            Self::Arrived => "arrived",
            Self::SettledOutside => "settled_outside",
            Self::Marked => "marked",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|resolution| resolution.code() == code)
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Recorded => "已入账",
            Self::Returned => "已原路退回",
            Self::Arrived => "退款已到账",
            Self::SettledOutside => "已线下退款",
            Self::Marked => "已标记处理",
        }
    }
}
