//! The after-sale: one application of a buyer for money, a return or an exchange, from the asking to the end.

mod actions;
pub mod batch;
mod deadline;
mod eligibility;
mod freight;
mod outcome;
mod queue;
mod reason;
mod rejection_words;
mod request;
mod stage;
mod state;
mod transition;

pub use actions::AfterSaleAction;
pub use eligibility::{Offer, OfferedLine, kinds_for, offer, reason_in_time, reason_until};
pub use freight::Freight;
pub use queue::Queue;
pub use reason::{Fault, Reason};
pub use rejection_words::RejectionWords;
pub use request::{AfterSaleRequest, Opening};
pub use stage::Stage;
pub use state::{AfterSaleState, CloseCause, StateKind};
pub use transition::RejectionGrounds;

use super::carrier::Parcel;
use super::id::{AfterSaleId, BuyerId, OrderId, OrderLineId, ShopId};
use super::money::Money;
use super::people::address::Address;
use super::refusal::Refusal;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// One after-sale. `state` says what is awaited and until when; the legs behind it stay on record as they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AfterSale {
    pub id: AfterSaleId,
    pub number: String,
    pub shop_id: ShopId,
    pub order_id: OrderId,
    pub buyer_id: BuyerId,
    pub kind: AfterSaleKind,
    /// How far the goods were when the buyer asked.
    pub stage: Stage,
    pub reason: Reason,
    pub note: String,
    pub evidence: Vec<String>,
    pub items: Vec<Item>,
    pub state: AfterSaleState,
    /// The shop's default return address when the buyer asked: what the clock agrees with (B27).
    pub fallback_address: Option<Address>,
    pub return_leg: Option<ReturnLeg>,
    /// The parcel the shop sent as replacement.
    pub replacement: Option<Parcel>,
    /// Why the shop last said no.
    pub rejection: Option<RejectionGrounds>,
    pub applied_at: Timestamp,
    pub version: i64,
}

/// What the buyer asks for; 处理方式.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterSaleKind {
    RefundOnly,
    ReturnRefund,
    Exchange,
}

/// Units of one line in a case, and what goes back for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub line_id: OrderLineId,
    pub title: String,
    pub quantity: i64,
    /// Goods money of this item; freight apart.
    pub goods: Money,
    pub freight: Money,
    /// Units that are spoken for once the money is back: all of them, or none after a part of their worth.
    pub settles: i64,
}

impl Item {
    pub fn amount(&self) -> Money {
        self.goods + self.freight
    }
}

/// The way back of the goods: where to, with which parcel, and what was found in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnLeg {
    pub to: Address,
    /// The fixed sentence of S47 goes with the notice.
    pub refuse_collect: bool,
    pub parcel: Option<Parcel>,
    pub shipped_at: Option<Timestamp>,
    /// Pictures of the waybill, if the buyer took some.
    #[serde(default)]
    pub waybill: Vec<String>,
    pub inspection: Option<Vec<Inspected>>,
}

/// The sentence that shops may add and not edit (S47).
pub const REFUSE_COLLECT: &str = "拒收到付/EMS/顺丰/邮政包邮";

/// What the shop found of one item: units fit for sale, defective, missing (S60, S83).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspected {
    pub line_id: OrderLineId,
    pub good: i64,
    pub defective: i64,
    pub missing: i64,
}

impl AfterSaleKind {
    pub const ALL: [Self; 3] = [Self::RefundOnly, Self::ReturnRefund, Self::Exchange];

    pub fn code(self) -> &'static str {
        match self {
            Self::RefundOnly => "refund_only",
            Self::ReturnRefund => "return_refund",
            Self::Exchange => "exchange",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::RefundOnly => "仅退款不退货",
            Self::ReturnRefund => "退货退款",
            Self::Exchange => "换货",
        }
    }

    /// Do the goods come back?
    pub fn returns_goods(self) -> bool {
        self != Self::RefundOnly
    }
}

impl AfterSale {
    /// What goes back in all: goods and freight.
    pub fn amount(&self) -> Money {
        self.items.iter().map(Item::amount).sum()
    }

    /// `¥105.00（含运费 ¥5.00）`.
    pub fn amount_in_words(&self) -> String {
        let (amount, freight) = (self.amount().show(), self.freight());
        if freight.is_positive() { format!("{amount}（含运费 {}）", freight.show()) } else { amount }
    }

    pub fn freight(&self) -> Money {
        self.items.iter().map(|item| item.freight).sum()
    }

    /// Are goods on their way back, for money, that nobody has looked at yet?
    pub fn awaits_goods(&self) -> bool {
        let under_way = matches!(self.state.kind(), StateKind::AwaitingReturn | StateKind::ReturnInTransit);
        self.kind == AfterSaleKind::ReturnRefund && under_way && self.inspection().is_none()
    }

    /// Money before the goods are back needs somebody who says so (T10).
    pub fn with_goods_back_or(self, confirmed: bool) -> Result<Self, Refusal> {
        if self.awaits_goods() && !confirmed { Err(Refusal::GoodsNotBack) } else { Ok(self) }
    }

    /// What the shop found, if the goods are back and looked at.
    pub fn inspection(&self) -> Option<&[Inspected]> {
        self.return_leg.as_ref()?.inspection.as_deref()
    }
}
