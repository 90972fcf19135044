use crate::support::{LI, TestApp, WANG, goes_on, on_both_engines};
use guitu::domain::Role;
use guitu::server::jobs;

on_both_engines!(
    refunds_of_two_lines_that_arrive_at_once_add_up,
    several_workers_send_each_refund_once,
    two_cases_ask_for_the_last_of_a_line,
    points_are_spent_once,
);

async fn refunds_of_two_lines_that_arrive_at_once_add_up(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let goods = app.town.goods;
    let order = app.completed(&wang, &[(goods.tea, 1), (goods.cup, 1), (goods.last, 1)], "wechat").await;
    let mut cases = Vec::new();
    for units in [[1, 0, 0], [0, 1, 0], [0, 0, 1]] {
        let case = wang.applies(&order, "refund_only", "quality", &units).await;
        service.decides(&case, "agree_refund").await.goes_to();
        cases.push(case);
    }
    app.bank.plan_fault("callback", serde_json::json!({ "kind": "twice" }), 3).await;
    app.run_due_jobs().await;
    for case in &cases {
        app.money_goes_back(case).await;
    }
    let detail = app.order(&order).await;
    assert_eq!((detail.order.refunded.0, detail.payments[0].refunded.0), (18_000, 18_000));
    assert_eq!(app.count("select count(*) from money_events where cause = 'refunded'").await, 3);
}

async fn several_workers_send_each_refund_once(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let mut cases = Vec::new();
    for _ in 0..6 {
        let order = wang.buys(&[(app.town.goods.cup, 1)], "alipay").await;
        let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
        service.decides(&case, "agree_refund").await.goes_to();
        cases.push(case);
    }
    let others = [app.another_process().await, app.another_process().await, app.another_process().await];
    let (a, b, c, d) = tokio::join!(
        goes_on(|| jobs::run_due(&app.server)),
        goes_on(|| jobs::run_due(&others[0])),
        goes_on(|| jobs::run_due(&others[1])),
        goes_on(|| jobs::run_due(&others[2]))
    );
    // Who met a lock does not say what it had done by then.
    assert!([a, b, c, d].into_iter().map(|(_, refunds)| refunds).sum::<usize>() <= 6);
    for case in &cases {
        app.money_goes_back(case).await;
        let refund = app.case(case).await.refunds[0].number.clone();
        assert_eq!(app.bank.payouts(&refund).await, (1, 1));
    }
    for other in others {
        other.db.close().await;
    }
}

async fn two_cases_ask_for_the_last_of_a_line(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let (one, other) =
        (wang.application(&order, "refund_only", "quality", &[1]).await, wang.application(&order, "return_refund", "quality", &[1]).await);
    let (one, other) = tokio::join!(wang.send(&one), wang.send(&other));
    let loser = if one.status == 303 { &other } else { &one };
    loser.says(409, "已在售后处理中");
    let line = app.order(&order).await.order.lines.remove(0);
    assert_eq!((app.count("select count(*) from after_sales").await, line.reserved.0), (1, 10_000));
}

async fn points_are_spent_once(app: TestApp) {
    let (wang, li) = (app.buyer(LI).await, app.buyer(LI).await);
    let (one, other) = (wang.orders(&[(app.town.goods.tea, 2)]).await, li.orders(&[(app.town.goods.tea, 2)]).await);
    let pay = |order: &str| format!("/orders/{order}/pay");
    let first = wang.form(&pay(&one), &pay(&one)).await.with("tender", "points");
    let second = li.form(&pay(&other), &pay(&other)).await.with("tender", "points");
    let (first, second) = tokio::join!(wang.send(&first), li.send(&second));
    let loser = if first.status == 303 { &second } else { &first };
    loser.says(422, "积分不足");
    assert_eq!(app.purse(LI).await.1, 0);
    assert_eq!(app.count("select count(*) from orders where status = 'awaiting_shipment'").await, 1);
}
