//! Rows of after-sales and their items. May name rows of `orders`.

pub mod batches;
mod filter;
pub(super) mod list;
pub mod refund_accounts;
pub mod refund_consents;
mod row;
mod search;

pub use filter::QueueFilter;
pub(super) use filter::codes as codes_of_queue;
pub use list::{BuyerFilter, CaseSums, ListedCase, QueuedCase, list_for_buyer, list_for_shop, neighbours};
pub(super) use search::ids as ids_for_shop;

use super::to_json;
use crate::domain::after_sale::{AfterSale, AfterSaleState, Item};
use crate::domain::{AfterSaleId, BuyerId, Money, OrderId, OrderLineId, Parcel, Request};
use crate::server::db::Conn;
use crate::server::db::expect_one;
use crate::server::error::Result;
use crate::server::store::orders::Scope;
use row::CaseRow;

const BY_NUMBER: &str = "select * from after_sales where number = $1 and ($2 = 0 or buyer_id = $2) and ($3 = 0 or shop_id = $3)";
const BY_ID: &str = "select * from after_sales where id = $1";
const OF_ORDER: &str = "select * from after_sales where order_id = $1 order by id desc";
const ITEMS: &str = "select i.order_line_id, l.title, i.quantity, i.goods_minor, i.freight_minor, i.settles
    from after_sale_items i join order_lines l on l.id = i.order_line_id where i.after_sale_id = $1 order by i.order_line_id";

/// The case with this number, if it is theirs (B32).
pub async fn find(conn: &mut Conn, scope: Scope, number: &str) -> Result<Option<AfterSale>> {
    let (buyer, shop) = scope.parts();
    let row: Option<CaseRow> = sqlx::query_as(BY_NUMBER).bind(number).bind(buyer).bind(shop).fetch_optional(&mut *conn).await?;
    match row {
        Some(row) => Ok(Some(with_items(conn, row).await?)),
        None => Ok(None),
    }
}

const IDS_BY_NUMBER: &str =
    "select id, order_id from after_sales where number = $1 and ($2 = 0 or buyer_id = $2) and ($3 = 0 or shop_id = $3)";

/// Which case it is and of which order, if it is theirs: all that has to be known before they are held, and read.
pub async fn ids_of(conn: &mut Conn, scope: Scope, number: &str) -> Result<Option<(AfterSaleId, OrderId)>> {
    let (buyer, shop) = scope.parts();
    let ids: Option<(i64, i64)> = sqlx::query_as(IDS_BY_NUMBER).bind(number).bind(buyer).bind(shop).fetch_optional(conn).await?;
    Ok(ids.map(|(id, order)| (AfterSaleId(id), OrderId(order))))
}

pub async fn by_id(conn: &mut Conn, id: AfterSaleId) -> Result<AfterSale> {
    let row: CaseRow = sqlx::query_as(BY_ID).bind(id.0).fetch_one(&mut *conn).await?;
    with_items(conn, row).await
}

/// Every case of an order, newest first.
pub async fn of_order(conn: &mut Conn, order: OrderId) -> Result<Vec<AfterSale>> {
    let rows: Vec<CaseRow> = sqlx::query_as(OF_ORDER).bind(order.0).fetch_all(&mut *conn).await?;
    let mut cases = Vec::with_capacity(rows.len());
    for row in rows {
        cases.push(with_items(conn, row).await?);
    }
    Ok(cases)
}

type ItemRow = (i64, String, i64, i64, i64, i64);

async fn with_items(conn: &mut Conn, row: CaseRow) -> Result<AfterSale> {
    let rows: Vec<ItemRow> = sqlx::query_as(ITEMS).bind(row.id).fetch_all(conn).await?;
    let item = |(line, title, quantity, goods, freight, settles): ItemRow| Item {
        line_id: OrderLineId(line),
        title,
        quantity,
        goods: Money(goods),
        freight: Money(freight),
        settles,
    };
    row.into_case(rows.into_iter().map(item).collect())
}

const OF_REQUEST: &str = "select number, request_fingerprint from after_sales where buyer_id = $1 and request_key = $2";

/// The case that this form opened before, if it did; another form under its key is refused (M9).
pub async fn number_of_request(conn: &mut Conn, buyer: BuyerId, request: &Request) -> Result<Option<String>> {
    let found = sqlx::query_as(OF_REQUEST).bind(buyer.0).bind(&request.key).fetch_optional(conn).await?;
    Ok(request.first_effect(found)?)
}

const INSERT: &str =
    "insert into after_sales (id, number, shop_id, order_id, buyer_id, request_key, kind, stage, status, reason, note, evidence,
        amount_minor, fallback_address, due_at, applied_at, request_fingerprint)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";

/// A new case.
pub async fn insert(conn: &mut Conn, case: &AfterSale, request: &Request) -> Result<()> {
    sqlx::query(INSERT)
        .bind(case.id.0)
        .bind(&case.number)
        .bind(case.shop_id.0)
        .bind(case.order_id.0)
        .bind(case.buyer_id.0)
        .bind(&request.key)
        .bind(case.kind.code())
        .bind(case.stage.code())
        .bind(case.state.kind().code())
        .bind(case.reason.code())
        .bind(&case.note)
        .bind(to_json(&case.evidence)?)
        .bind(case.amount().0)
        .bind(case.fallback_address.as_ref().map(to_json).transpose()?)
        .bind(case.state.due().map(|due| due.0))
        .bind(case.applied_at.0)
        .bind(&request.fingerprint)
        .execute(&mut *conn)
        .await?;
    insert_items(conn, case).await
}

const INSERT_ITEM: &str = "insert into after_sale_items (after_sale_id, order_line_id, quantity, goods_minor, freight_minor, settles)
    values ($1, $2, $3, $4, $5, $6)";

async fn insert_items(conn: &mut Conn, case: &AfterSale) -> Result<()> {
    for item in &case.items {
        sqlx::query(INSERT_ITEM)
            .bind(case.id.0)
            .bind(item.line_id.0)
            .bind(item.quantity)
            .bind(item.goods.0)
            .bind(item.freight.0)
            .bind(item.settles)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// The items of a revised case.
pub async fn replace_items(conn: &mut Conn, case: &AfterSale) -> Result<()> {
    sqlx::query("delete from after_sale_items where after_sale_id = $1").bind(case.id.0).execute(&mut *conn).await?;
    insert_items(conn, case).await
}

const SAVE: &str = "update after_sales set kind = $3, stage = $4, status = $5, reason = $6, note = $7, evidence = $8, amount_minor = $9,
        return_leg = $10, return_tracking = $11, replacement = $12, rejection = $13, due_at = $14, overdue_at = $15, refunding_at = $16,
        ended_at = $17, close_cause = $18, version = version + 1
    where id = $1 and version = $2";

/// Stores the case as it now is, if nobody changed it since it was read.
pub async fn save(conn: &mut Conn, case: &AfterSale) -> Result<()> {
    let (due, overdue, refunding, ended, why) = match case.state {
        AfterSaleState::Applied { due }
        | AfterSaleState::Rejected { due }
        | AfterSaleState::AwaitingReturn { due }
        | AfterSaleState::ReturnInTransit { due }
        | AfterSaleState::ReturnRejected { due }
        | AfterSaleState::AwaitingBuyerReceipt { due }
        | AfterSaleState::RefundFailed { due } => (Some(due.0), None, None, None, None),
        AfterSaleState::AwaitingReship { due, overdue } => (Some(due.0), overdue.then_some(due.0), None, None, None),
        AfterSaleState::Refunding { since } => (None, None, Some(since.0), None, None),
        AfterSaleState::Succeeded { at } => (None, None, None, Some(at.0), None),
        AfterSaleState::Closed { at, why } => (None, None, None, Some(at.0), Some(why.code())),
    };
    let leg = case.return_leg.as_ref();
    let done = sqlx::query(SAVE)
        .bind(case.id.0)
        .bind(case.version)
        .bind(case.kind.code())
        .bind(case.stage.code())
        .bind(case.state.kind().code())
        .bind(case.reason.code())
        .bind(&case.note)
        .bind(to_json(&case.evidence)?)
        .bind(case.amount().0)
        .bind(leg.map(to_json).transpose()?)
        .bind(leg.and_then(|leg| leg.parcel.as_ref()).map(Parcel::main_number))
        .bind(case.replacement.as_ref().map(to_json).transpose()?)
        .bind(case.rejection.as_ref().map(to_json).transpose()?)
        .bind(due)
        .bind(overdue)
        .bind(refunding)
        .bind(ended)
        .bind(why)
        .execute(conn)
        .await?;
    expect_one(&done)
}
