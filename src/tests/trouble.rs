//! What the shop stands on fails: the disk is full, the database is locked, read-only or gone, its connections are in use, the log cannot be
//! written. Reading goes on where it can, people are told what to do, nothing is lost, and all is well again once the cause has passed.

mod disk;
mod gone;
mod locked;
mod log;
mod pictures;
mod read_only;
mod relay;

use crate::support::{Browser, Buyer, Form, Page, TestApp, WANG};
use guitu::routes::buyer::CHECKOUT;
use reqwest::header::RETRY_AFTER;
use std::time::{Duration, Instant};

/// A buyer before the button of an order, and the form behind it.
async fn about_to_order(app: &TestApp) -> (Buyer, Form) {
    let wang = app.buyer(WANG).await;
    let form = wang.checkout(&[(app.town.goods.cup, 1)]).await.with("remark", "请轻放");
    (wang, form)
}

/// It was refused for now, with words; the form that comes back still holds what was typed, under its key.
#[track_caller]
fn is_kept_for_later(page: &Page, sent: &Form) {
    page.says(503, "系统暂时无法保存").says(503, "请稍等几秒后重新提交");
    let again = page.form(CHECKOUT);
    assert_eq!(again.get("request_key"), sent.get("request_key"));
}

/// The same form is taken now, and has one effect however often it was sent.
async fn is_taken_once(app: &TestApp, wang: &Buyer, form: &Form) {
    // A connection that ended with the trouble may have to be met first.
    app.until("the form is taken", || async { wang.send(form).await.status == 303 }).await;
    let first = wang.send(form).await.goes_to().to_owned();
    assert_eq!(wang.send(form).await.goes_to(), first);
    assert_eq!(app.count("select count(*) from orders").await, 1);
}

/// The answer to who asks whether the shop is ready: status, words, and whether it says when to come again.
async fn readiness(url: &str) -> (u16, String, bool) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = http.get(format!("{url}/readyz")).send().await.unwrap();
    let (status, again) = (answer.status().as_u16(), answer.headers().contains_key(RETRY_AFTER));
    (status, answer.text().await.unwrap(), again)
}

/// Nobody is kept waiting: this is far above what it takes, and far below what people bear.
async fn in_time<T>(work: impl Future<Output = T>) -> T {
    let began = Instant::now();
    let done = work.await;
    assert!(began.elapsed() < Duration::from_secs(15), "it took {:?}", began.elapsed());
    done
}

/// The process lives, whatever becomes of its database.
async fn is_alive(url: &str) {
    let page = Browser::new(url).get("/healthz").await;
    assert!(page.status == 200 && page.html == "ok", "{page}");
}
