use crate::support::{BACK, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;
use guitu::domain::order::OrderStatus;

on_both_engines!(
    rejected_revised_approved_sent_back_received_and_refunded,
    what_comes_back_defective_is_not_for_sale,
    goods_that_are_back_may_be_paid_for_by_hand,
    a_return_is_asked_for_while_the_parcel_travels,
    what_came_back_wrong_is_rejected_with_pictures,
    only_so_many_applications_are_taken_for_a_line,
    a_line_with_an_open_refund_is_not_shipped,
);

async fn rejected_revised_approved_sent_back_received_and_refunded(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let (service, warehouse) = (app.staff(Role::Service).await, app.staff(Role::Warehouse).await);
    let tea = app.town.goods.tea;
    let order = app.completed(&wang, &[(tea, 2)], "wechat").await;
    let case = wang.applies(&order, "return_refund", "quality", &[1]).await;

    service.decides(&case, "reject").await.goes_to();
    wang.get(&format!("/after-sales/{case}")).await.says(200, "请补充照片");
    wang.revises(&case, &[("note", "照片补上了")]).await.goes_to();
    service.decides(&case, "approve_return").await.goes_to();
    wang.sends_back(&case, BACK).await.goes_to();
    warehouse.takes_back(&case, &[]).await.goes_to();
    assert_eq!(app.shelf(tea).await, (8, 0, 0), "on the shelf only once the case is decided");
    service.decides(&case, "agree_refund").await.goes_to();
    app.money_goes_back(&case).await;

    assert_eq!(app.shelf(tea).await, (9, 0, 0));
    let detail = app.order(&order).await;
    assert_eq!((detail.order.refunded.0, detail.order.status()), (10_000, OrderStatus::Completed));
    assert_eq!(app.bank.paid_back(&detail.payments[0].number).await, 10_000);
}

async fn what_comes_back_defective_is_not_for_sale(app: TestApp) {
    let (wang, warehouse, finance) = (app.buyer(WANG).await, app.staff(Role::Warehouse).await, app.staff(Role::Finance).await);
    let tea = app.town.goods.tea;
    let order = app.completed(&wang, &[(tea, 3)], "balance").await;
    let case = app.coming_back(&wang, &order, "return_refund", "damaged", &[3]).await;
    let line = app.lines(&order).await[0];
    let [good, defective, missing] = ["good", "defective", "missing"].map(|found| format!("{found}_{line}"));

    warehouse.takes_back(&case, &[(&good, "2"), (&defective, "0"), (&missing, "0")]).await.says(422, "应验收 3 件");
    warehouse.takes_back(&case, &[(&good, "1"), (&defective, "1"), (&missing, "1")]).await.goes_to();
    finance.decides(&case, "agree_refund").await.goes_to();
    assert_eq!((app.shelf(tea).await, app.state(&case).await), ((8, 0, 1), StateKind::Succeeded));
}

async fn goods_that_are_back_may_be_paid_for_by_hand(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "alipay").await;
    let case = app.coming_back(&wang, &order, "return_refund", "no_reason", &[1]).await;
    owner.takes_back(&case, &[]).await.goes_to();
    owner.decides(&case, "refund_manually").await.goes_to();
    assert_eq!((app.state(&case).await, app.shelf(app.town.goods.tea).await), (StateKind::Succeeded, (10, 0, 0)));
    assert_eq!(app.order(&order).await.order.refunded.0, 10_000);
}

async fn a_return_is_asked_for_while_the_parcel_travels(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = app.shipped(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = app.coming_back(&wang, &order, "return_refund", "refused", &[1]).await;
    owner.takes_back(&case, &[]).await.goes_to();
    owner.decides(&case, "agree_refund").await.goes_to();
    assert_eq!((app.state(&case).await, app.purse(WANG).await), (StateKind::Succeeded, (50_000, 20_000)));
}

async fn what_came_back_wrong_is_rejected_with_pictures(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = app.coming_back(&wang, &order, "return_refund", "no_reason", &[1]).await;
    let mut bare = owner.decision(&case, "reject").await;
    bare.files.clear();
    owner.send(&bare).await.says(422, "需要上传凭证");
    owner.decides(&case, "reject").await.goes_to();
    assert_eq!((app.state(&case).await, app.shelf(app.town.goods.tea).await), (StateKind::ReturnRejected, (9, 0, 0)));
    assert_eq!(app.purse(WANG).await.0, 40_000);
}

async fn only_so_many_applications_are_taken_for_a_line(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = wang.applies(&order, "refund_only", "quality", &[1]).await;
    for _ in 0..4 {
        service.decides(&case, "reject").await.goes_to();
        wang.revises(&case, &[]).await.goes_to();
    }
    service.decides(&case, "reject").await.goes_to();
    wang.revises(&case, &[]).await.says(422, "售后申请次数已用完");
    assert_eq!(app.state(&case).await, StateKind::Rejected);
    wang.withdraws(&case).await.goes_to();
    wang.get(&format!("/orders/{order}/after-sale")).await.says(409, "售后申请次数已用完");
}

async fn a_line_with_an_open_refund_is_not_shipped(app: TestApp) {
    let (wang, warehouse) = (app.buyer(WANG).await, app.staff(Role::Warehouse).await);
    let goods = app.town.goods;
    let order = wang.buys(&[(goods.tea, 1), (goods.cup, 1)], "balance").await;
    let all = warehouse.shipment(&order, "SF1234567890123").await;
    wang.applies(&order, "refund_only", "unwanted", &[0, 1]).await;
    warehouse.send(&all).await.says(409, "内容已更新");
    let lines = app.lines(&order).await;
    let (tea, cup) = (format!("quantity_0_{}", lines[0]), format!("quantity_0_{}", lines[1]));
    let form = warehouse.shipment(&order, "SF1234567890123").await;
    warehouse.send(&form.clone().with(&tea, 1).with(&cup, 1)).await.says(409, "不能发货");
    warehouse.send(&form).await.goes_to();
    assert_eq!(app.status(&order).await, OrderStatus::PartiallyShipped);
}
