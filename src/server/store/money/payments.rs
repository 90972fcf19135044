//! Rows of tenders, and how they lie on the lines.

mod questions;

pub use questions::{ASK_AFTER, ask_again, claim_to_ask};

use crate::domain::money::payment::{PaymentState, Ticket};
use crate::domain::{Money, OrderId, OrderLineId, Payment, PaymentId, PaymentStatus, Tender, Timestamp};
use crate::server::db::Conn;
use crate::server::db::expect_one;
use crate::server::error::{Error, Result};
use crate::server::store::coded;

#[derive(sqlx_macros::FromRow)]
struct PaymentRow {
    id: i64,
    number: String,
    order_id: i64,
    tender: String,
    status: String,
    amount_minor: i64,
    refunded_minor: i64,
    cashier_url: String,
    ticket: String,
    trade_no: Option<String>,
    note: String,
    paid_at: Option<i64>,
    collected_at: Option<i64>,
    version: i64,
}

const TABLE: &str = "payments";

impl TryFrom<PaymentRow> for Payment {
    type Error = Error;
    fn try_from(row: PaymentRow) -> Result<Self> {
        Ok(Self {
            state: row.state()?,
            id: PaymentId(row.id),
            number: row.number,
            order_id: OrderId(row.order_id),
            tender: coded(TABLE, "tender", row.id, &row.tender, Tender::from_code)?,
            amount: Money(row.amount_minor),
            refunded: Money(row.refunded_minor),
            cashier_url: row.cashier_url,
            ticket: coded(TABLE, "ticket", row.id, &row.ticket, Ticket::from_code)?,
            trade_no: row.trade_no,
            note: row.note,
            version: row.version,
        })
    }
}

impl PaymentRow {
    fn state(&self) -> Result<PaymentState> {
        let paid_at = self.paid_at.map(Timestamp);
        let at = || paid_at.ok_or_else(|| Error::inconsistent(TABLE, "paid_at", self.id));
        Ok(match coded(TABLE, "status", self.id, &self.status, PaymentStatus::from_code)? {
            PaymentStatus::Pending => PaymentState::Pending,
            PaymentStatus::Held => PaymentState::Held { taken_at: paid_at },
            PaymentStatus::Succeeded => PaymentState::Succeeded { at: at()?, collected_at: self.collected_at.map(Timestamp) },
            PaymentStatus::Void => PaymentState::Void,
            PaymentStatus::Surplus => PaymentState::Surplus { at: at()? },
        })
    }
}

const OF_ORDER: &str =
    "select id, number, order_id, tender, status, amount_minor, refunded_minor, cashier_url, ticket, trade_no, note, paid_at,
        collected_at, version
    from payments where order_id = $1 order by id";
const BY_NUMBER: &str =
    "select id, number, order_id, tender, status, amount_minor, refunded_minor, cashier_url, ticket, trade_no, note, paid_at,
        collected_at, version
    from payments where number = $1";
const BY_ID: &str =
    "select id, number, order_id, tender, status, amount_minor, refunded_minor, cashier_url, ticket, trade_no, note, paid_at,
        collected_at, version
    from payments where id = $1";

/// Every tender of the order, in the order they were begun.
pub async fn of_order(conn: &mut Conn, order: OrderId) -> Result<Vec<Payment>> {
    let rows: Vec<PaymentRow> = sqlx::query_as(OF_ORDER).bind(order.0).fetch_all(conn).await?;
    rows.into_iter().map(Payment::try_from).collect()
}

pub async fn by_number(conn: &mut Conn, number: &str) -> Result<Option<Payment>> {
    let row: Option<PaymentRow> = sqlx::query_as(BY_NUMBER).bind(number).fetch_optional(conn).await?;
    row.map(Payment::try_from).transpose()
}

pub async fn by_id(conn: &mut Conn, id: PaymentId) -> Result<Payment> {
    let row: PaymentRow = sqlx::query_as(BY_ID).bind(id.0).fetch_one(conn).await?;
    Payment::try_from(row)
}

/// A tender that begins.
pub struct NewPayment<'a> {
    pub id: PaymentId,
    pub number: &'a str,
    pub shop_id: i64,
    pub order_id: OrderId,
    pub tender: Tender,
    pub state: PaymentState,
    pub amount: Money,
    pub operator: Option<i64>,
    pub note: &'a str,
    pub now: Timestamp,
}

const INSERT: &str =
    "insert into payments (id, number, shop_id, order_id, tender, status, amount_minor, operator_id, note, created_at, paid_at, ask_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

pub async fn insert(conn: &mut Conn, payment: &NewPayment<'_>) -> Result<()> {
    let ask_at = (payment.state == PaymentState::Pending).then(|| payment.now.plus(ASK_AFTER).0);
    sqlx::query(INSERT)
        .bind(payment.id.0)
        .bind(payment.number)
        .bind(payment.shop_id)
        .bind(payment.order_id.0)
        .bind(payment.tender.code())
        .bind(payment.state.status().code())
        .bind(payment.amount.0)
        .bind(payment.operator)
        .bind(payment.note)
        .bind(payment.now.0)
        .bind(payment.state.paid_at().map(|at| at.0))
        .bind(ask_at)
        .execute(conn)
        .await?;
    Ok(())
}

// A void payment is asked about once more; what is in the books is not.
const SAVE: &str = "update payments set status = $4, amount_minor = $5, trade_no = $6, paid_at = $7, version = version + 1,
        ask_at = case when $4 = 'void' then ask_at end
    where id = $1 and version = $2 and status = $3";

/// Stores where the payment now stands, if nobody has moved it since it was read.
pub async fn save(conn: &mut Conn, before: &Payment, after: &Payment) -> Result<()> {
    let query = sqlx::query(SAVE)
        .bind(before.id.0)
        .bind(before.version)
        .bind(before.status().code())
        .bind(after.status().code())
        .bind(after.amount.0)
        .bind(after.trade_no.as_deref())
        .bind(after.paid_at().map(|at| at.0));
    expect_one(&query.execute(conn).await?)
}

const SET_CASHIER: &str = "update payments set cashier_url = $2, ticket = $3 where id = $1 and status = 'pending'";

/// Where the buyer goes to pay.
pub async fn set_cashier(conn: &mut Conn, id: PaymentId, url: &str, ticket: Ticket) -> Result<()> {
    expect_one(&sqlx::query(SET_CASHIER).bind(id.0).bind(url).bind(ticket.code()).execute(conn).await?)
}

const COLLECT: &str =
    "update payments set collected_at = $2 where order_id = $1 and tender = 'cod' and status = 'succeeded' and collected_at is null";

/// The courier has brought the cash of a cash-on-delivery order.
pub async fn collect(conn: &mut Conn, order: OrderId, now: Timestamp) -> Result<()> {
    sqlx::query(COLLECT).bind(order.0).bind(now.0).execute(conn).await?;
    Ok(())
}

const ADD_REFUND: &str =
    "update payments set refunded_minor = refunded_minor + $2, version = version + 1 where id = $1 and refunded_minor + $2 <= amount_minor";

/// Money of this tender went back; never more than came in (M4).
pub async fn add_refund(conn: &mut Conn, id: PaymentId, amount: Money) -> Result<()> {
    expect_one(&sqlx::query(ADD_REFUND).bind(id.0).bind(amount.0).execute(conn).await?)
}

const LAY: &str = "insert into line_tenders (order_line_id, payment_id, paid_minor) values ($1, $2, $3)";

/// This tender's share of a line.
pub async fn lay(conn: &mut Conn, line: OrderLineId, payment: PaymentId, share: Money) -> Result<()> {
    sqlx::query(LAY).bind(line.0).bind(payment.0).bind(share.0).execute(conn).await?;
    Ok(())
}

const SHARES: &str = "select t.payment_id, p.tender, t.paid_minor - t.refunded_minor as left_minor from line_tenders t join payments p on p.id = t.payment_id
    where t.order_line_id = $1 order by t.payment_id";

/// What of each tender is left on a line: no refund row has taken it yet.
pub async fn shares_left(conn: &mut Conn, line: OrderLineId) -> Result<Vec<(PaymentId, Tender, Money)>> {
    let rows: Vec<(i64, String, i64)> = sqlx::query_as(SHARES).bind(line.0).fetch_all(conn).await?;
    rows.into_iter()
        .map(|(id, tender, left)| Ok((PaymentId(id), coded(TABLE, "tender", id, &tender, Tender::from_code)?, Money(left))))
        .collect()
}

const EARNING: &str = "select l.id, cast(coalesce(sum(t.paid_minor - t.refunded_minor), 0) as bigint),
        cast(coalesce(sum(case when p.tender = 'points' then 0 else t.paid_minor - t.refunded_minor end), 0) as bigint)
    from order_lines l left join line_tenders t on t.order_line_id = l.id left join payments p on p.id = t.payment_id
    where l.order_id = $1 group by l.id";

/// What is left of all that paid each line of an order, and what of it is no points: what earns them (M7).
pub async fn earning(conn: &mut Conn, order: OrderId) -> Result<Vec<(OrderLineId, Money, Money)>> {
    let rows: Vec<(i64, i64, i64)> = sqlx::query_as(EARNING).bind(order.0).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(line, left, by_money)| (OrderLineId(line), Money(left), Money(by_money))).collect())
}

const TAKE: &str = "update line_tenders set refunded_minor = refunded_minor + $3
    where order_line_id = $1 and payment_id = $2 and refunded_minor + $3 <= paid_minor";

/// A refund row takes its part of a line's tender, as soon as it exists.
pub async fn take_share(conn: &mut Conn, line: OrderLineId, payment: PaymentId, amount: Money) -> Result<()> {
    expect_one(&sqlx::query(TAKE).bind(line.0).bind(payment.0).bind(amount.0).execute(conn).await?)
}
