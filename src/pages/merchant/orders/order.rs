//! `/merchant/orders/{number}` and the forms on it: one order whole, with everything that can be done to it.

mod desk;
mod dialogs;
mod goods;
mod history;
mod money_box;
mod numbers;
mod parcels;
mod people;
mod standing;

use crate::domain::FieldErrors;
use crate::domain::order::{OrderStatus, Task};
use crate::http::form::Form;
use crate::http::forms::{RECOUNT, shipping};
use crate::http::posts::shop_orders;
use crate::http::problem::Problem;
use crate::pages::document::Document;
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::ui::{Badge, Flag, Flash, FormErrors, MerchantFrame, Tone};
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};
use desk::Desk;
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    let of = |task: Task| paths::order_action("{number}", task.code());
    Router::new()
        .route(&paths::order("{number}"), get(show))
        .route(&of(Task::ConfirmPayment), form(Task::ConfirmPayment))
        .route(&of(Task::Price), form(Task::Price))
        .route(&of(Task::Ship), form(Task::Ship))
        .route(&of(Task::Receive), form(Task::Receive))
        .route(&of(Task::Address), form(Task::Address))
        .route(&of(Task::Close), form(Task::Close))
        .route(&of(Task::Remark), form(Task::Remark))
}

/// The address of a dialog's form. Somebody may open it again: the order, with the dialog open.
fn form(task: Task) -> MethodRouter<Arc<App>> {
    let reopen = move |Path(number): Path<String>| async move { Redirect::to(&task.href(&number)) };
    get(reopen).post(move |staff: Staff, Path(number): Path<String>, form: Form| submit(task, staff, number, form))
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct OrderQuery {
    dialog: String,
    done: String,
}

async fn show(staff: Staff, Path(number): Path<String>, Query(query): Query<OrderQuery>) -> Result<Response, Failure> {
    let desk = Desk::of(staff, &number).await?;
    Ok(draw(Desk { open: Task::from_code(&query.dialog), done: Task::from_code(&query.done), ..desk }))
}

/// On to the order, or the order again with the dialog still open.
async fn submit(task: Task, staff: Staff, number: String, form: Form) -> Result<Response, Failure> {
    let parcels = if task == Task::Ship { shipping::redrawn(&form) } else { None };
    let redrawn = parcels.or_else(|| form.has(RECOUNT).then(|| form.clone()));
    if let Some(changed) = redrawn {
        staff.require(task.permission())?;
        let desk = Desk::of(staff, &number).await?;
        return Ok(draw(Desk { open: Some(task), form: changed, ..desk }));
    }
    match shop_orders::act(task, &staff, &number, &form).await {
        Ok(done) => Ok(Redirect::to(&done.to).into_response()),
        Err(error) => {
            let problem = Some(Problem::of(error)?);
            let desk = Desk::of(staff, &number).await?;
            Ok(draw(Desk { open: Some(task), form, problem, ..desk }))
        }
    }
}

fn draw(desk: Desk) -> Response {
    let number = desk.order.number().to_owned();
    Document::merchant(format!("订单 {number}")).status(Problem::status_of(desk.problem.as_ref())).draw(move || {
        let nav = frame::nav(&desk.staff, paths::ORDERS);
        let badges = badges(&desk).into_any();
        let actions = dialogs::buttons(&desk);
        view! {
            <MerchantFrame
                title=format!("订单 {number}") nav=nav staff=frame::signature(&desk.staff) shop=desk.staff.shop.name.clone() back=paths::ORDERS
                badges=badges actions=actions
            >
                {desk.done.map(|task| view! { <Flash words=task.done()/> })}
                <FormErrors errors=homeless(&desk)/>
                <div class="split">
                    <div class="stack">
                        {standing::draw(&desk)}
                        {goods::draw(&desk)}
                        {parcels::draw(&desk)}
                        {history::draw(&desk)}
                    </div>
                    <div class="stack">
                        {money_box::draw(&desk)}
                        {people::draw(&desk)}
                        {people::remarks(&desk)}
                        {numbers::draw(&desk)}
                    </div>
                </div>
            </MerchantFrame>
        }
    })
}

/// What was refused although its dialog is gone: the order has moved on meanwhile.
fn homeless(desk: &Desk) -> FieldErrors {
    match (desk.open, &desk.problem) {
        (Some(task), Some(problem)) if !desk.offers(task) => FieldErrors::one("", problem.summary.clone()),
        _ => FieldErrors::default(),
    }
}

fn badges(desk: &Desk) -> impl IntoView + use<> {
    let status = desk.order.status();
    let first = desk.order.is_first().then(|| view! { <Badge tone=Tone::Info>"首单"</Badge> });
    view! { <Badge tone=tone(status)>{status.name_for_shop()}</Badge> {first} <Flag color=desk.order.flag()/> }
}

/// The colour of a status: what waits for the shop stands out.
pub(in crate::pages::merchant) fn tone(status: OrderStatus) -> Tone {
    match status {
        OrderStatus::AwaitingShipment | OrderStatus::PartiallyShipped => Tone::Warn,
        OrderStatus::AwaitingReceipt => Tone::Info,
        OrderStatus::Completed => Tone::Good,
        OrderStatus::PendingPayment | OrderStatus::Closed => Tone::Plain,
    }
}
