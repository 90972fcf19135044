use guitu::server::payments::wechat::OpenId;
use guitu::server::payments::{
    BridgeCall, CloseAnswer, Gateway, GatewayCallback, GatewayError, PayOrder, PayScene, PayTicket, PaymentOutcome, Receipt, Remedy,
};
use reqwest::header::{CONTENT_SECURITY_POLICY, LOCATION};

use super::support::{APPID, SHOP_KEY, Town};
use crate::sandbox::support::{HOUR, START};

fn receipt(outcome: PaymentOutcome) -> Receipt {
    match outcome {
        PaymentOutcome::Paid(receipt) => receipt,
        other => panic!("not paid: {other:?}"),
    }
}

fn refused<T: std::fmt::Debug>(answer: Result<T, GatewayError>) -> (String, Remedy) {
    match answer {
        Err(GatewayError::Refused(refusal)) => (refusal.code.clone(), refusal.remedy()),
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn a_browser_is_led_to_the_cashier_and_back() {
    let town = Town::start().await;
    let order = town.order("P00001", 26_950);
    let cashier = town.page(&order).await;
    assert!(cashier.starts_with(&format!("{}/cashier/", town.sandbox.base_url)) && cashier.contains("?prepay_id=wx"), "{cashier}");

    let shown = town.browser.get(&cashier).send().await.unwrap();
    let policy = shown.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.contains(&format!("form-action 'self' {};", town.shop_url)), "{policy}");
    let page = shown.text().await.unwrap();
    for words in ["微信支付", "¥269.50", "云朵马克杯 &amp; &lt;2 件&gt;", "确认支付"] {
        assert!(page.contains(words), "{words} is missing in {page}");
    }
    let form = page.split("action=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    assert!(form.contains("/confirm?redirect_url=http"), "{form}");
    let back = town.browser.post(format!("{}{form}", town.sandbox.base_url)).send().await.unwrap();
    assert_eq!((back.status().as_u16(), back.headers()[LOCATION].to_str().unwrap()), (303, order.return_url.as_str()));
    assert!(matches!(town.gateway.query("P00001").await.unwrap(), PaymentOutcome::Paid(_)));
}

/// WeChat Pay leads back to the domain that the merchant registered and nowhere else.
#[tokio::test]
async fn nobody_is_led_to_a_strangers_page() {
    let town = Town::start().await;
    let cashier = town.page(&PayOrder { return_url: "https://elsewhere.example/".to_owned(), ..town.order("P00001", 100) }).await;
    let page = town.browser.get(&cashier).send().await.unwrap().text().await.unwrap();
    assert!(!page.contains("elsewhere"), "{page}");
    let (path, query) = cashier.split_once('?').unwrap();
    let stays = town.browser.post(format!("{path}/cancel?{query}")).send().await.unwrap();
    assert!(stays.headers()[LOCATION].to_str().unwrap().starts_with("/cashier/"));
}

#[tokio::test]
async fn a_screen_shows_a_code_that_leads_to_the_cashier() {
    let town = Town::start().await;
    let order = PayOrder { scene: PayScene::Screen, ..town.order("P00001", 100) };
    let PayTicket::Code(code) = town.gateway.pay(&order).await.unwrap() else { panic!("no code") };
    let paid = town.browser.post(format!("{code}/confirm")).send().await.unwrap();
    let stays = paid.headers()[LOCATION].to_str().unwrap();
    let page = town.browser.get(format!("{}{stays}", town.sandbox.base_url)).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("已支付") && !page.contains("返回商家"), "{page}");
    assert!(matches!(town.shop.heard(1).await[0], GatewayCallback::Paid(_)));
}

#[tokio::test]
async fn a_page_inside_wechat_gets_what_the_bridge_wants() {
    let town = Town::start().await;
    let scene = PayScene::InWechat { openid: town.logs_in().await };
    let order = PayOrder { scene, ..town.order("P00001", 100) };
    let PayTicket::Bridge(call) = town.gateway.pay(&order).await.unwrap() else { panic!("no bridge") };
    let BridgeCall { app_id, time_stamp, nonce_str, package, sign_type, pay_sign } = &call;
    assert_eq!((app_id.as_str(), sign_type.as_str()), (APPID, "RSA"));
    assert!(package.starts_with("prepay_id=wx"), "{package}");
    let signed = format!("{app_id}\n{time_stamp}\n{nonce_str}\n{package}\n");
    assert!(SHOP_KEY.public().unwrap().verifies(signed.as_bytes(), pay_sign));
    let again = town.gateway.pay(&order).await.unwrap();
    assert!(matches!(again, PayTicket::Bridge(again) if again.package == *package), "the same number is the same payment");
}

#[tokio::test]
async fn poll_closing_and_notice_report_the_same_receipt() {
    let town = Town::start().await;
    assert_eq!(town.gateway.query("P00001").await.unwrap(), PaymentOutcome::NotFound);
    assert_eq!(town.gateway.close("P00001").await.unwrap(), CloseAnswer::NotFound);
    town.page(&town.order("P00001", 26_900)).await;
    assert_eq!(town.gateway.query("P00001").await.unwrap(), PaymentOutcome::Pending);
    town.confirms("P00001").await;

    let polled = receipt(town.gateway.query("P00001").await.unwrap());
    assert_eq!((polled.payment_no.as_str(), polled.amount, polled.currency.as_str(), polled.at), ("P00001", 26_900, "CNY", START));
    assert_eq!(town.shop.heard(1).await, [GatewayCallback::Paid(polled.clone())]);
    assert_eq!(town.gateway.close("P00001").await.unwrap(), CloseAnswer::Paid(polled));
    assert_eq!(refused(town.gateway.pay(&town.order("P00001", 26_900)).await), ("ORDERPAID".to_owned(), Remedy::QueryFirst));
}

#[tokio::test]
async fn a_closed_payment_takes_no_money() {
    let town = Town::start().await;
    let cashier = town.page(&town.order("P00001", 100)).await;
    for _ in 0..2 {
        assert_eq!(town.gateway.close("P00001").await.unwrap(), CloseAnswer::Closed);
    }
    assert_eq!(town.gateway.query("P00001").await.unwrap(), PaymentOutcome::Closed);
    let (path, _) = cashier.split_once('?').unwrap();
    assert_eq!(town.browser.post(format!("{path}/confirm")).send().await.unwrap().status(), 410);
    assert_eq!(refused(town.gateway.pay(&town.order("P00001", 100)).await), ("ORDER_CLOSED".to_owned(), Remedy::ByHand));
    assert!(town.shop.heard(0).await.is_empty(), "of a closing WeChat Pay says nothing");
}

#[tokio::test]
async fn nobody_pays_after_the_end() {
    let town = Town::start().await;
    let cashier = town.page(&town.order("P00001", 100)).await;
    town.lets_pass(HOUR).await;
    let (path, _) = cashier.split_once('?').unwrap();
    assert_eq!(town.browser.post(format!("{path}/confirm")).send().await.unwrap().status(), 410);
    assert_eq!(town.gateway.query("P00001").await.unwrap(), PaymentOutcome::Closed);
    assert_eq!(refused(town.gateway.pay(&town.order("P00002", 100)).await).0, "PARAM_ERROR", "such an order comes too late");
}

#[tokio::test]
async fn the_same_number_opens_the_same_payment_and_no_other() {
    let town = Town::start().await;
    let cashier = town.page(&town.order("P00001", 100)).await;
    assert_eq!(town.page(&town.order("P00001", 100)).await, cashier);
    assert_eq!(refused(town.gateway.pay(&town.order("P00001", 200)).await), ("OUT_TRADE_NO_USED".to_owned(), Remedy::ByHand));
}

#[tokio::test]
async fn what_is_no_order_is_refused_at_the_door() {
    let town = Town::start().await;
    let nameless = PayOrder { title: String::new(), ..town.order("P00001", 100) };
    let nobody = PayScene::InWechat { openid: OpenId::new("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o").unwrap() };
    let deaf = PayOrder { notify_url: "http://127.0.0.1/notify?shop=1".to_owned(), ..town.order("P00001", 100) };
    let of_nobody = PayOrder { scene: nobody, ..town.order("P00001", 100) };
    for order in [town.order("P 0001", 100), town.order("P1", 100), town.order("P00001", 0), town.order("", 100), nameless, deaf, of_nobody]
    {
        assert_eq!(refused(town.gateway.pay(&order).await), ("PARAM_ERROR".to_owned(), Remedy::ByHand), "{order:?}");
    }
    let wide = PayOrder { expires_at: i64::MAX, ..town.order("P00001", 100) };
    assert_eq!(town.gateway.pay(&wide).await.unwrap_err().remedy(), Remedy::ByHand, "no network mends it");
    let long = PayOrder { title: "茶".repeat(200), ..town.order("P00001", 100) };
    town.page(&long).await;
}
