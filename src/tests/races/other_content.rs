//! M9: the key of a form is good for what that form asked, and for nothing else; what is refused leaves everything as it was.

use crate::support::{LI, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::order::OrderStatus;

on_both_engines!(
    the_key_of_one_order_acts_on_no_other,
    what_was_asked_before_contents_were_kept_counts_as_the_same,
    what_makes_something_needs_a_key,
    whoever_was_refused_sends_what_they_typed_as_a_new_form,
    a_form_that_has_acted_leaves_the_payment_at_the_gateway_alone,
);

/// The words of the refusal.
const USED: &str = "这份表单之前已经提交成功，内容与这次不同";

async fn the_key_of_one_order_acts_on_no_other(app: TestApp) {
    let (wang, owner, tea) = (app.buyer(WANG).await, app.staff(Role::Owner).await, app.town.goods.tea);
    let (one, other) = (wang.orders(&[(tea, 1)]).await, wang.orders(&[(tea, 1)]).await);
    let form = owner.order_form(&one, "confirm-payment").await;
    owner.send(&form).await.goes_to();
    let elsewhere = owner.order_form(&other, "confirm-payment").await.with("request_key", form.get("request_key"));
    owner.send(&elsewhere).await.says(409, USED);
    let closing = owner.order_form(&other, "close").await.with("request_key", form.get("request_key"));
    owner.send(&closing).await.says(409, USED);
    assert_eq!((app.status(&other).await, app.order(&other).await.payments.len()), (OrderStatus::PendingPayment, 0));
}

async fn what_was_asked_before_contents_were_kept_counts_as_the_same(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let form = wang.checkout(&[(app.town.goods.tea, 1)]).await;
    let first = wang.send(&form).await.goes_to().to_owned();
    let changed = sqlx::query("update orders set request_fingerprint = null").execute(app.server.db.single()).await.unwrap();
    assert_eq!(changed.rows_affected(), 1);
    assert_eq!(wang.send(&form.with("remark", "送到门卫")).await.goes_to(), first);
    assert_eq!(app.count("select count(*) from orders").await, 1);
}

async fn what_makes_something_needs_a_key(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "balance").await;
    let application = wang.application(&order, "refund_only", "unwanted", &[1]).await.with("request_key", "");
    wang.send(&application).await.says(409, "页面已过期，请核对内容后重新提交");
    let checkout = wang.checkout(&[(app.town.goods.tea, 1)]).await.with("request_key", "");
    wang.send(&checkout).await.says(409, "页面已过期，请核对内容后重新提交");
    owner.send(&owner.coupon_form(&[("request_key", "")]).await).await.says(409, "页面已过期，请核对内容后重新提交");
    for empty in ["select count(*) from after_sales", "select count(*) from coupons", "select count(*) - 1 from orders"] {
        assert_eq!(app.count(empty).await, 0, "{empty}");
    }
}

async fn whoever_was_refused_sends_what_they_typed_as_a_new_form(app: TestApp) {
    let finance = app.staff(Role::Finance).await;
    let form = finance.wallet_form(LI, &[("amount", "100"), ("reason", "门店现金充值")]).await;
    finance.send(&form).await.goes_to();
    let refused = finance.send(&form.clone().with("amount", "20")).await;
    let again = refused.says(409, USED).form(&form.action);
    assert_eq!((again.get("amount"), again.get("reason")), ("20", "门店现金充值"));
    assert_ne!(again.get("request_key"), form.get("request_key"));
    finance.send(&again).await.goes_to();
    assert_eq!(app.purse(LI).await.0, 62_000);
}

async fn a_form_that_has_acted_leaves_the_payment_at_the_gateway_alone(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let form = owner.order_form(&order, "price").await.with("goods_change", "-1").with("restated", "99.00");
    owner.send(&form).await.goes_to();
    let cashier = wang.chooses(&order, "wechat").await;
    owner.send(&form).await.goes_to();
    owner.send(&form.clone().with("goods_change", "-2")).await.says(409, USED);
    assert_eq!(owner.send(&form.with("request_key", "stale")).await.status, 409);
    wang.confirms_at(&cashier).await;
    app.until("the order is paid", || async { app.status(&order).await == OrderStatus::AwaitingShipment }).await;
    assert_eq!(app.order(&order).await.order.paid.0, 9_900);
}
