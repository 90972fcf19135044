//! How large what is read is.

use crate::server::db::Db;
use crate::server::error::Result;

/// A table that checks read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
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

const SIZES: [(Table, &str); 17] = [
    (Table::Orders, "select count(*) from orders"),
    (Table::Lines, "select count(*) from order_lines"),
    (Table::Cases, "select count(*) from after_sales"),
    (Table::Items, "select count(*) from after_sale_items"),
    (Table::Payments, "select count(*) from payments"),
    (Table::LineTenders, "select count(*) from line_tenders"),
    (Table::Refunds, "select count(*) from refunds"),
    (Table::RefundLines, "select count(*) from refund_lines"),
    (Table::Movements, "select count(*) from money_events"),
    (Table::Members, "select count(*) from members"),
    (Table::Skus, "select count(*) from skus"),
    (Table::StockMoves, "select count(*) from stock_moves"),
    (Table::ShipmentLines, "select count(*) from shipment_lines"),
    (Table::Anomalies, "select count(*) from payment_anomalies"),
    (Table::Coupons, "select count(*) from coupons"),
    (Table::BuyerCoupons, "select count(*) from buyer_coupons"),
    (Table::CouponEvents, "select count(*) from coupon_events"),
];

/// The rows of every table, counted once for all checks.
pub(super) async fn sizes(db: &Db) -> Result<Vec<(Table, i64)>> {
    let mut sizes = Vec::with_capacity(SIZES.len());
    for (table, statement) in SIZES {
        sizes.push((table, sqlx::query_scalar(statement).fetch_one(db.read()).await?));
    }
    Ok(sizes)
}

/// The rows of these tables together.
pub(super) fn read(sizes: &[(Table, i64)], tables: &[Table]) -> i64 {
    sizes.iter().filter(|(table, _)| tables.contains(table)).map(|(_, rows)| rows).sum()
}
