//! Hundreds of cases: several processes at once, one that dies, a stop and a start in the middle. Every case once.

use super::{does, is_worked_off, proposes_all};
use crate::support::{TestApp, goes_on, on_both_engines};
use guitu::domain::Role;
use guitu::server::after_sales::batches;

on_both_engines!(of_several_processes_and_one_that_dies_every_case_is_done_once, a_stopped_batch_waits_and_goes_on_where_it_stood);

const CASES: i64 = 400;
const DONE: &str = "select count(*) from batch_items where status = 'done'";

async fn of_several_processes_and_one_that_dies_every_case_is_done_once(app: TestApp) {
    app.refunds_wait(CASES).await;
    let service = app.staff(Role::Service).await;
    let batch = proposes_all(&service).await;
    does(&service, &batch, "start", &[]).await.goes_to();

    let dying = app.another_process().await;
    let worker = tokio::spawn({
        let dying = dying.clone();
        async move { batches::run_due(&dying).await }
    });
    app.until("some of it is done", || async { app.count(DONE).await >= 40 }).await;
    worker.abort();
    let _ = worker.await;
    dying.db.close().await;
    let left = CASES - app.count("select count(*) from batch_items where status <> 'waiting'").await;
    assert!(left > 0, "it died in the middle");
    service.get(&batch).await.says(200, "可以离开本页，处理会继续");

    let (second, third) = (app.another_process().await, app.another_process().await);
    let all = tokio::join!(
        goes_on(|| batches::run_due(&app.server)),
        goes_on(|| batches::run_due(&second)),
        goes_on(|| batches::run_due(&third))
    );
    assert!(i64::try_from(all.0 + all.1 + all.2).unwrap() <= left, "nobody did what another had done");
    assert_eq!(is_worked_off(&app).await, 0);
    is_told_once(&app, CASES - CASES / 10).await;
    service.get(&batch).await.says(200, "全部处理完毕").says(200, "360").says(200, "退款超过 ¥500.00，需要财务或店主处理");
    second.db.close().await;
    third.db.close().await;
}

async fn a_stopped_batch_waits_and_goes_on_where_it_stood(app: TestApp) {
    app.refunds_wait(CASES).await;
    let (owner, finance) = (app.staff(Role::Owner).await, app.staff(Role::Finance).await);
    let batch = proposes_all(&owner).await;
    let stop = format!("{batch}/stop");
    does(&owner, &batch, "start", &[]).await.goes_to();
    let stop = owner.form(&batch, &stop).await;
    let worker = tokio::spawn({
        let server = app.server.clone();
        async move { batches::run_due(&server).await }
    });
    app.until("some of it is done", || async { app.count(DONE).await >= 20 }).await;
    owner.send(&stop).await.goes_to();
    worker.await.unwrap().unwrap();
    let done = app.count(DONE).await;
    assert!(done < CASES, "it was stopped in the middle");
    assert_eq!((is_worked_off(&app).await, app.count(DONE).await), (0, done));
    owner.get(&batch).await.says(200, "已停止").says(200, "笔没有处理");
    does(&finance, &batch, "resume", &[]).await.goes_to();
    assert_eq!(is_worked_off(&app).await, usize::try_from(CASES - done).unwrap());
    is_told_once(&app, CASES).await;
    finance.get(&batch).await.says(200, "pine 财务").says(200, "全部处理完毕");
    let trail = "select count(*) from audits where what in ('batch_started', 'batch_stopped', 'batch_resumed')";
    assert_eq!(app.count(trail).await, 3);
}

/// Of every case that was agreed to: one refund, one line of the timeline, one notice, no clock.
async fn is_told_once(app: &TestApp, agreed: i64) {
    assert_eq!(app.count("select count(*) from after_sales where status = 'refunding'").await, agreed);
    assert_eq!(app.count("select count(distinct after_sale_id) from refunds").await, agreed);
    assert_eq!(app.count("select count(*) from refunds").await, agreed);
    assert_eq!(app.count("select count(*) from events where kind = 'refund_agreed'").await, agreed);
    assert_eq!(app.count("select count(*) from messages where kind = 'refund_agreed'").await, agreed);
    assert_eq!(app.count("select count(*) from jobs where kind = 'refund'").await, agreed);
    assert_eq!(app.count("select count(*) from clocks where subject = 'after_sale'").await, CASES - agreed);
}
