use super::fires_once_after;
use crate::support::{TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::order::{CloseReason, OrderState, OrderStatus};
use guitu::domain::time::{DAY, HOUR, MINUTE};
use guitu::server::ctx::Ctx;
use guitu::server::orders;
use guitu::server::store::machinery::clocks::{self, Subject};

on_both_engines!(
    an_unpaid_order_closes_and_everything_held_comes_back,
    money_that_is_already_at_the_gateway_counts_when_the_clock_fires,
    the_receipt_is_confirmed_by_itself,
    the_receipt_clock_stands_still_while_a_case_is_open,
    a_changed_rule_moves_no_clock_that_runs,
    a_clock_that_nobody_waits_for_goes_and_one_that_was_set_meanwhile_stays,
    a_clock_that_only_a_newer_program_knows_stops_no_other,
);

async fn an_unpaid_order_closes_and_everything_held_comes_back(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = wang.orders_with(&[(app.town.goods.tea, 1)], &[("points", "300"), ("balance", "1.50")]).await;
    wang.chooses(&order, "wechat").await;
    fires_once_after(&app, 30 * MINUTE).await;
    assert!(matches!(app.order(&order).await.order.state, OrderState::Closed { why: CloseReason::Timeout, .. }));
    assert_eq!((app.purse(WANG).await, app.shelf(app.town.goods.tea).await), ((50_000, 20_000), (10, 0, 0)));
    assert_eq!(app.told(&order).await.iter().filter(|words| words.contains("自动关闭")).count(), 1);
}

async fn money_that_is_already_at_the_gateway_counts_when_the_clock_fires(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    wang.chooses(&order, "alipay").await;
    let payment = app.order(&order).await.payments[0].number.clone();
    app.bank.pays_quietly(&payment).await;
    app.wait(30 * MINUTE).await;
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment);
    app.wait(MINUTE).await;
    assert_eq!(app.count("select count(*) from clocks").await, 0);
}

async fn the_receipt_is_confirmed_by_itself(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.shipped(&wang, &[(app.town.goods.tea, 1)], "cod").await;
    fires_once_after(&app, 14 * DAY).await;
    let detail = app.order(&order).await;
    assert_eq!((detail.order.status(), detail.payments[0].collected_at()), (OrderStatus::Completed, Some(app.server.now())));
    assert!(app.told(&order).await.contains(&"超时自动确认收货".to_owned()));
    wang.reviews(&order, 4, "自动收货也能评价").await.goes_to();
}

async fn the_receipt_clock_stands_still_while_a_case_is_open(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.shipped(&wang, &[(app.town.goods.tea, 1), (app.town.goods.cup, 1)], "balance").await;
    app.wait(4 * DAY).await;
    let first = wang.applies(&order, "refund_only", "not_arrived", &[1, 0]).await;
    let second = wang.applies(&order, "refund_only", "not_arrived", &[0, 1]).await;
    service.decides(&first, "reject").await.goes_to();
    service.decides(&second, "reject").await.goes_to();
    app.wait(6 * DAY).await;
    wang.withdraws(&first).await.goes_to();
    app.wait(12 * HOUR).await;
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingReceipt, "the second case is still open");
    wang.withdraws(&second).await.goes_to();
    fires_once_after(&app, 10 * DAY).await;
    assert_eq!(app.status(&order).await, OrderStatus::Completed);
}

async fn a_changed_rule_moves_no_clock_that_runs(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let before = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let settings = "/merchant/settings/clocks";
    owner.submit(settings, settings, &[("pay_minutes", "5"), ("service_refund_limit", "1")]).await.goes_to();
    let after = wang.orders(&[(app.town.goods.cup, 1)]).await;
    app.wait(5 * MINUTE).await;
    assert_eq!((app.status(&before).await, app.status(&after).await), (OrderStatus::PendingPayment, OrderStatus::Closed));
    app.wait(25 * MINUTE).await;
    assert_eq!(app.status(&before).await, OrderStatus::Closed);
}

/// Between a look at an order and the end of its clock somebody may have shipped it: the new clock is not the one that was looked at.
async fn a_clock_that_nobody_waits_for_goes_and_one_that_was_set_meanwhile_stays(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let paid = app.order(&wang.buys(&[(app.town.goods.tea, 1)], "balance").await).await.order;
    let now = app.server.now();
    for (due, left) in [(now.plus(-1), 0), (now.plus(DAY), 1)] {
        clocks::set(Subject::Order(paid.id), due).now(&mut *app.server.db.single().acquire().await.unwrap()).await.unwrap();
        orders::time_out(&Ctx::system(&app.server), paid.id).await.unwrap();
        assert_eq!(app.count("select count(*) from clocks").await, left);
    }
}

/// While machines are replaced one after the other, older programs meet clocks of newer ones.
async fn a_clock_that_only_a_newer_program_knows_stops_no_other(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let newer = "insert into clocks (subject, subject_id, due_at) values ('offer', 1, 1)";
    sqlx::query(newer).execute(app.server.db.single()).await.unwrap();
    fires_once_after(&app, 30 * MINUTE).await;
    assert_eq!(app.status(&order).await, OrderStatus::Closed);
    assert_eq!(app.count("select count(*) from clocks where subject = 'offer'").await, 1);
}
