//! Rows of refunds: one for every tender that gets money back.

mod list;
mod month;

pub use list::{ListedRefund, RefundFilter, RefundSearch, list_for_shop, list_settled};
pub use month::{ChannelSum, channel_sums};

use crate::domain::money::refund::{Arrival, RefundState};
use crate::domain::money::way_back::Elsewhere;
use crate::domain::{
    AfterSaleId, AgreedBy, Money, OrderId, OrderLineId, PaymentId, Refund, RefundId, RefundStatus, ShopId, Tender, Timestamp,
};
use crate::server::db::Conn;
use crate::server::db::expect_one;
use crate::server::error::{Error, Result};
use crate::server::store::coded;

#[derive(sqlx_macros::FromRow)]
struct RefundRow {
    id: i64,
    number: String,
    shop_id: i64,
    order_id: i64,
    after_sale_id: Option<i64>,
    payment_id: i64,
    tender: String,
    status: String,
    amount_minor: i64,
    gateway_no: Option<String>,
    trouble: String,
    voucher: String,
    decided_by: Option<String>,
    agreed_by: String,
    operator_name: String,
    created_at: i64,
    asked_at: Option<i64>,
    settled_at: Option<i64>,
    elsewhere: Option<String>,
    elsewhere_at: Option<i64>,
    version: i64,
}

const TABLE: &str = "refunds";

impl TryFrom<RefundRow> for Refund {
    type Error = Error;
    fn try_from(row: RefundRow) -> Result<Self> {
        let elsewhere = match (row.elsewhere.as_deref().map(Elsewhere::from_code), row.elsewhere_at) {
            (None, None) => None,
            (Some(Some(to)), Some(at)) => Some((to, Timestamp(at))),
            _ => return Err(Error::inconsistent(TABLE, "elsewhere", row.id)),
        };
        Ok(Self {
            state: row.state()?,
            elsewhere,
            id: RefundId(row.id),
            number: row.number,
            shop_id: ShopId(row.shop_id),
            order_id: OrderId(row.order_id),
            after_sale_id: row.after_sale_id.map(AfterSaleId),
            payment_id: PaymentId(row.payment_id),
            tender: coded(TABLE, "tender", row.id, &row.tender, Tender::from_code)?,
            amount: Money(row.amount_minor),
            agreed_by: agreed_by(row.id, row.decided_by.as_deref(), row.agreed_by)?,
            created_at: Timestamp(row.created_at),
            asked_at: row.asked_at.map(Timestamp),
            version: row.version,
        })
    }
}

impl RefundRow {
    fn state(&self) -> Result<RefundState> {
        let trouble = self.trouble.clone();
        Ok(match coded(TABLE, "status", self.id, &self.status, RefundStatus::from_code)? {
            RefundStatus::Created => RefundState::Created,
            RefundStatus::Submitted => RefundState::Submitted,
            RefundStatus::Unknown => RefundState::Unknown { trouble },
            RefundStatus::Retryable => RefundState::Retryable { trouble },
            RefundStatus::Failed => RefundState::Failed { trouble },
            RefundStatus::Manual => RefundState::Manual { trouble },
            RefundStatus::Succeeded => RefundState::Succeeded(Arrival {
                at: self.settled_at.map(Timestamp).ok_or_else(|| Error::inconsistent(TABLE, "settled_at", self.id))?,
                gateway_no: self.gateway_no.clone(),
                voucher: self.voucher.clone(),
                operator: self.operator_name.clone(),
            }),
        })
    }
}

fn agreed_by(refund: i64, code: Option<&str>, name: String) -> Result<AgreedBy> {
    AgreedBy::from_row(code, name).ok_or_else(|| Error::inconsistent("refunds", "decided_by", refund))
}

const BY_ID: &str = "select * from refunds where id = $1";
const BY_NUMBER: &str = "select * from refunds where number = $1";
const OF_AFTER_SALE: &str = "select * from refunds where after_sale_id = $1 order by id";
const OF_ORDER: &str = "select * from refunds where order_id = $1 order by id desc";

pub async fn by_id(conn: &mut Conn, id: RefundId) -> Result<Refund> {
    let row: RefundRow = sqlx::query_as(BY_ID).bind(id.0).fetch_one(conn).await?;
    row.try_into()
}

pub async fn by_number(conn: &mut Conn, number: &str) -> Result<Option<Refund>> {
    let row: Option<RefundRow> = sqlx::query_as(BY_NUMBER).bind(number).fetch_optional(conn).await?;
    row.map(Refund::try_from).transpose()
}

pub async fn of_after_sale(conn: &mut Conn, id: AfterSaleId) -> Result<Vec<Refund>> {
    let rows: Vec<RefundRow> = sqlx::query_as(OF_AFTER_SALE).bind(id.0).fetch_all(conn).await?;
    rows.into_iter().map(Refund::try_from).collect()
}

pub async fn of_order(conn: &mut Conn, id: OrderId) -> Result<Vec<Refund>> {
    let rows: Vec<RefundRow> = sqlx::query_as(OF_ORDER).bind(id.0).fetch_all(conn).await?;
    rows.into_iter().map(Refund::try_from).collect()
}

const INSERT: &str =
    "insert into refunds (id, number, shop_id, order_id, after_sale_id, payment_id, tender, status, amount_minor, created_at, decided_by,
        agreed_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const INSERT_LINE: &str = "insert into refund_lines (refund_id, order_line_id, amount_minor) values ($1, $2, $3)";

/// A new refund with what each line gives to it.
pub async fn insert(conn: &mut Conn, refund: &Refund, lines: &[(OrderLineId, Money)]) -> Result<()> {
    let (decided_by, agreed_by) = refund.agreed_by.row();
    sqlx::query(INSERT)
        .bind(refund.id.0)
        .bind(&refund.number)
        .bind(refund.shop_id.0)
        .bind(refund.order_id.0)
        .bind(refund.after_sale_id.map(|id| id.0))
        .bind(refund.payment_id.0)
        .bind(refund.tender.code())
        .bind(refund.status().code())
        .bind(refund.amount.0)
        .bind(refund.created_at.0)
        .bind(decided_by)
        .bind(agreed_by)
        .execute(&mut *conn)
        .await?;
    for (line, amount) in lines {
        sqlx::query(INSERT_LINE).bind(refund.id.0).bind(line.0).bind(amount.0).execute(&mut *conn).await?;
    }
    Ok(())
}

const MOVE: &str = include_str!("refunds/move.sql");
const ARRIVE: &str = include_str!("refunds/arrive.sql");
// Numbers have an index, which SQLite writes anew when they are named.
const RENUMBER: &str = "update refunds set number = $4 where id = $1 and version = $2 and status = $3";

/// Stores where the refund now stands, if nobody has moved it since it was read.
pub async fn save(conn: &mut Conn, before: &Refund, after: &Refund, now: Timestamp) -> Result<()> {
    let read = (before.id.0, before.version, before.status().code());
    if let RefundState::Succeeded(arrival) = &after.state {
        let query = sqlx::query(ARRIVE)
            .bind(read.0)
            .bind(read.1)
            .bind(read.2)
            .bind(after.tender.code())
            .bind(arrival.gateway_no.as_deref())
            .bind(&arrival.voucher)
            .bind(&arrival.operator)
            .bind(arrival.at.0);
        return expect_one(&query.execute(conn).await?);
    }
    if after.number != before.number {
        let query = sqlx::query(RENUMBER).bind(read.0).bind(read.1).bind(read.2).bind(&after.number);
        expect_one(&query.execute(&mut *conn).await?)?;
    }
    let query = sqlx::query(MOVE)
        .bind(read.0)
        .bind(read.1)
        .bind(read.2)
        .bind(after.status().code())
        .bind(after.trouble())
        .bind(now.0)
        .bind(after.asked_at.map(|at| at.0))
        .bind(after.elsewhere.map(|(to, _)| to.code()))
        .bind(after.elsewhere.map(|(_, at)| at.0));
    expect_one(&query.execute(conn).await?)
}

const ASKED: &str =
    "select cast(count(*) as bigint), max(asked_at) from refunds where payment_id = $1 and id <> $2 and asked_at is not null";

/// How many other refunds of a payment the gateway was asked for, and when last.
pub async fn asked_of_payment(conn: &mut Conn, payment: PaymentId, but: RefundId) -> Result<(i64, Option<Timestamp>)> {
    let (asked, last): (i64, Option<i64>) = sqlx::query_as(ASKED).bind(payment.0).bind(but.0).fetch_one(conn).await?;
    Ok((asked, last.map(Timestamp)))
}

const SINCE: &str = "select cast(count(*) as bigint), cast(coalesce(sum(amount_minor), 0) as bigint) from refunds
    where shop_id = $1 and id >= $2 and status = 'succeeded' and tender <> 'cod'";

/// Refunds begun since a moment that have arrived, and their sum; what arrived as cash on delivery was never collected.
pub async fn since(conn: &mut Conn, shop: ShopId, from: Timestamp) -> Result<(i64, i64)> {
    Ok(sqlx::query_as(SINCE).bind(shop.0).bind(from.0 << 20).fetch_one(conn).await?)
}
