//! Callbacks that no gateway sent, or not now, not whole, not to us: the right status, and nothing changed (B34, B46).

use crate::alipay::forgery::{notice as form, signed as as_form};
use crate::alipay::support::{ALIPAY_KEY, SHOP_KEY};
use crate::support::{TestApp, Told, WANG, on_both_engines};
use crate::wechat::forgery::signed;
use crate::wechat::support::{SERIAL, WECHAT_KEY};
use axum::http::HeaderMap;
use guitu::domain::order::OrderStatus;
use guitu::domain::time::HOUR;
use guitu::routes::{ALIPAY_NOTICES, WECHAT_NOTICES};
use guitu::server::clock::{Clock, SystemClock};
use guitu::server::payments::alipay::moment;
use guitu::server::payments::keys::PrivateKey;

on_both_engines!(
    only_what_wechat_pay_says_now_and_whole_is_heard,
    only_what_alipay_says_now_and_whole_is_heard,
    no_channel_speaks_of_the_other_ones_payments,
);

/// Larger than any notice, in bytes.
const HUGE: usize = 65 * 1024;

/// The payment of an order whose buyer stands at the cashier.
async fn begun(app: &TestApp, tender: &str) -> (String, String) {
    let wang = app.buyer(WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    wang.chooses(&order, tender).await;
    let payment = app.order(&order).await.payments[0].number.clone();
    (order, payment)
}

/// Nothing came in, and nothing is asked of anybody.
async fn nothing_happened(app: &TestApp, order: &str) {
    assert_eq!(app.status(order).await, OrderStatus::PendingPayment);
    for table in
        ["select count(*) from money_events where cause = 'paid'", "select count(*) from payment_anomalies", "select count(*) from jobs"]
    {
        assert_eq!(app.count(table).await, 0, "{table}");
    }
}

async fn only_what_wechat_pay_says_now_and_whole_is_heard(app: TestApp) {
    let (order, payment) = begun(&app, "wechat").await;
    let url = format!("{}{WECHAT_NOTICES}", app.url);
    let body = Told::paid(&payment, 10_000, "CNY").sealed();
    let good = signed(&body, &WECHAT_KEY, SERIAL, 0);
    let huge = vec![b' '; HUGE];
    for (status, headers, body) in [
        (401, signed(&body, &PrivateKey::generate().unwrap(), SERIAL, 0), body.clone()),
        (401, signed(&body, &WECHAT_KEY, "PUB_KEY_ID_0", 0), body.clone()),
        (401, signed(&body, &WECHAT_KEY, SERIAL, 310), body.clone()),
        (401, signed(&body, &WECHAT_KEY, SERIAL, -310), body.clone()),
        (401, good.clone(), body[..body.len() / 2].to_vec()),
        (401, good.clone(), Vec::new()),
        (401, HeaderMap::new(), body.clone()),
        (400, signed(b"{}", &WECHAT_KEY, SERIAL, 0), b"{}".to_vec()),
        (413, signed(&huge, &WECHAT_KEY, SERIAL, 0), huge),
        (401, HeaderMap::new(), as_form(form(&[("out_trade_no", &payment)]), &ALIPAY_KEY).into_bytes()),
    ] {
        let said = app.bank.posts(&url, headers, body.clone()).await;
        assert_eq!(said, status, "{}", String::from_utf8_lossy(&body[..body.len().min(200)]));
    }
    nothing_happened(&app, &order).await;
    assert_eq!(app.bank.posts(&url, good, body).await, 204);
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment);
}

async fn only_what_alipay_says_now_and_whole_is_heard(app: TestApp) {
    let (order, payment) = begun(&app, "alipay").await;
    let url = format!("{}{ALIPAY_NOTICES}", app.url);
    let told = [("out_trade_no", payment.as_str()), ("total_amount", "100.00")];
    let signed_by = |key, further: &[(&str, &str)]| as_form(form(&[&told, further].concat()), key);
    let good = signed_by(&ALIPAY_KEY, &[]);
    let old = moment::written(SystemClock.now().0 - 49 * HOUR).unwrap();
    let wechats = Told::paid(&payment, 10_000, "CNY").sealed();
    for (status, headers, body) in [
        (401, HeaderMap::new(), signed_by(&SHOP_KEY, &[]).into_bytes()),
        (401, HeaderMap::new(), good.replace("100.00", "100.01").into_bytes()),
        (401, HeaderMap::new(), signed_by(&ALIPAY_KEY, &[("notify_time", &old)]).into_bytes()),
        (401, HeaderMap::new(), good.as_bytes()[..good.len() / 2].to_vec()),
        (401, HeaderMap::new(), Vec::new()),
        (400, HeaderMap::new(), signed_by(&ALIPAY_KEY, &[("app_id", "2021000000009999")]).into_bytes()),
        (413, HeaderMap::new(), format!("{good}&body={}", "x".repeat(HUGE)).into_bytes()),
        (401, signed(&wechats, &WECHAT_KEY, SERIAL, 0), wechats),
    ] {
        let said = app.bank.posts(&url, headers, body.clone()).await;
        assert_eq!(said, status, "{}", String::from_utf8_lossy(&body[..body.len().min(200)]));
    }
    nothing_happened(&app, &order).await;
    assert_eq!(app.bank.posts(&url, HeaderMap::new(), good.into_bytes()).await, 200);
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment);
}

/// Believed, and yet it is not that channel's payment.
async fn no_channel_speaks_of_the_other_ones_payments(app: TestApp) {
    let (order, payment) = begun(&app, "wechat").await;
    let told = as_form(form(&[("out_trade_no", &payment), ("total_amount", "100.00")]), &ALIPAY_KEY).into_bytes();
    assert_eq!(app.bank.posts(&format!("{}{ALIPAY_NOTICES}", app.url), HeaderMap::new(), told).await, 404);
    nothing_happened(&app, &order).await;
    let (order, payment) = begun(&app, "alipay").await;
    assert_eq!(app.bank.tells(&app.url, &Told::paid(&payment, 10_000, "CNY")).await, 404);
    nothing_happened(&app, &order).await;
}
