use super::many_times;
use crate::support::{OUT, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;
use guitu::domain::order::OrderStatus;

on_both_engines!(
    ordering,
    paying_from_the_wallet,
    paying_online,
    applying,
    agreeing,
    shipping,
    confirming_a_payment,
    receiving,
    registering_a_review
);

async fn ordering(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let form = wang.checkout(&[(app.town.goods.tea, 2)]).await.with("points", "100");
    let answers = many_times(&app, &wang, &form, 16).await;
    assert!(answers.iter().all(|answer| answer.goes_to() == answers[0].goes_to()));
    assert_eq!((app.count("select count(*) from orders").await, app.purse(WANG).await.1), (1, 19_900));
    assert_eq!(app.shelf(app.town.goods.tea).await, (8, 2, 0));
}

async fn paying_from_the_wallet(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let pay = format!("/orders/{order}/pay");
    let form = wang.form(&pay, &pay).await.with("tender", "balance");
    for answer in many_times(&app, &wang, &form, 16).await {
        answer.goes_to();
    }
    assert_eq!(app.purse(WANG).await.0, 40_000);
}

async fn paying_online(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let pay = format!("/orders/{order}/pay");
    let form = wang.form(&pay, &pay).await.with("tender", "wechat");
    for answer in many_times(&app, &wang, &form, 8).await {
        assert!(answer.status == 303 || answer.status == 409, "{answer}");
    }
    wang.pays(&order, "wechat").await;
    let detail = app.order(&order).await;
    assert_eq!((detail.order.paid.0, app.count("select count(*) from payments where status = 'succeeded'").await), (10_000, 1));
    assert_eq!(app.count("select count(*) from payments where status in ('pending', 'surplus')").await, 0);
}

async fn applying(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 2)], "balance").await;
    let form = wang.application(&order, "refund_only", "quality", &[1]).await;
    let answers = many_times(&app, &wang, &form, 16).await;
    assert!(answers.iter().all(|answer| answer.goes_to() == answers[0].goes_to()));
    let line = app.order(&order).await.order.lines.remove(0);
    assert_eq!((app.count("select count(*) from after_sales").await, line.reserved.0, line.applications), (1, 10_000, 1));
}

async fn agreeing(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "wechat").await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    let form = service.decision(&case, "agree_refund").await;
    for answer in many_times(&app, &service, &form, 16).await {
        answer.goes_to();
    }
    app.money_goes_back(&case).await;
    let refunds = app.case(&case).await.refunds;
    assert_eq!((refunds.len(), app.bank.payouts(&refunds[0].number).await), (1, (1, 1)));
    let told = "select count(*) from messages where kind = 'refund_agreed'";
    assert_eq!((app.state(&case).await, app.count(told).await), (StateKind::Succeeded, 1));
}

async fn shipping(app: TestApp) {
    let (wang, warehouse) = (app.buyer(WANG).await, app.staff(Role::Warehouse).await);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "balance").await;
    let form = warehouse.shipment(&order, OUT).await;
    for answer in many_times(&app, &warehouse, &form, 16).await {
        answer.goes_to();
    }
    let detail = app.order(&order).await;
    assert_eq!((detail.parcels.len(), app.shelf(app.town.goods.tea).await), (1, (9, 0, 0)));
}

async fn confirming_a_payment(app: TestApp) {
    let (wang, finance) = (app.buyer(WANG).await, app.staff(Role::Finance).await);
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let form = finance.order_form(&order, "confirm-payment").await;
    for answer in many_times(&app, &finance, &form, 16).await {
        answer.goes_to();
    }
    assert_eq!(app.order(&order).await.payments.len(), 1);
}

async fn receiving(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.shipped(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let form = wang.form(&format!("/orders/{order}"), &format!("/orders/{order}/receive")).await;
    for answer in many_times(&app, &wang, &form, 16).await {
        answer.goes_to();
    }
    let received = app.told(&order).await.iter().filter(|words| words.contains("确认收货")).count();
    assert_eq!((app.status(&order).await, received), (OrderStatus::Completed, 1));
}

async fn registering_a_review(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let (review, line) = (format!("/orders/{order}/review"), app.lines(&order).await[0]);
    let form = wang.form(&review, &review).await.with(&format!("rating_{line}"), 5).with(&format!("words_{line}"), "很好");
    for answer in many_times(&app, &wang, &form, 8).await {
        assert!(answer.status == 303 || answer.status == 409, "{answer}");
    }
    assert_eq!(app.count("select count(*) from reviews").await, 1);
}
