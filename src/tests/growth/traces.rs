//! Traces: on the wire as a collector takes them, under the pattern of the route, and without a word about anybody.

use super::process::Process;
use crate::support::{TestApp, WANG, on_both_engines};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

on_both_engines!(a_collector_hears_of_every_request_and_of_nobody);

type Heard = Arc<Mutex<Vec<(String, Bytes)>>>;

async fn a_collector_hears_of_every_request_and_of_nobody(app: TestApp) {
    let (collector, heard) = collector().await;
    let mut process = Process::start(&app, &["--otlp-endpoint", &collector]).await;
    let wang = app.buyer(WANG).await;
    let number = wang.buys(&[(app.town.goods.cup, 1)], "balance").await;
    let mut browser = wang.browser();
    browser.origin.clone_from(&process.url);
    browser.get(&format!("/orders/{number}?q=13900000000")).await.says(200, &number);
    process.is_asked_to_stop();
    assert!(process.ends().await.success());

    let heard = heard.lock().unwrap().clone();
    assert!(!heard.is_empty() && heard.iter().all(|(kind, _)| kind == "application/x-protobuf"));
    let bytes = heard.iter().flat_map(|(_, bytes)| bytes.to_vec()).collect::<Vec<u8>>();
    let text = String::from_utf8_lossy(&bytes);
    for told in ["GET /orders/{number}", "GET /readyz", "service.name", "guitu", "http.route", "http.response.status_code", "request.id"] {
        assert!(text.contains(told), "{told} was not sent");
    }
    for about_somebody in [number.as_str(), WANG, "13900000000", "/orders?"] {
        assert!(!text.contains(about_somebody), "{about_somebody} was sent");
    }
}

/// Takes whatever is sent, and where it listens.
async fn collector() -> (String, Heard) {
    let heard = Heard::default();
    let take = |State(heard): State<Heard>, headers: HeaderMap, body: Bytes| async move {
        heard.lock().unwrap().push((headers["content-type"].to_str().unwrap().to_owned(), body));
    };
    let router = Router::new().route("/v1/traces", post(take)).with_state(heard.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (url, heard)
}
