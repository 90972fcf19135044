//! The database is gone, and comes back.

use super::relay::Relay;
use super::{about_to_order, in_time, is_alive, is_taken_once, readiness};
use crate::support::{Database, Engine, TestApp, WANG, server_url};
use guitu::domain::order::OrderStatus;
use guitu::domain::time::MINUTE;
use guitu::server::jobs;
use sqlx::{AnyConnection, Connection, Executor};
use std::time::Duration;
use tokio::sync::watch;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn while_postgres_is_gone_people_are_told_and_nothing_is_lost() {
    let relay = Relay::before(&server_url()).await;
    let database = Database::fresh(Engine::Postgres, || relay.url.clone()).await;
    Engine::play_in(database, |app| gone_and_back(app, relay)).await;
}

async fn gone_and_back(app: TestApp, relay: Relay) {
    let (wang, form) = about_to_order(&app).await;
    let unpaid = app.buyer(crate::support::LI).await.orders(&[(app.town.goods.tea, 1)]).await;
    app.clock.advance(31 * MINUTE);
    relay.is_cut();
    let (stop, told) = watch::channel(false);
    let worker = tokio::spawn(jobs::work(app.server.clone(), told));
    for _ in 0..2 {
        in_time(wang.send(&form)).await.says(503, "刷新时选择重新提交即可，不会重复处理");
        in_time(wang.get("/orders")).await.says(503, "请稍等几秒后刷新页面");
        let (status, why, again) = in_time(readiness(&app.url)).await;
        assert!(status == 503 && again, "{status} {why}");
        is_alive(&app.url).await;
    }
    relay.is_mended();
    app.until("the shop is ready", || async { readiness(&app.url).await.0 == 200 }).await;
    app.until("the worker goes on", || async { app.status(&unpaid).await == OrderStatus::Closed }).await;
    let first = wang.send(&form).await.goes_to().to_owned();
    assert_eq!(wang.send(&form).await.goes_to(), first);
    assert_eq!(app.count("select count(*) from orders").await, 2);
    stop.send(true).unwrap();
    worker.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgres_ends_every_connection_and_the_next_request_may_be_sent_again() {
    Engine::Postgres.play(every_connection_ends).await;
}

async fn every_connection_ends(app: TestApp) {
    let (wang, form) = about_to_order(&app).await;
    let mut operator = AnyConnection::connect(&app.database_url).await.unwrap();
    let ends = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    operator.execute(ends).await.unwrap();
    app.until("somebody is served", || async {
        let page = wang.get("/orders").await;
        assert!(page.status == 200 || page.status == 503, "{page}");
        page.status == 200
    })
    .await;
    operator.execute(ends).await.unwrap();
    operator.close().await.unwrap();
    app.until("the order is taken", || async {
        let page = wang.send(&form).await;
        assert!(page.status == 303 || page.status == 503, "{page}");
        page.status == 303
    })
    .await;
    // What has rested for so long is asked whether it is there: the test looks by the connections of the jobs, which nobody has used since.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    is_taken_once(&app, &wang, &form).await;
    assert_eq!(app.purse(WANG).await, (50_000, 20_000));
}
