//! A database that an earlier version has written: it is brought up to date, its books add up, and its people go on where they were.

macro_rules! on_each_engine {
    ($($scenario:ident),+ $(,)?) => {$(
        mod $scenario {
            use crate::support::Engine;

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                super::$scenario(Engine::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                super::$scenario(Engine::Postgres).await;
            }
        }
    )+};
}

mod access;
mod codes;
mod every_version;
mod room;
mod wallets;

use crate::support::{Browser, Database, Engine, PASSWORD, TestApp, server_url};
use guitu::routes::merchant as paths;
use guitu::server::db::Db;
use sqlx::Executor;

/// The last migration before points, coupons, anomalies and bills.
const BEFORE: i64 = 8;
/// The last migration before money of another amount was booked, and how such money was marked until then.
const BEFORE_BOOKED: i64 = 18;
const MARKED: &str = "insert into payment_anomalies (id, shop_id, order_id, payment_id, kind, amount_minor, told_minor, told_currency, since_at, found_at,
        resolved_at, resolution, resolved_by, note)
    values (130, 1, 33, 58, 'amount_differs', 10000, 9000, 'CNY', 1795319000500, 1795319000600, 1795319000700, 'marked', '老财务', '银行转账 90 元')";
/// What happened was written down in words until facts were kept.
const TOLD: [&str; 2] = [
    "insert into events (id, shop_id, order_id, after_sale_id, actor_kind, actor_id, actor_name, kind, words, evidence, at) values
        (140, 1, 30, null, 'buyer', 10, '赵老', 'order_received', '买家确认收货', '[]', 1790000099000),
        (141, 1, 30, 91, 'system', null, '系统', 'refund_failed', '退款失败：买家微信账户异常，''¥1.00'' 请线下退款', '[]', 1790000099001)",
    "insert into messages (id, shop_id, buyer_id, order_id, after_sale_id, title, words, at) values
        (142, 1, 10, 30, 91, '旧的标题', '售后 AS2609-OLD91：¥100.00 已退回', 1790000099002),
        (143, 1, null, 30, null, '旧的通知', '订单 G2609-OLD30 已付款 ¥200.00，请尽快发货', 1790000099003)",
];
const OLD_SHOP: &str = include_str!("upgrades/before_0009.sql");

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_sqlite_an_old_database_is_brought_up_to_date() {
    bring_up_to_date(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_postgres_an_old_database_is_brought_up_to_date() {
    bring_up_to_date(Engine::Postgres).await;
}

/// Recipients and phones as they were typed before texts were cleaned and phones kept one way.
const TYPED: [(i64, &str, &str); 6] = [
    (30, "赵老\u{202E}", "+86 139-1234-5678"),
    (31, "\u{200B}", "13912345678-7804"),
    (32, "\u{2067}钱\u{200D}老\u{3164}", "0571-8888888-12"),
    (33, "👨\u{200D}👩\u{200D}👧", "02166668888"),
    (34, "赵老", "008613912345678"),
    (35, "赵老", "+1 415-123 4567"),
];
const KEPT: [(i64, &str, &str, &str); 6] = [
    (30, "赵老", "13912345678", ""),
    (31, "未填写", "13912345678", "7804"),
    (32, "钱\u{200D}老", "0571-8888888", "12"),
    (33, "👨\u{200D}👩\u{200D}👧", "021-66668888", ""),
    (34, "赵老", "13912345678", ""),
    (35, "赵老", "+14151234567", ""),
];

/// Afterwards the ledger judges all of it, as it does after every scenario.
async fn bring_up_to_date(engine: Engine) {
    let database = Database::fresh(engine, server_url).await;
    let old = Db::connect(&database.url).await.unwrap();
    sqlx_macros::migrate!("./migrations").run_to(BEFORE, old.single()).await.unwrap();
    old.single().execute(sqlx::raw_sql(OLD_SHOP)).await.unwrap();
    for (order, recipient, phone) in TYPED {
        let query = sqlx::query("update orders set recipient = $2, recipient_phone = $3 where id = $1");
        query.bind(order).bind(recipient).bind(phone).execute(old.single()).await.unwrap();
    }
    sqlx_macros::migrate!("./migrations").run_to(BEFORE_BOOKED, old.single()).await.unwrap();
    old.single().execute(MARKED).await.unwrap();
    for told in TOLD {
        old.single().execute(told).await.unwrap();
    }
    old.close().await;
    Engine::play_in(database, all_is_as_it_was).await;
}

async fn all_is_as_it_was(app: TestApp) {
    members_know_what_they_bought(&app).await;
    what_had_gone_wrong_is_listed(&app).await;
    what_was_begun_is_asked_about(&app).await;
    what_was_typed_is_cleaned(&app).await;
    what_was_told_is_kept_to_the_letter(&app).await;
    buyer_and_shop_see_their_orders(&app).await;
}

async fn members_know_what_they_bought(app: &TestApp) {
    let members: Vec<(i64, i64, i64)> = sqlx::query_as(
        "select shop_id, buyer_id, completed_orders from members where shop_id in (1, 2) and buyer_id in (10, 11) order by shop_id, buyer_id",
    )
    .fetch_all(app.server.db.read())
    .await
    .unwrap();
    assert_eq!(members, [(1, 10, 2), (1, 11, 0), (2, 10, 1)]);
    assert_eq!(
        app.count("select count(*) from money_events where id between 110 and 120 and actor_name in ('', '买家') and reason = ''").await,
        11
    );
    // Opened at the first shop, spent at the second.
    let wallets: Vec<(i64, i64, i64)> =
        sqlx::query_as("select shop_id, balance_minor, points from members where buyer_id = 10 order by shop_id")
            .fetch_all(app.server.db.read())
            .await
            .unwrap();
    assert_eq!(wallets, [(1, 3_000, 500), (2, 0, 0)]);
    assert_eq!(
        app.count("select cast(sum(amount_minor) as bigint) from money_events where id between 110 and 120 and account = 'balance'").await,
        3_000
    );
}

async fn what_had_gone_wrong_is_listed(app: &TestApp) {
    let listed: Vec<(i64, String, Option<String>)> = sqlx::query_as(
        "select refund_id, kind, resolution from payment_anomalies where shop_id = 1 and refund_id is not null order by refund_id",
    )
    .fetch_all(app.server.db.read())
    .await
    .unwrap();
    let expected = [(101, "refund_refused", None), (102, "paid_after_closing", None), (103, "paid_twice", Some("returned"))];
    assert_eq!(listed, expected.map(|(refund, kind, end)| (refund, kind.to_owned(), end.map(str::to_owned))));
    let booked =
        "select count(*) from refunds where payment_id = 58 and tender = 'offline' and amount_minor = 9000 and voucher = '银行转账 90 元'";
    assert_eq!(app.count(booked).await, 1);
    assert_eq!(app.count("select count(*) from refunds where id in (102, 103) and agreed_by = '系统（多付自动退回）'").await, 2);
}

async fn what_was_begun_is_asked_about(app: &TestApp) {
    let asked: Vec<i64> = sqlx::query_scalar("select id from payments where ask_at is not null and shop_id = 1")
        .fetch_all(app.server.db.read())
        .await
        .unwrap();
    assert_eq!(asked, [53]);
    assert_eq!(app.count("select count(*) from payments where ticket = 'page' and id between 50 and 58").await, 9);
}

async fn what_was_typed_is_cleaned(app: &TestApp) {
    let rows: Vec<(i64, String, String, String)> =
        sqlx::query_as("select id, recipient, recipient_phone, recipient_extension from orders where id between 30 and 35 order by id")
            .fetch_all(app.server.db.read())
            .await
            .unwrap();
    let rows: Vec<_> = rows.iter().map(|(id, name, phone, extension)| (*id, name.as_str(), phone.as_str(), extension.as_str())).collect();
    assert_eq!(rows, KEPT);
    // Their window for returns without a reason closes at the time of day at which the other one does.
    let closes = "select count(*) from orders where status = 'completed' and shop_id in (1, 2) and no_reason_until < after_sale_until
        and no_reason_until - received_at < 8 * 86400000 and (after_sale_until - no_reason_until) % 86400000 = 0";
    assert_eq!(app.count(closes).await, 3);
}

async fn what_was_told_is_kept_to_the_letter(app: &TestApp) {
    let kept = "select words from events where id in (140, 141) and facts is null order by id";
    let words: Vec<String> = sqlx::query_scalar(kept).fetch_all(app.server.db.read()).await.unwrap();
    assert_eq!(words, ["买家确认收货", "退款失败：买家微信账户异常，'¥1.00' 请线下退款"]);
    let kept = "select title || '：' || words from messages where id in (142, 143) and facts is null and kind is null order by id";
    let words: Vec<String> = sqlx::query_scalar(kept).fetch_all(app.server.db.read()).await.unwrap();
    assert_eq!(words, ["旧的标题：售后 AS2609-OLD91：¥100.00 已退回", "旧的通知：订单 G2609-OLD30 已付款 ¥200.00，请尽快发货"]);
}

/// With passwords and rules of the town, for those of the old shop are nobody's to know.
async fn buyer_and_shop_see_their_orders(app: &TestApp) {
    for lend in [
        "update buyers set password_hash = (select max(password_hash) from buyers where id > 11) where id in (10, 11)",
        "update staff set password_hash = (select max(password_hash) from staff where id > 1) where id = 1",
        "update shops set policy = (select max(policy) from shops where id > 2) where id in (1, 2)",
    ] {
        sqlx::query(lend).execute(app.server.db.single()).await.unwrap();
    }
    let zhao = app.buyer("13700000001").await;
    zhao.get("/orders").await.says(200, "老茶").says(200, "老酒");
    zhao.get("/orders/G2609-OLD30").await.says(200, "¥200.00").says(200, "¥100.00");
    zhao.get("/orders/G2609-OLD30").await.says(200, "您已确认收货");
    zhao.get("/after-sales/AS2609-OLD91").await.says(200, "退款失败：您的微信账户异常");
    zhao.get("/me/messages").await.says(200, "旧的标题").says(200, "售后 AS2609-OLD91：¥100.00 已退回");
    zhao.get("/me/wallet").await.says(200, "¥30.00 · 500 积分").says(200, "¥0.00 · 0 积分");

    let owner = Browser::new(&app.url);
    owner.submit(paths::LOGIN, paths::LOGIN, &[("login", "owner-of-old"), ("password", PASSWORD)]).await.goes_to();
    owner.get("/merchant/payment-anomalies").await.says(200, "ROLD101").says(200, "买家微信账户异常").says(200, "ROLD102");
    owner.get("/merchant/refunds").await.says(200, "ROLD100").says(200, "ROLD103");
    owner.get("/merchant/orders/G2609-OLD30").await.says(200, "买家确认收货").says(200, "退款失败：买家微信账户异常");
    owner.get("/merchant/messages").await.says(200, "旧的通知").says(200, "订单 G2609-OLD30 已付款 ¥200.00，请尽快发货");
    owner.get("/merchant/members").await.says(200, "赵");
}
