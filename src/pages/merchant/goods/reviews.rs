//! `/merchant/reviews`: what buyers say, the shop's answers, and what it hides.

mod dialogs;
mod table;

use crate::domain::{Permission, ReviewId, text};
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::pages::document::Document;
use crate::pages::extract::{Path, Query};
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::error::Result as Outcome;
use crate::server::goods::reviews::{self, Review, ReviewFilter};
use crate::ui::{Button, Choice, Field, Flash, FormErrors, LinkButton, MerchantFrame, Pagination, Select};
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(routes::merchant::REVIEWS, get(show))
        .route("/merchant/reviews/{id}/reply", post(reply))
        .route("/merchant/reviews/{id}/hide", post(hide))
        .route("/merchant/reviews/{id}/show", post(show_again))
}

/// Filters, page and dialog: everything the page shows stands in its URL.
#[derive(Clone, Default, serde::Deserialize)]
struct ReviewsQuery {
    #[serde(default)]
    rating: String,
    #[serde(default)]
    shown: String,
    #[serde(default)]
    q: String,
    before: Option<i64>,
    #[serde(default)]
    dialog: String,
    /// The review that the dialog is about.
    review: Option<i64>,
    /// What has just been done.
    #[serde(default)]
    done: String,
}

impl ReviewsQuery {
    fn filter(&self) -> ReviewFilter {
        let hidden = match self.shown.as_str() {
            "hidden" => Some(true),
            "visible" => Some(false),
            _ => None,
        };
        ReviewFilter { rating: self.rating.parse().ok().filter(|stars| (1..=5).contains(stars)), hidden, search: self.q.clone() }
    }

    /// Is nothing looked for?
    fn is_bare(&self) -> bool {
        self.rating.is_empty() && self.shown.is_empty() && text::is_blank(&self.q)
    }

    /// The filters as a query, with what else belongs there.
    fn query(&self, more: &[(&str, &str)]) -> String {
        let before = self.before.map(|id| id.to_string()).unwrap_or_default();
        let mut pairs = vec![("rating", self.rating.as_str()), ("shown", &self.shown), ("q", &self.q), ("before", &before)];
        pairs.retain(|(name, value)| !value.is_empty() && !more.iter().any(|(other, _)| other == name));
        pairs.extend_from_slice(more);
        serde_urlencoded::to_string(pairs).unwrap_or_default()
    }

    fn href(&self, more: &[(&str, &str)]) -> String {
        format!("{}?{}", routes::merchant::REVIEWS, self.query(more))
    }

    /// Where a form about `review` is sent to, so that it comes back to the same list.
    fn action(&self, review: ReviewId, what: &str) -> String {
        format!("{}/{}/{what}?{}", routes::merchant::REVIEWS, review.0, self.query(&[]))
    }
}

async fn show(staff: Staff, Query(query): Query<ReviewsQuery>) -> Result<Response, Failure> {
    page(staff, query, &Form::default(), None).await
}

async fn reply(staff: Staff, Path(id): Path<i64>, Query(query): Query<ReviewsQuery>, form: Form) -> Result<Response, Failure> {
    let done = reviews::reply(&staff, ReviewId(id), form.get("reply")).await;
    answer(staff, ReviewsQuery { dialog: "reply".to_owned(), review: Some(id), ..query }, &form, done.map(|()| "replied")).await
}

async fn hide(staff: Staff, Path(id): Path<i64>, Query(query): Query<ReviewsQuery>, form: Form) -> Result<Response, Failure> {
    let done = reviews::hide(&staff, ReviewId(id), form.get("reason")).await;
    answer(staff, ReviewsQuery { dialog: "hide".to_owned(), review: Some(id), ..query }, &form, done.map(|()| "hidden")).await
}

async fn show_again(staff: Staff, Path(id): Path<i64>, Query(query): Query<ReviewsQuery>) -> Result<Response, Failure> {
    let done = reviews::show(&staff, ReviewId(id)).await;
    answer(staff, query, &Form::default(), done.map(|()| "shown")).await
}

/// Back to the list, or the list with the dialog still open.
async fn answer(staff: Staff, query: ReviewsQuery, form: &Form, done: Outcome<&'static str>) -> Result<Response, Failure> {
    match done {
        Ok(done) => Ok(Redirect::to(&query.href(&[("done", done)])).into_response()),
        Err(error) => page(staff, query, form, Some(Problem::of(error)?)).await,
    }
}

async fn page(staff: Staff, query: ReviewsQuery, form: &Form, problem: Option<Problem>) -> Result<Response, Failure> {
    let list = reviews::list(&staff, &query.filter(), query.before).await?;
    let next = list.next.map(|before| query.href(&[("before", &before.to_string())]));
    let about: Option<Review> = list.rows.iter().find(|review| Some(review.id.0) == query.review).cloned();
    let may_hide = staff.may(Permission::HideReview);
    Ok(Document::merchant("评价管理").status(Problem::status_of(problem.as_ref())).draw(move || {
        let on_top = if about.is_some() { None } else { problem.clone() };
        let dialog = about.map(|review| dialogs::open(&query, &review, may_hide, form, problem.as_ref()));
        let nav = frame::nav(&staff, routes::merchant::REVIEWS);
        view! {
            <MerchantFrame title="评价管理" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone()>
                {done_in_words(&query.done).map(|words| view! { <Flash words=words/> })}
                <FormErrors errors=Problem::listed(on_top.as_ref())/>
                <div class="panel">
                    {filters(&query)}
                    {table::draw(list.rows, &query, staff.shop.zone, may_hide)}
                </div>
                <Pagination next=next/>
                {dialog}
            </MerchantFrame>
        }
    }))
}

/// What the page says after the redirect.
fn done_in_words(done: &str) -> Option<&'static str> {
    match done {
        "replied" => Some("回复已发布，买家和其他访客都能看到"),
        "hidden" => Some("评价已隐藏"),
        "shown" => Some("评价已恢复显示"),
        _ => None,
    }
}

fn filters(query: &ReviewsQuery) -> impl IntoView + use<> {
    let ratings = (1..=5).rev().map(|stars: i64| Choice::new(stars.to_string(), format!("{stars} 星"))).collect();
    let shown = vec![Choice::new("visible", "显示中"), Choice::new("hidden", "已隐藏")];
    let ReviewsQuery { rating, shown: selected, q, .. } = query.clone();
    view! {
        <form method="get" action=routes::merchant::REVIEWS class="filters">
            <Select label="评分" name="rating" choices=ratings selected=rating placeholder="全部评分"/>
            <Select label="状态" name="shown" choices=shown selected=selected placeholder="全部"/>
            <Field label="商品或会员" name="q" value=q maxlength=60/>
            <Button>"筛选"</Button>
            <LinkButton kind=crate::ui::ButtonKind::Quiet href=routes::merchant::REVIEWS>"清空"</LinkButton>
        </form>
    }
}
