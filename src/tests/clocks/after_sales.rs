use super::fires_once_after;
use crate::support::{BACK, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;
use guitu::domain::order::OrderStatus;
use guitu::domain::time::{DAY, HOUR};

on_both_engines!(
    a_refund_that_nobody_answers_is_paid,
    a_return_that_nobody_answers_is_agreed_to_with_the_default_address,
    the_address_of_that_time_counts_even_if_it_is_gone,
    a_rejection_that_nobody_revises_closes,
    goods_that_nobody_sends_back_close_the_case,
    who_has_sent_the_goods_back_is_not_reminded,
    nobody_is_reminded_when_it_is_too_late,
    a_return_that_nobody_receives_is_paid_and_not_restocked,
    a_return_that_was_received_is_paid_when_nobody_decides,
    an_exchange_goes_on_by_itself_to_its_end,
    a_rejected_return_closes,
);

async fn a_refund_that_nobody_answers_is_paid(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = wang.buys(&[(app.town.goods.pot, 1)], "wechat").await;
    let case = wang.applies(&order, "refund_only", "too_slow", &[1]).await;
    fires_once_after(&app, 48 * HOUR).await;
    app.money_goes_back(&case).await;
    assert_eq!((app.status(&order).await, app.shelf(app.town.goods.pot).await), (OrderStatus::Closed, (10, 0, 0)));
}

async fn a_return_that_nobody_answers_is_agreed_to_with_the_default_address(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = wang.applies(&order, "return_refund", "quality", &[1]).await;
    fires_once_after(&app, 48 * HOUR).await;
    wang.get(&format!("/after-sales/{case}")).await.says(200, "售后部");
    wang.sends_back(&case, BACK).await.goes_to();
    assert_eq!(app.state(&case).await, StateKind::ReturnInTransit);
}

async fn the_address_of_that_time_counts_even_if_it_is_gone(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = wang.applies(&order, "return_refund", "quality", &[1]).await;
    let (book, id) =
        ("/merchant/return-addresses", "select id from return_addresses where shop_id = (select id from shops where code = $1)");
    let id = app.number(id, "pine").await;
    let remove = format!("{book}/{id}/remove");
    owner.submit(book, &remove, &[]).await.says(422, "至少要保留一个默认退货地址");
    let new = [("recipient", "新售后部"), ("phone", "13900000001"), ("region", "浙江省"), ("detail", "环山路 66 号"), ("default", "1")];
    owner.submit(&format!("{book}/new"), &format!("{book}/new"), &new).await.goes_to();
    owner.submit(book, &remove, &[]).await.goes_to();
    app.wait(48 * HOUR).await;
    wang.get(&format!("/after-sales/{case}")).await.says(200, "文三路 90 号");
}

async fn a_rejection_that_nobody_revises_closes(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = wang.applies(&order, "refund_only", "quality", &[1]).await;
    service.decides(&case, "reject").await.goes_to();
    fires_once_after(&app, 7 * DAY).await;
    let reserved = app.order(&order).await.order.lines[0].reserved.0;
    assert_eq!((app.state(&case).await, reserved), (StateKind::Closed, 0));
}

async fn goods_that_nobody_sends_back_close_the_case(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = wang.applies(&order, "return_refund", "quality", &[1]).await;
    service.decides(&case, "approve_return").await.goes_to();
    fires_once_after(&app, 6 * DAY).await;
    let reminded = "select count(*) from messages where buyer_id is not null and kind = $1";
    assert_eq!(app.number(reminded, "return_reminded").await, 1, "reminded a day before");
    fires_once_after(&app, DAY).await;
    assert_eq!(app.state(&case).await, StateKind::Closed);
    wang.applies(&order, "return_refund", "quality", &[1]).await;
}

async fn who_has_sent_the_goods_back_is_not_reminded(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = app.coming_back(&wang, &order, "return_refund", "quality", &[1]).await;
    assert_eq!(app.wait(7 * DAY).await.0, 0);
    assert_eq!(app.number("select count(*) from messages where kind = $1", "return_reminded").await, 0);
    assert_eq!(app.state(&case).await, StateKind::ReturnInTransit);
}

/// A shop that slept over the last day closes the case and says only that.
async fn nobody_is_reminded_when_it_is_too_late(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = wang.applies(&order, "return_refund", "quality", &[1]).await;
    service.decides(&case, "approve_return").await.goes_to();
    app.wait(8 * DAY).await;
    assert_eq!(app.state(&case).await, StateKind::Closed);
    assert_eq!(app.number("select count(*) from messages where kind = $1", "return_reminded").await, 0);
}

async fn a_return_that_nobody_receives_is_paid_and_not_restocked(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = app.coming_back(&wang, &order, "return_refund", "quality", &[1]).await;
    fires_once_after(&app, 10 * DAY).await;
    assert_eq!((app.state(&case).await, app.purse(WANG).await.0), (StateKind::Succeeded, 50_000));
    assert_eq!(app.shelf(app.town.goods.tea).await, (9, 0, 0));
}

async fn a_return_that_was_received_is_paid_when_nobody_decides(app: TestApp) {
    let (wang, warehouse) = (app.buyer(WANG).await, app.staff(Role::Warehouse).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = app.coming_back(&wang, &order, "return_refund", "quality", &[1]).await;
    app.wait(10 * DAY - HOUR).await;
    warehouse.takes_back(&case, &[]).await.goes_to();
    fires_once_after(&app, DAY).await;
    assert_eq!((app.state(&case).await, app.shelf(app.town.goods.tea).await), (StateKind::Succeeded, (10, 0, 0)));
}

async fn an_exchange_goes_on_by_itself_to_its_end(app: TestApp) {
    let (wang, warehouse) = (app.buyer(WANG).await, app.staff(Role::Warehouse).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = app.coming_back(&wang, &order, "exchange", "quality", &[1]).await;
    fires_once_after(&app, 10 * DAY).await;
    assert_eq!(app.state(&case).await, StateKind::AwaitingReship);
    fires_once_after(&app, 48 * HOUR).await;
    wang.get("/me/messages").await.says(200, "换货超时未发出");
    warehouse.sends_replacement(&case, "SF1234567890199").await.goes_to();
    fires_once_after(&app, 14 * DAY).await;
    assert_eq!((app.state(&case).await, app.order(&order).await.order.refunded.0), (StateKind::Succeeded, 0));
}

async fn a_rejected_return_closes(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = app.coming_back(&wang, &order, "return_refund", "quality", &[1]).await;
    owner.decides(&case, "reject").await.goes_to();
    fires_once_after(&app, 7 * DAY).await;
    assert_eq!((app.state(&case).await, app.purse(WANG).await.0), (StateKind::Closed, 40_000));
}
