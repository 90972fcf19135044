//! 「退款记录」, its files, and the channels' bills laid against our books (S76, B19, A5).

mod exports;
mod lists;
mod reconciliation;

use crate::support::{Staff, TestApp, WANG};
use guitu::domain::Role;
use guitu::domain::time::DAY;

/// Two payments and a refund of WeChat Pay, one of each of Alipay, and one of the balance; the refunds have arrived.
async fn traded(app: &TestApp) -> Vec<String> {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let mut orders = Vec::new();
    for (ware, tender) in
        [(app.town.goods.tea, "wechat"), (app.town.goods.cup, "wechat"), (app.town.goods.tea, "alipay"), (app.town.goods.cup, "balance")]
    {
        let order = wang.buys(&[(ware, 1)], tender).await;
        if orders.len() != 1 {
            let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
            service.decides(&case, "agree_refund").await.goes_to();
            app.money_goes_back(&case).await;
        }
        orders.push(order);
    }
    orders
}

/// The day of [`traded`], and the next one begun.
const TODAY: &str = "2026-11-22";

async fn next_day(app: &TestApp) -> Staff {
    app.wait(DAY).await;
    app.staff(Role::Finance).await
}
