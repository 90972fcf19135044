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
use crate::domain::order::OrderStatus;
use crate::http::form::Form;
use crate::pages::document::Document;
use crate::pages::merchant::frame;
use crate::pages::merchant::task::Task;
use crate::pages::problem::{Failure, Problem};
use crate::routes::merchant as paths;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::error::Result as Outcome;
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
        .route(&of(Task::ConfirmPayment), reopen(Task::ConfirmPayment).post(dialogs::confirm_payment::submit))
        .route(&of(Task::Price), reopen(Task::Price).post(dialogs::price::submit))
        .route(&of(Task::Ship), reopen(Task::Ship).post(dialogs::ship::submit))
        .route(&of(Task::Receive), reopen(Task::Receive).post(dialogs::receive::submit))
        .route(&of(Task::Address), reopen(Task::Address).post(dialogs::address::submit))
        .route(&of(Task::Close), reopen(Task::Close).post(dialogs::close::submit))
        .route(&of(Task::Remark), reopen(Task::Remark).post(dialogs::remark::submit))
}

/// Somebody asks again for the address of a form: the order, with its dialog open.
fn reopen(task: Task) -> MethodRouter<Arc<App>> {
    get(move |Path(number): Path<String>| async move { Redirect::to(&task.href(&number)) })
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

/// What a form came to: on to the order, or the order again with the dialog still open.
async fn answer(staff: Staff, number: &str, task: Task, form: Form, done: Outcome<()>) -> Result<Response, Failure> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}?done={}", paths::order(number), task.code())).into_response()),
        Err(error) => {
            let problem = Some(Problem::of(error)?);
            let desk = Desk::of(staff, number).await?;
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
