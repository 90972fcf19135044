//! Who acts, and what they may do.

use crate::domain::id::{BuyerId, ShopId, StaffId};
use crate::domain::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// The one who acts; every transition names one, and the timeline tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    Buyer {
        id: BuyerId,
        name: String,
    },
    Staff {
        id: StaffId,
        shop: ShopId,
        name: String,
        roles: Vec<Role>,
    },
    /// Clocks and rules: does exactly what its rule names.
    System,
}

impl Actor {
    /// May this actor use `permission` on what belongs to `shop`? Permissions are people's: what clocks may do, the machines name.
    pub fn may(&self, permission: Permission, shop: ShopId) -> bool {
        match self {
            Self::Staff { shop: own, roles, .. } => *own == shop && roles.iter().any(|role| role.grants(permission)),
            Self::Buyer { .. } | Self::System => false,
        }
    }

    /// Like [`Actor::may`], as a refusal.
    pub fn require(&self, permission: Permission, shop: ShopId) -> Result<(), Refusal> {
        if self.may(permission, shop) { Ok(()) } else { Err(Refusal::NotAllowed) }
    }

    /// Is this the buyer `buyer`?
    pub fn is_buyer(&self, buyer: BuyerId) -> bool {
        matches!(self, Self::Buyer { id, .. } if *id == buyer)
    }

    pub fn kind(&self) -> ActorKind {
        match self {
            Self::Buyer { .. } => ActorKind::Buyer,
            Self::Staff { .. } => ActorKind::Staff,
            Self::System => ActorKind::System,
        }
    }

    /// The id behind the actor; the system has none.
    pub fn id(&self) -> Option<i64> {
        match self {
            Self::Buyer { id, .. } => Some(id.0),
            Self::Staff { id, .. } => Some(id.0),
            Self::System => None,
        }
    }

    /// The name the timeline shows.
    pub fn name(&self) -> &str {
        match self {
            Self::Buyer { name, .. } | Self::Staff { name, .. } => name,
            Self::System => "系统",
        }
    }

    /// The name that the books keep, which cannot be changed and are read by those who may not read names of buyers.
    pub fn name_in_books(&self) -> &str {
        match self {
            Self::Buyer { .. } => "买家",
            Self::Staff { .. } | Self::System => self.name(),
        }
    }
}

/// Which of them it is, without name and account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorKind {
    Buyer,
    Staff,
    System,
}

impl ActorKind {
    const ALL: [Self; 3] = [Self::Buyer, Self::Staff, Self::System];

    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Buyer => "buyer",
            Self::Staff => "staff",
            Self::System => "system",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A set of permissions a staff member has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    Service,
    Warehouse,
    Finance,
}

/// One thing a role may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    SeeOrders,
    /// Prices, tenders and refunds of an order; who ships sees the shipping parts alone.
    SeeMoney,
    SeeContact,
    ChangeOrder,
    RemarkAndFlag,
    ConfirmOfflinePayment,
    Ship,
    ConfirmReceipt,
    DecideAfterSale,
    ReceiveReturn,
    AgreeRefund,
    ApproveLargeRefund,
    SettleMoney,
    /// Where cash-on-delivery buyers want their money: finance alone, and every look is on record (S48).
    SeeRefundAccount,
    /// To have the books checked, and to see what was found.
    VerifyLedger,
    ReplyReview,
    HideReview,
    ReturnAddresses,
    /// What is sold, and how much of it lies in the house.
    SeeStock,
    ChangePolicy,
    /// Who works in the shop, and as what.
    ManageStaff,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Owner, Self::Service, Self::Warehouse, Self::Finance];

    /// Which role may do what. What is not here is refused, and not shown.
    pub fn grants(self, permission: Permission) -> bool {
        use Permission as P;
        match self {
            Self::Owner => permission != P::SeeRefundAccount,
            Self::Service => matches!(
                permission,
                P::SeeOrders
                    | P::SeeMoney
                    | P::SeeContact
                    | P::ChangeOrder
                    | P::RemarkAndFlag
                    | P::ConfirmReceipt
                    | P::DecideAfterSale
                    | P::AgreeRefund
                    | P::ReplyReview
                    | P::ReturnAddresses
            ),
            Self::Warehouse => {
                matches!(
                    permission,
                    P::SeeOrders | P::SeeContact | P::RemarkAndFlag | P::Ship | P::ReceiveReturn | P::ReturnAddresses | P::SeeStock
                )
            }
            Self::Finance => matches!(
                permission,
                P::SeeOrders
                    | P::SeeMoney
                    | P::RemarkAndFlag
                    | P::ConfirmOfflinePayment
                    | P::AgreeRefund
                    | P::ApproveLargeRefund
                    | P::SettleMoney
                    | P::SeeRefundAccount
                    | P::VerifyLedger
            ),
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "店主",
            Self::Service => "客服",
            Self::Warehouse => "仓库",
            Self::Finance => "财务",
        }
    }

    /// As stored and as typed on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Service => "service",
            Self::Warehouse => "warehouse",
            Self::Finance => "finance",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}
