//! `/merchant/refunds`: 「退款记录」, who got how much back, by which way, and whether it arrived (S74, S76, M17).

mod dialog;
mod elsewhere;
mod export;
mod month;
mod parts;
mod query;
mod table;

use crate::domain::{FieldErrors, Permission, RefundStatus, Tender};
use crate::http::form::Form;
use crate::http::forms;
use crate::http::problem::Problem;
use crate::pages::document::Document;
use crate::pages::extract::{Path, Query};
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::error::{Error, Result as Outcome};
use crate::server::money::refunds;
use crate::server::orders::Precondition;
use crate::ui::{
    Button, ButtonKind, Choice, DateField, Flash, FormErrors, Hidden, LinkButton, MerchantFrame, Pagination, SearchBox, Select, Tab, Tabs,
};
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use query::RefundsQuery;
use std::sync::Arc;

pub use table::{executed, trouble_in_words, way_in_words};

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
    Router::new()
        .route(paths::REFUNDS, get(show))
        .route(paths::REFUNDS_EXPORT, get(export::download))
        .route(&paths::settle_refund("{number}"), post(settle))
        .route(&paths::send_refund_elsewhere("{number}"), post(send_elsewhere))
}

/// Where a refund is settled outside: this page with the dialog about it open.
pub fn dialog_of(number: &str) -> String {
    opened(number, parts::SETTLE)
}

/// Where finance says to which other account a refund goes: this page with the dialog about it open.
pub fn elsewhere_dialog_of(number: &str) -> String {
    opened(number, elsewhere::ID)
}

fn opened(number: &str, dialog: &str) -> String {
    RefundsQuery { q: number.to_owned(), ..RefundsQuery::default() }.href(&[("dialog", dialog), ("refund", number)])
}

async fn show(staff: Staff, Query(query): Query<RefundsQuery>) -> Result<Response, Failure> {
    page(staff, query, &Form::default(), None).await
}

/// 「线下退款」: the list comes back as it was.
async fn settle(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let done = settle_by_hand(&staff, &number, &form).await;
    answer(staff, parts::SETTLE, number, form, done).await
}

/// 「异常退款」: to another account.
async fn send_elsewhere(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let done = redirect(&staff, &number, &form).await;
    answer(staff, elsewhere::ID, number, form, done).await
}

async fn settle_by_hand(staff: &Staff, number: &str, form: &Form) -> Outcome<()> {
    staff.require(Permission::SettleMoney)?;
    refunds::settle_by_hand(staff, number, forms::refund::outside_refund(form)?, Precondition::of(form).version).await
}

async fn redirect(staff: &Staff, number: &str, form: &Form) -> Outcome<()> {
    staff.require(Permission::SettleMoney)?;
    refunds::send_elsewhere(staff, number, forms::refund::redirection(form)?, Precondition::of(form).version).await
}

async fn answer(staff: Staff, dialog: &str, number: String, form: Form, done: Outcome<()>) -> Result<Response, Failure> {
    let query = RefundsQuery::kept_in(&form);
    match done {
        Ok(()) => Ok(Redirect::to(&query.href(&[("done", dialog)])).into_response()),
        Err(error) => {
            let problem = Problem::of(error)?;
            page(staff, RefundsQuery { dialog: dialog.to_owned(), refund: number, ..query }, &form, Some(problem)).await
        }
    }
}

async fn page(staff: Staff, query: RefundsQuery, typed: &Form, problem: Option<Problem>) -> Result<Response, Failure> {
    let (filter, wrong) = query.filter(staff.shop.zone);
    let (rows, next) = match filter {
        Some(filter) => {
            let listed = refunds::list_for_shop(&staff, &filter, query.before.parse().ok()).await?;
            (listed.rows, listed.next.map(|before| query.href(&[("before", &before.to_string())])))
        }
        None => (Vec::new(), None),
    };
    // The refund may have left the list that its dialog was opened from.
    let about = if dialog::IDS.contains(&query.dialog.as_str()) { refunds::find_for_shop(&staff, &query.refund).await? } else { None };
    if problem.is_some() && about.is_none() {
        return Err(Error::NotFound.into());
    }
    let month = query.month(staff.now, staff.shop.zone);
    let sums = refunds::month(&staff, month).await?;
    let rows = rows.into_iter().map(|row| table::RefundTableRow::of(row, &staff)).collect::<Vec<_>>();
    let status = if wrong.is_empty() { Problem::status_of(problem.as_ref()) } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Document::merchant("退款记录").status(status).draw(move || {
        let dialog = about.and_then(|refund| dialog::draw(&staff, &query, &refund, typed, problem.as_ref()));
        let search = search(&query).into_any();
        let (list, done) = (table::draw(rows, &query), said(&query.done));
        let first = (!query.before.is_empty()).then(|| query.href(&[("before", "")]));
        let nav = frame::nav(&staff, paths::REFUNDS);
        let errors = if wrong.is_empty() { Problem::listed(problem.as_ref().filter(|_| dialog.is_none())) } else { wrong.clone() };
        view! {
            <MerchantFrame title="退款记录" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone() actions=search>
                {done.map(|words| view! { <Flash words=words/> })}
                <FormErrors errors=errors/>
                {month::draw(&query, month, &sums)}
                <div class="panel">
                    <Tabs label="退款状态" tabs=tabs(&query)/>
                    {filters(&query, &wrong)}
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

/// What the page says after the redirect.
fn said(done: &str) -> Option<&'static str> {
    match done {
        parts::SETTLE => Some("已登记线下退款"),
        elsewhere::ID => Some("已交给微信支付处理，结果稍后更新，不会重复退款"),
        _ => None,
    }
}

fn tabs(query: &RefundsQuery) -> Vec<Tab> {
    let open = query.status();
    let tab = |(label, of): (&'static str, Option<RefundStatus>)| {
        Tab::new(label, query.href(&[("status", of.map_or("", RefundStatus::code)), ("before", "")])).active(of == open)
    };
    TABS.into_iter().map(tab).collect()
}

fn search(query: &RefundsQuery) -> impl IntoView + use<> {
    view! { <SearchBox action=paths::REFUNDS label="订单号 / 售后单号 / 手机" value=query.q.clone() hidden=query.kept(&["q"])/> }
}

fn filters(query: &RefundsQuery, errors: &FieldErrors) -> impl IntoView + use<> {
    let kept = query.kept(&["tender", "from", "until"]);
    let kept = kept.into_iter().map(|(name, value)| view! { <Hidden name=name value=value/> }).collect::<Vec<_>>();
    let ways = Tender::ALL.into_iter().map(|tender| Choice::new(tender.code(), way_in_words(tender))).collect();
    let cleared = RefundsQuery { status: query.status.clone(), month: query.month.clone(), ..RefundsQuery::default() }.href(&[]);
    let clear = (!query.is_bare()).then_some(cleared);
    let RefundsQuery { from, until, tender, .. } = query.clone();
    view! {
        <form method="get" action=paths::REFUNDS class="filters" novalidate=true>
            {kept}
            <DateField label="申请日期从" name="from" value=from error=errors.of("from")/>
            <DateField label="到" name="until" value=until error=errors.of("until")/>
            <Select label="退回方式" name="tender" choices=ways selected=tender placeholder="全部"/>
            <Button small=true>"筛选"</Button>
            {clear.map(|href| view! { <LinkButton href=href kind=ButtonKind::Quiet small=true>"清空条件"</LinkButton> })}
            <span class="filters__end">
                <LinkButton href=query.export_href("list", "csv", "") small=true>"导出 CSV"</LinkButton>
                <LinkButton href=query.export_href("list", "xlsx", "") small=true>"导出 XLSX"</LinkButton>
            </span>
        </form>
    }
}
