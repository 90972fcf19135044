//! The shop's account at Alipay as both sides know it, and the adapter before the sandbox.

use guitu::domain::Channel;
use std::ops::Deref;
use std::sync::LazyLock;
use std::time::Duration;

use axum::http::StatusCode;
use guitu::demo::sandbox::AlipayAccount;
use guitu::server::payments::alipay::sign::Params;
use guitu::server::payments::alipay::{AlipayGateway, AlipaySettings};
use guitu::server::payments::keys::PrivateKey;
use guitu::server::payments::{Gateway, PayOrder, PayTicket};
use reqwest::header::LOCATION;

use crate::sandbox::ear::Judge;
use crate::sandbox::stand::Stand;

pub const APP: &str = "2014072300007148";
pub const SELLER: &str = "2088102180000001";

/// The keys of both sides: making them takes a while.
pub static SHOP_KEY: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().unwrap());
pub static ALIPAY_KEY: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().unwrap());

pub struct Town {
    pub stand: Stand,
    pub gateway: AlipayGateway,
}

impl Deref for Town {
    type Target = Stand;

    fn deref(&self) -> &Stand {
        &self.stand
    }
}

/// An account as the shop knows it, at whatever address.
pub fn settings(base_url: &str) -> AlipaySettings {
    AlipaySettings {
        base_url: base_url.to_owned(),
        app_id: APP.to_owned(),
        seller_id: SELLER.to_owned(),
        key: SHOP_KEY.clone(),
        alipay_key: ALIPAY_KEY.public().unwrap(),
        timeout: Duration::from_secs(5),
    }
}

/// The same account as the sandbox's Alipay knows it.
pub fn account() -> AlipayAccount {
    AlipayAccount {
        app_id: APP.to_owned(),
        seller_id: SELLER.to_owned(),
        key: ALIPAY_KEY.clone(),
        merchant_key: SHOP_KEY.public().unwrap(),
    }
}

/// Where the sandbox's Alipay is.
pub fn door(base_url: &str) -> String {
    format!("{base_url}/alipay/gateway.do")
}

/// The adapter of a shop that believes these keys, and asks nobody.
pub fn deaf() -> AlipayGateway {
    AlipayGateway::new(settings("http://127.0.0.1:1/gateway.do")).unwrap()
}

/// What the address of a page carries.
pub fn carried(url: &str) -> Params {
    serde_urlencoded::from_str(url.split_once('?').unwrap().1).unwrap()
}

impl Town {
    pub async fn start() -> Self {
        let judge = Judge {
            believes: |headers, body| deaf().verify(headers, body).ok(),
            yes: (StatusCode::OK, "success"),
            no: (StatusCode::OK, "fail"),
        };
        let stand = Stand::open("sqlite::memory:", judge, |config| config.alipay = Some(account())).await;
        let gateway = AlipayGateway::new(settings(&door(&stand.sandbox.base_url))).unwrap();
        Self { stand, gateway }
    }

    pub fn settings(&self) -> AlipaySettings {
        settings(&door(&self.sandbox.base_url))
    }

    pub fn order(&self, payment_no: &str, amount: i64) -> PayOrder {
        self.order_by(Channel::Alipay, payment_no, amount)
    }

    /// The address that the browser is led to.
    pub async fn page(&self, order: &PayOrder) -> String {
        let PayTicket::Page(url) = self.gateway.pay(order).await.unwrap() else { panic!("no page") };
        url
    }

    /// The buyer's browser has brought the order; the address of the cashier.
    pub async fn opened(&self, payment_no: &str, amount: i64) -> String {
        let answer = self.browser.get(self.page(&self.order(payment_no, amount)).await).send().await.unwrap();
        assert_eq!(answer.status(), 303);
        answer.headers()[LOCATION].to_str().unwrap().to_owned()
    }

    /// A payment that came in, without a notice.
    pub async fn paid(&self, payment_no: &str, amount: i64) {
        self.opened(payment_no, amount).await;
        self.confirms_quietly(payment_no).await;
    }
}
