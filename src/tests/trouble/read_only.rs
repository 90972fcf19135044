//! The database may be read and not written.

use super::{about_to_order, in_time, is_kept_for_later, is_taken_once, readiness};
use crate::support::{Engine, TestApp, on_both_engines};
use sqlx::{AnyConnection, Connection, Executor};

on_both_engines!(a_database_that_is_read_only_shows_and_keeps_nothing);

async fn a_database_that_is_read_only_shows_and_keeps_nothing(app: TestApp) {
    let (wang, form) = about_to_order(&app).await;
    turns(&app, true).await;
    app.until("pages are shown", || async { wang.get("/orders").await.status == 200 }).await;
    app.until("writing is refused, and not the connection", || async {
        let page = in_time(wang.send(&form)).await;
        page.status == 503 && page.has_form(guitu::routes::buyer::CHECKOUT)
    })
    .await;
    is_kept_for_later(&wang.send(&form).await, &form);
    app.until("the shop says that it is not ready", || async { readiness(&app.url).await.0 == 503 }).await;
    assert_eq!(readiness(&app.url).await.1, "cannot write: the database is read-only");
    turns(&app, false).await;
    app.until("the shop is ready", || async { readiness(&app.url).await.0 == 200 }).await;
    is_taken_once(&app, &wang, &form).await;
}

/// As an operator does it, or on SQLite the permissions of its file.
async fn turns(app: &TestApp, read_only: bool) {
    if app.engine == Engine::Sqlite {
        let pragma = if read_only { "PRAGMA query_only = on" } else { "PRAGMA query_only = off" };
        sqlx::query(pragma).execute(app.server.db.single()).await.unwrap();
        return;
    }
    let (server, name) = app.database_url.rsplit_once('/').unwrap();
    let mut operator = AnyConnection::connect(&format!("{server}/postgres")).await.unwrap();
    let setting = if read_only { "on" } else { "off" };
    for statement in [
        format!("alter database {name} set default_transaction_read_only = {setting}"),
        format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"),
    ] {
        operator.execute(sqlx::AssertSqlSafe(statement)).await.unwrap();
    }
    operator.close().await.unwrap();
}
