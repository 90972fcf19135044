//! What people can do with a case now: draws the buttons, and refuses on the server.

use super::{AfterSale, AfterSaleKind, StateKind};
use crate::domain::money::Money;
use crate::domain::people::actor::{Actor, Permission};
use crate::domain::refusal::Refusal;
use crate::domain::shop::policy::ShopPolicy;

use AfterSaleAction as A;
use StateKind as S;

/// One thing a person does with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterSaleAction {
    // the buyer's
    Revise,
    Withdraw,
    ShipReturn,
    ConfirmReplacement,
    ConvertToRefund,
    // the shop's
    Reject,
    ApproveReturn,
    AgreeRefund,
    RefundManually,
    Receive,
    RejectReturn,
    ShipReplacement,
    RetryRefund,
}

impl AfterSaleAction {
    pub const ALL: [Self; 13] = [
        Self::Revise,
        Self::Withdraw,
        Self::ShipReturn,
        Self::ConfirmReplacement,
        Self::ConvertToRefund,
        Self::Reject,
        Self::ApproveReturn,
        Self::AgreeRefund,
        Self::RefundManually,
        Self::Receive,
        Self::RejectReturn,
        Self::ShipReplacement,
        Self::RetryRefund,
    ];

    /// What staff need for it; `None` is the buyer's alone.
    fn permission(self) -> Option<Permission> {
        match self {
            A::Revise | A::Withdraw | A::ShipReturn | A::ConfirmReplacement | A::ConvertToRefund => None,
            A::Reject | A::ApproveReturn | A::RejectReturn => Some(Permission::DecideAfterSale),
            A::AgreeRefund => Some(Permission::AgreeRefund),
            A::RefundManually | A::RetryRefund => Some(Permission::SettleMoney),
            A::Receive | A::ShipReplacement => Some(Permission::ReceiveReturn),
        }
    }

    /// What a clock at zero does in somebody's stead.
    fn is_done_by_clocks(self) -> bool {
        matches!(self, A::ApproveReturn | A::AgreeRefund | A::ConfirmReplacement | A::RetryRefund)
    }
}

impl AfterSale {
    /// What `actor` may do now.
    pub fn allowed_actions(&self, actor: &Actor) -> Vec<AfterSaleAction> {
        AfterSaleAction::ALL.into_iter().filter(|action| self.require(*action, actor).is_ok()).collect()
    }

    /// Refuses what the state does not know, and what is not this actor's to do.
    pub(super) fn require(&self, action: AfterSaleAction, by: &Actor) -> Result<(), Refusal> {
        let theirs = match (by, action.permission()) {
            (Actor::System, _) => action.is_done_by_clocks(),
            (Actor::Buyer { .. } | Actor::Staff { .. }, None) => by.is_buyer(self.buyer_id),
            (Actor::Buyer { .. } | Actor::Staff { .. }, Some(permission)) => by.may(permission, self.shop_id),
        };
        match (theirs, self.knows(action)) {
            (false, _) => Err(Refusal::NotAllowed),
            (true, false) => Err(Refusal::NotWhile(self.state_name())),
            (true, true) => Ok(()),
        }
    }

    /// Which state knows the action.
    fn knows(&self, action: AfterSaleAction) -> bool {
        let state = self.state.kind();
        let inspected = self.inspection().is_some();
        let exchange = self.kind == AfterSaleKind::Exchange;
        match action {
            A::Revise => state == S::Rejected,
            A::Withdraw => matches!(state, S::Applied | S::Rejected | S::AwaitingReturn) || (state == S::ReturnInTransit && !inspected),
            A::ShipReturn => state == S::AwaitingReturn,
            A::ConfirmReplacement => state == S::AwaitingBuyerReceipt,
            A::ConvertToRefund => self.state_is_overdue(),
            A::Reject => state == S::Applied,
            A::ApproveReturn => state == S::Applied && self.kind.returns_goods(),
            // Before the goods are back only if a person says so (T10, `awaits_goods`).
            A::AgreeRefund => matches!(state, S::Applied | S::AwaitingReturn | S::ReturnInTransit) && !exchange,
            A::RefundManually => matches!(state, S::Applied | S::ReturnInTransit) && !exchange || state == S::RefundFailed,
            // Without a waybill only for money (T10): an exchange sends something out for what verifiably came.
            A::Receive => (state == S::ReturnInTransit || state == S::AwaitingReturn && !exchange) && !inspected,
            A::RejectReturn => state == S::ReturnInTransit,
            A::ShipReplacement => state == S::AwaitingReship,
            A::RetryRefund => state == S::RefundFailed,
        }
    }

    fn state_is_overdue(&self) -> bool {
        matches!(self.state, super::AfterSaleState::AwaitingReship { overdue: true, .. })
    }

    /// Customer service agrees alone up to the shop's limit; a clock keeps its word whatever the amount (A26).
    pub fn within_limit(&self, by: &Actor, policy: &ShopPolicy) -> Result<(), Refusal> {
        let limit: Money = policy.service_refund_limit;
        let unlimited = *by == Actor::System || by.may(Permission::ApproveLargeRefund, self.shop_id);
        if unlimited || self.amount() <= limit { Ok(()) } else { Err(Refusal::AboveLimit(limit)) }
    }

    /// The state as people read it; a finished exchange is 换货完成.
    pub fn state_name(&self) -> &'static str {
        self.state.kind().name_of(self.kind)
    }
}

impl StateKind {
    /// The state of a case of this kind, as people read it.
    pub fn name_of(self, kind: AfterSaleKind) -> &'static str {
        if self == S::Succeeded && kind == AfterSaleKind::Exchange { "换货完成" } else { self.name() }
    }
}
