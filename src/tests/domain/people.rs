//! Everybody who might lay hands on an order or a case.

use guitu::domain::{Actor, BuyerId, Role, ShopId, StaffId};

pub const SHOP: ShopId = ShopId(1);
pub const BUYER: BuyerId = BuyerId(7);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Buyer,
    OtherBuyer,
    Owner,
    Service,
    Warehouse,
    Finance,
    /// The owner of another shop, with every role there is.
    OwnerElsewhere,
    System,
}

impl Who {
    pub const ALL: [Self; 8] =
        [Self::Buyer, Self::OtherBuyer, Self::Owner, Self::Service, Self::Warehouse, Self::Finance, Self::OwnerElsewhere, Self::System];

    pub fn actor(self) -> Actor {
        match self {
            Self::Buyer => Actor::Buyer { id: BUYER, name: "王小明".to_owned() },
            Self::OtherBuyer => Actor::Buyer { id: BuyerId(8), name: "李四".to_owned() },
            Self::Owner => staff(SHOP, vec![Role::Owner]),
            Self::Service => staff(SHOP, vec![Role::Service]),
            Self::Warehouse => staff(SHOP, vec![Role::Warehouse]),
            Self::Finance => staff(SHOP, vec![Role::Finance]),
            Self::OwnerElsewhere => staff(ShopId(2), Role::ALL.to_vec()),
            Self::System => Actor::System,
        }
    }
}

fn staff(shop: ShopId, roles: Vec<Role>) -> Actor {
    // The staff member's number is the buyer's: only what kind of actor it is may tell them apart.
    Actor::Staff { id: StaffId(BUYER.0), shop, name: "小林".to_owned(), roles }
}
