//! How large what is read is.

use crate::server::db::Db;
use crate::server::error::Result;

/// A table that checks read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CheckedTable {
    Orders,
    Lines,
    Cases,
    Items,
    Payments,
    LineTenders,
    Refunds,
    RefundLines,
    Movements,
    Members,
    Skus,
    StockMoves,
    ShipmentLines,
    Anomalies,
    Coupons,
    BuyerCoupons,
    CouponEvents,
}

const SIZES: [(CheckedTable, &str); 17] = [
    (CheckedTable::Orders, "select count(*) from orders"),
    (CheckedTable::Lines, "select count(*) from order_lines"),
    (CheckedTable::Cases, "select count(*) from after_sales"),
    (CheckedTable::Items, "select count(*) from after_sale_items"),
    (CheckedTable::Payments, "select count(*) from payments"),
    (CheckedTable::LineTenders, "select count(*) from line_tenders"),
    (CheckedTable::Refunds, "select count(*) from refunds"),
    (CheckedTable::RefundLines, "select count(*) from refund_lines"),
    (CheckedTable::Movements, "select count(*) from money_events"),
    (CheckedTable::Members, "select count(*) from members"),
    (CheckedTable::Skus, "select count(*) from skus"),
    (CheckedTable::StockMoves, "select count(*) from stock_moves"),
    (CheckedTable::ShipmentLines, "select count(*) from shipment_lines"),
    (CheckedTable::Anomalies, "select count(*) from payment_anomalies"),
    (CheckedTable::Coupons, "select count(*) from coupons"),
    (CheckedTable::BuyerCoupons, "select count(*) from buyer_coupons"),
    (CheckedTable::CouponEvents, "select count(*) from coupon_events"),
];

/// The rows of every table, counted once for all checks.
pub(super) async fn sizes(db: &Db) -> Result<Vec<(CheckedTable, i64)>> {
    let mut sizes = Vec::with_capacity(SIZES.len());
    for (table, statement) in SIZES {
        sizes.push((table, sqlx::query_scalar(statement).fetch_one(db.read()).await?));
    }
    Ok(sizes)
}

/// The rows of these tables together.
pub(super) fn read(sizes: &[(CheckedTable, i64)], tables: &[CheckedTable]) -> i64 {
    sizes.iter().filter(|(table, _)| tables.contains(table)).map(|(_, rows)| rows).sum()
}
