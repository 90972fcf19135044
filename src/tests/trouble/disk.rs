//! The disk is full.

use super::{is_alive, is_kept_for_later, readiness};
use crate::growth::process::Process;
use crate::support::{Browser, Engine, PASSWORD, TestApp, WANG, photo};
use guitu::domain::order::OrderStatus;
use guitu::domain::time::MINUTE;
use guitu::routes::buyer as paths;
use guitu::server::jobs;
use tokio::sync::watch;

/// SQLite's own limit stands for the disk's: the engine says and does the same.
const NO_MORE: &str = "PRAGMA max_page_count = 1";
const ENOUGH: &str = "PRAGMA max_page_count = 1000000000";

async fn limit(app: &TestApp, pragma: &'static str) {
    sqlx::query(pragma).execute(app.server.db.single()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sqlite_writes_again_after_a_moment_without_room() {
    Engine::Sqlite.play(a_moment_without_room).await;
}

async fn a_moment_without_room(app: TestApp) {
    app.stocks(app.town.goods.cup, 1_000).await;
    let wang = app.buyer(WANG).await;
    let page = format!("{}?sku={}&quantity=1", paths::CHECKOUT, app.town.goods.cup.sku.0);
    limit(&app, NO_MORE).await;
    // The first orders find room in pages that are there already.
    for taken in 0..200 {
        let form = wang.form(&page, paths::CHECKOUT).await;
        let answer = wang.send(&form).await;
        if answer.status != 503 {
            answer.goes_to();
            continue;
        }
        is_kept_for_later(&answer, &form);
        wang.get("/orders").await.says(200, "订单");
        limit(&app, ENOUGH).await;
        let first = wang.send(&form).await.goes_to().to_owned();
        assert_eq!(wang.send(&form).await.goes_to(), first);
        assert_eq!(app.count("select count(*) from orders").await, taken + 1);
        return;
    }
    panic!("the pages never came to an end");
}

/// No file of the process may grow any more, and then it may again.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_sqlite_the_shop_reads_on_a_full_disk_and_writes_when_there_is_room() {
    Engine::Sqlite.play(a_full_disk).await;
}

async fn a_full_disk(app: TestApp) {
    let process = Process::start_with_limited_files(&app).await;
    let wang = Browser::new(&process.url);
    let log_in = [("phone", WANG), ("password", PASSWORD)];
    wang.submit(paths::LOGIN, paths::LOGIN, &log_in).await.goes_to();
    let page = format!("{}?sku={}&quantity=1", paths::CHECKOUT, app.town.goods.cup.sku.0);
    for _ in 0..2 {
        let form = wang.form(&page, paths::CHECKOUT).await;
        process.may_write_up_to(Some(1));
        for _ in 0..3 {
            wang.send(&form).await.says(503, "系统暂时无法");
            wang.get("/orders").await.says(200, "订单");
        }
        // A log-in has to be kept as well.
        let other = Browser::new(&process.url);
        other.submit(paths::LOGIN, paths::LOGIN, &log_in).await.says(503, "系统暂时无法");
        let (status, why, again) = readiness(&process.url).await;
        assert!(status == 503 && again && why.starts_with("cannot write"), "{status} {why}");
        is_alive(&process.url).await;

        process.may_write_up_to(None);
        app.until("it is ready again", || async { process.is_ready().await }).await;
        wang.send(&form).await.goes_to();
    }
    assert_eq!(app.count("select count(*) from orders").await, 2);
}

/// Pictures are files on either engine; what does not need one goes on.
async fn pictures_wait_for_room(app: TestApp) {
    let order = app.buyer(WANG).await.buys(&[(app.town.goods.cup, 1)], "balance").await;
    let process = Process::start_with_limited_files(&app).await;
    let mut wang = app.buyer(WANG).await.browser();
    wang.origin.clone_from(&process.url);
    let apply = paths::apply(&order);
    let lines = app.lines(&order).await;
    let form = wang.form(&apply, &apply).await.with("kind", "refund_only").with("reason", "unwanted").with("amount", "");
    let form = form.with(&format!("quantity_{}", lines[0]), 1).with("note", "买错了").with_file("evidence", photo());

    process.may_write_up_to(Some(1));
    let page = wang.send(&form).await;
    page.says(503, "暂时无法保存");
    assert_eq!(page.form(&apply).get("note"), "买错了");
    process.may_write_up_to(None);
    wang.send(&form).await.goes_to();
    assert_eq!(app.count("select count(*) from after_sales").await, 1);
}
crate::support::on_both_engines!(pictures_wait_for_room);

/// Nothing can be written meanwhile: what is due fires afterwards.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_sqlite_the_worker_goes_on_once_it_may_write_again() {
    Engine::Sqlite.play(a_worker_that_may_not_write).await;
}

async fn a_worker_that_may_not_write(app: TestApp) {
    let number = app.buyer(WANG).await.orders(&[(app.town.goods.cup, 1)]).await;
    let read_only = "PRAGMA query_only = on";
    sqlx::query(read_only).execute(app.server.db.single()).await.unwrap();
    let (stop, told) = watch::channel(false);
    let worker = tokio::spawn(jobs::work(app.server.clone(), told));
    app.clock.advance(31 * MINUTE);
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    assert_eq!(app.status(&number).await, OrderStatus::PendingPayment);
    sqlx::query("PRAGMA query_only = off").execute(app.server.db.single()).await.unwrap();
    app.until("the order is closed", || async { app.status(&number).await == OrderStatus::Closed }).await;
    stop.send(true).unwrap();
    worker.await.unwrap();
}
