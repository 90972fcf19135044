//! What only some roles may read. That somebody may is a value, and what is guarded comes out with it alone: a page that forgets to ask does not compile.

mod contact;

pub use contact::{Contact, ShownAddress, shown_name};

use super::actor::{Actor, Permission};
use crate::domain::id::ShopId;
use std::fmt;
use std::marker::PhantomData;

/// A permission that shows something.
pub trait Sight: Copy {
    const PERMISSION: Permission;
}

/// Amounts: prices, tenders, refunds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeeMoney;

/// Names, phones and addresses in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeeContact;

/// Where cash-on-delivery buyers want their money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeeRefundAccount;

impl Sight for SeeMoney {
    const PERMISSION: Permission = Permission::SeeMoney;
}

impl Sight for SeeContact {
    const PERMISSION: Permission = Permission::SeeContact;
}

impl Sight for SeeRefundAccount {
    const PERMISSION: Permission = Permission::SeeRefundAccount;
}

/// The proof that an actor's roles grant `P` in one shop. [`Actor::granted`] alone makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Granted<P> {
    shop: ShopId,
    sight: PhantomData<P>,
}

impl Actor {
    /// The proof that this actor may see `P` of `shop`, if the roles grant it.
    pub fn granted<P: Sight>(&self, _: P, shop: ShopId) -> Option<Granted<P>> {
        self.may(P::PERMISSION, shop).then_some(Granted { shop, sight: PhantomData })
    }
}

impl<P> Granted<P> {
    /// Whose it shows.
    pub fn shop(self) -> ShopId {
        self.shop
    }
}

/// Something of a shop that is read with a proof of `P` for that shop. Nothing else takes it out, and printing does not show it.
///
/// ```
/// use guitu::domain::people::authority::{Granted, Guarded, SeeMoney};
/// use guitu::domain::{Money, ShopId};
///
/// fn draw(paid: Guarded<Money, SeeMoney>, seen: Option<Granted<SeeMoney>>) -> Option<String> {
///     paid.open(seen).map(Money::show)
/// }
///
/// let paid = Guarded::of(ShopId(1), Money(1_500));
/// assert_eq!(draw(paid, None), None);
/// assert!(!format!("{paid:?}").contains("15"));
/// ```
///
/// Without asking for the proof there is no amount to draw:
///
/// ```compile_fail,E0599
/// use guitu::domain::people::authority::{Guarded, SeeMoney};
/// use guitu::domain::{Money, ShopId};
///
/// fn draw(paid: Guarded<Money, SeeMoney>) -> String {
///     paid.show()
/// }
/// ```
///
/// ```compile_fail,E0616
/// use guitu::domain::people::authority::{Guarded, SeeMoney};
/// use guitu::domain::{Money, ShopId};
///
/// fn draw(paid: Guarded<Money, SeeMoney>) -> String {
///     paid.content.show()
/// }
/// ```
///
/// A proof of something else is none, and nobody but the roles makes one:
///
/// ```compile_fail,E0308
/// use guitu::domain::people::authority::{Granted, Guarded, SeeContact, SeeMoney};
/// use guitu::domain::Money;
///
/// fn draw(paid: Guarded<Money, SeeMoney>, seen: Option<Granted<SeeContact>>) -> Option<String> {
///     paid.open(seen).map(Money::show)
/// }
/// ```
///
/// ```compile_fail,E0451
/// use guitu::domain::people::authority::{Granted, SeeMoney};
/// use guitu::domain::ShopId;
///
/// fn forge() -> Granted<SeeMoney> {
///     Granted { shop: ShopId(1), sight: std::marker::PhantomData }
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Guarded<T, P> {
    shop: ShopId,
    content: T,
    sight: PhantomData<P>,
}

impl<T, P> Guarded<T, P> {
    pub fn of(shop: ShopId, content: T) -> Self {
        Self { shop, content, sight: PhantomData }
    }

    /// What is in it, for who may see it in this shop.
    pub fn open(self, granted: Option<Granted<P>>) -> Option<T> {
        granted.filter(|granted| granted.shop == self.shop).map(|_| self.content)
    }
}

impl<T, P> fmt::Debug for Guarded<T, P> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Guarded")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{BuyerId, Money, Role, StaffId};

    fn staff(role: Role) -> Actor {
        Actor::Staff { id: StaffId(1), shop: ShopId(1), name: "员工".to_owned(), roles: vec![role] }
    }

    #[test]
    fn a_proof_follows_the_role_and_opens_its_own_shop_alone() {
        for role in Role::ALL {
            let proof = staff(role).granted(SeeMoney, ShopId(1));
            assert_eq!(proof.is_some(), role.grants(Permission::SeeMoney), "{role:?}");
            let opened = |shop| Guarded::of(ShopId(shop), Money(1_500)).open(proof);
            assert_eq!((opened(1), opened(2)), (proof.map(|_| Money(1_500)), None));
        }
        assert_eq!(staff(Role::Owner).granted(SeeMoney, ShopId(2)), None);
        assert_eq!(Actor::System.granted(SeeMoney, ShopId(1)), None);
        assert_eq!(Actor::Buyer { id: BuyerId(1), name: String::new() }.granted(SeeContact, ShopId(1)), None);
    }
}
