//! One order whole before its shop: what it is and where it stands freely, its money and its people with a proof.

use super::view::{OrderDetail, detail};
use crate::domain::order::{OrderLine, OrderState, OrderStatus, Totals};
use crate::domain::{
    Address, BuyerId, Contact, Guarded, Money, OrderFlag, OrderLineId, Payment, Permission, ProductId, Refund, Refusal, SeeContact,
    SeeMoney, Shop, Tender, Timestamp,
};
use crate::server::ctx::Staff;
use crate::server::error::{Error, Result};
use crate::server::store::events::TimelineLine;
use crate::server::store::orders::shipments::Shipment;
use crate::server::store::orders::{self as rows, Scope};
use std::borrow::Cow;

/// An order as its shop's pages get it.
pub struct ShopOrder<'a>(Cow<'a, OrderDetail>);

/// The money of an order.
#[derive(Clone, Copy)]
pub struct OrderMoney<'a> {
    pub totals: Totals,
    /// Points and balance that were put in when it was placed.
    pub held: Money,
    pub due: Money,
    pub paid: Money,
    pub refunded: Money,
    pub lines: &'a [OrderLine],
    pub payments: &'a [Payment],
    pub refunds: &'a [Refund],
    pub coupon_name: &'a str,
    pub coupon_returned_at: Option<Timestamp>,
}

/// A line, as whoever ships it needs it.
#[derive(Clone, Copy, Debug)]
pub struct ShopLine<'a> {
    pub id: OrderLineId,
    pub product_id: ProductId,
    pub title: &'a str,
    pub spec: &'a str,
    pub picture: &'a str,
    pub quantity: i64,
    pub shipped_quantity: i64,
    pub cancelled_quantity: i64,
    pub units_to_ship: i64,
    pub held: bool,
    pub money: Guarded<&'a OrderLine, SeeMoney>,
}

/// A case, as the page of its order links to it.
#[derive(Clone, Copy, Debug)]
pub struct ShopCaseLink<'a> {
    pub number: &'a str,
    pub lines: &'a [OrderLineId],
    pub state_name: &'static str,
    pub over: bool,
    pub due: Option<Timestamp>,
    pub at_zero: &'static str,
    pub exchange: bool,
    pub amount: Guarded<Money, SeeMoney>,
}

/// The order page of its shop.
pub async fn for_shop(staff: &Staff, number: &str) -> Result<ShopOrder<'static>> {
    staff.require(Permission::SeeOrders)?;
    let mut conn = staff.app.db.reader().await?;
    let found = rows::find(&mut conn, Scope::Shop(staff.shop.id), number).await?.ok_or(Error::NotFound)?;
    Ok(ShopOrder(Cow::Owned(detail(&mut conn, found).await?)))
}

impl<'a> ShopOrder<'a> {
    /// The order around a case.
    pub(in crate::server) fn around(detail: &'a OrderDetail) -> Self {
        Self(Cow::Borrowed(detail))
    }

    /// All of it, for who may see all of it.
    pub fn whole(self, staff: &Staff) -> Result<OrderDetail> {
        let sees_money = self.money().open(staff.granted(SeeMoney)).is_some();
        let sees_contact = self.recipient().open(staff.granted(SeeContact)).is_some();
        if sees_money && sees_contact { Ok(self.0.into_owned()) } else { Err(Refusal::NotAllowed.into()) }
    }

    pub fn number(&self) -> &str {
        &self.0.order.number
    }

    pub fn buyer_id(&self) -> BuyerId {
        self.0.order.buyer_id
    }

    pub fn version(&self) -> i64 {
        self.0.order.version
    }

    pub fn shop(&self) -> &Shop {
        &self.0.shop
    }

    pub fn status(&self) -> OrderStatus {
        self.0.order.status()
    }

    pub fn state(&self) -> &OrderState {
        &self.0.order.state
    }

    pub fn placed_at(&self) -> Timestamp {
        self.0.order.placed_at
    }

    pub fn open_cases(&self) -> i64 {
        self.0.order.open_cases
    }

    /// How many pieces were ordered.
    pub fn units(&self) -> i64 {
        self.0.order.lines.iter().map(|line| line.quantity).sum()
    }

    pub fn units_to_ship(&self) -> i64 {
        self.0.order.units_to_ship()
    }

    pub fn lines(&self) -> impl Iterator<Item = ShopLine<'_>> {
        self.0.order.lines.iter().map(|line| ShopLine {
            id: line.id,
            product_id: line.product_id,
            title: &line.title,
            spec: &line.spec,
            picture: &line.picture,
            quantity: line.quantity,
            shipped_quantity: line.shipped_quantity,
            cancelled_quantity: line.cancelled_quantity,
            units_to_ship: line.units_to_ship(),
            held: line.held,
            money: self.guarded(line),
        })
    }

    pub fn cases(&self) -> impl Iterator<Item = ShopCaseLink<'_>> {
        self.0.cases.iter().map(|case| ShopCaseLink {
            number: &case.number,
            lines: &case.lines,
            state_name: case.state_name,
            over: case.over,
            due: case.due,
            at_zero: case.at_zero,
            exchange: case.exchange,
            amount: self.guarded(case.amount),
        })
    }

    pub fn timeline(&self) -> &[TimelineLine] {
        &self.0.timeline
    }

    pub fn parcels(&self) -> &[Shipment] {
        &self.0.parcels
    }

    /// The buyer's first at this shop.
    pub fn is_first(&self) -> bool {
        self.0.marks.first_order
    }

    pub fn buyer_remark(&self) -> &str {
        &self.0.marks.buyer_remark
    }

    pub fn shop_remark(&self) -> &str {
        &self.0.marks.shop_remark
    }

    pub fn flag(&self) -> Option<OrderFlag> {
        self.0.marks.flag
    }

    pub fn awaits_cash(&self) -> bool {
        self.0.awaits_cash()
    }

    pub fn paid_at_in_words(&self) -> &'static str {
        self.0.paid_at_in_words()
    }

    pub fn payment_deadline_in_words(&self) -> String {
        self.0.payment_deadline_in_words()
    }

    /// What the buyer is paying with at this moment.
    pub fn tender_under_way(&self) -> Option<Tender> {
        self.0.payment_under_way().map(|payment| payment.tender)
    }

    pub fn money(&self) -> Guarded<OrderMoney<'_>, SeeMoney> {
        let OrderDetail { order, marks, payments, refunds, .. } = &*self.0;
        self.guarded(OrderMoney {
            totals: order.totals,
            held: order.held,
            due: order.due(),
            paid: order.paid,
            refunded: order.refunded,
            lines: &order.lines,
            payments,
            refunds,
            coupon_name: &marks.coupon_name,
            coupon_returned_at: marks.coupon_returned_at,
        })
    }

    pub fn recipient(&self) -> Guarded<&Address, SeeContact> {
        self.guarded(&self.0.order.recipient)
    }

    pub fn buyer(&self) -> Guarded<Contact, SeeContact> {
        let marks = &self.0.marks;
        self.guarded(Contact { name: marks.buyer_name.clone(), phone: marks.buyer_phone.clone() })
    }

    fn guarded<T, P>(&self, content: T) -> Guarded<T, P> {
        Guarded::of(self.0.order.shop_id, content)
    }
}
