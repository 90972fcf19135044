//! `/merchant/refunds`: 「退款记录」, who got how much back, by which way, and whether it arrived (S74, M17).

mod dialog;
mod table;

use super::frame;
use crate::pages::document::Document;
use crate::pages::problem::{Failure, Problem};
use crate::routes::merchant as paths;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::error::Error;
use crate::server::form::Form;
use crate::server::refunds;
use crate::server::store::refunds::RefundStatus;
use crate::ui::{Flash, FormErrors, LinkButton, MerchantFrame, Pagination, SearchBox, Tab, Tabs};
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use std::sync::Arc;

pub use table::{trouble_in_words, way_in_words};

/// The tabs: the states of a refund as the shop looks for them.
const TABS: [(&str, Option<RefundStatus>); 7] = [
    ("全部", None),
    ("待线下退款", Some(RefundStatus::Manual)),
    ("退款失败", Some(RefundStatus::Failed)),
    ("退款中", Some(RefundStatus::Submitted)),
    ("等待通道确认", Some(RefundStatus::Unknown)),
    ("等待重试", Some(RefundStatus::Retryable)),
    ("已到账", Some(RefundStatus::Succeeded)),
];

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(paths::REFUNDS, get(show)).route(&paths::settle_refund("{number}"), post(settle))
}

/// Where a refund is settled outside: this page with the dialog about it open.
pub fn dialog_of(number: &str) -> String {
    Asked { q: number.to_owned(), ..Asked::default() }.href(&[("dialog", "settle"), ("refund", number)])
}

/// What the URL asks for.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    status: String,
    before: String,
    dialog: String,
    /// The number of the refund that the dialog is about.
    refund: String,
    done: String,
}

impl Asked {
    /// The list with `more` in its query, which also says what else of it is changed.
    fn href(&self, more: &[(&str, &str)]) -> String {
        let own = [("q", self.q.trim()), ("status", self.status.as_str()), ("before", self.before.as_str())];
        let mut pairs: Vec<(&str, &str)> = own.into_iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name)).collect();
        pairs.extend_from_slice(more);
        pairs.retain(|(_, value)| !value.is_empty());
        if pairs.is_empty() {
            paths::REFUNDS.to_owned()
        } else {
            format!("{}?{}", paths::REFUNDS, serde_urlencoded::to_string(pairs).unwrap_or_default())
        }
    }
}

async fn show(staff: Staff, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    page(staff, asked, &Form::default(), None).await
}

/// 「线下退款」: the list comes back as it was.
async fn settle(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let kept = |name: &str| form.get(name).to_owned();
    let asked = Asked { q: kept("q"), status: kept("status"), before: kept("before"), ..Asked::default() };
    let version = form.get("version").parse().unwrap_or_default();
    match refunds::settle_by_hand(&staff, &number, form.get("voucher"), version).await {
        Ok(()) => Ok(Redirect::to(&asked.href(&[("done", "settled")])).into_response()),
        Err(error) => {
            let problem = Problem::of(error)?;
            page(staff, Asked { dialog: "settle".to_owned(), refund: number, ..asked }, &form, Some(problem)).await
        }
    }
}

async fn page(staff: Staff, asked: Asked, typed: &Form, problem: Option<Problem>) -> Result<Response, Failure> {
    let status = RefundStatus::from_code(&asked.status);
    let listed = refunds::list_for_shop(&staff, &asked.q, status, asked.before.parse().ok()).await?;
    // The refund may have left the list that its dialog was opened from.
    let about = match asked.dialog.as_str() {
        "settle" => {
            refunds::list_for_shop(&staff, &asked.refund, None, None).await?.rows.into_iter().find(|row| row.number == asked.refund)
        }
        _ => None,
    };
    if problem.is_some() && about.is_none() {
        return Err(Error::NotFound.into());
    }
    let next = listed.next.map(|before| asked.href(&[("before", &before.to_string())]));
    let rows = listed.rows.into_iter().map(|row| table::Row::of(row, &staff)).collect::<Result<Vec<_>, _>>()?;
    Ok(Document::merchant("退款记录").status(Problem::status_of(problem.as_ref())).draw(move || {
        let dialog = about.and_then(|refund| dialog::draw(&staff, &asked, &refund, typed, problem.as_ref()));
        let kept = [("status", asked.status.clone())].into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let search =
            view! { <SearchBox action=paths::REFUNDS label="订单号 / 售后单号 / 手机" value=asked.q.clone() hidden=kept/> }.into_any();
        let tab = |(label, of): (&'static str, Option<RefundStatus>)| {
            Tab::new(label, asked.href(&[("status", of.map_or("", RefundStatus::code)), ("before", "")])).active(of == status)
        };
        let tabs = TABS.into_iter().map(tab).collect();
        let (list, done) = (table::draw(rows, &asked), asked.done == "settled");
        let first = (!asked.before.is_empty()).then(|| asked.href(&[("before", "")]));
        let nav = frame::nav(&staff, paths::REFUNDS);
        let errors = Problem::listed(problem.as_ref().filter(|_| dialog.is_none()));
        view! {
            <MerchantFrame title="退款记录" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone() actions=search>
                {done.then(|| view! { <Flash words="已登记线下退款"/> })}
                <FormErrors errors=errors/>
                <div class="panel">
                    <Tabs label="退款状态" tabs=tabs/>
                    {list}
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
