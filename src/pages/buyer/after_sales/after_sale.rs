//! `/after-sales/{no}`: what is going on, what to do now, and what happens if nobody acts.

mod actions;
mod cards;
pub mod words;

use super::refund_account;
use crate::domain::FieldErrors;
use crate::domain::after_sale::{AfterSaleAction, StateKind};
use crate::http::form::Form;
use crate::http::posts::{self, PostOutcome};
use crate::http::problem::Problem;
use crate::pages::document::Document;
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::after_sales::{self, AfterSaleDetail};
use crate::server::app::App;
use crate::server::clock::request_key;
use crate::server::ctx::Buyer;
use crate::text;
use crate::ui::{BuyerFrame, Card, Flash, FormErrors, Hero, Steps};
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use std::sync::Arc;

pub use cards::{dial, rejection, return_address};

pub fn routes() -> Router<Arc<App>> {
    let action = |what| routes::buyer::after_sale_action("{no}", what);
    Router::new()
        .route(&routes::buyer::after_sale("{no}"), get(show))
        .route(&action("withdraw"), post(withdraw))
        .route(&action("confirm"), post(confirm))
        .route(&action("convert"), post(convert))
        .route(&action("to-balance"), post(to_balance))
}

#[derive(serde::Deserialize)]
struct BuyerAfterSaleQuery {
    #[serde(default)]
    dialog: String,
    #[serde(default)]
    done: String,
}

async fn show(buyer: Buyer, Path(number): Path<String>, Query(query): Query<BuyerAfterSaleQuery>) -> Result<Response, Failure> {
    let detail = after_sales::for_buyer(&buyer, &number).await?;
    Ok(draw(
        &buyer,
        detail,
        BuyerAfterSalePage { dialog: &query.dialog, done: text::done::on_case(&query.done), key: request_key(), problem: None },
    ))
}

async fn withdraw(buyer: Buyer, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let done = posts::cases::withdraw(&buyer, &number, &form).await;
    answer(&buyer, &number, "withdraw", &form, done).await
}

async fn confirm(buyer: Buyer, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let done = posts::cases::confirm(&buyer, &number, &form).await;
    answer(&buyer, &number, "confirm", &form, done).await
}

/// 「退到余额」.
async fn to_balance(buyer: Buyer, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let done = posts::cases::to_balance(&buyer, &number, &form).await;
    answer(&buyer, &number, "to-balance", &form, done).await
}

async fn convert(buyer: Buyer, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let done = posts::cases::convert(&buyer, &number, &form).await;
    answer(&buyer, &number, "convert", &form, done).await
}

/// Back to the case; with a problem the case as it now is, the dialog still open.
async fn answer(buyer: &Buyer, number: &str, what: &str, form: &Form, done: PostOutcome) -> Result<Response, Failure> {
    match done {
        Ok(done) => Ok(Redirect::to(&done.to).into_response()),
        Err(error) => refused(buyer, number, what, form, Problem::of(error)?).await,
    }
}

/// The case as it now is, with the words of why nothing was done.
pub async fn refused(buyer: &Buyer, number: &str, dialog: &str, form: &Form, problem: Problem) -> Result<Response, Failure> {
    let detail = after_sales::for_buyer(buyer, number).await?;
    Ok(draw(buyer, detail, BuyerAfterSalePage { dialog, done: None, key: Problem::key(Some(&problem), form), problem: Some(problem) }))
}

/// The page besides its case: which dialog is open, what has just been done, and what went wrong.
struct BuyerAfterSalePage<'a> {
    dialog: &'a str,
    done: Option<&'static str>,
    key: String,
    problem: Option<Problem>,
}

fn draw(buyer: &Buyer, detail: AfterSaleDetail, shown: BuyerAfterSalePage<'_>) -> Response {
    let BuyerAfterSalePage { dialog, done, key, problem } = shown;
    let allowed = detail.case.allowed_actions(&buyer.actor);
    let open = match dialog {
        "withdraw" => Some(AfterSaleAction::Withdraw),
        "convert" => Some(AfterSaleAction::ConvertToRefund),
        _ => None,
    };
    let open = open.filter(|action| allowed.contains(action));
    let asks_for_balance = dialog == "to-balance" && detail.could_go_to_balance().is_positive();
    let now = buyer.now;
    Document::buyer("售后详情").status(Problem::status_of(problem.as_ref())).draw(move || {
        let errors = Problem::listed(problem.as_ref());
        let (on_top, in_dialog) = if open.is_some() || asks_for_balance { (None, errors) } else { (Some(errors), FieldErrors::default()) };
        let bottom = actions::bar(&detail.case, &allowed, open, &key, &in_dialog);
        let zone = detail.order.shop.zone;
        let case = &detail.case;
        let head = words::outlook(&detail, now);
        let hero = view! { <Hero title=words::title(&detail)>{head}</Hero> }.into_any();
        let steps = words::steps(case);
        let sending = case.return_leg.as_ref().filter(|_| case.state.kind() == StateKind::AwaitingReturn);
        let on_top = on_top.map(|errors| view! { <FormErrors errors=errors/> });
        let cards = [
            cards::rejection(case),
            cards::replacement(case),
            sending.map(|leg| return_address("寄到这里", leg)),
            cards::sent_back(case, zone),
            refund_account::card(&detail),
            cards::to_balance(&detail, asks_for_balance, &key, &in_dialog),
            Some(cards::request(&detail)),
            Some(cards::progress(&detail)),
            Some(cards::contact(&detail)),
        ];
        let cards: Vec<AnyView> = cards.into_iter().flatten().collect();
        view! {
            <BuyerFrame title="退款/售后" back=routes::buyer::AFTER_SALES hero=hero bottom=bottom>
                {done.map(|words| view! { <Flash words=words/> })}
                <Card><Steps steps=steps/></Card>
                {on_top}
                {cards}
            </BuyerFrame>
        }
    })
}
