//! The order: its states with their facts, its lines, its money.

mod claim;
pub mod flag;
mod line;
mod pricing;
pub mod shop_note;
mod transition;

pub use line::OrderLine;
pub use pricing::{GoodsLine, PriceChange, Totals, price};
pub use transition::ParcelPlan;

use super::id::{BuyerId, OrderId, ShopId};
use super::money::Money;
use super::people::actor::{Actor, Permission};
use super::people::address::Address;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// An order of one buyer at one shop. Refunds never change its status, but for the full refund before shipping (B25).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub id: OrderId,
    pub number: String,
    pub shop_id: ShopId,
    pub buyer_id: BuyerId,
    pub state: OrderState,
    pub recipient: Address,
    /// Goods, freight and changes by the shop, before any tender.
    pub totals: Totals,
    /// Points and balance that were put in when the order was placed.
    pub held: Money,
    pub paid: Money,
    pub refunded: Money,
    pub open_cases: i64,
    pub lines: Vec<OrderLine>,
    pub placed_at: Timestamp,
    pub version: i64,
}

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

/// What people can do with an order; draws the buttons and refuses on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderAction {
    Cancel,
    Pay,
    ConfirmPayment,
    AdjustPrice,
    Close,
    EditAddress,
    Ship,
    ConfirmReceipt,
    ApplyAfterSale,
    Review,
}

impl Order {
    /// Cash on delivery of goods that never left is nobody's: there is nothing to hand back.
    pub fn collects_nothing(&self) -> bool {
        self.status() == OrderStatus::AwaitingShipment
    }
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

impl Order {
    pub fn status(&self) -> OrderStatus {
        self.state.status()
    }

    /// What is still to be paid through the cashier.
    pub fn due(&self) -> Money {
        self.totals.payable() - self.held
    }

    /// May anything of the order still be shipped?
    pub fn units_to_ship(&self) -> i64 {
        self.lines.iter().map(OrderLine::units_to_ship).sum()
    }

    /// What `actor` may do now; the pages draw these and the use-cases ask the same.
    pub fn allowed_actions(&self, actor: &Actor) -> Vec<OrderAction> {
        const ALL: [OrderAction; 10] = [
            OrderAction::Cancel,
            OrderAction::Pay,
            OrderAction::ConfirmPayment,
            OrderAction::AdjustPrice,
            OrderAction::Close,
            OrderAction::EditAddress,
            OrderAction::Ship,
            OrderAction::ConfirmReceipt,
            OrderAction::ApplyAfterSale,
            OrderAction::Review,
        ];
        ALL.into_iter().filter(|action| self.permits(*action, actor)).collect()
    }

    /// Does the state know the action, and is it this actor's to take?
    pub fn permits(&self, action: OrderAction, actor: &Actor) -> bool {
        action.fits(self.status()) && self.is_for(action, actor)
    }

    /// Is the action this actor's to take, in whatever state?
    fn is_for(&self, action: OrderAction, actor: &Actor) -> bool {
        let buyers = actor.is_buyer(self.buyer_id)
            && matches!(
                action,
                OrderAction::Cancel | OrderAction::Pay | OrderAction::ConfirmReceipt | OrderAction::ApplyAfterSale | OrderAction::Review
            );
        let clocks = *actor == Actor::System && matches!(action, OrderAction::Close | OrderAction::ConfirmReceipt);
        buyers || clocks || action.permission().is_some_and(|permission| actor.may(permission, self.shop_id))
    }
}

impl OrderAction {
    /// Does an order that stands there know the action?
    pub fn fits(self, status: OrderStatus) -> bool {
        use OrderStatus as S;
        match self {
            Self::Cancel | Self::Pay | Self::ConfirmPayment | Self::AdjustPrice | Self::Close => status == S::PendingPayment,
            Self::EditAddress => matches!(status, S::PendingPayment | S::AwaitingShipment),
            Self::Ship => matches!(status, S::AwaitingShipment | S::PartiallyShipped),
            Self::ConfirmReceipt => status == S::AwaitingReceipt,
            Self::ApplyAfterSale => matches!(status, S::AwaitingShipment | S::PartiallyShipped | S::AwaitingReceipt | S::Completed),
            Self::Review => status == S::Completed,
        }
    }

    /// What the shop's staff need for it; `None` is the buyer's alone.
    pub fn permission(self) -> Option<Permission> {
        match self {
            Self::ConfirmPayment => Some(Permission::ConfirmOfflinePayment),
            Self::AdjustPrice | Self::Close | Self::EditAddress => Some(Permission::ChangeOrder),
            Self::Ship => Some(Permission::Ship),
            Self::ConfirmReceipt => Some(Permission::ConfirmReceipt),
            Self::Cancel | Self::Pay | Self::ApplyAfterSale | Self::Review => None,
        }
    }
}
