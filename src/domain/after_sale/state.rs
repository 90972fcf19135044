//! Where a case stands. Every state that waits carries its clock; what happens at zero is in `deadline`.
//!
//! 补充凭证, 协商, 复核, 拦截 and the dispute have their place in the stored statuses and join here when they are built.

use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterSaleState {
    /// 待商家处理: the shop answers until `due`.
    Applied {
        due: Timestamp,
    },
    /// 已驳回: the buyer may revise until `due`.
    Rejected {
        due: Timestamp,
    },
    /// 待退货: the buyer sends the goods back until `due`.
    AwaitingReturn {
        due: Timestamp,
    },
    /// 待商家收货: the shop looks at the goods until `due`.
    ReturnInTransit {
        due: Timestamp,
    },
    /// 已驳回 after inspection: the case rests until `due`, then closes.
    ReturnRejected {
        due: Timestamp,
    },
    /// 待换货发出: the shop ships until `due`; past that (`overdue`) the buyer may take the money instead.
    AwaitingReship {
        due: Timestamp,
        overdue: bool,
    },
    /// 待确认收货 of the replacement.
    AwaitingBuyerReceipt {
        due: Timestamp,
    },
    /// 退款中: the worker is at it.
    Refunding {
        since: Timestamp,
    },
    /// 退款失败: tried again at `due`, or sooner by hand.
    RefundFailed {
        due: Timestamp,
    },
    Succeeded {
        at: Timestamp,
    },
    Closed {
        at: Timestamp,
        why: CloseCause,
    },
}

/// How a case ended without success.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseCause {
    Withdrawn,
    ReturnTimeout,
    RejectExpired,
}

/// The state without its facts: columns, queues and filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StateKind {
    Applied,
    Rejected,
    AwaitingReturn,
    ReturnInTransit,
    ReturnRejected,
    AwaitingReship,
    AwaitingBuyerReceipt,
    Refunding,
    RefundFailed,
    Succeeded,
    Closed,
}

impl AfterSaleState {
    pub fn kind(self) -> StateKind {
        match self {
            Self::Applied { .. } => StateKind::Applied,
            Self::Rejected { .. } => StateKind::Rejected,
            Self::AwaitingReturn { .. } => StateKind::AwaitingReturn,
            Self::ReturnInTransit { .. } => StateKind::ReturnInTransit,
            Self::ReturnRejected { .. } => StateKind::ReturnRejected,
            Self::AwaitingReship { .. } => StateKind::AwaitingReship,
            Self::AwaitingBuyerReceipt { .. } => StateKind::AwaitingBuyerReceipt,
            Self::Refunding { .. } => StateKind::Refunding,
            Self::RefundFailed { .. } => StateKind::RefundFailed,
            Self::Succeeded { .. } => StateKind::Succeeded,
            Self::Closed { .. } => StateKind::Closed,
        }
    }

    /// When the running clock reaches zero.
    pub fn due(self) -> Option<Timestamp> {
        match self {
            Self::Applied { due }
            | Self::Rejected { due }
            | Self::AwaitingReturn { due }
            | Self::ReturnInTransit { due }
            | Self::ReturnRejected { due }
            | Self::AwaitingBuyerReceipt { due }
            | Self::RefundFailed { due } => Some(due),
            // Overdue has been said; nothing further happens by itself.
            Self::AwaitingReship { due, overdue } => (!overdue).then_some(due),
            Self::Refunding { .. } | Self::Succeeded { .. } | Self::Closed { .. } => None,
        }
    }

    /// Has the case ended?
    pub fn is_over(self) -> bool {
        matches!(self, Self::Succeeded { .. } | Self::Closed { .. })
    }
}

impl StateKind {
    pub const ALL: [Self; 11] = [
        Self::Applied,
        Self::Rejected,
        Self::AwaitingReturn,
        Self::ReturnInTransit,
        Self::ReturnRejected,
        Self::AwaitingReship,
        Self::AwaitingBuyerReceipt,
        Self::Refunding,
        Self::RefundFailed,
        Self::Succeeded,
        Self::Closed,
    ];

    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Rejected => "rejected",
            Self::AwaitingReturn => "awaiting_return",
            Self::ReturnInTransit => "return_in_transit",
            Self::ReturnRejected => "return_rejected",
            Self::AwaitingReship => "awaiting_reship",
            Self::AwaitingBuyerReceipt => "awaiting_buyer_receipt",
            Self::Refunding => "refunding",
            Self::RefundFailed => "refund_failed",
            Self::Succeeded => "succeeded",
            Self::Closed => "closed",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// As people read it; an exchange that succeeded is 换货完成.
    pub fn name(self) -> &'static str {
        match self {
            Self::Applied => "待商家处理",
            Self::Rejected | Self::ReturnRejected => "已驳回",
            Self::AwaitingReturn => "待退货",
            Self::ReturnInTransit => "待商家收货",
            Self::AwaitingReship => "待换货发出",
            Self::AwaitingBuyerReceipt => "待确认收货",
            Self::Refunding => "退款中",
            Self::RefundFailed => "退款失败",
            Self::Succeeded => "已退款",
            Self::Closed => "已关闭",
        }
    }
}

impl CloseCause {
    pub const ALL: [Self; 3] = [Self::Withdrawn, Self::ReturnTimeout, Self::RejectExpired];

    pub fn code(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::ReturnTimeout => "return_timeout",
            Self::RejectExpired => "reject_expired",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Withdrawn => "买家撤销申请",
            Self::ReturnTimeout => "逾期未寄回商品，售后关闭",
            Self::RejectExpired => "驳回后逾期未修改，售后关闭",
        }
    }
}
