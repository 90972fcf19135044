//! `/orders/{no}`: one order of the buyer, and what they do to it.

mod actions;
mod cards;
mod money;
mod outlook;

use crate::domain::FieldErrors;
use crate::http::posts::{self, PostOutcome};
use crate::http::problem::Problem;
use crate::pages::document::Document;
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Buyer;
use crate::server::orders::{self, OrderDetail};
use crate::text;
use crate::ui::{BuyerFrame, Flash, FormErrors, Hero, Notice, Tone};
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/orders/{number}", get(show))
        .route("/orders/{number}/cancel", post(cancel))
        .route("/orders/{number}/receive", post(receive))
        .route("/orders/{number}/buy-again", post(buy_again))
}

/// The page besides its order: which dialog is open, and what went wrong.
#[derive(Default, serde::Deserialize)]
pub struct BuyerOrderQuery {
    #[serde(default)]
    dialog: String,
    #[serde(default)]
    done: String,
    /// What could be bought again is in the cart, the rest is not sold at present.
    again: Option<String>,
    #[serde(skip)]
    problem: Option<Problem>,
}

impl BuyerOrderQuery {
    pub fn with(problem: Problem) -> Self {
        Self { problem: Some(problem), ..Self::default() }
    }
}

async fn show(buyer: Buyer, Path(number): Path<String>, Query(shown): Query<BuyerOrderQuery>) -> Result<Response, Failure> {
    let detail = orders::for_returning_buyer(&buyer, &number).await?;
    Ok(draw(&buyer, detail, shown))
}

async fn cancel(buyer: Buyer, Path(number): Path<String>) -> Result<Response, Failure> {
    let done = posts::orders::cancel(&buyer, &number).await;
    answer(&buyer, &number, "cancel", done).await
}

async fn receive(buyer: Buyer, Path(number): Path<String>) -> Result<Response, Failure> {
    let done = posts::orders::receive(&buyer, &number).await;
    answer(&buyer, &number, "receive", done).await
}

/// Back to the order. What was refused is said on the page, in its dialog if that is still there.
async fn answer(buyer: &Buyer, number: &str, dialog: &str, done: PostOutcome) -> Result<Response, Failure> {
    match done {
        Ok(done) => Ok(Redirect::to(&done.to).into_response()),
        Err(error) => {
            let problem = Problem::of(error)?;
            let detail = orders::for_buyer(buyer, number).await?;
            Ok(draw(buyer, detail, BuyerOrderQuery { dialog: dialog.to_owned(), ..BuyerOrderQuery::with(problem) }))
        }
    }
}

/// 「再次购买」: on to the cart; what cannot be had any more is said.
async fn buy_again(buyer: Buyer, Path(number): Path<String>) -> Result<Response, Failure> {
    let missing = orders::buy_again(&buyer, &number).await?;
    let detail = orders::for_buyer(&buyer, &number).await?;
    if missing.is_empty() {
        return Ok(Redirect::to(routes::buyer::CART).into_response());
    }
    if missing.len() < detail.order.lines.len() {
        return Ok(Redirect::to(&format!("{}?again=some", routes::buyer::order(&number))).into_response());
    }
    let problem = Problem { status: StatusCode::CONFLICT, summary: missing.join("；"), errors: FieldErrors::default(), used_up: false };
    Ok(draw(&buyer, detail, BuyerOrderQuery::with(problem)))
}

/// The page; a refused form comes back with it.
pub fn draw(buyer: &Buyer, detail: OrderDetail, shown: BuyerOrderQuery) -> Response {
    let (actor, now) = (&buyer.actor, buyer.now);
    let status = Problem::status_of(shown.problem.as_ref());
    Document::buyer(format!("订单 {}", detail.order.number)).status(status).draw(move || {
        let actions = actions::Actions::of(&detail, actor, now);
        let errors = Problem::listed(shown.problem.as_ref());
        let (inside, on_top) =
            if actions.has_dialog(&shown.dialog) { (errors, FieldErrors::default()) } else { (FieldErrors::default(), errors) };
        let (words, confirming) = (outlook::outlook(&detail, now), outlook::confirming(&detail));
        let hero = view! { <Hero title=detail.order.status().name()>{words}</Hero> };
        let bottom = actions.any().then(|| actions::bar(&detail, &actions, &shown.dialog, &inside));
        view! {
            <BuyerFrame title="订单详情" back=routes::buyer::ORDERS hero=hero.into_any() bottom=bottom>
                {text::done::on_order(&shown.done).map(|words| view! { <Flash words=words/> })}
                <FormErrors errors=on_top/>
                {shown.again.map(|_| some_missing())}
                {confirming}
                {cards::recipient(&detail)}
                {cards::parcels(&detail)}
                {cards::goods(&detail, &actions)}
                {money::bill(&detail)}
                {money::refunds(&detail)}
                {cards::numbers(&detail)}
                {cards::timeline(&detail)}
            </BuyerFrame>
        }
    })
}

fn some_missing() -> impl IntoView {
    view! { <Notice tone=Tone::Warn href=routes::buyer::CART>"还在售的商品已加入购物车，其余商品暂时无货。去购物车"</Notice> }
}
