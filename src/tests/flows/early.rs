use crate::support::{BACK, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;
use guitu::domain::time::SECOND;

on_both_engines!(
    money_before_the_goods_are_back_needs_a_tick,
    money_before_anything_is_sent_back_needs_a_tick,
    after_the_receipt_nothing_is_asked,
);

const ASKED: &str = "退回的商品还没有确认收到";

async fn money_before_the_goods_are_back_needs_a_tick(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = app.coming_back(&wang, &order, "return_refund", "quality", &[1]).await;
    owner.get(&format!("/merchant/after-sales/{case}?dialog=settle")).await.says(200, ASKED);
    for decision in ["agree_refund", "refund_manually"] {
        owner.decides(&case, decision).await.says(422, ASKED);
        assert_eq!(app.state(&case).await, StateKind::ReturnInTransit);
    }
    let form = owner.decision(&case, "agree_refund").await.with("goods_not_back", "1");
    owner.send(&form).await.goes_to();
    assert_eq!(app.state(&case).await, StateKind::Succeeded);
    wang.get(&format!("/after-sales/{case}")).await.says(200, "商家在收到退货前同意退款");
}

async fn money_before_anything_is_sent_back_needs_a_tick(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = wang.applies(&order, "return_refund", "quality", &[1]).await;
    owner.decides(&case, "approve_return").await.goes_to();
    let page = format!("/after-sales/{case}/return");
    let form = wang.form(&page, &page).await.with("carrier", "zto").with("tracking", BACK);
    owner.decides(&case, "agree_refund").await.says(422, ASKED);
    app.clock.advance(SECOND);
    owner.send(&owner.decision(&case, "agree_refund").await.with("goods_not_back", "1")).await.goes_to();
    assert_eq!(app.state(&case).await, StateKind::Succeeded);
    // The parcel that was asked for is not waited for any more.
    wang.send(&form).await.says(409, "商家已于");
}

async fn after_the_receipt_nothing_is_asked(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = app.coming_back(&wang, &order, "return_refund", "quality", &[1]).await;
    owner.takes_back(&case, &[]).await.goes_to();
    let page = owner.get(&format!("/merchant/after-sales/{case}?dialog=settle")).await;
    assert!(!page.html.contains("goods_not_back"), "{page}");
    owner.decides(&case, "agree_refund").await.goes_to();
    assert_eq!(app.state(&case).await, StateKind::Succeeded);
}
