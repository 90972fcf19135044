//! One tender of an order, and where it stands.

use super::Tender;
use crate::domain::id::{OrderId, PaymentId};
use crate::domain::money::Money;
use crate::domain::time::Timestamp;

/// What one tender pays of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    pub id: PaymentId,
    pub number: String,
    pub order_id: OrderId,
    pub tender: Tender,
    pub state: PaymentState,
    /// What was asked for, or what the gateway took if that was another sum.
    pub amount: Money,
    pub refunded: Money,
    /// Where the buyer goes to pay, or what the code to scan says; empty until the gateway has opened it.
    pub cashier_url: String,
    pub ticket: Ticket,
    /// The gateway's number of it, once it has spoken.
    pub trade_no: Option<String>,
    pub note: String,
    pub version: i64,
}

/// Where a payment stands, with the facts of that state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentState {
    Pending,
    /// `taken_at`: when a gateway took it; what the wallet holds has no such moment.
    Held {
        taken_at: Option<Timestamp>,
    },
    /// `collected_at`: when the courier brought the cash of it.
    Succeeded {
        at: Timestamp,
        collected_at: Option<Timestamp>,
    },
    Void,
    Surplus {
        at: Timestamp,
    },
}

/// The state without its facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentStatus {
    /// An online payment that was begun.
    Pending,
    /// Taken from the wallet at checkout, until the rest is paid.
    Held,
    Succeeded,
    Void,
    /// It came when the order no longer wanted it, and goes back by itself.
    Surplus,
}

/// How a payment that was begun is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ticket {
    /// At the gateway's page.
    Page,
    /// By a phone that scans a code.
    Code,
}

impl Payment {
    pub fn status(&self) -> PaymentStatus {
        self.state.status()
    }

    /// Is it begun online, and not heard of since?
    pub fn is_pending(&self) -> bool {
        self.status() == PaymentStatus::Pending
    }

    /// When its money was there.
    pub fn paid_at(&self) -> Option<Timestamp> {
        self.state.paid_at()
    }

    /// When the courier brought its cash.
    pub fn collected_at(&self) -> Option<Timestamp> {
        match self.state {
            PaymentState::Succeeded { collected_at, .. } => collected_at,
            PaymentState::Pending | PaymentState::Held { .. } | PaymentState::Void | PaymentState::Surplus { .. } => None,
        }
    }

    /// Cash that the courier brings once the goods are handed over: chosen, and not paid yet.
    pub fn awaits_cash(&self) -> bool {
        self.tender == Tender::Cod && self.status() == PaymentStatus::Succeeded && self.collected_at().is_none()
    }

    /// The code that a phone scans to pay it.
    pub fn scanned(&self) -> Option<&str> {
        (self.ticket == Ticket::Code && !self.cashier_url.is_empty()).then_some(&*self.cashier_url)
    }
}

impl PaymentState {
    pub fn status(self) -> PaymentStatus {
        match self {
            Self::Pending => PaymentStatus::Pending,
            Self::Held { .. } => PaymentStatus::Held,
            Self::Succeeded { .. } => PaymentStatus::Succeeded,
            Self::Void => PaymentStatus::Void,
            Self::Surplus { .. } => PaymentStatus::Surplus,
        }
    }

    /// When the money was there.
    pub fn paid_at(self) -> Option<Timestamp> {
        match self {
            Self::Held { taken_at } => taken_at,
            Self::Succeeded { at, .. } | Self::Surplus { at } => Some(at),
            Self::Pending | Self::Void => None,
        }
    }
}

impl PaymentStatus {
    pub const ALL: [Self; 5] = [Self::Pending, Self::Held, Self::Succeeded, Self::Void, Self::Surplus];

    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Held => "held",
            Self::Succeeded => "succeeded",
            Self::Void => "void",
            Self::Surplus => "surplus",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Is its money in the books? What a gateway says of another payment is news.
    pub fn is_booked(self) -> bool {
        match self {
            Self::Held | Self::Succeeded | Self::Surplus => true,
            Self::Pending | Self::Void => false,
        }
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "待支付",
            Self::Held | Self::Succeeded => "已支付",
            Self::Void => "已作废",
            Self::Surplus => "多付，待退回",
        }
    }
}

impl Ticket {
    pub fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Code => "code",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Page, Self::Code].into_iter().find(|ticket| ticket.code() == code)
    }
}
