//! Rows of notices, to a buyer or to a shop's staff.

use crate::domain::{AfterSaleId, BuyerId, Happening, OrderId, ShopId, Timestamp};
use crate::server::db::{Conn, DeferredStatement};
use crate::server::error::{Error, Result};
use crate::server::store::events::told;
use crate::server::store::{COUNT_LIMIT, Slice, slice, to_json};
use chrono_tz::Tz;

/// A notice to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    pub id: i64,
    pub shop_id: ShopId,
    /// `None`: for the shop's staff.
    pub buyer_id: Option<BuyerId>,
    pub order_id: OrderId,
    pub after_sale_id: Option<AfterSaleId>,
    pub what: Happening,
    pub at: Timestamp,
}

/// A notice as it is read, with the public numbers of what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxNotice {
    pub id: i64,
    pub order_number: String,
    pub after_sale_number: Option<String>,
    pub what: Happening,
    /// The shop's.
    pub zone: Tz,
    pub at: Timestamp,
    pub read: bool,
}

/// Whose notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inbox {
    Buyer(BuyerId),
    Shop(ShopId),
}

impl Inbox {
    fn owner(self) -> i64 {
        match self {
            Self::Buyer(buyer) => buyer.0,
            Self::Shop(shop) => shop.0,
        }
    }

    fn pick(self, of_buyer: &'static str, of_shop: &'static str) -> &'static str {
        match self {
            Self::Buyer(_) => of_buyer,
            Self::Shop(_) => of_shop,
        }
    }
}

/// The notice, to be written at the transaction's end.
pub fn insert(message: &NewNotice) -> Result<DeferredStatement> {
    const INSERT: &str = "insert into messages (id, shop_id, buyer_id, order_id, after_sale_id, kind, facts, title, words, at)
        values ($1, $2, $3, $4, $5, $6, $7, '', '', $8)";
    let NewNotice { id, shop_id, buyer_id, order_id, after_sale_id, what, at } = message;
    let insert = DeferredStatement::new(INSERT).bind(id).bind(shop_id.0).bind(buyer_id.map(|id| id.0)).bind(order_id.0);
    Ok(insert.bind(after_sale_id.map(|id| id.0)).bind(what.kind().code()).bind(to_json(what)?).bind(at.0))
}

const OF_BUYER: &str =
    "select m.id, o.number as order_number, a.number as after_sale_number, m.facts, m.title, m.words, s.time_zone, m.at, m.read_at
    from messages m join orders o on o.id = m.order_id join shops s on s.id = m.shop_id left join after_sales a on a.id = m.after_sale_id
    where m.buyer_id = $1 and m.id < $2 order by m.id desc limit $3";
const OF_SHOP: &str =
    "select m.id, o.number as order_number, a.number as after_sale_number, m.facts, m.title, m.words, s.time_zone, m.at, m.read_at
    from messages m join orders o on o.id = m.order_id join shops s on s.id = m.shop_id left join after_sales a on a.id = m.after_sale_id
    where m.shop_id = $1 and m.buyer_id is null and m.id < $2 order by m.id desc limit $3";

#[derive(sqlx_macros::FromRow)]
struct NoticeRow {
    id: i64,
    order_number: String,
    after_sale_number: Option<String>,
    facts: Option<String>,
    title: String,
    words: String,
    time_zone: String,
    at: i64,
    read_at: Option<i64>,
}

impl TryFrom<NoticeRow> for InboxNotice {
    type Error = Error;

    fn try_from(row: NoticeRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            order_number: row.order_number,
            after_sale_number: row.after_sale_number,
            what: told("messages", row.id, row.facts, row.title, row.words)?,
            zone: row.time_zone.parse().map_err(|_| Error::inconsistent("shops", "time_zone", row.id))?,
            at: Timestamp(row.at),
            read: row.read_at.is_some(),
        })
    }
}

/// A page of an inbox, newest first.
pub async fn list(conn: &mut Conn, inbox: Inbox, before: Option<i64>, limit: i64) -> Result<Slice<InboxNotice>> {
    let query = sqlx::query_as(inbox.pick(OF_BUYER, OF_SHOP)).bind(inbox.owner()).bind(before.unwrap_or(i64::MAX)).bind(limit + 1);
    let rows: Vec<NoticeRow> = query.fetch_all(conn).await?;
    Ok(slice(rows.into_iter().map(InboxNotice::try_from).collect::<Result<_>>()?, limit, |message| message.id))
}

const UNREAD_OF_BUYER: &str = "select count(*) from (select id from messages where buyer_id = $1 and read_at is null limit $2) as few";
const UNREAD_OF_SHOP: &str =
    "select count(*) from (select id from messages where shop_id = $1 and buyer_id is null and read_at is null limit $2) as few";

/// How many are unread; counts no further than the limit.
pub async fn unread(conn: &mut Conn, inbox: Inbox) -> Result<i64> {
    let statement = inbox.pick(UNREAD_OF_BUYER, UNREAD_OF_SHOP);
    Ok(sqlx::query_scalar(statement).bind(inbox.owner()).bind(COUNT_LIMIT).fetch_one(conn).await?)
}

const READ_OF_BUYER: &str = "update messages set read_at = $2 where buyer_id = $1 and read_at is null and id <= $3";
const READ_OF_SHOP: &str = "update messages set read_at = $2 where shop_id = $1 and buyer_id is null and read_at is null and id <= $3";

/// Marks everything up to the newest that was shown as read.
pub async fn mark_read(conn: &mut Conn, inbox: Inbox, newest: i64, now: Timestamp) -> Result<()> {
    let statement = inbox.pick(READ_OF_BUYER, READ_OF_SHOP);
    sqlx::query(statement).bind(inbox.owner()).bind(now.0).bind(newest).execute(conn).await?;
    Ok(())
}
