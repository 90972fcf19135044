use super::traded;
use crate::support::{CHEN, TestApp, WANG, on_both_engines};
use guitu::domain::Role;

on_both_engines!(
    every_filter_of_the_url_finds_its_refunds,
    a_month_is_summed_by_channel,
    cash_that_nobody_collected_was_never_refunded,
    wrong_dates_are_named
);

async fn every_filter_of_the_url_finds_its_refunds(app: TestApp) {
    let orders = traded(&app).await;
    let finance = app.staff(Role::Finance).await;
    let found = async |query: &str| {
        let html = finance.get(&format!("/merchant/refunds?{query}")).await.html;
        orders.iter().map(|order| html.matches(&format!("/merchant/orders/{order}\"")).count()).collect::<Vec<_>>()
    };
    assert_eq!(found("").await, [1, 0, 1, 1]);
    assert_eq!(found(&format!("q={}", orders[2].to_lowercase())).await, [0, 0, 1, 0]);
    assert_eq!(found(&format!("q={WANG}")).await, [1, 0, 1, 1]);
    assert_eq!(found(&format!("q={WANG}&tender=wechat&status=succeeded")).await, [1, 0, 0, 0]);
    assert_eq!(found("tender=balance").await, [0, 0, 0, 1]);
    assert_eq!(found("tender=alipay&status=succeeded").await, [0, 0, 1, 0]);
    assert_eq!(found("status=failed").await, [0, 0, 0, 0]);
    assert_eq!(found("from=2026-11-22&until=2026-11-22").await, [1, 0, 1, 1]);
    assert_eq!(found("from=2026-11-23").await, [0, 0, 0, 0]);
    assert_eq!(found("until=2026-11-21").await, [0, 0, 0, 0]);
    assert_eq!(found("q='%20or%201=1").await, [0, 0, 0, 0]);
    finance.get("/merchant/refunds?q=13900000009").await.says(200, "没有符合条件的退款");
}

async fn a_month_is_summed_by_channel(app: TestApp) {
    traded(&app).await;
    let finance = app.staff(Role::Finance).await;
    let page = finance.get("/merchant/refunds").await;
    // ¥100.00 to WeChat Pay, ¥100.00 to Alipay, ¥40.00 to the balance.
    for words in ["2026 年 11 月 到账合计", "¥240.00", "1 笔，占 41.7%", "1 笔，占 16.7%"] {
        page.says(200, words);
    }
    finance.get("/merchant/refunds?month=2026-10").await.says(200, "¥0.00");
    let other = app.staff_of(app.town.other_shop, Role::Owner).await;
    other.get("/merchant/refunds").await.says(200, "¥0.00");
}

async fn cash_that_nobody_collected_was_never_refunded(app: TestApp) {
    traded(&app).await;
    let (chen, owner) = (app.buyer(CHEN).await, app.staff(Role::Owner).await);
    let cancelled = chen.buys(&[(app.town.goods.tea, 1)], "cod").await;
    let case = chen.applies(&cancelled, "refund_only", "unwanted", &[1]).await;
    owner.decides(&case, "agree_refund").await.goes_to();
    let page = owner.get("/merchant/refunds").await;
    // The row stays, and says why; no sum and no share counts it.
    page.says(200, "未收款，无需退款").says(200, "¥240.00").says(200, "3 笔，积分另计").says(200, "1 笔，占 41.7%");
    let file = owner.get("/merchant/refunds/export?of=month&month=2026-11").await.html;
    assert!(file.contains("合计 3 笔") && file.contains("240.00") && !file.contains(&cancelled), "{file}");
    let list = owner.get("/merchant/refunds/export?of=list").await.html;
    assert!(list.contains("合计 4 笔") && list.contains("240.00") && list.contains("未收款，无需退款"), "{list}");
    owner.get("/merchant").await.says(200, "¥240.00");

    let collected = app.completed(&chen, &[(app.town.goods.tea, 1)], "cod").await;
    let case = chen.applies(&collected, "refund_only", "quality", &[1]).await;
    owner.decides(&case, "refund_manually").await.goes_to();
    owner.get("/merchant/refunds").await.says(200, "¥340.00").says(200, "4 笔，积分另计");
}

async fn wrong_dates_are_named(app: TestApp) {
    let finance = app.staff(Role::Finance).await;
    finance.get("/merchant/refunds?from=gestern").await.says(422, "「开始日期」不是有效的日期");
    finance.get("/merchant/refunds?from=2026-11-02&until=2026-11-01").await.says(422, "结束日期不能早于开始日期");
    assert_eq!(finance.get("/merchant/refunds/export?from=gestern").await.status.as_u16(), 422);
}
