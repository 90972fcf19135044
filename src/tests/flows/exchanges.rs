use crate::support::{TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;
use guitu::domain::order::OrderStatus;
use guitu::domain::time::HOUR;

on_both_engines!(
    the_goods_go_back_and_others_come,
    an_exchange_has_to_wait_for_the_receipt,
    a_replacement_that_does_not_come_turns_into_money,
    what_is_not_on_the_shelf_cannot_replace,
    exchanged_goods_can_still_be_refunded_for_what_was_paid,
);

async fn the_goods_go_back_and_others_come(app: TestApp) {
    let (wang, warehouse) = (app.buyer(WANG).await, app.staff(Role::Warehouse).await);
    let tea = app.town.goods.tea;
    let order = app.completed(&wang, &[(tea, 1)], "balance").await;
    let case = app.coming_back(&wang, &order, "exchange", "quality", &[1]).await;
    let line = app.lines(&order).await[0];
    warehouse.takes_back(&case, &[(&format!("good_{line}"), "0"), (&format!("defective_{line}"), "1")]).await.goes_to();
    assert_eq!(app.shelf(tea).await, (9, 0, 1));
    warehouse.sends_replacement(&case, "SF1234567890199").await.goes_to();
    wang.get(&format!("/after-sales/{case}")).await.says(200, "SF1234567890199");
    wang.confirms_replacement(&case).await.goes_to();

    assert_eq!((app.state(&case).await, app.shelf(tea).await), (StateKind::Succeeded, (8, 0, 1)));
    let detail = app.order(&order).await.order;
    assert_eq!((detail.refunded.0, detail.lines[0].reserved.0, detail.status()), (0, 0, OrderStatus::Completed));
}

async fn an_exchange_has_to_wait_for_the_receipt(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.shipped(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let form = wang.application(&order, "exchange", "quality", &[1]).await;
    wang.send(&form).await.says(422, "请先确认收货再申请换货");
    assert_eq!(app.count("select count(*) from after_sales").await, 0);
}

async fn a_replacement_that_does_not_come_turns_into_money(app: TestApp) {
    let (wang, warehouse) = (app.buyer(WANG).await, app.staff(Role::Warehouse).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "wechat").await;
    let case = app.coming_back(&wang, &order, "exchange", "quality", &[1]).await;
    warehouse.takes_back(&case, &[]).await.goes_to();
    assert!(!wang.get(&format!("/after-sales/{case}")).await.has_form(&format!("/after-sales/{case}/convert")));
    app.wait(48 * HOUR).await;
    wang.converts(&case).await.goes_to();
    app.money_goes_back(&case).await;
    assert_eq!((app.order(&order).await.order.refunded.0, app.shelf(app.town.goods.tea).await), (10_000, (10, 0, 0)));
}

async fn what_is_not_on_the_shelf_cannot_replace(app: TestApp) {
    let (wang, warehouse) = (app.buyer(WANG).await, app.staff(Role::Warehouse).await);
    let last = app.town.goods.last;
    let order = app.completed(&wang, &[(last, 1)], "balance").await;
    let case = app.coming_back(&wang, &order, "exchange", "damaged", &[1]).await;
    let line = app.lines(&order).await[0];
    warehouse.takes_back(&case, &[(&format!("good_{line}"), "0"), (&format!("defective_{line}"), "1")]).await.goes_to();
    warehouse.sends_replacement(&case, "SF1234567890199").await.says(409, "库存不足");
    assert_eq!((app.state(&case).await, app.shelf(last).await), (StateKind::AwaitingReship, (0, 0, 1)));
}

async fn exchanged_goods_can_still_be_refunded_for_what_was_paid(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = app.coming_back(&wang, &order, "exchange", "quality", &[1]).await;
    owner.takes_back(&case, &[]).await.goes_to();
    owner.sends_replacement(&case, "SF1234567890199").await.goes_to();
    wang.confirms_replacement(&case).await.goes_to();
    let again = wang.applies(&order, "refund_only", "quality", &[1]).await;
    owner.decides(&again, "agree_refund").await.goes_to();
    assert_eq!(app.purse(WANG).await, (50_000, 20_000));
}
