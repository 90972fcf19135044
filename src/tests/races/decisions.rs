use crate::support::{TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;

on_both_engines!(
    of_two_staff_approving_at_once_one_is_told_the_case_has_moved_on,
    withdrawing_and_agreeing_at_once_do_one_of_the_two,
    sending_back_and_withdrawing_at_once_do_one_of_the_two,
    a_stale_price_dialog_is_told_so,
);

async fn of_two_staff_approving_at_once_one_is_told_the_case_has_moved_on(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let (owner, service) = (app.staff(Role::Owner).await, app.staff(Role::Service).await);
    for _ in 0..3 {
        let order = wang.buys(&[(app.town.goods.tea, 1)], "wechat").await;
        let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
        let (one, other) = (owner.decision(&case, "agree_refund").await, service.decision(&case, "agree_refund").await);
        let (one, other) = tokio::join!(owner.send(&one), service.send(&other));
        let loser = if one.status == 303 { &other } else { &one };
        loser.says(409, "刚刚有人处理过");
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
        let (withdrawn, agreed) = tokio::join!(wang.send(&withdraw), service.send(&agree));
        let state = app.state(&case).await;
        assert_eq!((withdrawn.status == 303, agreed.status == 303), (state == StateKind::Closed, state == StateKind::Succeeded));
        let loser = if state == StateKind::Closed { agreed } else { withdrawn };
        loser.says(409, "刚刚有人处理过");
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

async fn a_stale_price_dialog_is_told_so(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let (owner, service) = (app.staff(Role::Owner).await, app.staff(Role::Service).await);
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let stale = owner.order_form(&order, "price").await.with("goods_change", "-5");
    service.changes_price(&order, "-10", "").await.goes_to();
    let told = owner.send(&stale).await;
    told.says(409, "刚刚有人处理过");
    let again = told.form(&format!("/merchant/orders/{order}/price"));
    assert_eq!(again.get("goods_change"), "-5", "what was typed stays");
    owner.send(&again).await.goes_to();
    assert_eq!(app.order(&order).await.order.totals.payable().0, 8_500);
}
