//! Everything that a form or a callback could change, counted and summed.

use crate::support::TestApp;

const ALL: [(&str, &str); 21] = [
    ("orders", "select count(*) from orders"),
    ("versions of orders", "select cast(coalesce(sum(version), 0) as bigint) from orders"),
    ("recipients", "select count(distinct recipient) from orders"),
    ("prices", "select cast(coalesce(sum(adjust_minor), 0) as bigint) from order_lines"),
    ("payments", "select count(*) from payments"),
    ("payments that are not open", "select count(*) from payments where status <> 'pending'"),
    ("shipments", "select count(*) from shipments"),
    ("cases", "select count(*) from after_sales"),
    ("versions of cases", "select cast(coalesce(sum(version), 0) as bigint) from after_sales"),
    ("refunds", "select count(*) from refunds"),
    ("versions of refunds", "select cast(coalesce(sum(version), 0) as bigint) from refunds"),
    ("events", "select count(*) from events"),
    ("messages", "select count(*) from messages"),
    ("movements of money", "select count(*) from money_events"),
    ("balances", "select cast(coalesce(sum(balance_minor), 0) as bigint) from members"),
    ("points", "select cast(coalesce(sum(points), 0) as bigint) from members"),
    ("goods to sell", "select cast(coalesce(sum(sellable), 0) as bigint) from skus"),
    ("units in carts", "select cast(coalesce(sum(quantity), 0) as bigint) from cart_items"),
    ("coupons", "select count(*) from coupons"),
    ("batches", "select count(*) from batches"),
    ("accounts and consents", "select (select count(*) from refund_accounts) + (select count(*) from refund_consents)"),
];

pub async fn of(app: &TestApp) -> Vec<(&'static str, i64)> {
    let mut found = Vec::new();
    for (name, statement) in ALL {
        found.push((name, app.count(statement).await));
    }
    found
}
