use guitu::server::payments::{Gateway, GatewayCallback, PaymentOutcome};
use reqwest::header::{CONTENT_SECURITY_POLICY, LOCATION};

use super::support::{HOUR, START};
use crate::wechat::support::Town;

/// Where a button of a cashier's page leads.
fn pressed(cashier: &str, button: &str) -> String {
    let (page, way) = cashier.split_once('?').unwrap();
    format!("{page}/{button}?{way}")
}

#[tokio::test]
async fn a_person_pays_at_the_cashier() {
    let town = Town::start().await;
    let order = town.order("P00001", 26_950);
    let cashier = town.page(&order).await;

    let shown = town.browser.get(&cashier).send().await.unwrap();
    let policy = shown.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.contains(&format!("form-action 'self' {};", town.shop_url)), "{policy}");
    let page = shown.text().await.unwrap();
    for words in
        ["微信支付", "¥269.50", "云朵马克杯 &amp; &lt;2 件&gt;", "确认支付", "取消", "P00001", "<title>微信支付 · 沙箱收银台</title>"]
    {
        assert!(page.contains(words), "{words} is missing in {page}");
    }
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"zh-CN\">") && !page.contains("style="));

    for _ in 0..2 {
        let back = town.browser.post(pressed(&cashier, "confirm")).send().await.unwrap();
        assert_eq!((back.status().as_u16(), back.headers()[LOCATION].to_str().unwrap()), (303, order.return_url.as_str()));
    }
    assert!(matches!(&town.shop.heard(1).await[0], GatewayCallback::Paid(receipt) if receipt.amount == 26_950));
    assert!(town.browser.get(&cashier).send().await.unwrap().text().await.unwrap().contains("已支付"));
}

#[tokio::test]
async fn a_person_who_cancels_may_still_pay_later() {
    let town = Town::start().await;
    let order = town.order("P00001", 100);
    let cashier = town.page(&order).await;
    let back = town.browser.post(pressed(&cashier, "cancel")).send().await.unwrap();
    assert_eq!(back.headers()[LOCATION].to_str().unwrap(), order.return_url);
    assert_eq!(town.gateway.query("P00001").await.unwrap(), PaymentOutcome::Pending);
    assert!(town.browser.get(&cashier).send().await.unwrap().text().await.unwrap().contains("确认支付"));
}

#[tokio::test]
async fn nobody_pays_too_late_or_for_nothing() {
    let town = Town::start().await;
    let cashier = town.page(&town.order("P00001", 100)).await;
    let advanced = town.control("clock", &format!(r#"{{"advance_ms":{HOUR}}}"#)).await;
    assert_eq!((advanced["now"].as_i64(), &town.seen("clock").await), (Some(START + HOUR), &advanced));
    let late = town.browser.post(pressed(&cashier, "confirm")).send().await.unwrap();
    assert_eq!(late.status(), 410);
    assert!(late.text().await.unwrap().contains("不能再支付"));
    assert_eq!(town.gateway.query("P00001").await.unwrap(), PaymentOutcome::Closed);

    let guessed = format!("{}/cashier/0123456789abcdef", town.sandbox.base_url);
    assert_eq!(town.browser.get(guessed).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn the_console_shows_what_happened_and_switches_faults() {
    let town = Town::start().await;
    let console = format!("{}/", town.sandbox.base_url);
    town.paid("P00001", 1_000).await;
    town.gateway.refund(&town.refund_order("R1", "P00001", 400)).await.unwrap();
    let faults = format!("{console}console/faults");
    let fault = [("operation", "refund"), ("kind", "refuse"), ("value", "not_enough"), ("count", "2")];
    assert_eq!(town.browser.post(&faults).form(&fault).send().await.unwrap().status(), 303);

    let page = town.browser.get(&console).send().await.unwrap().text().await.unwrap();
    for words in ["P00001", "R1", "¥10.00", "¥4.00", "退款 · 拒绝 NOT_ENOUGH · 还剩 2 次", "+48 小时", "最近的请求"] {
        assert!(page.contains(words), "{words} is missing in {page}");
    }
    let senseless = [("operation", "pay"), ("kind", "late"), ("value", "soon"), ("count", "1")];
    let refused = town.browser.post(&faults).form(&senseless).send().await.unwrap();
    assert_eq!(refused.status(), 400);
    assert!(refused.text().await.unwrap().contains("role=\"alert\""));

    town.browser.post(format!("{console}console/faults/clear")).send().await.unwrap();
    assert_eq!(town.seen("faults").await, serde_json::json!([]));
    let week = [("advance_ms", "604800000")];
    assert_eq!(town.browser.post(format!("{console}console/clock")).form(&week).send().await.unwrap().status(), 303);
    assert_eq!(town.seen("clock").await["now"], START + 168 * HOUR);
}

#[tokio::test]
async fn a_page_of_somebody_else_presses_no_button_here() {
    let town = Town::start().await;
    let cashier = town.page(&town.order("P00001", 100)).await;
    let confirm = town.browser.post(pressed(&cashier, "confirm"));
    let answer = confirm.header("sec-fetch-site", "cross-site").header("origin", "http://evil.example").send().await.unwrap();
    assert_eq!(answer.status(), 403);
    assert_eq!(town.gateway.query("P00001").await.unwrap(), PaymentOutcome::Pending);
}
