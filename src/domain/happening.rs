//! What took place with an order or an after-sale: facts, told in words only when somebody reads them.

mod kind;

pub use kind::HappeningKind;

use super::after_sale::{AfterSaleKind, CloseCause, Reason};
use super::carrier::Parcel;
use super::money::Money;
use super::money::anomaly::AnomalyKind;
use super::money::payment::Tender;
use super::money::way_back::{Elsewhere, Part};
use super::order::CloseReason;
use super::people::address::Address;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// One step, with what must be known to tell it. Kept as its kind and its facts; numbers of order and case, who acted and when stand beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Happening {
    OrderPlaced {
        payable: Money,
        pay_by: Timestamp,
    },
    /// By how much goods and freight changed, and what is to be paid since.
    PriceAdjusted {
        goods: Money,
        freight: Money,
        payable: Money,
    },
    AddressEdited,
    OrderPaid {
        by: PaidBy,
        paid: Paid,
    },
    PaymentConfirmed {
        note: String,
        paid: Paid,
    },
    CodChosen {
        paid: Paid,
    },
    OrderShipped {
        parcels: Vec<Parcel>,
    },
    OrderReceived {
        by: Decider,
        after_sale_until: Timestamp,
    },
    OrderClosed {
        why: CloseReason,
    },
    /// A payment arrived that the order no longer needed.
    LatePayment {
        tender: Tender,
        amount: Money,
    },
    /// The order ended while a part of it had been paid through a gateway.
    HeldPaymentReturned {
        tender: Tender,
        amount: Money,
    },
    /// A gateway took another amount than the order asked for, and finance decided what becomes of it.
    PaymentDiffered {
        tender: Tender,
        took: Money,
        end: DifferenceEnd,
    },
    CouponReturned {
        name: String,
        /// Its time was over: it cannot be used again.
        lapsed: bool,
    },
    PointsTakenBack {
        points: Money,
    },
    AfterSaleApplied(Asking),
    AfterSaleRevised(Asking),
    AfterSaleRejected {
        words: String,
        due: Timestamp,
    },
    ReturnApproved {
        by: Decider,
        due: Timestamp,
    },
    /// A notice alone: where the goods go. On the timeline nobody reads the address.
    ReturnAddressGiven {
        to: Address,
        refuse_collect: bool,
        due: Timestamp,
    },
    ReturnShipped {
        parcel: Parcel,
        of: AfterSaleKind,
        due: Timestamp,
    },
    /// Units as they were counted.
    ReturnReceived {
        good: i64,
        defective: i64,
        missing: i64,
    },
    /// The shop did not answer about the parcel: an exchange goes on as if it had come.
    ReturnAssumed,
    ReturnRejected {
        words: String,
        due: Timestamp,
    },
    RefundAgreed {
        basis: RefundBasis,
        parts: Vec<Part>,
        freight: Money,
        to_balance: bool,
    },
    RefundAccountGiven,
    RefundToBalanceAgreed,
    /// What was paid outside with the voucher, and what went back by itself.
    RefundedManually {
        outside: Vec<Part>,
        inside: Vec<Part>,
        voucher: String,
        /// The buyer agreed to another way than the money came by (S73).
        consent: bool,
    },
    /// As it arrived; without a part, nothing had been collected.
    RefundSucceeded {
        parts: Vec<Part>,
    },
    RefundFailed {
        trouble: String,
        why: String,
    },
    /// The channel takes no refund of this payment any more (M11).
    RefundNeedsAnotherWay {
        trouble: String,
        why: String,
    },
    RefundRetried,
    RefundSentElsewhere {
        amount: Money,
        to: Elsewhere,
    },
    ReplacementOverdue,
    ReplacementShipped {
        parcel: Parcel,
        due: Timestamp,
    },
    ReplacementReceived {
        by: Decider,
    },
    ConvertedToRefund {
        parts: Vec<Part>,
        freight: Money,
    },
    AfterSaleWithdrawn,
    AfterSaleClosed {
        why: CloseCause,
    },
    /// A notice alone: a day is left to send the goods back (T9).
    ReturnReminded {
        due: Timestamp,
    },
    /// A notice alone: finance has something to look into.
    AnomalyFound {
        anomaly: AnomalyKind,
        of_refund: bool,
        settled: bool,
    },
    /// Written down in words before facts were kept; the title is a notice's, and empty on a timeline.
    Told {
        title: String,
        words: String,
    },
}

/// Who or what decided: a clock is not a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decider {
    Buyer,
    Staff,
    Deadline,
}

/// How an order came to be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaidBy {
    /// Points and balance covered it when it was placed.
    Wallet,
    Tender(Tender),
}

/// What was paid, and by which tenders, in the order they were paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paid {
    pub payable: Money,
    pub tenders: Vec<(Tender, Money)>,
}

/// What became of a payment whose amount differed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceEnd {
    SentBack,
    Outside {
        voucher: String,
    },
    /// It counts towards the order, of which this is left to pay.
    Counted {
        rest: Money,
    },
}

/// What an application asks for, and until when the shop answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    pub of: AfterSaleKind,
    pub amount: Money,
    pub reason: Reason,
    pub note: String,
    pub due: Timestamp,
}

/// How it came that a refund was agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundBasis {
    /// The shop agrees, and no goods come back.
    NoReturn,
    /// The shop agrees before the goods are back.
    BeforeReturn,
    /// The shop has looked at the goods.
    AfterInspection,
    /// The shop did not answer in time.
    NoAnswer,
    /// The shop did not say in time that the goods are back.
    NoReceipt,
}
