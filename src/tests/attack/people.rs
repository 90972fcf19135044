//! People who look, log in and buy meanwhile, each in a new browser every time, and the one who asks whether the server lives.

use super::tally::Tally;
use super::target::Target;
use crate::support::{CHEN, Form, PASSWORD, WANG};
use reqwest::Client;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime;
use tokio::task::JoinHandle;

pub fn come(target: &Target, tally: &Arc<Tally>) -> Vec<JoinHandle<()>> {
    let buyers = [WANG, CHEN].into_iter().enumerate().map(|(index, phone)| {
        let (target, tally) = (target.clone(), tally.clone());
        apart(async move {
            while tally.goes_on() {
                let bought = shops(&target, &format!("127.0.0.{}", 20 + index), phone, Some(&tally)).await;
                tally.bought(bought);
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
        })
    });
    buyers.chain([apart(asks_whether_it_lives(target.clone(), tally.clone()))]).collect()
}

/// On a thread of their own: they are timed, and do not wait for the attackers' work.
fn apart(person: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
    tokio::task::spawn_blocking(move || runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(person))
}

/// One order, from the front page on.
pub async fn buys(target: &Target, from: &str) -> Result<(), String> {
    shops(target, from, WANG, None).await
}

async fn asks_whether_it_lives(target: Target, tally: Arc<Tally>) {
    while tally.goes_on() {
        // A new connection each time, as a proxy or an orchestrator makes it.
        let http = target.client("127.0.0.10").build().unwrap();
        let began = Instant::now();
        let answer = http.get(target.url("/healthz")).send().await;
        tally.health(began.elapsed(), answer);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn shops(target: &Target, from: &str, phone: &str, tally: Option<&Tally>) -> Result<(), String> {
    let http = target.client(from).cookie_store(true).build().unwrap();
    let product = format!("/products/{}", target.ware.product.0);
    for page in ["/", &product, "/login"] {
        asks(target, http.get(target.url(page)), tally).await?;
    }
    let began = Instant::now();
    send(target, &http, &Form::to("/login").with("phone", phone).with("password", PASSWORD), tally).await?;
    if let Some(tally) = tally {
        tally.logged_in(began.elapsed());
    }
    let page = asks(target, http.get(target.url(&product)), tally).await?;
    let form = Form::find(&page, &product, &product).ok_or("no form on the product's page")?;
    send(target, &http, &form.with("sku", target.ware.sku.0).with("quantity", 1).with("action", "cart"), tally).await?;
    let checkout = format!("/checkout?shop={}", target.ware.shop.0);
    let page = asks(target, http.get(target.url(&checkout)), tally).await?;
    let form = Form::find(&page, &checkout, "/checkout").ok_or("no form at the checkout")?;
    let order = send(target, &http, &form, tally).await?;
    if order.starts_with("/orders/") { Ok(()) } else { Err(format!("the order led to {order}")) }
}

/// What a page says, if it comes.
async fn asks(target: &Target, request: reqwest::RequestBuilder, tally: Option<&Tally>) -> Result<String, String> {
    let answer = request.header("origin", target.origin()).send().await.map_err(|error| format!("{error:?}"))?;
    let (status, url) = (answer.status(), answer.url().path().to_owned());
    if let Some(tally) = tally {
        tally.answered(status.as_u16());
    }
    let led = answer.headers().get("location").and_then(|led| led.to_str().ok()).unwrap_or_default().to_owned();
    let page = answer.text().await.map_err(|error| format!("{error:?}"))?;
    match status.as_u16() {
        200 => Ok(page),
        303 => Ok(led),
        other => Err(format!("{url} was answered with {other}")),
    }
}

/// Where a form leads to.
async fn send(target: &Target, http: &Client, form: &Form, tally: Option<&Tally>) -> Result<String, String> {
    asks(target, http.post(target.url(&form.action)).form(&form.fields), tally).await
}
