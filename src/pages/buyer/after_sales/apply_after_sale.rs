//! `/orders/{no}/after-sale`: 「申请售后」, for goods of an order that was paid.

mod blocked;
mod choices;
pub mod draft;
pub mod form;
mod lines;

use super::evidence;
use crate::domain::after_sale::{AfterSaleKind, Stage, offer};
use crate::domain::order::{Order, OrderAction, OrderLine};
use crate::domain::{OrderLineId, Refusal};
use crate::http::form::Form;
use crate::http::forms::RECOUNT;
use crate::http::forms::application::{application, chosen};
use crate::http::problem::Problem;
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::after_sales::{self, Offered};
use crate::server::app::App;
use crate::server::clock::request_key;
use crate::server::ctx::Buyer;
use crate::server::error::Result as Outcome;
use crate::server::orders::{self, OrderDetail};
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use draft::ApplicationDraft;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    let application = get(show).post(submit);
    Router::new().route(&routes::buyer::apply("{no}"), application)
}

#[derive(serde::Deserialize)]
struct ApplyQuery {
    /// The line to begin with.
    #[serde(default)]
    line: String,
}

impl ApplyQuery {
    fn line(&self) -> Option<OrderLineId> {
        self.line.parse().ok().map(OrderLineId)
    }
}

async fn show(buyer: Buyer, Path(number): Path<String>, Query(asked): Query<ApplyQuery>) -> Result<Response, Failure> {
    let detail = orders::for_buyer(&buyer, &number).await?;
    let mut form = Form::default();
    form.set("request_key", request_key());
    if let Some(line) = first_choice(&buyer, &detail, asked.line()) {
        form.set(&format!("quantity_{}", line.id.0), line.units_left().to_string());
    }
    draw(&buyer, detail, asked.line(), form, None).await
}

async fn submit(buyer: Buyer, Path(number): Path<String>, Query(asked): Query<ApplyQuery>, mut form: Form) -> Result<Response, Failure> {
    without_hidden_amount(&mut form);
    if form.has(RECOUNT) {
        let detail = orders::for_buyer(&buyer, &number).await?;
        return draw(&buyer, detail, asked.line(), form, None).await;
    }
    match apply(&buyer, &number, &form).await {
        Ok(case) => Ok(Redirect::to(&routes::buyer::after_sale_done(&case, "applied")).into_response()),
        Err(error) => {
            let problem = Problem::of(error.beside_field())?;
            let detail = orders::for_buyer(&buyer, &number).await?;
            let problem = evidence::keep(&buyer, &detail.order, &mut form, problem).await?;
            draw(&buyer, detail, asked.line(), form, Some(problem)).await
        }
    }
}

async fn apply(buyer: &Buyer, number: &str, form: &Form) -> Outcome<String> {
    after_sales::apply(buyer, number, application(form)?, &form.request()).await
}

/// The goods the page begins with: those it was asked for, or else the only ones there are.
fn first_choice<'a>(buyer: &Buyer, detail: &'a OrderDetail, asked: Option<OrderLineId>) -> Option<&'a OrderLine> {
    let mut open = detail.order.lines.iter().filter(|line| is_open(buyer, detail, line));
    match asked {
        Some(id) => open.find(|line| line.id == id),
        None => open.next().filter(|_| open.next().is_none()),
    }
}

/// May anything of the line be asked for?
fn is_open(buyer: &Buyer, detail: &OrderDetail, line: &OrderLine) -> bool {
    line.units_left() > 0 && line.applications < detail.shop.policy.max_applications && refusal(buyer, detail, line).is_none()
}

fn refusal(buyer: &Buyer, detail: &OrderDetail, line: &OrderLine) -> Option<Refusal> {
    offer(&detail.order, &[(line.id, Some(1))], None, &detail.shop.policy, detail.shop.zone, buyer.now).err()
}

/// Why nothing of the order can be asked for; `None` if something can.
fn closed(buyer: &Buyer, detail: &OrderDetail) -> Option<String> {
    let order = &detail.order;
    if order.lines.iter().any(|line| is_open(buyer, detail, line)) && order.permits(OrderAction::ApplyAfterSale, &buyer.actor) {
        return None;
    }
    let reasons = order.lines.iter().filter(|line| line.units_left() > 0).find_map(|line| refusal(buyer, detail, line));
    Some(reasons.map_or_else(|| "商品都已在售后处理中，或已经退款".to_owned(), |reason| reason.to_string()))
}

async fn draw(
    buyer: &Buyer,
    detail: OrderDetail,
    asked: Option<OrderLineId>,
    form: Form,
    problem: Option<Problem>,
) -> Result<Response, Failure> {
    if let Some(words) = closed(buyer, &detail) {
        // It is this very form that has asked for all of it.
        let words = problem.filter(|problem| problem.used_up).map_or(words, |problem| problem.summary);
        return Ok(blocked::draw(detail, words));
    }
    let stage = stage_of(&detail.order, &form, asked);
    let offered = Offered::of(buyer, &detail, stage).await?;
    let begin = asked.map_or_else(String::new, |line| format!("?line={}", line.0));
    let back = routes::buyer::order(&detail.order.number);
    let action = format!("{}{begin}", routes::buyer::apply(&detail.order.number));
    let OrderDetail { order, shop, cases, .. } = detail;
    let application = ApplicationDraft {
        title: "申请售后",
        action,
        back,
        order,
        shop,
        cases,
        stage,
        kinds: offered.kinds,
        at: buyer.now,
        now: buyer.now,
        given: None,
        typed: form,
        problem,
        version: None,
        before: None,
    };
    Ok(form::draw(application))
}

/// Shipped and unshipped goods are asked for apart: by what was chosen, by what was asked for, or what comes first.
pub fn stage_of(order: &Order, form: &Form, asked: Option<OrderLineId>) -> Stage {
    let chosen = chosen(form).into_iter().find(|(_, units)| *units != Some(0)).map(|(id, _)| id);
    let line = |id: OrderLineId| order.lines.iter().find(|line| line.id == id);
    let first = order.lines.iter().find(|line| line.units_left() > 0).or(order.lines.first());
    chosen.and_then(line).or_else(|| asked.and_then(line)).or(first).map_or(Stage::Unshipped, |line| Stage::of(order, line))
}

/// An exchange moves no money: what was typed before the kind was changed does not count.
pub fn without_hidden_amount(form: &mut Form) {
    if form.get("kind") == AfterSaleKind::Exchange.code() {
        form.set("amount", "");
    }
}
