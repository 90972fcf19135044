//! `verify-ledger` finds a single fen, point or unit that is not where its rows say.

use crate::support::{TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::server::verify;

on_both_engines!(whatever_is_changed_by_hand_is_found, what_was_moved_cannot_be_changed_or_removed);

/// What somebody changes by hand, how they change it back, and the check that must find it.
const CHANGES: [(&str, &str, &str); 8] = [
    ("update buyers set points = points + 1 where points > 0", "update buyers set points = points - 1 where points > 0", "M16"),
    ("update buyers set balance_minor = balance_minor + 1", "update buyers set balance_minor = balance_minor - 1", "M16"),
    ("update skus set sellable = sellable + 1", "update skus set sellable = sellable - 1", "stock"),
    ("update skus set defective = defective + 1", "update skus set defective = defective - 1", "stock"),
    ("update orders set paid_minor = paid_minor + 1", "update orders set paid_minor = paid_minor - 1", "M1 what was paid"),
    (
        "update payments set refunded_minor = refunded_minor - 1",
        "update payments set refunded_minor = refunded_minor + 1",
        "M4 refunds that arrived",
    ),
    ("update order_lines set reserved_minor = reserved_minor + 1", "update order_lines set reserved_minor = reserved_minor - 1", "M3"),
    ("update line_tenders set paid_minor = paid_minor + 1", "update line_tenders set paid_minor = paid_minor - 1", "M6"),
];

async fn whatever_is_changed_by_hand_is_found(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 2)], "balance").await;
    let form = wang.application(&order, "refund_only", "quality", &[1]).await.with("amount", "30");
    wang.send(&form).await.goes_to();
    let case = app.order(&order).await.cases[0].number.clone();
    service.decides(&case, "agree_refund").await.goes_to();
    for (change, undo, check) in CHANGES {
        sqlx::query(change).execute(app.server.db.single()).await.unwrap();
        let found: Vec<&str> = wrong(&app).await;
        assert!(found.iter().any(|name| name.starts_with(check)), "{change}: {found:?}");
        sqlx::query(undo).execute(app.server.db.single()).await.unwrap();
        assert!(wrong(&app).await.is_empty(), "{undo}");
    }
}

/// M16: the database itself refuses, and a second start finds its triggers in place.
async fn what_was_moved_cannot_be_changed_or_removed(app: TestApp) {
    let wang = app.buyer(WANG).await;
    wang.buys(&[(app.town.goods.tea, 2)], "balance").await;
    app.staff(Role::Finance).await.get("/merchant/refunds/export?format=csv&of=list").await;
    app.server.db.migrate().await.unwrap();
    for (table, change) in [
        ("money_events", "update money_events set amount_minor = amount_minor + 1"),
        ("money_events", "delete from money_events"),
        ("stock_moves", "update stock_moves set sellable = sellable + 1"),
        ("stock_moves", "delete from stock_moves"),
        ("audits", "update audits set detail = ''"),
        ("audits", "delete from audits"),
    ] {
        let refused = sqlx::query(change).execute(app.server.db.single()).await.expect_err(change);
        assert!(refused.to_string().contains(&format!("{table} is append-only")), "{change}: {refused}");
    }
    for count in ["select count(*) from money_events", "select count(*) from stock_moves", "select count(*) from audits"] {
        assert!(app.count(count).await > 0, "{count}");
    }
}

async fn wrong(app: &TestApp) -> Vec<&'static str> {
    let books = verify::ledger(&app.server.db).await.unwrap();
    books.into_iter().filter(|check| !check.wrong.is_empty()).map(|check| check.name).collect()
}
