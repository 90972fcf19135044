//! WeChat's log-in between the adapter and the sandbox: a code is good once, for five minutes, for the account that proves itself.

use guitu::domain::time::MINUTE;
use guitu::server::payments::wechat::{AppSecret, LoginSettings, WechatGateway, WechatSettings, random_word};
use guitu::server::payments::{Gateway, GatewayError, LoginFault, PayOrder, PayScene, PayTicket, PaymentOutcome};
use guitu::start::checked;
use serde_json::{Value, json};

use super::support::{APP_SECRET, IN_WECHAT, Town};

impl Town {
    /// The adapter of a shop with another secret or account.
    fn with(&self, adjust: impl FnOnce(&mut WechatSettings)) -> WechatGateway {
        let mut settings = self.settings();
        adjust(&mut settings);
        WechatGateway::new(settings).unwrap()
    }

    fn with_secret(&self, secret: &str) -> WechatGateway {
        let secret = AppSecret::new(secret).unwrap();
        self.with(|settings| settings.login = settings.login.take().map(|login| LoginSettings { secret, ..login }))
    }

    /// A fresh code of somebody's.
    async fn code(&self, person: &str) -> String {
        let door = self.gateway.login().unwrap().log_in_url(&format!("{}/back?a=b", self.shop_url), "s7a7e");
        let (back, code) = self.comes_back(&door, person).await;
        assert!(back.starts_with(&format!("{}/back?a=b&code=", self.shop_url)) && back.ends_with("&state=s7a7e"), "{back}");
        code
    }

    async fn fault(&self, code: &str) -> String {
        format!("{:?}", self.gateway.login().unwrap().open_id(code).await.unwrap_err())
    }

    /// What the stand-in for WeChat's cashier says to a page that calls it so.
    async fn bridge(&self, call: &Value) -> String {
        self.control("bridge", &call.to_string()).await["err_msg"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_person_is_known_by_one_name_and_a_code_is_good_once() {
    let town = Town::start().await;
    let login = town.gateway.login().unwrap();
    let (wang, li) = (random_word(), random_word());
    let code = town.code(&wang).await;
    let openid = login.open_id(&code).await.unwrap();
    assert_eq!(town.fault(&code).await, "Expired", "used");
    assert_eq!(login.open_id(&town.code(&wang).await).await.unwrap(), openid);
    assert_ne!(login.open_id(&town.code(&li).await).await.unwrap(), openid);
    assert_eq!(format!("{openid:?}"), "OpenId(…)");

    let late = town.code(&wang).await;
    town.lets_pass(5 * MINUTE).await;
    for code in [late.as_str(), "nobodys", ""] {
        assert_eq!(town.fault(code).await, "Expired", "{code}");
    }
}

#[tokio::test]
async fn who_does_not_know_the_secret_learns_nothing() {
    let town = Town::start().await;
    let code = town.code(&random_word()).await;
    for (gateway, refused) in [
        (town.with_secret("00000000000000000000000000000000"), 40125),
        (town.with(|settings| settings.appid = "wx0000000000000000".to_owned()), 40013),
    ] {
        let fault = gateway.login().unwrap().open_id(&code).await.unwrap_err();
        assert!(matches!(fault, LoginFault::Refused(code) if code == refused), "{fault:?}");
        assert!(!format!("{fault:?}{fault}").contains(APP_SECRET));
    }
    assert!(town.gateway.login().unwrap().open_id(&code).await.is_ok(), "what was refused has used nothing up");
}

#[tokio::test]
async fn the_door_leads_to_the_shop_alone_and_opens_inside_wechat_alone() {
    let town = Town::start().await;
    let login = town.gateway.login().unwrap();
    let own = format!("{}/back", town.shop_url);
    for (door, agent, words) in [
        (login.log_in_url(&own, "s"), "Mozilla/5.0 Chrome/142.0", "请在微信客户端打开链接"),
        (login.log_in_url("https://evil.example/back", "s"), IN_WECHAT, "10003"),
        (login.log_in_url(&own, "a state"), IN_WECHAT, "10005"),
        (login.log_in_url(&own, "s").replace("snsapi_base", "snsapi_userinfo"), IN_WECHAT, "10005"),
        (login.log_in_url(&own, "s").replace("appid=wx", "appid=wy"), IN_WECHAT, "appid"),
    ] {
        let answer = town.browser.get(&door).header("user-agent", agent).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{door}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(words) && !page.contains("evil.example"), "{door}: {page}");
    }
}

#[tokio::test]
async fn whatever_goes_wrong_on_the_way_is_told_apart() {
    let town = Town::start().await;
    for (fault, told) in [
        (r#"{"kind":"refuse","code":"40029"}"#, "Expired"),
        (r#"{"kind":"refuse","code":"40163"}"#, "Expired"),
        (r#"{"kind":"refuse","code":"40125"}"#, "Refused(40125)"),
        (r#"{"kind":"refuse","code":"-1"}"#, "Busy(-1)"),
        (r#"{"kind":"html"}"#, "Unanswered(Unknown("),
        (r#"{"kind":"down"}"#, "Unanswered(Unknown("),
        (r#"{"kind":"cut"}"#, "Unanswered(Unknown("),
        (r#"{"kind":"truncated"}"#, "Unanswered(Unknown("),
    ] {
        let code = town.code(&random_word()).await;
        town.plan_fault("login", fault, 1).await;
        let said = town.fault(&code).await;
        assert!(said.starts_with(told) && !said.contains(APP_SECRET) && !said.contains(&code), "{fault}: {said}");
    }
    let nowhere = town.with(|settings| settings.login.as_mut().unwrap().api_url = "http://127.0.0.1:1".to_owned());
    let fault = nowhere.login().unwrap().open_id("code").await.unwrap_err();
    assert!(matches!(fault, LoginFault::Unanswered(GatewayError::Down(_))) && !format!("{fault:?}").contains(APP_SECRET), "{fault:?}");
    let forged = r#"{"operation":"login","fault":{"kind":"forged"},"count":1}"#;
    let refused = town.browser.post(format!("{}/control/faults", town.sandbox.base_url)).body(forged).send().await.unwrap();
    assert_eq!(refused.status(), 400, "of a log-in nothing is signed");
}

#[tokio::test]
async fn an_order_is_for_the_person_it_was_opened_for() {
    let town = Town::start().await;
    let (wang, li) = (town.logs_in().await, town.logs_in().await);
    let order = |openid| PayOrder { scene: PayScene::InWechat { openid }, ..town.order("P00001", 100) };
    let PayTicket::Bridge(call) = town.gateway.pay(&order(wang.clone())).await.unwrap() else { panic!("no bridge") };
    for other in [order(li), town.order("P00001", 100)] {
        let refused = town.gateway.pay(&other).await.unwrap_err();
        assert!(matches!(&refused, GatewayError::Refused(refusal) if refusal.code == "OUT_TRADE_NO_USED"), "{refused:?}");
    }
    assert!(matches!(town.gateway.pay(&order(wang)).await.unwrap(), PayTicket::Bridge(again) if again.package == call.package));
}

#[tokio::test]
async fn the_bridge_takes_what_the_merchant_signed_and_once() {
    let town = Town::start().await;
    let scene = PayScene::InWechat { openid: town.logs_in().await };
    let PayTicket::Bridge(call) = town.gateway.pay(&PayOrder { scene, ..town.order("P00001", 100) }).await.unwrap() else {
        panic!("no bridge")
    };
    let call = serde_json::to_value(call).unwrap();
    let elsewhere = town.page(&town.order("P00002", 100)).await;
    let token = elsewhere.split_once("/cashier/").unwrap().1.split('?').next().unwrap();
    for (name, value) in [
        ("appId", json!("wx0000000000000000")),
        ("timeStamp", json!("1414561699")),
        ("nonceStr", json!("another")),
        ("package", json!("prepay_id=wx0")),
        ("package", json!(format!("prepay_id=wx{token}"))),
        ("signType", json!("MD5")),
        ("paySign", json!("c2lnbmVk")),
    ] {
        let mut spoilt = call.clone();
        spoilt[name] = value;
        assert_eq!(town.bridge(&spoilt).await, "get_brand_wcpay_request:fail", "{name}");
    }
    assert_eq!(town.gateway.query("P00001").await.unwrap(), PaymentOutcome::Pending);
    assert_eq!(town.bridge(&call).await, "get_brand_wcpay_request:ok");
    assert!(matches!(town.gateway.query("P00001").await.unwrap(), PaymentOutcome::Paid(_)));
    assert_eq!(town.bridge(&call).await, "get_brand_wcpay_request:fail", "it is paid");
}

#[tokio::test]
async fn the_self_check_says_whether_secret_and_account_fit() {
    let town = Town::start().await;
    let report = async |gateway: WechatGateway| {
        checked(&guitu::server::payments::Gateways { wechat: Some(std::sync::Arc::new(gateway)), alipay: None }).await
    };
    let (said, right) = report(town.with(|_| ())).await;
    assert!(right && said.contains("right wechat_app_secret is that of wechat_appid"), "{said}");
    let (said, right) = report(town.with(|settings| settings.login = None)).await;
    assert!(right && said.contains("wechat_app_secret is not given: inside WeChat, WeChat Pay is not offered"), "{said}");
    let (said, right) = report(town.with_secret("00000000000000000000000000000000")).await;
    assert!(!right && said.contains("WRONG wechat_app_secret is not that of wechat_appid (40125)"), "{said}");
    let (said, right) = report(town.with(|settings| settings.appid = "wx0000000000000000".to_owned())).await;
    assert!(!right && said.contains("wechat_appid is no public account"), "{said}");
    town.plan_fault("login", r#"{"kind":"html"}"#, 1).await;
    let (said, right) = report(town.with(|_| ())).await;
    assert!(!right && said.contains("could not be checked") && said.contains("wechat_api_url") && !said.contains(APP_SECRET), "{said}");
}
