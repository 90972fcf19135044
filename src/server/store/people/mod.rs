//! Rows of shops, staff and buyers, of their log-ins and what they are told. Names no rows of another trade.

mod addresses;
pub mod attempts;
pub mod audits;
pub mod erasure;
mod history;
mod log_ins;
pub mod members;
pub mod notices;
pub mod one_time_links;
pub mod sessions;
pub mod staff_list;

pub use addresses::{
    AddressBookOwner, BookedAddress, address, addresses, insert_address, remove_address, save_address, set_default_address,
};
pub use history::history_at;
pub use log_ins::{
    NewBuyer, NewShop, NewStaff, StoredLogIn, buyer_log_in, insert_buyer, insert_shop, insert_staff, log_in_of, move_on, set_password,
    staff_log_in,
};

use super::{COUNT_LIMIT, counts, json, to_json};
use crate::domain::{Actor, Address, BuyerAddressId, BuyerId, ReturnAddressId, Role, Shop, ShopId, ShopPolicy, StaffId};
use crate::server::db::{Conn, Db, expect_one};
use crate::server::error::{Error, Result};
use crate::server::store::counts::StaffCounts;
use chrono_tz::Tz;

/// A buyer who is logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuyerRow {
    pub id: BuyerId,
    pub name: String,
    pub phone: String,
    /// Kinds of goods in the cart.
    pub in_cart: i64,
    /// What a log-in has to carry.
    pub generation: i64,
}

const BUYER: &str = "select b.name, b.phone, b.generation, (select count(*) from cart_items c where c.buyer_id = b.id) as in_cart
    from buyers b where b.id = $1 and b.erased_at is null";

/// A buyer, by the id in the session.
pub async fn buyer(db: &Db, id: BuyerId) -> Result<Option<BuyerRow>> {
    let row: Option<(String, String, i64, i64)> = sqlx::query_as(BUYER).bind(id.0).fetch_optional(&mut *db.reader().await?).await?;
    Ok(row.map(|(name, phone, generation, in_cart)| BuyerRow { id, name, phone, in_cart, generation }))
}

const SHOP_COLUMNS: &str = "select id, name, phone, time_zone, policy from shops where id = $1";

#[derive(sqlx_macros::FromRow)]
pub(super) struct ShopRow {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) phone: String,
    pub(super) time_zone: String,
    pub(super) policy: String,
}

impl TryFrom<ShopRow> for Shop {
    type Error = Error;
    fn try_from(row: ShopRow) -> Result<Self> {
        let zone: Tz = row.time_zone.parse().map_err(|_| Error::inconsistent("shops", "time_zone", row.id))?;
        Ok(Self { id: ShopId(row.id), name: row.name, phone: row.phone, zone, policy: json("shops", "policy", row.id, &row.policy)? })
    }
}

/// A shop with its rules.
pub async fn shop(conn: &mut Conn, id: ShopId) -> Result<Shop> {
    let row: Option<ShopRow> = sqlx::query_as(SHOP_COLUMNS).bind(id.0).fetch_optional(conn).await?;
    row.ok_or(Error::NotFound)?.try_into()
}

/// The shop with this code, for the command line.
pub async fn shop_by_code(conn: &mut Conn, code: &str) -> Result<Option<ShopId>> {
    Ok(sqlx::query_scalar("select id from shops where code = $1").bind(code).fetch_optional(conn).await?.map(ShopId))
}

/// The shop that was opened first: the one the front is called by.
pub async fn first_shop(conn: &mut Conn) -> Result<Option<Shop>> {
    const FIRST: &str = "select id, name, phone, time_zone, policy from shops order by id limit 1";
    let row: Option<ShopRow> = sqlx::query_as(FIRST).fetch_optional(conn).await?;
    row.map(Shop::try_from).transpose()
}

const SAVE_POLICY: &str = "update shops set policy = $1 where id = $2 and policy = $3";

/// Changes the shop's rules, if they are still those that the change was made on; rules written before one was known read as its default.
pub async fn save_policy(conn: &mut Conn, id: ShopId, before: &ShopPolicy, policy: &ShopPolicy) -> Result<()> {
    let stored: String = sqlx::query_scalar("select policy from shops where id = $1").bind(id.0).fetch_one(&mut *conn).await?;
    if json::<ShopPolicy>("shops", "policy", id.0, &stored)? != *before {
        return Err(Error::Stale);
    }
    expect_one(&sqlx::query(SAVE_POLICY).bind(to_json(policy)?).bind(id.0).bind(stored).execute(conn).await?)
}

#[derive(sqlx_macros::FromRow)]
pub(super) struct StaffRow {
    staff_name: String,
    roles: String,
    generation: i64,
    #[sqlx(flatten)]
    shop: ShopRow,
    to_ship: i64,
    after_sales: i64,
    anomalies: i64,
    messages: i64,
}

/// A member of staff with their shop and what waits there.
pub struct FoundStaff {
    pub actor: Actor,
    pub shop: Shop,
    pub waiting: StaffCounts,
    /// What a log-in has to carry.
    pub generation: i64,
}

/// Whoever has this id; `None` once the account is disabled.
pub async fn staff(db: &Db, id: i64) -> Result<Option<FoundStaff>> {
    let Some(row) =
        sqlx::query_as::<_, StaffRow>(counts::STAFF).bind(id).bind(COUNT_LIMIT).fetch_optional(&mut *db.reader().await?).await?
    else {
        return Ok(None);
    };
    row.of(id).map(Some)
}

impl StaffRow {
    fn of(self, id: i64) -> Result<FoundStaff> {
        let (shop, roles): (Shop, Vec<Role>) = (self.shop.try_into()?, json("staff", "roles", id, &self.roles)?);
        let waiting =
            StaffCounts { to_ship: self.to_ship, after_sales: self.after_sales, anomalies: self.anomalies, messages: self.messages };
        let actor = Actor::Staff { id: StaffId(id), shop: shop.id, name: self.staff_name, roles };
        Ok(FoundStaff { actor, shop, waiting, generation: self.generation })
    }
}

/// Where this shop takes returns unless told otherwise.
pub async fn default_return_address(conn: &mut Conn, shop: ShopId) -> Result<Option<Address>> {
    let book = addresses(conn, AddressBookOwner::Shop(shop)).await?;
    Ok(book.into_iter().find(|entry| entry.is_default).map(|entry| entry.address))
}

/// An address of this shop's book.
pub async fn return_address(conn: &mut Conn, shop: ShopId, id: ReturnAddressId) -> Result<Option<Address>> {
    address(conn, AddressBookOwner::Shop(shop), id.0).await
}

/// An address of this buyer's book.
pub async fn buyer_address(conn: &mut Conn, buyer: BuyerId, id: BuyerAddressId) -> Result<Option<Address>> {
    address(conn, AddressBookOwner::Buyer(buyer), id.0).await
}
