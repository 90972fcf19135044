//! The lists of orders that their shop reads: money and people take a proof.

use super::view::{OrderSummary, cards};
use crate::domain::order::OrderStatus;
use crate::domain::{Contact, Guarded, Money, OrderFlag, Permission, SeeContact, SeeMoney, ShopId, Tender};
use crate::server::ctx::Staff;
use crate::server::error::Result;
use crate::server::store::Slice;
use crate::server::store::orders::{self as rows, OrderFilter};

/// Orders of a page of the list.
const PAGE: i64 = 20;

/// One order as the shop's lists show it; its first line speaks for it.
#[derive(Clone, Debug)]
pub struct ShopCard {
    pub number: String,
    pub status: OrderStatus,
    pub placed_at: i64,
    pub pay_by: Option<i64>,
    pub receive_by: Option<i64>,
    pub open_cases: i64,
    /// The buyer's first at this shop.
    pub is_first: bool,
    pub shop_remark: String,
    pub flag: Option<OrderFlag>,
    pub goods: Option<CardGoods>,
    /// How many lines there are, and how many pieces in them.
    pub kinds: usize,
    pub units: i64,
    pub buyer: Guarded<Contact, SeeContact>,
    /// Who the parcel goes to.
    pub recipient: Guarded<Contact, SeeContact>,
    pub money: Guarded<CardMoney, SeeMoney>,
}

/// What the first line is.
#[derive(Clone, Debug)]
pub struct CardGoods {
    pub title: String,
    pub spec: String,
    pub picture: String,
    pub quantity: i64,
}

/// What the order costs, how it was paid, and what went back.
#[derive(Clone, Copy, Debug)]
pub struct CardMoney {
    pub payable: Money,
    pub tender: Option<Tender>,
    pub refunded: Money,
}

impl ShopCard {
    fn of(card: OrderSummary) -> Self {
        let (payable, units, kinds) = (card.payable(), card.units(), card.lines.len());
        let first = card.lines.into_iter().next();
        let order = card.order;
        let shop = ShopId(order.shop_id);
        Self {
            number: order.number,
            status: card.status,
            placed_at: order.placed_at,
            pay_by: order.pay_by,
            receive_by: order.receive_by,
            open_cases: order.open_cases,
            is_first: order.first_order_at.is_some(),
            shop_remark: order.shop_remark,
            flag: order.flag,
            goods: first.map(|line| CardGoods { title: line.title, spec: line.spec, picture: line.picture, quantity: line.quantity }),
            kinds,
            units,
            buyer: Guarded::of(shop, Contact { name: order.buyer_name, phone: order.buyer_phone }),
            recipient: Guarded::of(shop, Contact { name: order.recipient, phone: String::new() }),
            money: Guarded::of(shop, CardMoney { payable, tender: order.tender, refunded: Money(order.refunded_minor) }),
        }
    }
}

/// A page of the shop's orders that the filter selects, the newest first.
pub async fn list_for_shop(staff: &Staff, filter: &OrderFilter, before: Option<i64>) -> Result<Slice<ShopCard>> {
    staff.require(Permission::SeeOrders)?;
    let mut conn = staff.app.db.reader().await?;
    let listed = rows::list_for_shop(&mut conn, staff.shop.id, filter, before.unwrap_or(i64::MAX), PAGE).await?;
    let Slice { rows, next } = cards(&mut conn, listed).await?;
    Ok(Slice { rows: rows.into_iter().map(ShopCard::of).collect(), next })
}

/// What has waited longest to be shipped.
pub async fn waiting_to_ship(staff: &Staff, most: i64) -> Result<Vec<ShopCard>> {
    staff.require(Permission::SeeOrders)?;
    let mut conn = staff.app.db.reader().await?;
    let listed = rows::list_to_ship(&mut conn, staff.shop.id, most).await?;
    Ok(cards(&mut conn, listed).await?.rows.into_iter().map(ShopCard::of).collect())
}
