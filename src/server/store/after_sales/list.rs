//! Lists and queues of after-sales: what waits for the shop first, by the time left.

use super::filter::QueueFilter;
use crate::domain::after_sale::{AfterSaleKind, Reason, Stage, StateKind};
use crate::domain::{AfterSaleId, BuyerId, Contact, Guarded, Money, OrderFlag, SeeContact, SeeMoney, ShopId};
use crate::server::db::Conn;
use crate::server::error::Result;
use crate::server::store::{Slice, coded, coded_if_any, slice};
use sqlx::Row;
use sqlx::any::AnyRow;

/// A case as lists show it: its first item speaks for it. What it is about for its buyer, what it is about with a proof for its shop.
#[derive(Clone, Debug)]
pub struct ListedCase<M = CaseSums, C = ()> {
    pub id: i64,
    pub number: String,
    pub kind: AfterSaleKind,
    pub state: StateKind,
    pub stage: Stage,
    pub reason: Reason,
    pub due_at: Option<i64>,
    pub overdue_at: Option<i64>,
    pub applied_at: i64,
    pub order_number: String,
    pub shop_name: String,
    pub flag: Option<OrderFlag>,
    pub shop_remark: String,
    pub title: String,
    pub spec: String,
    pub picture: String,
    pub quantity: i64,
    pub items: i64,
    pub money: M,
    pub buyer: C,
}

/// A case in a queue of its shop.
pub type QueuedCase = ListedCase<Guarded<CaseSums, SeeMoney>, Guarded<Contact, SeeContact>>;

/// What is asked for, and what was paid for the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseSums {
    pub amount: Money,
    pub paid: Money,
}

impl<M, C> ListedCase<M, C> {
    fn of(row: &AnyRow, money: impl FnOnce(CaseSums) -> M, buyer: impl FnOnce(Contact) -> C) -> Result<Self> {
        let (id, order_number): (i64, String) = (row.try_get("id")?, row.try_get("order_number")?);
        Ok(Self {
            id,
            number: row.try_get("number")?,
            kind: coded("after_sales", "kind", id, row.try_get("kind")?, AfterSaleKind::from_code)?,
            state: coded("after_sales", "status", id, row.try_get("status")?, StateKind::from_code)?,
            stage: coded("after_sales", "stage", id, row.try_get("stage")?, Stage::from_code)?,
            reason: coded("after_sales", "reason", id, row.try_get("reason")?, Reason::from_code)?,
            due_at: row.try_get("due_at")?,
            overdue_at: row.try_get("overdue_at")?,
            applied_at: row.try_get("applied_at")?,
            shop_name: row.try_get("shop_name")?,
            flag: coded_if_any("orders", "flag", &order_number, row.try_get("flag")?, OrderFlag::from_code)?,
            order_number,
            shop_remark: row.try_get("shop_remark")?,
            title: row.try_get("title")?,
            spec: row.try_get("spec")?,
            picture: row.try_get("picture")?,
            quantity: row.try_get("quantity")?,
            items: row.try_get("items")?,
            money: money(CaseSums { amount: Money(row.try_get("amount_minor")?), paid: Money(row.try_get("paid_minor")?) }),
            buyer: buyer(Contact { name: row.try_get("buyer_name")?, phone: row.try_get("buyer_phone")? }),
        })
    }
}

const OF_BUYER: &str = include_str!("list/of_buyer.sql");
const OF_BUYER_OPEN: &str = include_str!("list/of_buyer_open.sql");
const OF_BUYER_OVER: &str = include_str!("list/of_buyer_over.sql");

/// Which of a buyer's cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuyerFilter {
    All,
    Open,
    Over,
}

pub async fn list_for_buyer(conn: &mut Conn, buyer: BuyerId, which: BuyerFilter, before: i64, limit: i64) -> Result<Slice<ListedCase>> {
    let statement = match which {
        BuyerFilter::All => OF_BUYER,
        BuyerFilter::Open => OF_BUYER_OPEN,
        BuyerFilter::Over => OF_BUYER_OVER,
    };
    let rows = sqlx::query(statement).bind(buyer.0).bind(before).bind(limit + 1).fetch_all(conn).await?;
    let cases = rows.iter().map(|row| ListedCase::of(row, |money| money, |_| ())).collect::<Result<_>>()?;
    Ok(slice(cases, limit, |case: &ListedCase| case.id))
}

const THESE: &str = include_str!("list/these.sql");

/// The cases of a queue, at most twenty, in its order: which ones, and then what is shown of them.
pub async fn list_for_shop(conn: &mut Conn, shop: ShopId, filter: &QueueFilter, limit: i64) -> Result<Slice<QueuedCase>> {
    let Slice { rows: ids, next } = slice(super::search::ids(conn, shop, filter, limit + 1).await?, limit, |id| *id);
    if ids.is_empty() {
        return Ok(Slice { rows: Vec::new(), next });
    }
    let query = (0..20).fold(sqlx::query(THESE), |query, nth| query.bind(ids.get(nth).copied().unwrap_or(0)));
    let case = |row| QueuedCase::of(row, |money| Guarded::of(shop, money), |buyer| Guarded::of(shop, buyer));
    let mut rows = query.fetch_all(conn).await?.iter().map(case).collect::<Result<Vec<_>>>()?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(Slice { rows, next })
}

const BEFORE: &str = "select number from after_sales where shop_id = $1 and id > $2 and status = $3 order by id limit 1";
const BEHIND: &str = "select number from after_sales where shop_id = $1 and id < $2 and status = $3 order by id desc limit 1";

/// The cases before and behind this one among those that stand where it stands.
pub async fn neighbours(conn: &mut Conn, shop: ShopId, id: AfterSaleId, state: StateKind) -> Result<(Option<String>, Option<String>)> {
    let before = sqlx::query_scalar(BEFORE).bind(shop.0).bind(id.0).bind(state.code()).fetch_optional(&mut *conn).await?;
    let behind = sqlx::query_scalar(BEHIND).bind(shop.0).bind(id.0).bind(state.code()).fetch_optional(conn).await?;
    Ok((before, behind))
}
