//! Bills with their lines, and what differs between them and our rows.

mod own;

use crate::domain::money::bill::{Bill, Difference, DifferenceKind, Entry, Reconciled};
use crate::domain::{Actor, Channel, Day, Granted, Money, SeeMoney, ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::db::expect_one;
use crate::server::error::Result;
use crate::server::store::{Slice, coded, slice};
use sqlx::Row;
use sqlx::any::AnyRow;

pub use own::own_rows;

/// A bill that was reconciled.
#[derive(Clone, Debug)]
pub struct KeptBill {
    pub id: i64,
    pub channel: Channel,
    pub day: Day,
    pub sha256: String,
    pub payments: i64,
    pub paid: Money,
    pub refunds: i64,
    pub refunded: Money,
    pub matched: i64,
    pub matched_paid: Money,
    pub matched_refunded: Money,
    pub differences: i64,
    pub open_differences: i64,
    pub uploaded_by: String,
    pub uploaded_at: Timestamp,
}

impl KeptBill {
    fn of(row: &AnyRow) -> Result<Self> {
        let id = row.try_get("id")?;
        Ok(Self {
            id,
            channel: coded("bills", "channel", id, row.try_get("channel")?, Channel::from_code)?,
            day: coded("bills", "day", id, row.try_get("day")?, Day::parse)?,
            sha256: row.try_get("sha256")?,
            payments: row.try_get("payments")?,
            paid: Money(row.try_get("paid_minor")?),
            refunds: row.try_get("refunds")?,
            refunded: Money(row.try_get("refunded_minor")?),
            matched: row.try_get("matched")?,
            matched_paid: Money(row.try_get("matched_paid_minor")?),
            matched_refunded: Money(row.try_get("matched_refunded_minor")?),
            differences: row.try_get("differences")?,
            open_differences: row.try_get("open_differences")?,
            uploaded_by: row.try_get("uploaded_by")?,
            uploaded_at: Timestamp(row.try_get("uploaded_at")?),
        })
    }
}

/// A difference with what both sides say.
#[derive(Clone, Debug)]
pub struct KeptDifference {
    pub id: i64,
    pub kind: DifferenceKind,
    pub entry: Entry,
    pub number: String,
    pub gateway_no: String,
    pub bill_amount: Option<Money>,
    pub bill_at: Option<Timestamp>,
    pub own_amount: Option<Money>,
    pub own_at: Option<Timestamp>,
    pub own_status: String,
    /// What a row says that is not known.
    pub says: String,
    pub order_number: String,
    pub note: String,
    pub settled_by: String,
    pub settled_at: Option<Timestamp>,
}

impl KeptDifference {
    fn of(row: &AnyRow) -> Result<Self> {
        let id = row.try_get("id")?;
        let optional = |column| row.try_get::<Option<i64>, _>(column);
        Ok(Self {
            id,
            kind: coded("bill_differences", "kind", id, row.try_get("kind")?, DifferenceKind::from_code)?,
            entry: coded("bill_differences", "entry", id, row.try_get("entry")?, Entry::from_code)?,
            number: row.try_get("number")?,
            gateway_no: row.try_get("gateway_no")?,
            bill_amount: optional("bill_minor")?.map(Money),
            bill_at: optional("bill_at")?.map(Timestamp),
            own_amount: optional("own_minor")?.map(Money),
            own_at: optional("own_at")?.map(Timestamp),
            own_status: row.try_get("own_status")?,
            says: row.try_get("says")?,
            order_number: row.try_get("order_number")?,
            note: row.try_get("note")?,
            settled_by: row.try_get("settled_by")?,
            settled_at: optional("settled_at")?.map(Timestamp),
        })
    }
}

/// A bill as it was read, and what came of it.
pub struct NewBill<'a> {
    pub id: i64,
    pub shop: ShopId,
    pub bill: &'a Bill,
    pub reconciled: &'a Reconciled,
    pub sha256: &'a str,
    pub bytes: i64,
    pub by: &'a Actor,
    pub now: Timestamp,
}

const INSERT: &str = "insert into bills (id, shop_id, channel, day, sha256, bytes, payments, paid_minor, refunds, refunded_minor, matched,
        matched_paid_minor, matched_refunded_minor, differences, open_differences, uploaded_by, uploaded_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15, $16)";
const INSERT_LINE: &str =
    "insert into bill_lines (bill_id, shop_id, entry, number, gateway_no, amount_minor, at) values ($1, $2, $3, $4, $5, $6, $7)";

/// The bill, its lines and its differences.
pub async fn insert(conn: &mut Conn, new: &NewBill<'_>, mut next_id: impl FnMut() -> i64) -> Result<()> {
    let (paid, refunded) = (new.bill.total(Entry::Payment), new.bill.total(Entry::Refund));
    let done = new.reconciled;
    sqlx::query(INSERT)
        .bind(new.id)
        .bind(new.shop.0)
        .bind(new.bill.channel.code())
        .bind(new.bill.day.to_string())
        .bind(new.sha256)
        .bind(new.bytes)
        .bind(paid.count)
        .bind(paid.amount.0)
        .bind(refunded.count)
        .bind(refunded.amount.0)
        .bind(done.paid.count + done.refunded.count)
        .bind(done.paid.amount.0)
        .bind(done.refunded.amount.0)
        .bind(i64::try_from(done.differences.len()).unwrap_or(i64::MAX))
        .bind(new.by.name())
        .bind(new.now.0)
        .execute(&mut *conn)
        .await?;
    for line in new.bill.lines() {
        let query = sqlx::query(INSERT_LINE).bind(new.id).bind(new.shop.0).bind(line.entry.code()).bind(&line.number);
        query.bind(&line.gateway_no).bind(line.amount.0).bind(line.at.0).execute(&mut *conn).await?;
    }
    for difference in &done.differences {
        insert_difference(conn, new.id, next_id(), difference).await?;
    }
    Ok(())
}

const INSERT_DIFFERENCE: &str = "insert into bill_differences
        (id, bill_id, kind, entry, number, gateway_no, bill_minor, bill_at, own_minor, own_at, own_status, order_number, says)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

async fn insert_difference(conn: &mut Conn, bill: i64, id: i64, difference: &Difference) -> Result<()> {
    let (line, own) = (difference.bill.as_ref(), difference.own.as_ref());
    sqlx::query(INSERT_DIFFERENCE)
        .bind(id)
        .bind(bill)
        .bind(difference.kind.code())
        .bind(difference.entry.code())
        .bind(&difference.number)
        .bind(line.map_or("", |line| &line.gateway_no))
        .bind(line.map(|line| line.amount.0))
        .bind(line.map(|line| line.at.0))
        .bind(own.map(|own| own.amount.0))
        .bind(own.and_then(|own| own.arrived).map(|at| at.0))
        .bind(own.map_or("", |own| &own.status))
        .bind(own.map_or("", |own| &own.order_number))
        .bind(&difference.says)
        .execute(conn)
        .await?;
    Ok(())
}

const SAME: &str = include_str!("bills/same.sql");
const FIND: &str = include_str!("bills/find.sql");
const LIST: &str = include_str!("bills/list.sql");

/// A bill of the same day, or of the same bytes.
pub async fn find_same(conn: &mut Conn, shop: ShopId, channel: Channel, day: Day, sha256: &str) -> Result<Option<KeptBill>> {
    let query = sqlx::query(SAME).bind(shop.0).bind(channel.code()).bind(day.to_string()).bind(sha256);
    query.fetch_optional(conn).await?.as_ref().map(KeptBill::of).transpose()
}

pub async fn find(conn: &mut Conn, seen: Granted<SeeMoney>, channel: Channel, day: Day) -> Result<Option<KeptBill>> {
    let query = sqlx::query(FIND).bind(seen.shop().0).bind(channel.code()).bind(day.to_string());
    query.fetch_optional(conn).await?.as_ref().map(KeptBill::of).transpose()
}

/// A shop's bills, the last uploaded first.
pub async fn list(conn: &mut Conn, seen: Granted<SeeMoney>, before: i64, limit: i64) -> Result<Slice<KeptBill>> {
    let rows = sqlx::query(LIST).bind(seen.shop().0).bind(before).bind(limit + 1).fetch_all(conn).await?;
    Ok(slice(rows.iter().map(KeptBill::of).collect::<Result<_>>()?, limit, |row| row.id))
}

const DIFFERENCES: &str =
    "select id, kind, entry, number, gateway_no, bill_minor, bill_at, own_minor, own_at, own_status, says, order_number, note,
        settled_by, settled_at
    from bill_differences where bill_id = $1 and id > $2 order by id limit $3";

/// A bill's differences in the order they were found.
pub async fn differences(conn: &mut Conn, bill: &KeptBill, after: i64, limit: i64) -> Result<Slice<KeptDifference>> {
    let rows = sqlx::query(DIFFERENCES).bind(bill.id).bind(after).bind(limit + 1).fetch_all(conn).await?;
    Ok(slice(rows.iter().map(KeptDifference::of).collect::<Result<_>>()?, limit, |row| row.id))
}

const SETTLE: &str = "update bill_differences set note = $4, settled_by = $5, settled_at = $6
    where bill_id = $1 and entry = $2 and number = $3 and settled_at is null";
const BY_WHOM: &str = "select settled_by, settled_at, note from bill_differences
    where bill_id = $1 and entry = $2 and number = $3 and settled_at is not null";
const SETTLED: &str = "update bills set open_differences = open_differences - 1 where id = $1";

/// A difference is settled once.
pub async fn settle(conn: &mut Conn, bill: &KeptBill, entry: Entry, number: &str, note: &str, by: &str, now: Timestamp) -> Result<()> {
    let query = sqlx::query(SETTLE).bind(bill.id).bind(entry.code()).bind(number).bind(note).bind(by).bind(now.0);
    expect_one(&query.execute(&mut *conn).await?)?;
    expect_one(&sqlx::query(SETTLED).bind(bill.id).execute(conn).await?)
}

/// Who settled a difference, when, and with what words; nothing while it is open.
pub async fn settled_by(conn: &mut Conn, bill: &KeptBill, entry: Entry, number: &str) -> Result<Option<(String, Timestamp, String)>> {
    let query = sqlx::query_as(BY_WHOM).bind(bill.id).bind(entry.code()).bind(number);
    let row: Option<(String, i64, String)> = query.fetch_optional(conn).await?;
    Ok(row.map(|(by, at, note)| (by, Timestamp(at), note)))
}
