use crate::support::{OUT, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::order::{CloseReason, OrderState, OrderStatus};

on_both_engines!(
    from_order_to_review,
    several_parcels_leave_one_after_the_other_or_at_once,
    what_was_held_comes_back_when_the_buyer_cancels,
    the_shop_closes_what_nobody_pays,
    the_shop_receives_for_a_buyer_who_delays,
    a_payment_begun_at_the_old_price_is_void,
    the_recipient_is_changed_until_the_first_parcel_leaves,
);

async fn from_order_to_review(app: TestApp) {
    let (wang, service, warehouse) = (app.buyer(WANG).await, app.staff(Role::Service).await, app.staff(Role::Warehouse).await);
    let goods = app.town.goods;
    let order = wang.orders(&[(goods.tea, 2), (goods.cup, 1)]).await;
    assert_eq!(app.shelf(goods.tea).await, (8, 2, 0));

    service.changes_price(&order, "-10", "").await.goes_to();
    wang.pays(&order, "wechat").await;
    assert_eq!(app.order(&order).await.order.paid.0, 22_000);

    warehouse.ships(&order, OUT).await.goes_to();
    assert_eq!((app.status(&order).await, app.shelf(goods.tea).await), (OrderStatus::AwaitingReceipt, (8, 0, 0)));

    wang.receives(&order).await.goes_to();
    wang.reviews(&order, 5, "茶香很足").await.goes_to();
    wang.get(&format!("/products/{}", goods.tea.product.0)).await.says(200, "茶香很足");
    let told = app.told(&order).await.join("\n");
    for words in ["提交订单", "商家改价", "微信支付", "商家发货", "买家确认收货"] {
        assert!(told.contains(words), "{words} is missing from {told}");
    }
}

async fn several_parcels_leave_one_after_the_other_or_at_once(app: TestApp) {
    let (wang, warehouse) = (app.buyer(WANG).await, app.staff(Role::Warehouse).await);
    let goods = app.town.goods;
    let order = wang.buys(&[(goods.tea, 3), (goods.cup, 1)], "alipay").await;
    let lines = app.lines(&order).await;
    let (tea, cup) = (lines[0], lines[1]);

    let first = warehouse.shipment(&order, OUT).await.with(&format!("quantity_0_{tea}"), 1).with(&format!("quantity_0_{cup}"), 0);
    warehouse.send(&first).await.goes_to();
    assert_eq!((app.status(&order).await, app.shelf(goods.tea).await), (OrderStatus::PartiallyShipped, (7, 2, 0)));

    let rest =
        warehouse.shipment(&order, "SF1234567890124").await.with(&format!("quantity_0_{tea}"), 2).with(&format!("quantity_0_{cup}"), 0);
    let rest = rest.with("carrier_1", "yto").with("tracking_1", "YT1234567890123").with(&format!("quantity_1_{cup}"), 1);
    warehouse.send(&rest).await.goes_to();
    let detail = app.order(&order).await;
    assert_eq!((detail.order.status(), detail.parcels.len()), (OrderStatus::AwaitingReceipt, 3));
    wang.get(&format!("/orders/{order}")).await.says(200, "YT1234567890123");
}

async fn what_was_held_comes_back_when_the_buyer_cancels(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let tea = app.town.goods.tea;
    let order = wang.orders_with(&[(tea, 1)], &[("points", "500"), ("balance", "20")]).await;
    assert_eq!((app.purse(WANG).await, app.shelf(tea).await), ((48_000, 19_500), (9, 1, 0)));

    wang.chooses(&order, "wechat").await;
    wang.cancels(&order).await.goes_to();
    assert_eq!((app.purse(WANG).await, app.shelf(tea).await), ((50_000, 20_000), (10, 0, 0)));
    assert!(matches!(app.order(&order).await.order.state, OrderState::Closed { why: CloseReason::BuyerCancel, paid_at: None, .. }));
}

async fn the_shop_closes_what_nobody_pays(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = wang.orders(&[(app.town.goods.last, 1)]).await;
    service.closes(&order).await.goes_to();
    assert_eq!((app.status(&order).await, app.shelf(app.town.goods.last).await), (OrderStatus::Closed, (1, 0, 0)));
    wang.get("/me/messages").await.says(200, &order);
}

async fn the_shop_receives_for_a_buyer_who_delays(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.shipped(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    service.receives(&order).await.goes_to();
    assert_eq!(app.status(&order).await, OrderStatus::Completed);
    assert!(app.told(&order).await.contains(&"商家代买家确认收货".to_owned()));
}

async fn a_payment_begun_at_the_old_price_is_void(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = wang.orders(&[(app.town.goods.tea, 2)]).await;
    let old = wang.chooses(&order, "wechat").await;
    service.changes_price(&order, "-50", "0").await.goes_to();

    let closed = wang.get(&old).await;
    assert!(!closed.has_form(&format!("{}/confirm", old.strip_prefix(app.bank.url()).unwrap())), "{closed}");
    wang.pays(&order, "wechat").await;
    assert_eq!(app.order(&order).await.order.paid.0, 15_000);
}

async fn the_recipient_is_changed_until_the_first_parcel_leaves(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "balance").await;
    let form = owner.order_form(&order, "address").await;
    owner.send(&form.clone().with("phone", "12")).await.says(422, "手机号");
    owner.send(&form.with("recipient", "王大满").with("detail", "文三路 91 号")).await.goes_to();
    wang.get(&format!("/orders/{order}")).await.says(200, "文三路 91 号");
    let late = owner.order_form(&order, "address").await;
    owner.ships(&order, OUT).await.goes_to();
    let version = app.order(&order).await.order.version;
    owner.send(&late.with("version", version)).await.says(409, "不能再修改收货信息");
    assert_eq!(app.order(&order).await.order.recipient.recipient, "王大满");
}
