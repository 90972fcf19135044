//! `/merchant/batches`: many after-sales decided at once, what each batch comes to and how far it is (S52).

mod act;
mod list;
mod progress;
mod proposal;

use crate::domain::BatchState;
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::pages::document::Document;
use crate::pages::extract::{Path, Query};
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::after_sales::batches::{self, Batch};
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::ui::{Badge, FormErrors, MerchantFrame, Tone};
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    let action = |what| paths::batch_action("{number}", what);
    Router::new()
        .route(paths::BATCHES, get(list::show).post(act::propose))
        .route(&paths::batch("{number}"), get(show))
        .route(&action("start"), post(act::start))
        .route(&action("stop"), post(act::stop))
        .route(&action("resume"), post(act::resume))
        .route(&action("drop"), post(act::drop))
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct BatchQuery {
    /// The passed-over case that the page begins behind.
    behind: Option<i64>,
}

async fn show(staff: Staff, Path(number): Path<String>, Query(query): Query<BatchQuery>) -> Result<Response, Failure> {
    page(staff, &number, query.behind, &Form::default(), None).await
}

/// One batch; with what was typed and refused, where something was.
async fn page(staff: Staff, number: &str, behind: Option<i64>, typed: &Form, problem: Option<Problem>) -> Result<Response, Failure> {
    let detail = batches::for_shop(&staff, number, behind).await?;
    // Who leafs through what was passed over reads; only the first page goes on by itself.
    let refresh = (detail.batch.state.is_moving() && behind.is_none()).then_some(2);
    let title = detail.batch.decision.name();
    let document = Document::merchant(format!("{title} {number}")).status(Problem::status_of(problem.as_ref())).refreshing(refresh);
    Ok(document.draw(move || {
        let nav = frame::nav(&staff, paths::AFTER_SALES);
        let badges = standing(&detail.batch).into_any();
        let body = match detail.batch.state {
            BatchState::Proposed => proposal::draw(&detail, &staff, typed, problem.as_ref()),
            BatchState::Collecting | BatchState::Running | BatchState::Stopped | BatchState::Finished | BatchState::Dropped => {
                progress::draw(&detail, &staff)
            }
        };
        let errors = Problem::listed(problem.as_ref());
        view! {
            <MerchantFrame
                title=title nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone() back=paths::BATCHES badges=badges
            >
                <FormErrors errors=errors/>
                {body}
            </MerchantFrame>
        }
    }))
}

/// How a batch stands, in a word.
fn standing(batch: &Batch) -> impl IntoView + use<> {
    let tone = match batch.state {
        BatchState::Collecting | BatchState::Running => Tone::Info,
        BatchState::Proposed | BatchState::Stopped => Tone::Warn,
        BatchState::Finished => Tone::Good,
        BatchState::Dropped => Tone::Plain,
    };
    let words = batch.state.name();
    view! { <Badge tone=tone>{words}</Badge> }
}

/// `未发货退款待处理 · 搜索「紫砂壶」 · 申请于 2026-11-19 至 2026-11-20`.
fn scope(batch: &Batch, staff: &Staff) -> String {
    let zone = staff.shop.zone;
    let day = |at: crate::domain::Timestamp| at.show(zone).chars().take(10).collect::<String>();
    let narrowed = if batch.ticked { "勾选".to_owned() } else { sought(&batch.sought) };
    let days = match (batch.from, batch.until.map(|until| until.plus(-1))) {
        (None, None) => String::new(),
        _ if batch.ticked => String::new(),
        (Some(from), None) => format!("申请于 {} 起", day(from)),
        (None, Some(until)) => format!("申请于 {} 前", day(until)),
        (Some(from), Some(until)) => format!("申请于 {} 至 {}", day(from), day(until)),
    };
    let parts = [batch.queue.name().to_owned(), narrowed, days];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn sought(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("搜索「{words}」") }
}
