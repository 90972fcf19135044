//! `/after-sales/{no}/revise`: asking again after a rejection.

use super::after_sale::{refused, rejection};
use super::apply_after_sale::draft::ApplicationDraft;
use super::apply_after_sale::form;
use super::apply_after_sale::{stage_of, without_hidden_amount};
use super::evidence;
use crate::domain::after_sale::{AfterSale, AfterSaleAction, AfterSaleKind};
use crate::http::form::Form;
use crate::http::forms::RECOUNT;
use crate::http::forms::application::{KEPT_EVIDENCE, application};
use crate::http::problem::Problem;
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::after_sales::{self, AfterSaleDetail, Offered, Precondition};
use crate::server::app::App;
use crate::server::clock::request_key;
use crate::server::ctx::Buyer;
use crate::server::error::Result as Outcome;
use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    let revision = get(show).post(submit);
    Router::new().route(&routes::buyer::revise("{no}"), revision)
}

async fn show(buyer: Buyer, Path(number): Path<String>) -> Result<Response, Failure> {
    let detail = after_sales::for_buyer(&buyer, &number).await?;
    if !may_revise(&buyer, &detail) {
        return Ok(back(&number));
    }
    let form = as_asked(&detail.case);
    draw(&buyer, detail, form, None).await
}

async fn submit(buyer: Buyer, Path(number): Path<String>, mut form: Form) -> Result<Response, Failure> {
    without_hidden_amount(&mut form);
    if form.has(RECOUNT) {
        let detail = after_sales::for_buyer(&buyer, &number).await?;
        return if may_revise(&buyer, &detail) { draw(&buyer, detail, form, None).await } else { Ok(back(&number)) };
    }
    let problem = match ask_again(&buyer, &number, &form).await {
        Ok(()) => return Ok(Redirect::to(&routes::buyer::after_sale_done(&number, "revised")).into_response()),
        Err(error) => Problem::of(error.beside_field())?,
    };
    let detail = after_sales::for_buyer(&buyer, &number).await?;
    if may_revise(&buyer, &detail) {
        let problem = evidence::keep(&buyer, &detail.order.order, &mut form, problem).await?;
        return draw(&buyer, detail, form, Some(problem)).await;
    }
    refused(&buyer, &number, "", &form, problem).await
}

async fn ask_again(buyer: &Buyer, number: &str, form: &Form) -> Outcome<()> {
    after_sales::revise(buyer, number, application(form)?, &Precondition::of(form)).await
}

fn may_revise(buyer: &Buyer, detail: &AfterSaleDetail) -> bool {
    detail.case.allowed_actions(&buyer.actor).contains(&AfterSaleAction::Revise)
}

fn back(number: &str) -> Response {
    Redirect::to(&routes::buyer::after_sale(number)).into_response()
}

/// The form as it was sent the last time.
fn as_asked(case: &AfterSale) -> Form {
    let mut form = Form::default();
    for item in case.items.iter().filter(|item| item.quantity > 0) {
        form.set(&format!("quantity_{}", item.line_id.0), item.quantity.to_string());
    }
    form.set("kind", case.kind.code());
    form.set("reason", case.reason.code());
    form.set("note", case.note.clone());
    if case.kind != AfterSaleKind::Exchange {
        form.set("amount", case.amount().plain());
    }
    for key in &case.evidence {
        form.add(KEPT_EVIDENCE, key);
    }
    form.set("request_key", request_key());
    form
}

async fn draw(buyer: &Buyer, detail: AfterSaleDetail, form: Form, problem: Option<Problem>) -> Result<Response, Failure> {
    let AfterSaleDetail { case, order: around, .. } = detail;
    let order = around.order.without_claims(&case.items);
    let stage = stage_of(&order, &form, None);
    let kinds = Offered::of(buyer, &around, stage).await?.kinds;
    let application = ApplicationDraft {
        title: "修改申请",
        action: routes::buyer::revise(&case.number),
        back: routes::buyer::after_sale(&case.number),
        shop: around.shop,
        cases: around.cases.into_iter().filter(|other| other.id != case.id).collect(),
        stage,
        kinds,
        at: buyer.now.min(case.applied_at),
        now: buyer.now,
        given: Some(case.reason),
        typed: form,
        problem,
        version: Some(case.version),
        before: rejection(&case),
        order,
    };
    Ok(form::draw(application))
}
