//! Where an order stands, and what it is called.

use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Where the order stands, with the facts of that state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderState {
    PendingPayment { pay_by: Timestamp },
    AwaitingShipment { paid_at: Timestamp },
    PartiallyShipped { paid_at: Timestamp },
    AwaitingReceipt { paid_at: Timestamp, shipped_at: Timestamp, receipt: ReceiptClock },
    Completed { paid_at: Timestamp, shipped_at: Timestamp, received_at: Timestamp, after_sale_until: Timestamp, no_reason_until: Timestamp },
    Closed { paid_at: Option<Timestamp>, at: Timestamp, why: CloseReason },
}

/// The clock of 自动确认收货: it stands still while a case is open and goes on with what was left (A14).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptClock {
    Running { until: Timestamp },
    Paused { left: i64 },
}

/// Why an order closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseReason {
    BuyerCancel,
    Timeout,
    MerchantCancel,
    RefundedBeforeShip,
}

/// The state without its facts: tabs, filters and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderStatus {
    PendingPayment,
    AwaitingShipment,
    PartiallyShipped,
    AwaitingReceipt,
    Completed,
    Closed,
}

impl OrderState {
    pub fn status(&self) -> OrderStatus {
        match self {
            Self::PendingPayment { .. } => OrderStatus::PendingPayment,
            Self::AwaitingShipment { .. } => OrderStatus::AwaitingShipment,
            Self::PartiallyShipped { .. } => OrderStatus::PartiallyShipped,
            Self::AwaitingReceipt { .. } => OrderStatus::AwaitingReceipt,
            Self::Completed { .. } => OrderStatus::Completed,
            Self::Closed { .. } => OrderStatus::Closed,
        }
    }

    /// When the running clock reaches zero; a receipt clock that stands still has no such moment.
    pub fn runs_out(&self) -> Option<Timestamp> {
        match self {
            Self::PendingPayment { pay_by } => Some(*pay_by),
            Self::AwaitingReceipt { receipt: ReceiptClock::Running { until }, .. } => Some(*until),
            Self::AwaitingReceipt { receipt: ReceiptClock::Paused { .. }, .. }
            | Self::AwaitingShipment { .. }
            | Self::PartiallyShipped { .. }
            | Self::Completed { .. }
            | Self::Closed { .. } => None,
        }
    }

    /// When the order was paid, if it was.
    pub fn paid_at(&self) -> Option<Timestamp> {
        match self {
            Self::PendingPayment { .. } => None,
            Self::AwaitingShipment { paid_at }
            | Self::PartiallyShipped { paid_at }
            | Self::AwaitingReceipt { paid_at, .. }
            | Self::Completed { paid_at, .. } => Some(*paid_at),
            Self::Closed { paid_at, .. } => *paid_at,
        }
    }
}

impl OrderStatus {
    pub const ALL: [Self; 6] =
        [Self::PendingPayment, Self::AwaitingShipment, Self::PartiallyShipped, Self::AwaitingReceipt, Self::Completed, Self::Closed];

    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::PendingPayment => "pending_payment",
            Self::AwaitingShipment => "awaiting_shipment",
            Self::PartiallyShipped => "partially_shipped",
            Self::AwaitingReceipt => "awaiting_receipt",
            Self::Completed => "completed",
            Self::Closed => "closed",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// As the shop's people read it: what the buyer has still to do, they have still to be paid.
    pub fn name_for_shop(self) -> &'static str {
        match self {
            Self::PendingPayment => "待支付",
            Self::AwaitingShipment | Self::PartiallyShipped | Self::AwaitingReceipt | Self::Completed | Self::Closed => self.name(),
        }
    }

    /// As the buyer reads it.
    pub fn name(self) -> &'static str {
        match self {
            Self::PendingPayment => "待付款",
            Self::AwaitingShipment => "待发货",
            Self::PartiallyShipped => "部分发货",
            Self::AwaitingReceipt => "待收货",
            Self::Completed => "已完成",
            Self::Closed => "已关闭",
        }
    }
}

impl CloseReason {
    pub const ALL: [Self; 4] = [Self::BuyerCancel, Self::Timeout, Self::MerchantCancel, Self::RefundedBeforeShip];

    pub fn code(self) -> &'static str {
        match self {
            Self::BuyerCancel => "buyer_cancel",
            Self::Timeout => "timeout",
            Self::MerchantCancel => "merchant_cancel",
            Self::RefundedBeforeShip => "refunded_before_ship",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::BuyerCancel => "买家取消订单",
            Self::Timeout => "超时未付款，订单自动关闭",
            Self::MerchantCancel => "商家关闭订单",
            Self::RefundedBeforeShip => "发货前已全额退款，订单关闭",
        }
    }
}
