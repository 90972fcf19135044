//! What a transition leaves behind: one line on the timeline, and effects that become rows in the same transaction.

use super::after_sale::Item;
use super::happening::{Happening, RefundBasis};
use super::id::OrderLineId;
use super::money::Money;
use super::time::Timestamp;

/// Who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Buyer,
    Shop,
}

/// What must now be done, in the same transaction as the transition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The line on the timeline, with pictures.
    Record {
        what: Happening,
        evidence: Vec<String>,
    },
    /// A notice to one side.
    Notify {
        to: Audience,
        what: Happening,
    },
    /// The subject's clock now runs until then; it has one clock at most.
    SetClock(Timestamp),
    ClearClock,
    /// The buyer is reminded then of the goods that have to be sent back (T9).
    SetReminder(Timestamp),
    ClearReminder,
    /// Units reserved for an order that closes are free again.
    ReleaseStock {
        line: OrderLineId,
        units: i64,
    },
    /// Reserved units have left the house.
    ShipStock {
        line: OrderLineId,
        units: i64,
    },
    /// Units that really came back: fit for sale, or not (S83, B16).
    Restock {
        line: OrderLineId,
        sellable: i64,
        defective: i64,
    },
    /// Units for a replacement leave the shelf.
    TakeReplacement {
        line: OrderLineId,
        units: i64,
    },
    /// Points and balance held for the order go back, pending online payments are void (S8).
    ReturnHeldTenders,
    /// The coupon that the order used is the buyer's again, unless its time is over (M8).
    ReturnCoupon,
    /// The order is completed: it earns its points (M7).
    GrantPoints,
    /// Amounts and units of the lines are set aside for this case (M3).
    ReserveRefund(Vec<Item>),
    /// Freight that a case takes along is set aside with the rest, or let go where the amount is negative (M5).
    ReserveFreight {
        line: OrderLineId,
        amount: Money,
    },
    /// They are free again.
    ReleaseRefund(Vec<Item>),
    /// They were paid back.
    SettleRefund {
        items: Vec<Item>,
        refund_only: bool,
    },
    /// The order has one open case more: its receipt clock stops (A14).
    OpenCase,
    /// The order has one open case less.
    CloseCase,
    /// Money goes back to where it came from: refund rows first, the gateway later (M10). The line on the timeline and the notice name each part
    /// by its tender, so they are written with the rows.
    EnqueueRefund(RefundTrigger),
    /// What no channel pays was given back outside, with a voucher; points and balance go back by themselves (S74). Written down with the rows.
    RecordManualRefund {
        voucher: String,
        /// The buyer consents to another way than the money came by (S73).
        agreed: bool,
    },
    /// A refund that failed is tried again with the same number (M9).
    RetryRefund,
}

/// Why a refund begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundTrigger {
    Agreed(RefundBasis),
    /// The replacement is overdue, and the buyer takes the money instead (A19).
    Converted,
}

/// Goes on the timeline.
pub(super) fn record(what: Happening) -> Effect {
    Effect::Record { what, evidence: Vec::new() }
}

pub(super) fn tell_buyer(what: Happening) -> Effect {
    Effect::Notify { to: Audience::Buyer, what }
}

pub(super) fn tell_shop(what: Happening) -> Effect {
    Effect::Notify { to: Audience::Shop, what }
}
