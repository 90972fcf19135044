//! The shop's account at WeChat Pay as both sides know it, and the adapter before the sandbox.

use guitu::domain::Channel;
use std::ops::Deref;
use std::sync::LazyLock;
use std::time::Duration;

use axum::http::StatusCode;
use guitu::demo::sandbox::{SandboxConfig, WechatAccount};
use guitu::server::payments::keys::PrivateKey;
use guitu::server::payments::wechat::{
    ApiV3Key, AppSecret, LoginSettings, OpenId, PlatformKeys, WechatGateway, WechatSettings, random_word,
};
use guitu::server::payments::{Gateway, PayOrder, PayTicket, RefundOutcome, RefundReport};

use crate::sandbox::ear::Judge;
use crate::sandbox::stand::Stand;

pub const MCHID: &str = "1900000109";
pub const APPID: &str = "wxd678efh567hg6787";
/// Names the shop's key.
pub const SHOP_SERIAL: &str = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
/// Names the key of WeChat Pay.
pub const SERIAL: &str = "PUB_KEY_ID_0114232134912410000000000000";
pub const SECRET: &str = "0123456789abcdef0123456789abcdef";
/// The public account's.
pub const APP_SECRET: &str = "5ec2e75ec2e75ec2e75ec2e75ec2e700";
/// How WeChat's own browser calls itself.
pub const IN_WECHAT: &str = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/134.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.60";

/// The keys of both sides: making them takes a while.
pub static SHOP_KEY: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().unwrap());
pub static WECHAT_KEY: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().unwrap());

pub struct Town {
    pub stand: Stand,
    pub gateway: WechatGateway,
}

impl Deref for Town {
    type Target = Stand;

    fn deref(&self) -> &Stand {
        &self.stand
    }
}

pub fn secret() -> ApiV3Key {
    ApiV3Key::new(SECRET).unwrap()
}

pub fn app_secret() -> AppSecret {
    AppSecret::new(APP_SECRET).unwrap()
}

/// An account as the shop knows it, at whatever address.
pub fn settings(base_url: &str) -> WechatSettings {
    WechatSettings {
        base_url: base_url.to_owned(),
        mchid: MCHID.to_owned(),
        appid: APPID.to_owned(),
        serial: SHOP_SERIAL.to_owned(),
        key: SHOP_KEY.clone(),
        api_v3_key: secret(),
        platform: PlatformKeys::default().with(SERIAL, WECHAT_KEY.public().unwrap()),
        login: Some(LoginSettings { secret: app_secret(), open_url: base_url.to_owned(), api_url: base_url.to_owned() }),
        timeout: Duration::from_secs(5),
    }
}

/// The same account as the sandbox's WeChat Pay knows it.
pub fn account() -> WechatAccount {
    WechatAccount {
        mchid: MCHID.to_owned(),
        appid: APPID.to_owned(),
        serial: SERIAL.to_owned(),
        key: WECHAT_KEY.clone(),
        merchant_serial: SHOP_SERIAL.to_owned(),
        merchant_key: SHOP_KEY.public().unwrap(),
        api_v3_key: secret(),
        app_secret: app_secret(),
        keeps_limits: false,
    }
}

/// Where the sandbox's WeChat Pay is.
pub fn door(base_url: &str) -> String {
    format!("{base_url}/wechat")
}

/// The adapter of a shop that believes these keys, and asks nobody.
pub fn deaf() -> WechatGateway {
    WechatGateway::new(settings("http://127.0.0.1:1")).unwrap()
}

impl Town {
    pub async fn start() -> Self {
        Self::start_with(account()).await
    }

    pub async fn start_with(account: WechatAccount) -> Self {
        Self::start_as("sqlite::memory:", |config| config.wechat = Some(account)).await
    }

    pub async fn start_as(database_url: &str, adjust: impl FnOnce(&mut SandboxConfig)) -> Self {
        let judge = Judge {
            believes: |headers, body| deaf().verify(headers, body).ok(),
            yes: (StatusCode::NO_CONTENT, ""),
            no: (StatusCode::UNAUTHORIZED, ""),
        };
        let stand = Stand::open(database_url, judge, |config| {
            config.settle_after = Duration::from_millis(30);
            config.wechat = Some(account());
            adjust(config);
        });
        let stand = stand.await;
        let gateway = WechatGateway::new(settings(&door(&stand.sandbox.base_url))).unwrap();
        Self { stand, gateway }
    }

    pub fn settings(&self) -> WechatSettings {
        settings(&door(&self.sandbox.base_url))
    }

    /// Somebody inside WeChat opens the door to the log-in; where they come back, and with which code.
    pub async fn comes_back(&self, door: &str, person: &str) -> (String, String) {
        let request = self.browser.get(door).header("user-agent", IN_WECHAT).header("cookie", format!("sandbox_wechat={person}"));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 302, "{}", answer.text().await.unwrap());
        let back = answer.headers()["location"].to_str().unwrap().to_owned();
        let code = back.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        (back, code)
    }

    /// The name by which the account knows a new person.
    pub async fn logs_in(&self) -> OpenId {
        let login = self.gateway.login().unwrap();
        let (_, code) = self.comes_back(&login.log_in_url(&format!("{}/back", self.shop_url), "1"), &random_word()).await;
        login.open_id(&code).await.unwrap()
    }

    pub fn order(&self, payment_no: &str, amount: i64) -> PayOrder {
        self.order_by(Channel::Wechat, payment_no, amount)
    }

    /// The page to which the browser is led.
    pub async fn page(&self, order: &PayOrder) -> String {
        let PayTicket::Page(url) = self.gateway.pay(order).await.unwrap() else { panic!("no page") };
        url
    }

    /// A payment that came in, without a notice.
    pub async fn paid(&self, payment_no: &str, amount: i64) {
        self.page(&self.order(payment_no, amount)).await;
        self.confirms_quietly(payment_no).await;
    }

    /// Waits until a refund of `P00001` is no longer under way.
    pub async fn settled(&self, refund_no: &str) -> RefundReport {
        for _ in 0..1_000 {
            let report = self.gateway.query_refund("P00001", refund_no).await.unwrap().unwrap();
            if report.status != RefundOutcome::Processing {
                return report;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{refund_no} does not settle");
    }
}
