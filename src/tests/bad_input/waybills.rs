use crate::support::{BACK, LI, OUT, TestApp, WANG, on_both_engines, photo};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;
use guitu::domain::order::OrderStatus;

on_both_engines!(
    the_parcel_that_the_goods_came_in_does_not_take_them_back,
    a_parcel_comes_back_in_one_case_only,
    an_odd_number_is_asked_about_once,
    a_picture_of_the_waybill_outlives_a_doubt_and_is_seen_by_both,
    a_shipment_without_courier_number_or_goods_is_refused,
);

async fn the_parcel_that_the_goods_came_in_does_not_take_them_back(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = wang.applies(&order, "return_refund", "quality", &[1]).await;
    service.decides(&case, "approve_return").await.goes_to();
    let page = format!("/after-sales/{case}/return");
    for tracking in [OUT.to_owned(), OUT.to_lowercase(), format!(" {}-{}", &OUT[..4], &OUT[4..])] {
        let told = wang.submit(&page, &page, &[("carrier", "sf"), ("tracking", &tracking)]).await;
        told.says(422, "这是商家发货的快递单号");
        assert_eq!(told.form(&page).get("tracking"), tracking);
    }
    for (carrier, tracking, words) in
        [("", BACK, "请选择快递公司"), ("zto", "", "请填写快递单号"), ("zto", "12 34", "6–32 位"), ("zto", "单号", "6–32 位")]
    {
        wang.submit(&page, &page, &[("carrier", carrier), ("tracking", tracking)]).await.says(422, words);
    }
    assert_eq!(app.state(&case).await, StateKind::AwaitingReturn);
}

async fn a_parcel_comes_back_in_one_case_only(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1), (app.town.goods.cup, 1)], "balance").await;
    let first = wang.applies(&order, "return_refund", "quality", &[1, 0]).await;
    let second = wang.applies(&order, "return_refund", "quality", &[0, 1]).await;
    for case in [&first, &second] {
        service.decides(case, "approve_return").await.goes_to();
    }
    wang.sends_back(&first, BACK).await.goes_to();
    wang.sends_back(&second, BACK).await.says(422, "已用于另一笔售后");
    assert_eq!(app.state(&second).await, StateKind::AwaitingReturn);
}

async fn an_odd_number_is_asked_about_once(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = wang.applies(&order, "return_refund", "quality", &[1]).await;
    service.decides(&case, "approve_return").await.goes_to();
    let doubted = wang.sends_back(&case, "123456789").await;
    doubted.says(422, "看起来不像");
    wang.send(&doubted.form(&format!("/after-sales/{case}/return"))).await.goes_to();
    assert_eq!(app.state(&case).await, StateKind::ReturnInTransit);
}

async fn a_picture_of_the_waybill_outlives_a_doubt_and_is_seen_by_both(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = wang.applies(&order, "return_refund", "quality", &[1]).await;
    service.decides(&case, "approve_return").await.goes_to();
    let page = format!("/after-sales/{case}/return");
    let form = wang.get(&page).await.form(&page).with("carrier", "zto").with("tracking", "123456789");
    let forged = wang.send(&form.clone().with_file("evidence", b"<svg onload=alert(1)>".to_vec())).await;
    forged.says(422, "请重新选择");
    let doubted = wang.send(&form.with_file("evidence", photo())).await;
    doubted.says(422, "看起来不像");
    wang.send(&doubted.form(&page)).await.goes_to();
    let leg = app.case(&case).await.case.return_leg.expect("a way back");
    assert_eq!(leg.waybill.len(), 1);
    let picture = format!("/pictures/{}", leg.waybill[0]);
    assert!(wang.get(&format!("/after-sales/{case}")).await.html.contains(&picture));
    assert!(service.get(&format!("/merchant/after-sales/{case}")).await.html.contains(&picture));
    assert_eq!(app.buyer(LI).await.get(&picture).await.status, 404);
}

async fn a_shipment_without_courier_number_or_goods_is_refused(app: TestApp) {
    let (wang, warehouse) = (app.buyer(WANG).await, app.staff(Role::Warehouse).await);
    let order = wang.buys(&[(app.town.goods.tea, 2)], "balance").await;
    let line = format!("quantity_0_{}", app.lines(&order).await[0]);
    let form = warehouse.shipment(&order, OUT).await;
    for (field, value) in [("carrier_0", ""), ("tracking_0", ""), ("tracking_0", "!!"), (&line, "0"), (&line, "-1"), (&line, "3")] {
        let page = warehouse.send(&form.clone().with(field, value)).await;
        assert_eq!(page.status, 422, "{field}={value}: {page}");
    }
    assert_eq!((app.status(&order).await, app.shelf(app.town.goods.tea).await), (OrderStatus::AwaitingShipment, (8, 2, 0)));
}
