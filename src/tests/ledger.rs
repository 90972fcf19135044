//! `verify-ledger` finds a single fen, point or unit that is not where its rows say, and nothing else.

mod runs;
mod seeded;

use crate::support::{Buyer, CHEN, LI, OUT, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::server::db::Dialect;
use guitu::server::machinery::verify;
use guitu::server::money::ledger;
use std::collections::BTreeSet;

on_both_engines!(
    whatever_is_changed_by_hand_is_found,
    movements_whose_ids_are_not_in_their_sequence_are_no_break,
    a_working_shop_never_looks_wrong,
    what_was_moved_cannot_be_changed_or_removed,
);

/// What somebody changes by hand, how they change it back, and a rule that must notice.
const CHANGES: [(&str, &str, &str); 30] = [
    ("update orders set paid_minor = paid_minor + 1", "update orders set paid_minor = paid_minor - 1", "M1 an order is the sum of"),
    ("update orders set goods_minor = goods_minor + 1", "update orders set goods_minor = goods_minor - 1", "M1 a paid order cost"),
    ("update order_lines set quantity = quantity + 1", "update order_lines set quantity = quantity - 1", "M1 a paid line cost"),
    ("update shipment_lines set quantity = quantity + 1", "update shipment_lines set quantity = quantity - 1", "what was shipped"),
    ("update order_lines set reserved_minor = reserved_minor + 1", "update order_lines set reserved_minor = reserved_minor - 1", "M3"),
    ("update orders set open_cases = open_cases + 1", "update orders set open_cases = open_cases - 1", "M4 the cases of an order"),
    ("update after_sales set amount_minor = amount_minor + 1", "update after_sales set amount_minor = amount_minor - 1", "M4 a case asks"),
    (
        "update payments set amount_minor = amount_minor + 1",
        "update payments set amount_minor = amount_minor - 1",
        "M4 the tenders of an order",
    ),
    (
        "update line_tenders set paid_minor = paid_minor + 1",
        "update line_tenders set paid_minor = paid_minor - 1",
        "M6 each line's tenders",
    ),
    (
        "update line_tenders set paid_minor = paid_minor + 1",
        "update line_tenders set paid_minor = paid_minor - 1",
        "M6 each tender's lines",
    ),
    (
        "update payments set refunded_minor = refunded_minor - 1 where refunded_minor > 0",
        "update payments set refunded_minor = refunded_minor + 1 where refunded_minor > 0",
        "M4 refunds that arrived",
    ),
    (
        "update refund_lines set amount_minor = amount_minor + 1",
        "update refund_lines set amount_minor = amount_minor - 1",
        "M4 the lines of a refund",
    ),
    (
        "update line_tenders set refunded_minor = refunded_minor + 1 where refunded_minor > 0",
        "update line_tenders set refunded_minor = refunded_minor - 1 where refunded_minor > 0",
        "M6 refunds took",
    ),
    (
        "update payments set status = 'surplus' where status = 'succeeded'",
        "update payments set status = 'succeeded' where status = 'surplus'",
        "S16",
    ),
    (
        "update payments set status = 'void' where status = 'succeeded'",
        "update payments set status = 'succeeded' where status = 'void'",
        "M16 a tender moved",
    ),
    ("update refunds set amount_minor = amount_minor + 1", "update refunds set amount_minor = amount_minor - 1", "M16 a refund moved"),
    (
        "update payments set tender = 'points' where tender = 'balance'",
        "update payments set tender = 'balance' where tender = 'points'",
        "M16 every movement belongs",
    ),
    ("update members set points = points + 1", "update members set points = points - 1", "M16 balance and points are"),
    (
        "update money_events set cause = 'carried_over' where cause = 'opening'",
        "update money_events set cause = 'opening' where cause = 'carried_over'",
        "M16 what was carried",
    ),
    (
        "update money_events set before_minor = before_minor - 1 where cause = 'refunded'",
        "update money_events set before_minor = before_minor + 1 where cause = 'refunded'",
        "M16 a movement of a wallet",
    ),
    (
        "update money_events set before_minor = before_minor + 1, after_minor = after_minor + 1 where cause = 'refunded'",
        "update money_events set before_minor = before_minor - 1, after_minor = after_minor - 1 where cause = 'refunded'",
        "M16 the chain",
    ),
    (
        "update order_lines set points_earned = points_earned + 1 where points_earned > 0",
        "update order_lines set points_earned = points_earned - 1 where points_earned > 0",
        "M7 points that orders earned",
    ),
    ("update orders set coupon_minor = coupon_minor + 1", "update orders set coupon_minor = coupon_minor - 1", "M1 an order is the sum of"),
    (
        "update buyer_coupons set order_id = null, used_at = null",
        "update buyer_coupons set order_id = (select id from orders), used_at = got_at",
        "M8 a coupon is with its order",
    ),
    ("update coupons set handed_out = handed_out + 1", "update coupons set handed_out = handed_out - 1", "M8 copies handed out"),
    ("update coupons set used = used - 1", "update coupons set used = used + 1", "M8 copies handed out"),
    (
        "update coupon_events set cause = 'returned' where cause = 'used'",
        "update coupon_events set cause = 'used' where cause = 'returned'",
        "M8 a coupon came once",
    ),
    (
        "insert into payment_anomalies (id, shop_id, order_id, payment_id, kind, amount_minor, told_minor, told_currency, since_at, found_at,
                resolved_at, resolution)
            select 1, shop_id, order_id, id, 'amount_differs', amount_minor + 1, 1, 'CNY', created_at, created_at, created_at, 'marked' from payments",
        "delete from payment_anomalies where id = 1",
        "M4 what a gateway took",
    ),
    ("update skus set reserved = reserved + 1", "update skus set reserved = reserved - 1", "stock set aside"),
    ("update skus set defective = defective + 1", "update skus set defective = defective - 1", "stock is the sum"),
];
/// The last: nothing may come back that never left.
const CAME_BACK: (&str, &str, &str) = (
    "update stock_moves set cause = 'returned', sellable = -reserved where cause = 'shipped'",
    "update stock_moves set cause = 'shipped', sellable = 0 where cause = 'returned'",
    "units of a line",
);

async fn whatever_is_changed_by_hand_is_found(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = with_a_coupon(&app, &wang).await;
    wang.pays(&order, "balance").await;
    app.staff(Role::Warehouse).await.ships(&order, OUT).await.goes_to();
    wang.receives(&order).await.goes_to();
    let form = wang.application(&order, "refund_only", "quality", &[1]).await.with("amount", "30");
    wang.send(&form).await.goes_to();
    let case = app.order(&order).await.cases[0].number.clone();
    service.decides(&case, "agree_refund").await.goes_to();
    assert_eq!(wrong(&app).await, BTreeSet::new());
    let mut noticed = BTreeSet::new();
    open_the_books(&app).await;
    for (change, undo, rule) in CHANGES.into_iter().chain([CAME_BACK]) {
        sqlx::query(change).execute(app.server.db.single()).await.unwrap();
        let found = wrong(&app).await;
        assert!(found.iter().any(|name| name.starts_with(rule)), "{change}: {found:?}");
        noticed.extend(found);
        sqlx::query(undo).execute(app.server.db.single()).await.unwrap();
        assert_eq!(wrong(&app).await, BTreeSet::new(), "{undo}");
    }
    assert_eq!(noticed.len(), verify::checks(), "a rule has noticed nothing: {noticed:#?}");
}

/// Two teas for ¥10 less.
async fn with_a_coupon(app: &TestApp, buyer: &Buyer) -> String {
    let coupon = app.staff(Role::Owner).await.makes_coupon(&[]).await;
    buyer.takes(coupon).await.goes_to();
    let copy = buyer.copy_of(coupon, WANG).await;
    buyer.orders_with(&[(app.town.goods.tea, 2)], &[("coupon", &copy)]).await
}

/// Takes the triggers away that keep movements as they are.
async fn open_the_books(app: &TestApp) {
    let tables = ["money_events_stay", "stock_moves_stay", "coupon_events_stay"];
    for (trigger, table) in tables.into_iter().zip(["money_events", "stock_moves", "coupon_events"]) {
        let statement = match app.server.db.dialect() {
            Dialect::Sqlite => format!("drop trigger {trigger}"),
            Dialect::Postgres => format!("drop trigger {trigger} on {table}"),
        };
        sqlx::query(sqlx::AssertSqlSafe(statement)).execute(app.server.db.single()).await.unwrap();
    }
}

/// Two processes write down a movement of the same wallet: what came first may have the larger id.
async fn movements_whose_ids_are_not_in_their_sequence_are_no_break(app: TestApp) {
    let wang = app.buyer(WANG).await;
    for _ in 0..3 {
        wang.buys(&[(app.town.goods.cup, 1)], "balance").await;
    }
    open_the_books(&app).await;
    let second = app.count("select id from money_events where cause = 'paid' order by id limit 1").await;
    let last = app.count("select max(id) from money_events").await;
    for (from, to) in [(second, 1), (last, second), (1, last)] {
        sqlx::query("update money_events set id = $2 where id = $1").bind(from).bind(to).execute(app.server.db.single()).await.unwrap();
    }
    assert_eq!(wrong(&app).await, BTreeSet::new());
}

/// Three buyers buy, ship, claim and are paid back, while the books are checked again and again.
async fn a_working_shop_never_looks_wrong(app: TestApp) {
    let trade = |phone: &'static str, tracking: &'static str, tender: &'static str| {
        let app = app.clone();
        tokio::spawn(async move {
            let (buyer, service) = (app.buyer(phone).await, app.staff(Role::Service).await);
            for units in 1..=2 {
                let order = buyer.buys(&[(app.town.goods.cup, units)], tender).await;
                app.staff(Role::Warehouse).await.ships(&order, tracking).await.goes_to();
                buyer.receives(&order).await.goes_to();
                let case = buyer.applies(&order, "refund_only", "quality", &[1]).await;
                service.decides(&case, "agree_refund").await.goes_to();
            }
        })
    };
    let trading = [trade(WANG, OUT, "balance"), trade(LI, "SF1234567890124", "points"), trade(CHEN, "SF1234567890125", "wechat")];
    let mut checked = 0;
    while trading.iter().any(|trade| !trade.is_finished()) {
        assert_eq!(wrong(&app).await, BTreeSet::new());
        checked += 1;
    }
    for trade in trading {
        trade.await.unwrap();
    }
    assert!(checked > 3, "{checked}");
}

/// M16: the database itself refuses, and a second start finds its triggers in place.
async fn what_was_moved_cannot_be_changed_or_removed(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = with_a_coupon(&app, &wang).await;
    wang.pays(&order, "balance").await;
    app.staff(Role::Finance).await.get("/merchant/refunds/export?format=csv&of=list").await;
    app.server.db.migrate().await.unwrap();
    let tables = [
        ("money_events", "update money_events set amount_minor = amount_minor + 1", "delete from money_events", "truncate money_events"),
        ("stock_moves", "update stock_moves set sellable = sellable + 1", "delete from stock_moves", "truncate stock_moves"),
        ("coupon_events", "update coupon_events set cause = 'taken'", "delete from coupon_events", "truncate coupon_events"),
        ("audits", "update audits set detail = ''", "delete from audits", "truncate audits"),
    ];
    let sizes = sizes(&app).await;
    for (table, update, delete, truncate) in tables {
        let changes = match app.server.db.dialect() {
            Dialect::Sqlite => vec![update, delete],
            Dialect::Postgres => vec![update, delete, truncate],
        };
        for change in changes {
            let refused = sqlx::query(change).execute(app.server.db.single()).await.expect_err(change);
            assert!(refused.to_string().contains(&format!("{table} is append-only")), "{change}: {refused}");
        }
    }
    assert_eq!(self::sizes(&app).await, sizes);
}

/// How many movements there are, each kind at least once.
async fn sizes(app: &TestApp) -> Vec<i64> {
    let mut sizes = Vec::new();
    for count in [
        "select count(*) from money_events",
        "select count(*) from stock_moves",
        "select count(*) from coupon_events",
        "select count(*) from audits",
    ] {
        sizes.push(app.count(count).await);
    }
    assert!(sizes.iter().all(|size| *size > 0), "{sizes:?}");
    sizes
}

async fn wrong(app: &TestApp) -> BTreeSet<String> {
    let books = verify::ledger(&app.server.db).await.unwrap();
    books.into_iter().filter(|check| !check.wrong.is_empty()).map(|check| check.name).collect()
}
