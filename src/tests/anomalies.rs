//! 「支付异常订单」: what goes wrong with a payment or a refund is listed once, has a way out, and moves no fen by itself but back (S16, B2, B4, B29, B46).

mod elsewhere;
mod payments;
mod races;
mod refunds;

use crate::support::{Buyer, Page, Staff, TestApp, WANG};
use guitu::domain::Role;

pub(crate) const LIST: &str = "/merchant/payment-anomalies";
pub(crate) const RESOLVED: &str = "/merchant/payment-anomalies?state=resolved";

/// An order for ¥100.00 whose buyer stands at the gateway's cashier: buyer, order, payment.
async fn at_the_cashier(app: &TestApp) -> (Buyer, String, String) {
    let wang = app.buyer(WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    wang.chooses(&order, "wechat").await;
    let payment = app.order(&order).await.payments[0].number.clone();
    (wang, order, payment)
}

async fn finance(app: &TestApp) -> Staff {
    app.staff(Role::Finance).await
}

/// Presses the one button of an open anomaly: `query` or `refund`.
async fn presses(staff: &Staff, id: i64, what: &str) -> Page {
    staff.submit(LIST, &format!("{LIST}/{id}/{what}"), &[]).await
}

/// The only anomaly there is.
async fn only(app: &TestApp) -> i64 {
    assert_eq!(app.count("select count(*) from payment_anomalies").await, 1);
    app.count("select id from payment_anomalies").await
}

/// How many notices the shop has had of anomalies.
async fn notices(app: &TestApp) -> i64 {
    app.count("select count(*) from messages where kind = 'anomaly_found'").await
}
