//! Money on its way back: one row for every tender that gets something, and where it stands (M10).

mod status;
mod transition;

pub use status::RefundStatus;

use super::Money;
use super::agreed_by::AgreedBy;
use super::payment::Tender;
use super::way_back::{Elsewhere, Part};
use crate::domain::id::{AfterSaleId, OrderId, PaymentId, RefundId, ShopId};
use crate::domain::time::Timestamp;

/// One movement of money back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    pub id: RefundId,
    pub number: String,
    pub shop_id: ShopId,
    pub order_id: OrderId,
    /// `None`: a surplus goes back without a case.
    pub after_sale_id: Option<AfterSaleId>,
    pub payment_id: PaymentId,
    /// The way the money takes: the tender it came by, or the one it went back by in the end.
    pub tender: Tender,
    pub state: RefundState,
    pub amount: Money,
    /// Who wanted it: a person, a clock, a rule (S76).
    pub agreed_by: AgreedBy,
    pub created_at: Timestamp,
    /// When the gateway was last asked for it: refunds of one payment keep their distance (M11).
    pub asked_at: Option<Timestamp>,
    /// Where it was sent when the buyer's account had not taken it, and when.
    pub elsewhere: Option<(Elsewhere, Timestamp)>,
    pub version: i64,
}

/// Where a refund stands, with the facts of that state. What is wrong is a code: ours, or the gateway's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundState {
    Created,
    Submitted,
    Unknown { trouble: String },
    Retryable { trouble: String },
    Failed { trouble: String },
    Manual { trouble: String },
    Succeeded(Arrival),
}

/// How a refund arrived: through its channel, or settled outside with a voucher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    pub at: Timestamp,
    pub gateway_no: Option<String>,
    pub voucher: String,
    /// Who carried it out (S76).
    pub operator: String,
}

impl RefundState {
    pub fn status(&self) -> RefundStatus {
        match self {
            Self::Created => RefundStatus::Created,
            Self::Submitted => RefundStatus::Submitted,
            Self::Unknown { .. } => RefundStatus::Unknown,
            Self::Retryable { .. } => RefundStatus::Retryable,
            Self::Failed { .. } => RefundStatus::Failed,
            Self::Manual { .. } => RefundStatus::Manual,
            Self::Succeeded(_) => RefundStatus::Succeeded,
        }
    }

    /// What went wrong, as a code; empty where nothing did.
    pub fn trouble(&self) -> &str {
        match self {
            Self::Unknown { trouble } | Self::Retryable { trouble } | Self::Failed { trouble } | Self::Manual { trouble } => trouble,
            Self::Created | Self::Submitted | Self::Succeeded(_) => "",
        }
    }

    /// How it arrived, if it has.
    pub fn arrival(&self) -> Option<&Arrival> {
        match self {
            Self::Succeeded(arrival) => Some(arrival),
            Self::Created | Self::Submitted | Self::Unknown { .. } | Self::Retryable { .. } | Self::Failed { .. } | Self::Manual { .. } => {
                None
            }
        }
    }
}

impl Refund {
    pub fn status(&self) -> RefundStatus {
        self.state.status()
    }

    /// What went wrong, as a code; empty where nothing did.
    pub fn trouble(&self) -> &str {
        self.state.trouble()
    }

    /// When the money arrived.
    pub fn settled_at(&self) -> Option<Timestamp> {
        self.state.arrival().map(|arrival| arrival.at)
    }

    /// Who carried it out, once it has arrived; empty before.
    pub fn operator(&self) -> &str {
        self.state.arrival().map_or("", |arrival| &arrival.operator)
    }

    /// Has the money arrived?
    pub fn has_arrived(&self) -> bool {
        self.status() == RefundStatus::Succeeded
    }

    /// Cash on delivery that was cancelled before anybody collected it.
    pub fn was_never_collected(&self) -> bool {
        self.has_arrived() && self.tender == Tender::Cod
    }

    /// Was it sent to the shop's own account? Then what the gateway pays is not with the buyer yet.
    pub fn goes_to_shop(&self) -> bool {
        matches!(self.elsewhere, Some((Elsewhere::MerchantAccount, _)))
    }

    /// What it gives back, as people are told.
    pub fn part(&self) -> Part {
        Part { tender: self.tender, amount: self.amount, never_collected: self.was_never_collected() }
    }

    /// As people read it.
    pub fn standing(&self) -> &'static str {
        self.status().in_words(self.tender)
    }
}
