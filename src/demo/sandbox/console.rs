//! The console: what went through the sandbox, what is to go wrong next, and the shop's clock.

mod clock;
mod faults;
mod tables;

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::bank::Bank;
use super::books::Paying;
use super::page::{page, problem_page};
use super::problem::SandboxProblem;

pub use faults::FaultForm;

#[derive(Deserialize)]
pub struct ClockForm {
    advance_ms: i64,
}

pub async fn show(State(bank): State<Arc<Bank>>) -> Response {
    draw(&bank, None).await
}

pub async fn plan_fault(State(bank): State<Arc<Bank>>, Form(form): Form<FaultForm>) -> Response {
    let planned = match form.parse() {
        Ok(planned) => bank.books.plan_fault(&planned).await,
        Err(problem) => Err(problem),
    };
    again(&bank, planned).await
}

pub async fn clear_faults(State(bank): State<Arc<Bank>>) -> Response {
    let cleared = bank.books.clear_faults().await;
    again(&bank, cleared).await
}

pub async fn advance_clock(State(bank): State<Arc<Bank>>, Form(form): Form<ClockForm>) -> Response {
    let advanced = bank.advance_clock(form.advance_ms).await;
    again(&bank, advanced.map(|_| ())).await
}

pub async fn pay(State(bank): State<Arc<Bank>>, Path(payment_no): Path<String>) -> Response {
    let paid = bank.pay(&payment_no, Paying { at: bank.clock.now(), amount: None, quiet: false }).await;
    again(&bank, paid).await
}

async fn again(bank: &Bank, done: Result<(), SandboxProblem>) -> Response {
    match done {
        Ok(()) => Redirect::to("/").into_response(),
        Err(problem) => draw(bank, Some(problem)).await,
    }
}

async fn draw(bank: &Bank, problem: Option<SandboxProblem>) -> Response {
    let status = problem.as_ref().map_or(StatusCode::OK, SandboxProblem::status);
    match sections(bank).await {
        Ok(sections) => {
            let body = view! {
                <main class="console">
                    <header>
                        <h1>"沙箱支付网关"</h1>
                        <p>
                            "模拟微信支付与支付宝,不动真钱。" <a href=bank.app_base_url.clone()>"回到商店"</a> " · "
                            <a href="/">"刷新"</a>
                        </p>
                    </header>
                    {problem.map(|problem| view! { <p class="alert" role="alert">{problem.words().to_owned()}</p> })}
                    {sections}
                </main>
            };
            page(status, "沙箱支付网关", None, body)
        }
        Err(problem) => problem_page(&problem),
    }
}

async fn sections(bank: &Bank) -> Result<AnyView, SandboxProblem> {
    let now = bank.clock.now();
    let faults = bank.books.planned_faults().await?;
    let payments = bank.books.newest_payments(now).await?;
    let refunds = bank.books.newest_refunds().await?;
    let requests = bank.books.newest_requests().await?;
    Ok(view! {
        {clock::section(now)}
        {faults::section(faults)}
        {super::bills::section(now)}
        {tables::payments(payments)}
        {tables::refunds(refunds)}
        {tables::requests(requests)}
    }
    .into_any())
}
