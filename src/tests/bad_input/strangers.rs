use crate::support::{Form, LI, TestApp, WANG, on_both_engines};
use guitu::domain::Role;

on_both_engines!(
    what_is_somebody_elses_does_not_exist,
    what_is_the_other_shops_does_not_exist,
    addresses_and_reviews_are_their_owners_alone
);

async fn what_is_somebody_elses_does_not_exist(app: TestApp) {
    let (wang, li) = (app.buyer(WANG).await, app.buyer(LI).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let form = wang.application(&order, "refund_only", "quality", &[1]).await;
    assert_eq!(li.send(&form).await.status, 404);
    let case = wang.applies(&order, "return_refund", "quality", &[1]).await;
    let withdraw = wang.form(&format!("/after-sales/{case}"), &format!("/after-sales/{case}/withdraw")).await;
    let foreign = li.send(&withdraw).await;
    let nowhere = li.get("/after-sales/AS0000-0000").await;
    assert_eq!((foreign.status.as_u16(), foreign.words()), (404, nowhere.words()), "it sounds as if it had never been");
    assert_eq!(app.case(&case).await.case.version, 1);
}

async fn what_is_the_other_shops_does_not_exist(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let (owner, other) = (app.staff(Role::Owner).await, app.staff_of(app.town.other_shop, Role::Owner).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = wang.applies(&order, "return_refund", "quality", &[1]).await;
    let decision = owner.decision(&case, "approve_return").await;
    assert_eq!(other.send(&decision).await.status, 404);
    for page in [format!("/merchant/orders/{order}"), format!("/merchant/after-sales/{case}")] {
        assert_eq!(other.get(&page).await.status, 404, "{page}");
    }
    for page in ["orders", "after-sales", "refunds", "reviews", "products", "messages"] {
        let list = other.get(&format!("/merchant/{page}?q={order}")).await;
        assert!(list.status == 200 && !list.words().contains("云雾茶") && !list.words().contains("王小满"), "{list}");
    }
    let foreign = app.number("select a.id from return_addresses a join shops s on s.id = a.shop_id where s.code = $1", "bamboo").await;
    let page = owner.send(&decision.with("return_address", foreign)).await;
    page.says(422, "退货地址");
}

async fn addresses_and_reviews_are_their_owners_alone(app: TestApp) {
    let (wang, li, other) = (app.buyer(WANG).await, app.buyer(LI).await, app.staff_of(app.town.other_shop, Role::Owner).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    wang.reviews(&order, 5, "很好").await.goes_to();
    let address = [("recipient", "改"), ("phone", "13900000009"), ("region", "浙江省"), ("detail", "别处 1 号"), ("default", "1")];
    let id = app.number("select a.id from buyer_addresses a join buyers b on b.id = a.buyer_id where b.phone = $1", WANG).await;
    assert_eq!(li.send(&Form::to(&format!("/me/addresses/{id}")).with_all(&address)).await.status, 404);
    let id = app.number("select a.id from return_addresses a join shops s on s.id = a.shop_id where s.code = $1", "pine").await;
    assert_eq!(other.send(&Form::to(&format!("/merchant/return-addresses/{id}")).with_all(&address)).await.status, 404);
    let review = app.count("select id from reviews").await;
    for (what, field) in [("reply", "reply"), ("hide", "reason")] {
        let form = Form::to(&format!("/merchant/reviews/{review}/{what}")).with(field, "别家的话");
        assert_eq!(other.send(&form).await.status, 404, "{what}");
    }
    assert_eq!(app.count("select count(*) from reviews where reply <> '' or hidden_at is not null").await, 0);
}
