//! What people can do with an order: whose each step is, and in which states.

use super::{Order, OrderStatus};
use crate::domain::people::actor::{Actor, Permission};

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
    /// What `actor` may do now; the pages draw these and the use-cases ask the same.
    pub fn allowed_actions(&self, actor: &Actor) -> Vec<OrderAction> {
        OrderAction::ALL.into_iter().filter(|action| self.permits(*action, actor)).collect()
    }

    /// Does the state know the action, and is it this actor's to take?
    pub fn permits(&self, action: OrderAction, actor: &Actor) -> bool {
        action.fits(self.status()) && self.is_for(action, actor)
    }

    /// Is the action this actor's to take, in whatever state?
    pub(super) fn is_for(&self, action: OrderAction, actor: &Actor) -> bool {
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
    const ALL: [Self; 10] = [
        Self::Cancel,
        Self::Pay,
        Self::ConfirmPayment,
        Self::AdjustPrice,
        Self::Close,
        Self::EditAddress,
        Self::Ship,
        Self::ConfirmReceipt,
        Self::ApplyAfterSale,
        Self::Review,
    ];

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
