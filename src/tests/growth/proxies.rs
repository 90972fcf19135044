//! Behind a proxy the limits count people: whom it speaks for, and nobody else's word for it.

use crate::support::{LI, TestApp, WANG, on_both_engines, warm_up};
use guitu::routes::buyer::LOGIN;
use guitu::server::machinery::config::TrustedProxies;
use reqwest::redirect::Policy;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

on_both_engines!(wrong_passwords_are_counted_for_whom_the_proxy_speaks_for);

async fn wrong_passwords_are_counted_for_whom_the_proxy_speaks_for(app: TestApp) {
    let (believing, doubting) = (shop(&app, "127.0.0.0/8").await, shop(&app, "").await);
    for _ in 0..10 {
        assert_eq!(tries(&believing, WANG, "203.0.113.7", "wrong-password").await, 422);
        assert_eq!(tries(&doubting, LI, "203.0.113.7", "wrong-password").await, 422);
    }
    assert_eq!(tries(&believing, WANG, "203.0.113.7", "wrong-password").await, 429);
    assert_eq!(
        tries(&believing, WANG, "198.51.100.1, 203.0.113.7", "wrong-password").await,
        429,
        "a name of one's own choice helps nobody"
    );
    assert_eq!(tries(&believing, WANG, "203.0.113.8", "wrong-password").await, 422, "and nobody else is barred");
    assert_eq!(tries(&doubting, LI, "203.0.113.8", "wrong-password").await, 429, "without proxies nobody is believed");
}

/// A process of the town that trusts these proxies, with every connection open as `guitu serve` has them.
pub async fn shop(app: &TestApp, proxies: &str) -> String {
    let mut server = app.another_process().await;
    warm_up(&server).await;
    Arc::get_mut(&mut server).unwrap().proxies = TrustedProxies::parse("", proxies).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let service = guitu::start::router(&server).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    url
}

/// The status that a try to log in ends with.
pub async fn tries(shop: &str, phone: &str, forwarded: &str, password: &str) -> u16 {
    let http = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
    let form = [("phone", phone), ("password", password)];
    http.post(format!("{shop}{LOGIN}")).header("x-forwarded-for", forwarded).form(&form).send().await.unwrap().status().as_u16()
}
