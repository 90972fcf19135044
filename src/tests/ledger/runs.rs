//! Runs of the check: kept, shown, one at a time from the page.

use super::ledger;
use crate::support::{TestApp, WANG, goes_on, on_both_engines};
use guitu::domain::Role;
use guitu::domain::time::{DAY, HOUR};
use guitu::routes::merchant::LEDGER;
use guitu::server::ctx::Ctx;
use guitu::server::machinery::verify;

on_both_engines!(
    a_run_is_begun_by_a_button_and_kept,
    a_second_press_begins_nothing,
    what_differs_is_shown_to_its_shop,
    once_a_day_is_enough,
    who_checked_in_another_shop_is_not_named,
);

async fn finished(app: &TestApp, runs: i64) {
    app.until("the run is over", || async { app.count("select count(*) from ledger_checks where finished_at is not null").await == runs })
        .await;
}

async fn a_run_is_begun_by_a_button_and_kept(app: TestApp) {
    app.buyer(WANG).await.buys(&[(app.town.goods.tea, 1)], "balance").await;
    let finance = app.staff(Role::Finance).await;
    finance.get(LEDGER).await.says(200, "还没有核对过账目");
    finance.submit(LEDGER, LEDGER, &[]).await.goes_to();
    finished(&app, 1).await;
    let page = finance.get(LEDGER).await;
    let rules = ["M1", "M2", "M3", "M4", "M5", "M6"];
    assert!(rules.iter().all(|rule| !page.words().contains(rule)), "a rule's number tells people nothing: {page}");
    page.says(200, "全部一致").says(200, "pine 财务").says(200, "每位会员在每家店的余额和积分，等于各自流水之和");
    finance.submit(LEDGER, LEDGER, &[]).await.goes_to();
    finished(&app, 2).await;
    finance.get(LEDGER).await.says(200, "以前的核对");
    for role in [Role::Service, Role::Warehouse] {
        assert!(!app.staff(role).await.get("/merchant").await.words().contains("账目核对"));
    }
}

async fn a_second_press_begins_nothing(app: TestApp) {
    const RUNNING: &str = "insert into ledger_checks (id, started_by, started_at, slot) values (1, '周掌柜', $1, 1)";
    let finance = app.staff(Role::Finance).await;
    let form = finance.form(LEDGER, LEDGER).await;
    sqlx::query(RUNNING).bind(app.server.now().0).execute(app.server.db.single()).await.unwrap();
    let (one, other) = tokio::join!(finance.send(&form), finance.send(&form));
    assert!(one.status == 303 && other.status == 303, "{one} {other}");
    finance.get(LEDGER).await.says(200, "正在核对 0 / ").says(200, "刷新进度");
    assert_eq!(app.count("select count(*) from ledger_checks").await, 1);
    // The process that ran it is gone.
    app.clock.advance(HOUR + 1);
    finance.send(&form).await.goes_to();
    finished(&app, 2).await;
    finance.get(LEDGER).await.says(200, "全部一致").says(200, "没有完成");
}

async fn what_differs_is_shown_to_its_shop(app: TestApp) {
    app.buyer(WANG).await.buys(&[(app.town.goods.tea, 1)], "balance").await;
    sqlx::query("update skus set sellable = sellable + 1").execute(app.server.db.single()).await.unwrap();
    let mut told = Vec::new();
    let found = ledger::run(&app.server, "guitu verify-ledger", |check| told.push(check.name.clone())).await.unwrap();
    assert_eq!((told.len(), found.len()), (verify::checks(), verify::checks()));
    let rows: Vec<i64> = found.iter().filter(|check| check.differences > 0).map(|check| check.differences).collect();
    assert_eq!(rows, [4], "four kinds of goods, one rule");
    let page = app.staff(Role::Owner).await.get(LEDGER).await;
    page.says(200, "4 处不一致").says(200, "sellable 10, reserved 1, defective 0").says(200, "guitu verify-ledger");
    let elsewhere = app.staff_of(app.town.other_shop, Role::Owner).await;
    elsewhere.get(LEDGER).await.says(200, "全部一致");
    sqlx::query("update skus set sellable = sellable - 1").execute(app.server.db.single()).await.unwrap();
}

async fn once_a_day_is_enough(app: TestApp) {
    let others = [app.another_process().await, app.another_process().await];
    for day in 1..=2 {
        let (one, other) = (Ctx::system(&others[0]), Ctx::system(&others[1]));
        tokio::join!(goes_on(|| ledger::daily(&one)), goes_on(|| ledger::daily(&other)));
        finished(&app, day).await;
        app.clock.advance(DAY - 1);
        ledger::daily(&Ctx::system(&app.server)).await.unwrap();
        assert_eq!(app.count("select count(*) from ledger_checks").await, day);
        app.clock.advance(1);
    }
    app.staff(Role::Owner).await.get(LEDGER).await.says(200, "每日自动核对");
    for other in others {
        other.db.close().await;
    }
}

async fn who_checked_in_another_shop_is_not_named(app: TestApp) {
    let (own, elsewhere) = (app.staff(Role::Owner).await, app.staff_of(app.town.other_shop, Role::Owner).await);
    elsewhere.submit(LEDGER, LEDGER, &[]).await.goes_to();
    finished(&app, 1).await;
    let last = own.get(LEDGER).await;
    last.says(200, "其他店铺");
    assert!(!last.html.contains("bamboo"), "{last}");
    elsewhere.get(LEDGER).await.says(200, "bamboo 店主");
    own.submit(LEDGER, LEDGER, &[]).await.goes_to();
    finished(&app, 2).await;
    let earlier = own.get(LEDGER).await;
    earlier.says(200, "以前的核对").says(200, "pine 店主");
    assert!(!earlier.html.contains("bamboo"), "{earlier}");
    let theirs = elsewhere.get(LEDGER).await;
    assert!(theirs.html.contains("bamboo 店主") && !theirs.html.contains("pine"), "{theirs}");
}
