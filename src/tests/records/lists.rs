use super::traded;
use crate::support::{TestApp, WANG, on_both_engines};
use guitu::domain::Role;

on_both_engines!(every_filter_of_the_url_finds_its_refunds, a_month_is_summed_by_channel, wrong_dates_are_named);

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

async fn wrong_dates_are_named(app: TestApp) {
    let finance = app.staff(Role::Finance).await;
    finance.get("/merchant/refunds?from=gestern").await.says(422, "「开始日期」不是有效的日期");
    finance.get("/merchant/refunds?from=2026-11-02&until=2026-11-01").await.says(422, "结束日期不能早于开始日期");
    assert_eq!(finance.get("/merchant/refunds/export?from=gestern").await.status.as_u16(), 422);
}
