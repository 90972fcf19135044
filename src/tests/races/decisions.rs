use crate::support::{TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;
use guitu::domain::time::SECOND;
use guitu::routes::merchant as paths;

on_both_engines!(
    of_two_staff_approving_at_once_one_is_told_the_case_has_moved_on,
    withdrawing_and_agreeing_at_once_do_one_of_the_two,
    sending_back_and_withdrawing_at_once_do_one_of_the_two,
    a_stale_price_dialog_is_told_so,
    a_stale_settings_form_is_told_who_was_first,
);

async fn of_two_staff_approving_at_once_one_is_told_the_case_has_moved_on(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let (owner, service) = (app.staff(Role::Owner).await, app.staff(Role::Service).await);
    for _ in 0..3 {
        let order = wang.buys(&[(app.town.goods.tea, 1)], "wechat").await;
        let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
        let (one, other) = (owner.decision(&case, "agree_refund").await, service.decision(&case, "agree_refund").await);
        app.clock.advance(SECOND);
        let (one, other) = tokio::join!(owner.send(&one), service.send(&other));
        let (loser, winner) = if one.status == 303 { (&other, "pine 店主") } else { (&one, "pine 客服") };
        loser.says(409, &format!("{winner}已于")).says(409, "处理：商家同意退款");
        app.money_goes_back(&case).await;
        let refunds = app.case(&case).await.refunds;
        assert_eq!((refunds.len(), app.bank.payouts(&refunds[0].number).await), (1, (1, 1)));
    }
}

async fn withdrawing_and_agreeing_at_once_do_one_of_the_two(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    for _ in 0..4 {
        let order = wang.buys(&[(app.town.goods.tea, 1)], "balance").await;
        let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
        let withdraw = wang.form(&format!("/after-sales/{case}"), &format!("/after-sales/{case}/withdraw")).await;
        let agree = service.decision(&case, "agree_refund").await;
        app.clock.advance(SECOND);
        let (withdrawn, agreed) = tokio::join!(wang.send(&withdraw), service.send(&agree));
        let state = app.state(&case).await;
        assert_eq!((withdrawn.status == 303, agreed.status == 303), (state == StateKind::Closed, state == StateKind::Succeeded));
        // To a buyer the staff are the shop, and no name of theirs is told.
        let (loser, told) = if state == StateKind::Closed { (agreed, "买家已于") } else { (withdrawn, "商家已于") };
        loser.says(409, told);
        assert!(state == StateKind::Closed || !loser.html.contains("pine 客服"), "{loser}");
    }
}

async fn sending_back_and_withdrawing_at_once_do_one_of_the_two(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let case = wang.applies(&order, "return_refund", "quality", &[1]).await;
    service.decides(&case, "approve_return").await.goes_to();
    let back = format!("/after-sales/{case}/return");
    let send_back = wang.form(&back, &back).await.with("carrier", "zto").with("tracking", "75000000000001");
    let withdraw = wang.form(&format!("/after-sales/{case}"), &format!("/after-sales/{case}/withdraw")).await;
    let (sent, withdrawn) = tokio::join!(wang.send(&send_back), wang.send(&withdraw));
    assert!((sent.status == 303) != (withdrawn.status == 303), "{sent} {withdrawn}");
}

async fn a_stale_settings_form_is_told_who_was_first(app: TestApp) {
    let owner = app.staff(Role::Owner).await;
    let stale = owner.form(paths::CLOCKS, paths::CLOCKS).await.with("return_days", 9);
    owner.allows_applications(9).await;
    let told = owner.send(&stale).await;
    told.says(409, "pine 店主已于").says(409, "修改了设置");
    assert_eq!(told.form(paths::CLOCKS).get("return_days"), "9", "what was typed stays");
}

async fn a_stale_price_dialog_is_told_so(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let (owner, service) = (app.staff(Role::Owner).await, app.staff(Role::Service).await);
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let stale = owner.order_form(&order, "price").await.with("goods_change", "-5");
    app.clock.advance(SECOND);
    service.changes_price(&order, "-10", "").await.goes_to();
    let told = owner.send(&stale).await;
    told.says(409, "pine 客服已于").says(409, "处理：商家改价");
    let again = told.form(&format!("/merchant/orders/{order}/price"));
    assert_eq!(again.get("goods_change"), "-5", "what was typed stays");
    owner.send(&again).await.goes_to();
    assert_eq!(app.order(&order).await.order.totals.payable().0, 8_500);
}
