//! `/merchant/payment-anomalies`: 「支付异常订单」, payments and refunds that went wrong, each with its way out (S16).

mod dialog;
mod table;
mod words;

use crate::domain::Permission;
use crate::http::form::Form;
use crate::http::forms;
use crate::http::problem::Problem;
use crate::pages::document::Document;
use crate::pages::extract::{Path, Query};
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::anomalies::{self, Counts, InquiryOutcome};
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::error::Result as Outcome;
use crate::ui::{Flash, FormErrors, LinkButton, MerchantFrame, Pagination, Tab, Tabs, Tone};
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(paths::ANOMALIES, get(show))
        .route("/merchant/payment-anomalies/{id}/query", post(query))
        .route("/merchant/payment-anomalies/{id}/refund", post(refund))
        .route("/merchant/payment-anomalies/{id}/resolve", post(resolve))
        .route("/merchant/payment-anomalies/{id}/decide", post(decide))
}

/// Tab, page and dialog, as the URL says them.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
struct AnomaliesQuery {
    /// `resolved`, or the open ones.
    state: String,
    before: Option<i64>,
    /// The anomaly that the dialog is about.
    resolve: Option<i64>,
    /// The anomaly whose refund is asked about.
    refund: Option<i64>,
    done: String,
}

impl AnomaliesQuery {
    fn open(&self) -> bool {
        self.state != "resolved"
    }

    /// The same page with `more` in its query.
    fn href(&self, more: &[(&str, &str)]) -> String {
        format!("{}{}", paths::ANOMALIES, self.query(more))
    }

    /// Where a form about an anomaly is sent to, so that it comes back to the same list.
    fn action(&self, id: i64, what: &str) -> String {
        format!("{}{}", paths::anomaly_action(id, what), self.query(&[]))
    }

    fn query(&self, more: &[(&str, &str)]) -> String {
        let before = self.before.map(|id| id.to_string()).unwrap_or_default();
        let mut pairs = vec![("state", self.state.as_str()), ("before", &before)];
        pairs.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
        pairs.extend_from_slice(more);
        pairs.retain(|(_, value)| !value.is_empty());
        if pairs.is_empty() { String::new() } else { format!("?{}", serde_urlencoded::to_string(pairs).unwrap_or_default()) }
    }
}

async fn show(staff: Staff, Query(query): Query<AnomaliesQuery>) -> Result<Response, Failure> {
    page(staff, query, &Form::default(), None).await
}

async fn query(staff: Staff, Path(id): Path<i64>, Query(query): Query<AnomaliesQuery>) -> Result<Response, Failure> {
    let done = match anomalies::query(&staff, id).await {
        Ok(InquiryOutcome::Recorded) => Ok("recorded"),
        Ok(InquiryOutcome::StillDiffers) => Ok("differs"),
        Ok(InquiryOutcome::NotPaid) => Ok("unpaid"),
        Err(error) => Err(error),
    };
    answer(staff, query, &Form::default(), done).await
}

async fn refund(staff: Staff, Path(id): Path<i64>, Query(query): Query<AnomaliesQuery>) -> Result<Response, Failure> {
    let done = anomalies::refund(&staff, id).await.map(|()| "refund");
    answer(staff, AnomaliesQuery { refund: None, ..query }, &Form::default(), done).await
}

async fn resolve(staff: Staff, Path(id): Path<i64>, Query(query): Query<AnomaliesQuery>, form: Form) -> Result<Response, Failure> {
    let done = anomalies::mark(&staff, id, form.get("note")).await.map(|()| "marked");
    answer(staff, AnomaliesQuery { resolve: Some(id), ..query }, &form, done).await
}

async fn decide(staff: Staff, Path(id): Path<i64>, Query(query): Query<AnomaliesQuery>, form: Form) -> Result<Response, Failure> {
    let done = decide_on(&staff, id, &form).await.map(|()| "decided");
    answer(staff, AnomaliesQuery { resolve: Some(id), ..query }, &form, done).await
}

async fn decide_on(staff: &Staff, id: i64, form: &Form) -> Outcome<()> {
    staff.require(Permission::SettleMoney)?;
    anomalies::decide(staff, id, &forms::anomaly::decision(form)?).await
}

/// Back to the list, or the list with what is wrong.
async fn answer(staff: Staff, query: AnomaliesQuery, form: &Form, done: Outcome<&'static str>) -> Result<Response, Failure> {
    match done {
        Ok(done) => Ok(Redirect::to(&query.href(&[("done", done)])).into_response()),
        Err(error) => page(staff, query, form, Some(Problem::of(error)?)).await,
    }
}

async fn page(staff: Staff, query: AnomaliesQuery, typed: &Form, problem: Option<Problem>) -> Result<Response, Failure> {
    let (listed, counts) = anomalies::list(&staff, query.open(), query.before).await?;
    let about = match query.resolve {
        Some(id) => Some(dialog::AnomalyDialog::of(&staff, anomalies::find(&staff, id).await?).await?),
        None => None,
    };
    let next = listed.next.map(|before| query.href(&[("before", &before.to_string())]));
    let rows = listed.rows.into_iter().map(|row| table::AnomalyTableRow::of(row, &staff)).collect::<Vec<_>>();
    Ok(Document::merchant("支付异常订单").status(Problem::status_of(problem.as_ref())).draw(move || {
        let nav = frame::nav(&staff, paths::ANOMALIES);
        let dialog = about.and_then(|about| dialog::draw(&query, &about, typed, problem.as_ref()));
        let errors = Problem::listed(problem.as_ref().filter(|_| dialog.is_none()));
        let done = said(&query.done).map(|(words, tone)| view! { <Flash words=words tone=tone/> });
        let first = query.before.map(|_| query.href(&[("before", "")]));
        view! {
            <MerchantFrame title="支付异常订单" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone()>
                {done}
                <FormErrors errors=errors/>
                <div class="panel">
                    <Tabs label="处理状态" tabs=tabs(&query, counts)/>
                    {table::draw(rows, &query)}
                </div>
                <div class="actions">
                    {first.map(|href| view! { <LinkButton href=href small=true>"回到第一页"</LinkButton> })}
                    <Pagination next=next/>
                </div>
                {dialog}
            </MerchantFrame>
        }
    }))
}

fn tabs(query: &AnomaliesQuery, counts: Counts) -> Vec<Tab> {
    vec![
        Tab::new("待处理", paths::ANOMALIES).count(counts.open).active(query.open()),
        Tab::new("已处理", format!("{}?state=resolved", paths::ANOMALIES)).count(counts.resolved).active(!query.open()),
    ]
}

fn said(done: &str) -> Option<(&'static str, Tone)> {
    match done {
        "recorded" => Some(("支付渠道确认已付款，已入账", Tone::Good)),
        "differs" => Some(("支付渠道的金额仍与订单不一致，没有入账", Tone::Warn)),
        "unpaid" => Some(("支付渠道没有查到这笔付款，订单没有变化", Tone::Info)),
        "refund" => Some(("已交给支付渠道，结果稍后更新，不会重复退款", Tone::Good)),
        "marked" => Some(("已标记处理", Tone::Good)),
        "decided" => Some(("这笔钱已登记处理，去向见订单和退款记录", Tone::Good)),
        _ => None,
    }
}
