use crate::support::{CHEN, TestApp, WANG, in_words, on_both_engines};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;
use guitu::domain::time::DAY;

on_both_engines!(
    a_manual_refund_pays_by_hand_only_what_no_channel_pays,
    nothing_is_left_to_pay_by_hand_where_the_wallet_paid,
    points_are_told_as_points,
    each_tender_is_told_where_its_money_goes_and_when,
    a_refund_names_who_agreed_and_who_carried_it_out,
);

async fn a_manual_refund_pays_by_hand_only_what_no_channel_pays(app: TestApp) {
    let (wang, finance) = (app.buyer(WANG).await, app.staff(Role::Finance).await);
    let order = wang.orders_with(&[(app.town.goods.tea, 2)], &[("points", "5000"), ("balance", "60")]).await;
    wang.pays(&order, "wechat").await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    let dialog = finance.get(&format!("/merchant/after-sales/{case}?dialog=decide")).await;
    dialog.says(200, "线下结清 ¥45.00；2,500 积分、余额 ¥30.00 自动退回，不能付现，需要凭证");
    finance.decides(&case, "refund_manually").await.goes_to();
    let detail = app.case(&case).await;
    let refunds: Vec<(&str, i64)> = detail.refunds.iter().map(|refund| (refund.tender.code(), refund.amount.0)).collect();
    assert_eq!(refunds, [("points", 2_500), ("balance", 3_000), ("offline", 4_500)]);
    assert_eq!((app.state(&case).await, app.purse(WANG).await), (StateKind::Succeeded, (47_000, 17_500)));
    let line = "商家手动退款 ¥45.00：银行转账 6621，已征得买家同意不原路退回；2,500 积分、余额 ¥30.00 已自动退回";
    assert_eq!(detail.timeline.iter().filter(|told| in_words(told) == line).count(), 1, "{:?}", detail.timeline);
    wang.get("/me/messages").await.says(200, "商家已线下退款 ¥45.00：银行转账 6621；2,500 积分、余额 ¥30.00 已自动退回");
}

async fn nothing_is_left_to_pay_by_hand_where_the_wallet_paid(app: TestApp) {
    let (wang, finance) = (app.buyer(WANG).await, app.staff(Role::Finance).await);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "points").await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    let dialog = finance.get(&format!("/merchant/after-sales/{case}?dialog=decide")).await;
    dialog.says(200, "没有要线下支付的金额");
    assert!(!dialog.words().contains("退款凭证"), "{dialog}");
    // Who sends the form all the same gives nobody cash for points.
    finance.decides(&case, "refund_manually").await.goes_to();
    assert_eq!((app.state(&case).await, app.purse(WANG).await), (StateKind::Succeeded, (50_000, 20_000)));
    assert_eq!(app.count("select count(*) from refunds where tender = 'offline'").await, 0);
}

async fn points_are_told_as_points(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = wang.buys(&[(app.town.goods.cup, 1)], "points").await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    service.decides(&case, "agree_refund").await.goes_to();
    let page = wang.get(&format!("/after-sales/{case}")).await;
    page.says(200, "退款 4,000 积分").says(200, "4,000 积分 已于").says(200, "退款成功 4,000 积分");
    let messages = wang.get("/me/messages").await;
    messages.says(200, "4,000 积分即时退回积分账户").says(200, "4,000 积分 已退回，请查收");
    for told in ["原路", "退款 ¥", "¥40.00 已"] {
        assert!(!page.words().contains(&format!("{told}退回")) && !messages.words().contains(told), "{told}: {page} {messages}");
    }
}

async fn each_tender_is_told_where_its_money_goes_and_when(app: TestApp) {
    let service = app.staff(Role::Owner).await;
    let (wang, chen) = (app.buyer(WANG).await, app.buyer(CHEN).await);
    for (tender, words) in
        [("wechat", "微信支付 ¥40.00 原路退回，一般 1–3 个工作日到账"), ("balance", "余额 ¥40.00 退回本店余额，即时到账")]
    {
        let order = wang.buys(&[(app.town.goods.cup, 1)], tender).await;
        let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
        wang.get(&format!("/after-sales/{case}")).await.says(200, words);
        service.decides(&case, "agree_refund").await.goes_to();
        wang.get("/me/messages").await.says(200, words);
    }
    let order = app.completed(&chen, &[(app.town.goods.cup, 1)], "cod").await;
    let case = chen.applies(&order, "refund_only", "quality", &[1]).await;
    service.decides(&case, "agree_refund").await.goes_to();
    let (page, messages) = (chen.get(&format!("/after-sales/{case}")).await, chen.get("/me/messages").await);
    page.says(200, "由商家线下退回，请先填写退款账户");
    messages.says(200, "货到付款 ¥40.00 由商家线下退到您填写的退款账户");
    assert!(!page.words().contains("正在原路") && !messages.words().contains("原路"), "{page} {messages}");
}

async fn a_refund_names_who_agreed_and_who_carried_it_out(app: TestApp) {
    let (wang, service, finance) = (app.buyer(WANG).await, app.staff(Role::Service).await, app.staff(Role::Finance).await);
    let by_person = wang.buys(&[(app.town.goods.cup, 1)], "wechat").await;
    let case = wang.applies(&by_person, "refund_only", "unwanted", &[1]).await;
    service.decides(&case, "agree_refund").await.goes_to();
    app.money_goes_back(&case).await;
    let list = finance.get("/merchant/refunds").await;
    list.says(200, "pine 客服").says(200, "执行：系统");
    finance.get(&format!("/merchant/after-sales/{case}")).await.says(200, "pine 客服").says(200, "执行：系统");

    let by_clock = wang.buys(&[(app.town.goods.cup, 1)], "wechat").await;
    let case = wang.applies(&by_clock, "refund_only", "unwanted", &[1]).await;
    app.wait(8 * DAY).await;
    app.money_goes_back(&case).await;
    finance.get("/merchant/refunds").await.says(200, "系统（超时自动同意）");
    let file = finance.get("/merchant/refunds/export").await.html;
    assert!(
        file.contains("同意人") && file.contains("执行人") && file.contains("系统（超时自动同意）") && file.contains("pine 客服"),
        "{file}"
    );
}
