//! One case whole before its shop: what is asked for and where it stands freely, its money with a proof.

use super::view::{AfterSaleDetail, detail};
use crate::domain::after_sale::{AfterSale, AfterSaleAction, AfterSaleKind, AfterSaleState, Reason, RejectionGrounds, ReturnLeg, Stage};
use crate::domain::{
    Actor, AfterSaleId, BuyerId, Guarded, Money, OrderLineId, Parcel, Permission, Refund, Refusal, SeeMoney, ShopPolicy, Timestamp,
};
use crate::server::ctx::Staff;
use crate::server::error::{Error, Result};
use crate::server::money::refunds::Part;
use crate::server::orders::{self, ShopOrder};
use crate::server::store::after_sales as rows;
use crate::server::store::events::TimelineLine;
use crate::server::store::orders::Scope;
use crate::server::store::people::{self, AddressBookOwner, BookedAddress};

/// A case as its shop's pages get it.
pub struct ShopCase(AfterSaleDetail);

/// The money of a case.
#[derive(Clone, Copy)]
pub struct CaseMoney<'a>(&'a AfterSaleDetail);

/// Units of a line in the case.
#[derive(Clone, Copy, Debug)]
pub struct ShopItem<'a> {
    pub line_id: OrderLineId,
    pub title: &'a str,
    pub quantity: i64,
    pub amount: Guarded<Money, SeeMoney>,
}

/// The case page of its shop.
pub async fn for_shop(staff: &Staff, number: &str) -> Result<ShopCase> {
    staff.require(Permission::SeeOrders)?;
    let mut conn = staff.app.db.reader().await?;
    let case = rows::find(&mut conn, Scope::Shop(staff.shop.id), number).await?.ok_or(Error::NotFound)?;
    let neighbours = rows::neighbours(&mut conn, staff.shop.id, case.id, case.state.kind()).await?;
    let return_addresses = people::addresses(&mut conn, AddressBookOwner::Shop(staff.shop.id)).await?;
    let order = orders::around(&mut conn, &case).await?;
    drop(conn);
    Ok(ShopCase(AfterSaleDetail { neighbours, return_addresses, ..detail(staff, case, order).await? }))
}

impl ShopCase {
    /// All of it, for who may see all of it.
    pub fn whole(self, staff: &Staff) -> Result<AfterSaleDetail> {
        self.order().whole(staff)?;
        Ok(self.0)
    }

    pub fn id(&self) -> AfterSaleId {
        self.0.case.id
    }

    pub fn number(&self) -> &str {
        &self.0.case.number
    }

    pub fn version(&self) -> i64 {
        self.0.case.version
    }

    pub fn buyer_id(&self) -> BuyerId {
        self.0.case.buyer_id
    }

    pub fn kind(&self) -> AfterSaleKind {
        self.0.case.kind
    }

    pub fn stage(&self) -> Stage {
        self.0.case.stage
    }

    pub fn reason(&self) -> Reason {
        self.0.case.reason
    }

    pub fn note(&self) -> &str {
        &self.0.case.note
    }

    pub fn evidence(&self) -> &[String] {
        &self.0.case.evidence
    }

    pub fn applied_at(&self) -> Timestamp {
        self.0.case.applied_at
    }

    pub fn state(&self) -> &AfterSaleState {
        &self.0.case.state
    }

    pub fn state_name(&self) -> &'static str {
        self.0.case.state_name()
    }

    /// What happens when the running clock reaches zero.
    pub fn at_zero(&self) -> &'static str {
        self.0.case.at_zero()
    }

    /// What is still asked for of the lines.
    pub fn items(&self) -> impl Iterator<Item = ShopItem<'_>> {
        let asked_for = self.0.case.items.iter().filter(|item| item.quantity > 0);
        asked_for.map(|item| ShopItem {
            line_id: item.line_id,
            title: &item.title,
            quantity: item.quantity,
            amount: self.guarded(item.amount()),
        })
    }

    /// What the line is called in the case.
    pub fn title_of(&self, line: OrderLineId) -> &str {
        self.0.case.items.iter().find(|item| item.line_id == line).map_or("", |item| &item.title)
    }

    pub fn return_leg(&self) -> Option<&ReturnLeg> {
        self.0.case.return_leg.as_ref()
    }

    pub fn replacement(&self) -> Option<&Parcel> {
        self.0.case.replacement.as_ref()
    }

    pub fn rejection(&self) -> Option<&RejectionGrounds> {
        self.0.case.rejection.as_ref()
    }

    pub fn allowed_actions(&self, actor: &Actor) -> Vec<AfterSaleAction> {
        self.0.case.allowed_actions(actor)
    }

    /// May this actor agree to as much?
    pub fn within_limit(&self, by: &Actor, policy: &ShopPolicy) -> std::result::Result<(), Refusal> {
        self.0.case.within_limit(by, policy)
    }

    pub fn awaits_goods(&self) -> bool {
        self.0.case.awaits_goods()
    }

    pub fn has_a_way_back(&self) -> bool {
        self.0.has_a_way_back()
    }

    pub fn wants_account(&self) -> bool {
        self.0.wants_account()
    }

    /// When the buyer said where money that was paid in cash shall go.
    pub fn account_given_at(&self) -> Option<Timestamp> {
        self.0.account_given_at
    }

    pub fn timeline(&self) -> &[TimelineLine] {
        &self.0.timeline
    }

    /// The cases before and behind it that stand where it stands.
    pub fn neighbours(&self) -> &(Option<String>, Option<String>) {
        &self.0.neighbours
    }

    /// Where returns can go.
    pub fn return_addresses(&self) -> &[BookedAddress] {
        &self.0.return_addresses
    }

    pub fn order(&self) -> ShopOrder<'_> {
        ShopOrder::around(&self.0.order)
    }

    pub fn money(&self) -> Guarded<CaseMoney<'_>, SeeMoney> {
        self.guarded(CaseMoney(&self.0))
    }

    fn guarded<T, P>(&self, content: T) -> Guarded<T, P> {
        Guarded::of(self.0.case.shop_id, content)
    }
}

impl<'a> CaseMoney<'a> {
    fn case(self) -> &'a AfterSale {
        &self.0.case
    }

    pub fn amount(self) -> Money {
        self.case().amount()
    }

    pub fn amount_in_words(self) -> String {
        self.case().amount_in_words()
    }

    /// Freight that goes back if the shop says so.
    pub fn addable_freight(self) -> Money {
        self.case().addable_freight(&self.0.order.order)
    }

    pub fn refunds(self) -> &'a [Refund] {
        &self.0.refunds
    }

    /// What an agreed refund would give back.
    pub fn goes_back(self) -> &'a [Part] {
        &self.0.goes_back
    }

    /// When the buyer agreed to the balance instead of the way they paid.
    pub fn to_balance_at(self) -> Option<Timestamp> {
        self.0.to_balance_at
    }

    pub fn coupon_in_words(self) -> Option<String> {
        self.0.coupon_in_words()
    }

    pub fn points_to_go(self) -> i64 {
        self.0.points_to_go()
    }

    pub fn freight_in_words(self) -> Option<String> {
        self.0.freight_in_words()
    }
}
