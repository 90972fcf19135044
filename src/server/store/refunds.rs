//! Rows of refunds: one for every tender that gets money back.

mod elsewhere;
mod list;
mod month;

pub use elsewhere::{come_back, send_elsewhere};
pub use list::{ListedRefund, RefundFilter, Sought, list_for_shop, list_settled};
pub use month::{ChannelSum, channel_sums};

use super::coded;
use crate::domain::way_back::{Elsewhere, Part};
use crate::domain::{AfterSaleId, AgreedBy, Money, OrderId, OrderLineId, PaymentId, RefundId, RefundStatus, ShopId, Tender, Timestamp};
use crate::server::db::expect_one;
use crate::server::error::{Error, Result};
use sqlx::AnyConnection;

/// One movement of money back.
#[derive(Clone, Debug)]
pub struct Refund {
    pub id: RefundId,
    pub number: String,
    pub shop_id: ShopId,
    pub order_id: OrderId,
    pub after_sale_id: Option<AfterSaleId>,
    pub payment_id: PaymentId,
    pub tender: Tender,
    pub status: RefundStatus,
    pub amount: Money,
    pub trouble: String,
    /// Who wanted it: a person, a clock, a rule; and who carried it out, once it has arrived (S76).
    pub agreed_by: AgreedBy,
    pub operator: String,
    pub created_at: Timestamp,
    pub settled_at: Option<Timestamp>,
    /// Where it was sent when the buyer's account had not taken it, and when.
    pub elsewhere: Option<(Elsewhere, Timestamp)>,
    pub version: i64,
}

impl Refund {
    /// Cash on delivery that was cancelled before anybody collected it.
    pub fn was_never_collected(&self) -> bool {
        self.status == RefundStatus::Succeeded && self.tender == Tender::Cod
    }

    /// What it gives back, as people are told.
    pub fn part(&self) -> Part {
        Part { tender: self.tender, amount: self.amount, never_collected: self.was_never_collected() }
    }

    /// As people read it.
    pub fn standing(&self) -> &'static str {
        self.status.in_words(self.tender)
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    number: String,
    shop_id: i64,
    order_id: i64,
    after_sale_id: Option<i64>,
    payment_id: i64,
    tender: String,
    status: String,
    amount_minor: i64,
    trouble: String,
    decided_by: Option<String>,
    agreed_by: String,
    operator_name: String,
    created_at: i64,
    settled_at: Option<i64>,
    elsewhere: Option<String>,
    elsewhere_at: Option<i64>,
    version: i64,
}

const TABLE: &str = "refunds";

impl TryFrom<Row> for Refund {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let elsewhere = match (row.elsewhere.as_deref().map(Elsewhere::from_code), row.elsewhere_at) {
            (None, None) => None,
            (Some(Some(to)), Some(at)) => Some((to, Timestamp(at))),
            _ => return Err(Error::inconsistent(TABLE, "elsewhere", row.id)),
        };
        Ok(Self {
            elsewhere,
            id: RefundId(row.id),
            number: row.number,
            shop_id: ShopId(row.shop_id),
            order_id: OrderId(row.order_id),
            after_sale_id: row.after_sale_id.map(AfterSaleId),
            payment_id: PaymentId(row.payment_id),
            tender: coded(TABLE, "tender", row.id, &row.tender, Tender::from_code)?,
            status: coded(TABLE, "status", row.id, &row.status, RefundStatus::from_code)?,
            amount: Money(row.amount_minor),
            trouble: row.trouble,
            agreed_by: agreed_by(row.id, row.decided_by.as_deref(), row.agreed_by)?,
            operator: row.operator_name,
            created_at: Timestamp(row.created_at),
            settled_at: row.settled_at.map(Timestamp),
            version: row.version,
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

pub async fn by_id(conn: &mut AnyConnection, id: RefundId) -> Result<Refund> {
    let row: Row = sqlx::query_as(BY_ID).bind(id.0).fetch_one(conn).await?;
    row.try_into()
}

pub async fn by_number(conn: &mut AnyConnection, number: &str) -> Result<Option<Refund>> {
    let row: Option<Row> = sqlx::query_as(BY_NUMBER).bind(number).fetch_optional(conn).await?;
    row.map(Refund::try_from).transpose()
}

pub async fn of_after_sale(conn: &mut AnyConnection, id: AfterSaleId) -> Result<Vec<Refund>> {
    let rows: Vec<Row> = sqlx::query_as(OF_AFTER_SALE).bind(id.0).fetch_all(conn).await?;
    rows.into_iter().map(Refund::try_from).collect()
}

pub async fn of_order(conn: &mut AnyConnection, id: OrderId) -> Result<Vec<Refund>> {
    let rows: Vec<Row> = sqlx::query_as(OF_ORDER).bind(id.0).fetch_all(conn).await?;
    rows.into_iter().map(Refund::try_from).collect()
}

const INSERT: &str =
    "insert into refunds (id, number, shop_id, order_id, after_sale_id, payment_id, tender, status, amount_minor, created_at, decided_by,
        agreed_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const INSERT_LINE: &str = "insert into refund_lines (refund_id, order_line_id, amount_minor) values ($1, $2, $3)";

/// A new refund with what each line gives to it. Its status is never `succeeded` yet: that is for `succeed`.
pub async fn insert(conn: &mut AnyConnection, refund: &Refund, lines: &[(OrderLineId, Money)]) -> Result<()> {
    let (decided_by, agreed_by) = refund.agreed_by.row();
    sqlx::query(INSERT)
        .bind(refund.id.0)
        .bind(&refund.number)
        .bind(refund.shop_id.0)
        .bind(refund.order_id.0)
        .bind(refund.after_sale_id.map(|id| id.0))
        .bind(refund.payment_id.0)
        .bind(refund.tender.code())
        .bind(refund.status.code())
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

const ADVANCE: &str = "update refunds set status = $3, trouble = $4, submitted_at = coalesce(submitted_at, $5), version = version + 1
    where id = $1 and version = $2 and status <> 'succeeded'";

/// To another status that is not yet success.
pub async fn advance(conn: &mut AnyConnection, refund: &Refund, to: RefundStatus, trouble: &str, now: Timestamp) -> Result<()> {
    let query = sqlx::query(ADVANCE).bind(refund.id.0).bind(refund.version).bind(to.code()).bind(trouble).bind(now.0);
    expect_one(&query.execute(conn).await?)
}

const ASK: &str = "update refunds set status = 'submitted', trouble = '', submitted_at = coalesce(submitted_at, $3), asked_at = $3,
        version = version + 1
    where id = $1 and version = $2 and status in ('created', 'retryable', 'submitted', 'unknown')";

/// The gateway is about to be asked for it.
pub async fn ask(conn: &mut AnyConnection, refund: &Refund, now: Timestamp) -> Result<()> {
    expect_one(&sqlx::query(ASK).bind(refund.id.0).bind(refund.version).bind(now.0).execute(conn).await?)
}

const ASKED: &str =
    "select cast(count(*) as bigint), max(asked_at) from refunds where payment_id = $1 and id <> $2 and asked_at is not null";

/// How many other refunds of a payment the gateway was asked for, and when last.
pub async fn asked_of_payment(conn: &mut AnyConnection, payment: PaymentId, but: RefundId) -> Result<(i64, Option<Timestamp>)> {
    let (asked, last): (i64, Option<i64>) = sqlx::query_as(ASKED).bind(payment.0).bind(but.0).fetch_one(conn).await?;
    Ok((asked, last.map(Timestamp)))
}

const SUCCEED: &str =
    "update refunds set status = 'succeeded', tender = $3, gateway_no = $4, voucher = $5, operator_name = $6, trouble = '',
        settled_at = $7, version = version + 1
    where id = $1 and version = $2 and status <> 'succeeded'";

/// How a refund arrived: through its channel, or settled outside with a voucher.
pub struct Arrival<'a> {
    pub tender: Tender,
    pub gateway_no: Option<&'a str>,
    pub voucher: &'a str,
    pub operator: &'a str,
    pub at: Timestamp,
}

/// The money has arrived; once (B1, B3).
pub async fn succeed(conn: &mut AnyConnection, refund: &Refund, how: &Arrival<'_>) -> Result<()> {
    let query = sqlx::query(SUCCEED)
        .bind(refund.id.0)
        .bind(refund.version)
        .bind(how.tender.code())
        .bind(how.gateway_no)
        .bind(how.voucher)
        .bind(how.operator)
        .bind(how.at.0);
    expect_one(&query.execute(conn).await?)
}

const RENUMBER: &str = "update refunds set number = $3, elsewhere = null, elsewhere_at = null, version = version + 1
    where id = $1 and version = $2 and status = 'failed'";

/// A new number, only after the gateway closed the old one for good (M9).
pub async fn renumber(conn: &mut AnyConnection, refund: &Refund, number: &str) -> Result<()> {
    expect_one(&sqlx::query(RENUMBER).bind(refund.id.0).bind(refund.version).bind(number).execute(conn).await?)
}

const SINCE: &str = "select cast(count(*) as bigint), cast(coalesce(sum(amount_minor), 0) as bigint) from refunds
    where shop_id = $1 and id >= $2 and status = 'succeeded' and tender <> 'cod'";

/// Refunds begun since a moment that have arrived, and their sum; what arrived as cash on delivery was never collected.
pub async fn since(conn: &mut AnyConnection, shop: ShopId, from: Timestamp) -> Result<(i64, i64)> {
    Ok(sqlx::query_as(SINCE).bind(shop.0).bind(from.0 << 20).fetch_one(conn).await?)
}
