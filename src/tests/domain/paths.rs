//! The places an order and a case can stand at, and the way there, on foot: no state is made up.

use super::people::Who;
use super::shop::{Shop, ZONE, goods, parcel};
use super::steps::{Event, asks};
use guitu::domain::after_sale::{AfterSale, AfterSaleAction as A, AfterSaleKind, AfterSaleState, Stage, StateKind};
use guitu::domain::order::{OrderStatus, ParcelPlan};
use guitu::domain::{Money, OrderLineId, ShopPolicy};

/// A state of a case with what makes a difference in it: have the goods been looked at, is the replacement overdue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    Applied,
    Rejected,
    AwaitingReturn,
    ReturnInTransit,
    Inspected,
    ReturnRejected,
    AwaitingReship,
    ReshipOverdue,
    AwaitingBuyerReceipt,
    Refunding,
    RefundFailed,
    Succeeded,
    Closed,
}

impl Spot {
    pub fn of(case: &AfterSale) -> Self {
        match case.state.kind() {
            StateKind::Applied => Self::Applied,
            StateKind::Rejected => Self::Rejected,
            StateKind::AwaitingReturn => Self::AwaitingReturn,
            StateKind::ReturnInTransit if case.inspection().is_some() => Self::Inspected,
            StateKind::ReturnInTransit => Self::ReturnInTransit,
            StateKind::ReturnRejected => Self::ReturnRejected,
            StateKind::AwaitingReship if matches!(case.state, AfterSaleState::AwaitingReship { overdue: true, .. }) => Self::ReshipOverdue,
            StateKind::AwaitingReship => Self::AwaitingReship,
            StateKind::AwaitingBuyerReceipt => Self::AwaitingBuyerReceipt,
            StateKind::Refunding => Self::Refunding,
            StateKind::RefundFailed => Self::RefundFailed,
            StateKind::Succeeded => Self::Succeeded,
            StateKind::Closed => Self::Closed,
        }
    }
}

/// What can be asked for, and how far the goods are (S31).
pub const ASKS: [(AfterSaleKind, Stage); 6] = [
    (AfterSaleKind::RefundOnly, Stage::Unshipped),
    (AfterSaleKind::RefundOnly, Stage::InTransit),
    (AfterSaleKind::RefundOnly, Stage::Received),
    (AfterSaleKind::ReturnRefund, Stage::InTransit),
    (AfterSaleKind::ReturnRefund, Stage::Received),
    (AfterSaleKind::Exchange, Stage::Received),
];

pub const CUPS: i64 = 1;
pub const TEA: i64 = 2;

/// Two cups of ¥100 and three teas of ¥20, paid by WeChat, standing at `status`.
pub fn shop_at(status: OrderStatus) -> Shop {
    let mut shop = Shop::with_order(vec![goods(CUPS, 10_000, 2), goods(TEA, 2_000, 3)], Money::ZERO, ShopPolicy::default());
    if status == OrderStatus::Closed {
        let closed = shop.order.clone().close_unpaid(&Who::Buyer.actor(), shop.now);
        shop.order_step(closed).unwrap();
    }
    if matches!(status, OrderStatus::PendingPayment | OrderStatus::Closed) {
        return shop;
    }
    shop.pay(&[shop.order.totals.payable()]);
    if status == OrderStatus::AwaitingShipment {
        return shop;
    }
    shop.ship(&[(CUPS, 2)]);
    if status == OrderStatus::PartiallyShipped {
        return shop;
    }
    shop.ship(&[(TEA, 3)]);
    if status == OrderStatus::Completed {
        shop.receive();
    }
    shop
}

impl Shop {
    pub fn ship(&mut self, units: &[(i64, i64)]) {
        let plan = plan(units);
        self.order_step(self.order.clone().ship(&Who::Warehouse.actor(), &[plan], &self.policy, self.now)).unwrap();
    }

    pub fn receive(&mut self) {
        self.order_step(self.order.clone().receive(&Who::Buyer.actor(), &self.policy, ZONE, self.now)).unwrap();
    }
}

pub fn plan(units: &[(i64, i64)]) -> ParcelPlan {
    ParcelPlan { parcel: parcel("YT1000000000001"), units: units.iter().map(|(id, units)| (OrderLineId(*id), *units)).collect() }
}

/// A shop whose one case, about one cup, stands at `spot`.
pub fn case_at((kind, stage): (AfterSaleKind, Stage), spot: Spot) -> Shop {
    let mut shop = shop_at(match stage {
        Stage::Unshipped => OrderStatus::AwaitingShipment,
        Stage::InTransit => OrderStatus::AwaitingReceipt,
        Stage::Received => OrderStatus::Completed,
    });
    shop.apply(asks(kind, stage, &[(CUPS, 1)])).unwrap();
    for event in way_to(spot, kind) {
        shop.happens(0, event);
    }
    assert_eq!(Spot::of(&shop.cases[0]), spot);
    shop
}

fn way_to(spot: Spot, kind: AfterSaleKind) -> Vec<Event> {
    let (before, event) = match spot {
        Spot::Applied => return Vec::new(),
        Spot::Rejected => (Spot::Applied, Event::Act(A::Reject, Who::Service)),
        Spot::AwaitingReturn => (Spot::Applied, Event::Act(A::ApproveReturn, Who::Service)),
        Spot::ReturnInTransit => (Spot::AwaitingReturn, Event::Act(A::ShipReturn, Who::Buyer)),
        Spot::Inspected | Spot::AwaitingReship => (Spot::ReturnInTransit, Event::Act(A::Receive, Who::Warehouse)),
        Spot::ReturnRejected => (Spot::ReturnInTransit, Event::Act(A::RejectReturn, Who::Service)),
        Spot::ReshipOverdue => (Spot::AwaitingReship, Event::TimeOut),
        Spot::AwaitingBuyerReceipt => (Spot::AwaitingReship, Event::Act(A::ShipReplacement, Who::Warehouse)),
        Spot::Refunding if kind == AfterSaleKind::Exchange => (Spot::ReshipOverdue, Event::Act(A::ConvertToRefund, Who::Buyer)),
        Spot::Refunding if kind == AfterSaleKind::ReturnRefund => (Spot::Inspected, Event::Act(A::AgreeRefund, Who::Service)),
        Spot::Refunding => (Spot::Applied, Event::Act(A::AgreeRefund, Who::Service)),
        Spot::RefundFailed => (Spot::Refunding, Event::Fail),
        Spot::Succeeded if kind == AfterSaleKind::Exchange => (Spot::AwaitingBuyerReceipt, Event::Act(A::ConfirmReplacement, Who::Buyer)),
        Spot::Succeeded => (Spot::Refunding, Event::Settle),
        Spot::Closed => (Spot::Applied, Event::Act(A::Withdraw, Who::Buyer)),
    };
    let mut way = way_to(before, kind);
    way.push(event);
    way
}
