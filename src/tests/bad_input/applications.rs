use crate::support::{TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;

on_both_engines!(
    without_a_kind_or_a_reason_nothing_is_asked_for_and_what_was_typed_stays,
    amounts_that_cannot_be_are_refused_beside_their_field,
    more_units_than_were_bought_are_refused,
    a_line_named_twice_counts_once_with_both_quantities,
    fields_that_no_form_has_do_nothing,
    a_rejection_needs_its_reason_and_a_decision_has_to_be_one,
    prices_that_cannot_be_are_refused,
);

async fn without_a_kind_or_a_reason_nothing_is_asked_for_and_what_was_typed_stays(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 3)], "balance").await;
    let line = format!("quantity_{}", app.lines(&order).await[0]);
    let form = wang.application(&order, "", "", &[2]).await.with("amount", "12.50").with("note", "杯口有裂纹");
    let page = wang.send(&form).await;
    page.says(422, "请选择处理方式").says(422, "请选择退款原因");
    let again = page.form(&format!("/orders/{order}/after-sale"));
    assert_eq!((again.get(&line), again.get("amount"), again.get("note")), ("2", "12.50", "杯口有裂纹"));

    let page = wang.send(&again.with("kind", "refund_only").with("reason", "unwanted")).await;
    page.says(422, "不适用于所选的处理方式");
    assert_eq!(app.count("select count(*) from after_sales").await, 0);
    let mended = page.form(&format!("/orders/{order}/after-sale")).with("reason", "quality");
    wang.send(&mended).await.goes_to();
}

async fn amounts_that_cannot_be_are_refused_beside_their_field(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let form = wang.application(&order, "refund_only", "quality", &[1]).await;
    for amount in ["0", "0.00", "-1", "1.005", "100.01", "99999999999999999999", "NaN", "1e2", "十元", "1,5,0"] {
        let page = wang.send(&form.clone().with("amount", amount)).await;
        assert_eq!(page.status, 422, "{amount}: {page}");
        assert_eq!(page.form(&format!("/orders/{order}/after-sale")).get("amount"), amount);
    }
    assert_eq!(app.count("select count(*) from after_sales").await, 0);
    wang.send(&form.with("amount", "100.00")).await.goes_to();
}

async fn more_units_than_were_bought_are_refused(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 2)], "balance").await;
    let line = format!("quantity_{}", app.lines(&order).await[0]);
    let form = wang.application(&order, "return_refund", "quality", &[2]).await;
    for (units, words) in [
        ("3", "最多还能申请 2 件"),
        ("-1", "最多还能申请"),
        ("0", "请选择要申请售后的商品"),
        ("9223372036854775807", "最多还能申请"),
        ("两", "最多还能申请"),
    ] {
        wang.send(&form.clone().with(&line, units)).await.says(422, words);
    }
    wang.send(&form.clone().with("quantity_1", "1")).await.says(422, "请选择要申请售后的商品");
    assert_eq!(app.count("select count(*) from after_sales").await, 0);
}

async fn a_line_named_twice_counts_once_with_both_quantities(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 2)], "balance").await;
    let line = format!("quantity_{}", app.lines(&order).await[0]);
    let mut form = wang.application(&order, "refund_only", "quality", &[2]).await;
    form.fields.push((line, "1".to_owned()));
    wang.send(&form).await.says(422, "最多还能申请 2 件");
}

async fn fields_that_no_form_has_do_nothing(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = wang.buys(&[(app.town.goods.tea, 1)], "balance").await;
    let form = wang.application(&order, "refund_only", "unwanted", &[1]).await;
    let more = [("status", "succeeded"), ("buyer_id", "1"), ("shop_id", "1"), ("amount_minor", "999999"), ("settles", "9")];
    wang.send(&form.clone().with("amount", "1")).await.says(422, "退款金额最多");
    let location = wang.send(&form.with_all(&more)).await.goes_to().to_owned();
    let case = app.case(location.trim_start_matches("/after-sales/").trim_end_matches("?done=applied")).await.case;
    assert_eq!((case.state.kind(), case.amount().0), (StateKind::Applied, 10_000));
}

async fn a_rejection_needs_its_reason_and_a_decision_has_to_be_one(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = wang.applies(&order, "return_refund", "quality", &[1]).await;
    let form = service.decision(&case, "reject").await;
    service.send(&form.clone().with("reject_reason", " ")).await.says(422, "请填写驳回原因");
    service.send(&form.clone().with("decision", "")).await.says(422, "请选择处理方式");
    service.send(&form.clone().with("decision", "give_everything")).await.says(422, "请选择处理方式");
    let approve = form.with("decision", "approve_return");
    for address in ["", "1", "-1"] {
        let page = service.send(&approve.clone().with("return_address", address)).await;
        assert_eq!(page.status, 422, "{page}");
    }
    assert_eq!(app.state(&case).await, StateKind::Applied);
}

async fn prices_that_cannot_be_are_refused(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = wang.orders_with(&[(app.town.goods.cup, 1)], &[("points", "1000")]).await;
    for (goods, freight) in [("", ""), ("0", "0"), ("1.234", ""), ("abc", ""), ("", "-10.01"), ("-30.01", "")] {
        let page = service.changes_price(&order, goods, freight).await;
        assert!(page.status == 422 || page.status == 409, "{goods} {freight}: {page}");
    }
    let page = service.changes_price(&order, "-30", "").await;
    assert!(page.status == 409 || page.status == 422, "what was held would be more than the price: {page}");
    assert_eq!(app.order(&order).await.order.totals.payable().0, 4_000);
}
