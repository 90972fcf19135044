use crate::support::{TestApp, WANG, goes_on, on_both_engines};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;
use guitu::domain::order::{CloseReason, OrderState, OrderStatus};
use guitu::domain::time::{DAY, HOUR, MINUTE, SECOND};
use guitu::server::jobs;
use std::sync::atomic::Ordering;

on_both_engines!(
    of_several_workers_each_clock_fires_in_one,
    clock_and_click_in_the_same_moment_do_one_thing,
    clock_and_decision_in_the_same_moment_refund_once,
    after_a_week_asleep_deadlines_begin_anew_and_nobody_loses_their_time,
    who_is_told_to_stop_leaves_the_rest_to_others,
);

async fn of_several_workers_each_clock_fires_in_one(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let mut orders = Vec::new();
    for _ in 0..6 {
        orders.push(wang.orders(&[(app.town.goods.cup, 1)]).await);
    }
    let paid = wang.buys(&[(app.town.goods.tea, 1)], "wechat").await;
    let case = wang.applies(&paid, "refund_only", "unwanted", &[1]).await;
    app.clock.advance(3 * DAY);
    let (second, third) = (app.another_process().await, app.another_process().await);
    tokio::join!(goes_on(|| jobs::run_due(&app.server)), goes_on(|| jobs::run_due(&second)), goes_on(|| jobs::run_due(&third)));
    // A clock that met a lock is put off by a second.
    app.wait(SECOND).await;
    app.money_goes_back(&case).await;

    for order in &orders {
        let closed = app.told(order).await.iter().filter(|words| words.contains("自动关闭")).count();
        assert_eq!((app.status(order).await, closed), (OrderStatus::Closed, 1));
    }
    assert_eq!(app.shelf(app.town.goods.cup).await, (10, 0, 0));
    let refund = app.case(&case).await.refunds[0].number.clone();
    assert_eq!(app.bank.payouts(&refund).await, (1, 1));
    second.db.close().await;
    third.db.close().await;
}

async fn clock_and_click_in_the_same_moment_do_one_thing(app: TestApp) {
    let wang = app.buyer(WANG).await;
    for _ in 0..4 {
        let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
        let cancel = wang.form(&format!("/orders/{order}"), &format!("/orders/{order}/cancel")).await;
        app.clock.advance(30 * MINUTE);
        let (_, clicked) = tokio::join!(app.run_due_jobs(), wang.send(&cancel));
        let OrderState::Closed { why, .. } = app.order(&order).await.order.state else { panic!("not closed") };
        let closed = app.told(&order).await.len();
        assert_eq!(closed, 2, "placed, and closed once");
        assert_eq!(clicked.status == 303, why == CloseReason::BuyerCancel, "{clicked}");
    }
    assert_eq!(app.shelf(app.town.goods.tea).await, (10, 0, 0));
}

async fn clock_and_decision_in_the_same_moment_refund_once(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    for _ in 0..3 {
        let order = wang.buys(&[(app.town.goods.tea, 1)], "balance").await;
        let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
        let reject = service.decision(&case, "reject").await;
        app.clock.advance(48 * HOUR);
        let (_, rejected) = tokio::join!(app.run_due_jobs(), service.send(&reject));
        let state = app.state(&case).await;
        assert_eq!(rejected.status == 303, state == StateKind::Rejected, "{rejected}");
        assert_eq!(app.case(&case).await.refunds.len(), usize::from(state == StateKind::Succeeded));
        app.wait(7 * DAY).await;
    }
}

async fn after_a_week_asleep_deadlines_begin_anew_and_nobody_loses_their_time(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let unpaid = wang.orders(&[(app.town.goods.cup, 1)]).await;
    let done = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = wang.applies(&done, "return_refund", "quality", &[1]).await;
    app.wait(9 * DAY).await;
    assert_eq!((app.status(&unpaid).await, app.state(&case).await), (OrderStatus::Closed, StateKind::AwaitingReturn));
    let due = app.case(&case).await.case.state.due().unwrap();
    assert_eq!(due, app.server.now().plus(7 * DAY), "the buyer has the whole week");
    assert_eq!(app.wait(7 * DAY - 1).await.0, 1, "the reminder of the day before");
    assert_eq!(app.wait(1).await.0, 1);
}

async fn who_is_told_to_stop_leaves_the_rest_to_others(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let unpaid = wang.orders(&[(app.town.goods.cup, 1)]).await;
    let paid = wang.buys(&[(app.town.goods.tea, 1)], "wechat").await;
    let case = wang.applies(&paid, "refund_only", "unwanted", &[1]).await;
    service.decides(&case, "agree_refund").await.goes_to();
    app.clock.advance(DAY);
    app.server.stopping.store(true, Ordering::Relaxed);
    assert_eq!(app.run_due_jobs().await, (0, 0));
    assert_eq!(app.status(&unpaid).await, OrderStatus::PendingPayment);

    let other = app.another_process().await;
    assert_eq!(jobs::run_due(&other).await.unwrap(), (1, 1));
    assert_eq!(app.status(&unpaid).await, OrderStatus::Closed);
    other.db.close().await;
}
