//! Somebody else holds the database, or has its connections.

use super::{about_to_order, in_time, is_alive, is_kept_for_later, is_taken_once, readiness};
use crate::support::{Engine, TestApp, on_both_engines, warm_up};
use sqlx::{AnyConnection, Connection, Executor};

on_both_engines!(a_form_waits_for_a_lock_and_is_kept_for_later, who_finds_every_connection_in_use_is_told_to_come_again);

async fn a_form_waits_for_a_lock_and_is_kept_for_later(app: TestApp) {
    let (wang, form) = about_to_order(&app).await;
    let mut other = AnyConnection::connect(&app.database_url).await.unwrap();
    let (begin, lock) = match app.engine {
        Engine::Sqlite => ("BEGIN IMMEDIATE", "select 1"),
        Engine::Postgres => ("BEGIN", "lock table orders in exclusive mode"),
    };
    other.execute(begin).await.unwrap();
    other.execute(lock).await.unwrap();
    // However many wait, each is told in time.
    let browsers: Vec<_> = (0..6).map(|_| wang.browser()).collect();
    let sent = browsers.iter().map(|browser| browser.send(&form));
    for page in in_time(futures_util::future::join_all(sent)).await {
        is_kept_for_later(&page, &form);
    }
    wang.get("/orders").await.says(200, "订单");
    is_alive(&app.url).await;
    if app.engine == Engine::Sqlite {
        let (status, why, again) = in_time(readiness(&app.url)).await;
        assert!(status == 503 && again, "{status} {why}");
    }
    other.execute("ROLLBACK").await.unwrap();
    other.close().await.unwrap();
    app.until("the shop is ready", || async { readiness(&app.url).await.0 == 200 }).await;
    is_taken_once(&app, &wang, &form).await;
}

async fn who_finds_every_connection_in_use_is_told_to_come_again(app: TestApp) {
    let (wang, form) = about_to_order(&app).await;
    warm_up(&app.server).await;
    let mut held = Vec::new();
    for _ in 0..app.server.db.pools()[0].most {
        held.push(app.server.db.reader().await.unwrap());
    }
    in_time(wang.get("/orders")).await.says(503, "系统暂时无法读取");
    let (status, why, again) = in_time(readiness(&app.url)).await;
    assert!(status == 503 && again, "{status} {why}");
    is_alive(&app.url).await;
    drop(held);
    wang.get("/orders").await.says(200, "订单");
    is_taken_once(&app, &wang, &form).await;
}
