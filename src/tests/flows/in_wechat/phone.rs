//! A buyer who has opened the shop inside WeChat.

use crate::support::{Browser, Buyer, TestApp};
use crate::wechat::support::{IN_WECHAT, door, settings};
use guitu::server::payments::Gateways;
use guitu::server::payments::wechat::{WechatGateway, WechatSettings};
use std::net::SocketAddr;
use std::ops::Deref;
use std::sync::Arc;
use tokio::net::TcpListener;

pub struct Phone {
    pub buyer: Buyer,
}

impl Deref for Phone {
    type Target = Buyer;

    fn deref(&self) -> &Buyer {
        &self.buyer
    }
}

impl Phone {
    pub async fn of(app: &TestApp, phone: &'static str) -> Self {
        Self { buyer: app.buyer_with(Browser::named(&app.url, IN_WECHAT), phone).await }
    }

    /// 「微信支付」; where the browser goes.
    pub async fn taps(&self, order: &str) -> String {
        self.chooses(order, "wechat").await
    }

    /// Through WeChat's door; the way back.
    pub async fn logs_in(&self, door: &str) -> String {
        let page = self.get(door).await;
        assert_eq!(page.status, 302, "{page}");
        page.location.unwrap()
    }

    /// An order for ¥100.00 before WeChat's cashier.
    pub async fn reaches_cashier(&self) -> String {
        let order = self.orders(&[(self.app.town.goods.tea, 1)]).await;
        let back = self.logs_in(&self.taps(&order).await).await;
        assert_eq!(self.get(&back).await.goes_to(), format!("/orders/{order}/pay/wechat"));
        order
    }

    /// What the page calls WeChat's cashier with.
    pub async fn call(&self, order: &str) -> String {
        let page = self.get(&format!("/orders/{order}/pay/wechat")).await;
        let call = page.html.split("data-wechat-pay=\"").nth(1).unwrap_or_else(|| panic!("no call: {page}"));
        call.split('"').next().unwrap().replace("&quot;", "\"").replace("&amp;", "&")
    }
}

/// How many payments of the order were begun and not given up.
pub async fn expect_payments(app: &TestApp, order: &str, count: i64) {
    let statement = "select count(*) from payments p join orders o on o.id = p.order_id where o.number = $1 and p.status <> 'void'";
    assert_eq!(app.number(statement, order).await, count);
}

impl TestApp {
    /// How often the shop has asked WeChat who came back.
    pub async fn exchanges(&self) -> usize {
        self.bank.looks_at(self.bank.url()).await.matches("<td>微信登录</td>").count()
    }
}

/// A process of a shop that has not given the public account's secret.
pub async fn without_secret(app: &TestApp) -> String {
    let wechat = WechatGateway::new(WechatSettings { login: None, ..settings(&door(app.bank.url())) }).unwrap();
    let gateways = Gateways { wechat: Some(Arc::new(wechat)), ..app.bank.gateways.clone() };
    let server = app.another_process_with(gateways).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let service = guitu::start::router(&server).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    url
}
