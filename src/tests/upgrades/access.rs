//! From the version that kept session ids readable: its sessions end, and what else was written stays.

use super::{BEFORE, OLD_SHOP};
use crate::support::{Database, Engine, TestApp, server_url};
use guitu::server::db::Db;
use sqlx::Executor;

/// The last migration before sessions were kept as digests, apart from those of the same day.
const READABLE: i64 = 18;

const WRITTEN: &str = "
    insert into sessions (id, data, expires_at) values ('AAAAAAAAAAAAAAAAAAAAAA', '{}', 9000000000000);
    insert into attempts (key, tries, until_at) values ('barred', 7, 9000000000000);
    insert into staff (id, shop_id, login, name, password_hash, roles, created_at) values
        (71, 1, 'seventy-one', '只在一店', 'x', '[\"finance\"]', 1), (72, 1, 'seventy-two', '同名', 'x', '[\"finance\"]', 1),
        (73, 2, 'seventy-three', '同名', 'x', '[\"finance\"]', 1);
    insert into ledger_checks (id, started_by, started_at, finished_at) values
        (1, '只在一店', 1, 2), (2, '同名', 1, 2), (3, '每日自动核对', 1, 2), (4, 'guitu verify-ledger', 1, 2);
";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_sqlite_old_sessions_end_and_old_checks_keep_their_shop() {
    bring_up_to_date(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_postgres_old_sessions_end_and_old_checks_keep_their_shop() {
    bring_up_to_date(Engine::Postgres).await;
}

async fn bring_up_to_date(engine: Engine) {
    let database = Database::fresh(engine, server_url).await;
    let old = Db::connect(&database.url).await.unwrap();
    sqlx_macros::migrate!("./migrations").run_to(BEFORE, old.single()).await.unwrap();
    old.single().execute(sqlx::raw_sql(OLD_SHOP)).await.unwrap();
    sqlx_macros::migrate!("./migrations").run_to(READABLE, old.single()).await.unwrap();
    old.single().execute(sqlx::raw_sql(WRITTEN)).await.unwrap();
    old.close().await;
    Engine::play_in(database, what_was_written_stays).await;
}

async fn what_was_written_stays(app: TestApp) {
    assert_eq!(app.count("select count(*) from sessions").await, 0);
    assert_eq!(app.count("select tries from attempts where key = 'barred' and next_at = 0").await, 7);
    let checks: Vec<(i64, String, Option<i64>)> =
        sqlx::query_as("select id, started_by, shop_id from ledger_checks where id < 5 order by id")
            .fetch_all(app.server.db.read())
            .await
            .unwrap();
    let expected = [(1, "只在一店", Some(1)), (2, "员工", None), (3, "每日自动核对", None), (4, "guitu verify-ledger", None)];
    assert_eq!(checks, expected.map(|(id, by, shop)| (id, by.to_owned(), shop)));
}
