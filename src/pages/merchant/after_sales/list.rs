//! `/merchant/after-sales`: 「售后工作台」, what waits for the shop, the most urgent first (S44, S45).

mod batch_bar;
mod query;
mod table;

use super::after_sale;
use crate::domain::after_sale::Queue;
use crate::domain::{FieldErrors, Permission};
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::pages::document::Document;
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::pages::merchant::money::refunds;
use crate::routes::merchant as paths;
use crate::server::after_sales;
use crate::server::after_sales::batches::{self, BatchSelection};
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::error::{Error, Result as Outcome};
use crate::server::orders;
use crate::ui::{Button, ButtonKind, DateField, FormErrors, Hidden, LinkButton, MerchantFrame, Pagination, SearchBox, Tab, Tabs};
use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;
use query::AfterSalesQuery;
use std::sync::Arc;

/// The workbench, its cases, and the refunds that follow from them.
pub fn routes() -> Router<Arc<App>> {
    Router::new().route(paths::AFTER_SALES, get(show)).merge(after_sale::routes()).merge(refunds::routes())
}

async fn show(staff: Staff, Query(query): Query<AfterSalesQuery>) -> Result<Response, Failure> {
    page(staff, query, &Form::default(), None).await
}

/// What the form of a batch asks for; it comes from this page.
pub(in crate::pages::merchant) fn chosen(staff: &Staff, form: &Form) -> Outcome<BatchSelection> {
    if ![Permission::AgreeRefund, Permission::DecideAfterSale].into_iter().any(|permission| staff.may(permission)) {
        return Err(Error::Forbidden);
    }
    let query = AfterSalesQuery::of(form);
    let (filter, errors) = query.filter(Queue::from_code(&query.queue).unwrap_or(Queue::All), staff.shop.zone);
    // Days that cannot be read would choose more than was meant.
    if !errors.is_empty() {
        return Err(errors.into());
    }
    batch_bar::chosen(form, filter).ok_or_else(|| Error::field("decision", "请选择批量处理方式"))
}

/// The page with the batch that was refused: what was ticked stays ticked.
pub(in crate::pages::merchant) async fn refused(staff: Staff, form: &Form, problem: &Problem) -> Result<Response, Failure> {
    page(staff, AfterSalesQuery::of(form), form, Some(problem)).await
}

async fn page(staff: Staff, query: AfterSalesQuery, typed: &Form, problem: Option<&Problem>) -> Result<Response, Failure> {
    let counts = orders::counts_by_queue(&staff).await?;
    let queue = query.queue(&counts);
    let (filter, errors) = query.filter(queue, staff.shop.zone);
    let listed = after_sales::list_for_shop(&staff, &filter).await?;
    let next = listed.next.and(listed.rows.last()).map(|last| query.behind(queue, last));
    let rows = listed.rows.into_iter().map(|case| table::AfterSaleTableRow::of(case, &staff)).collect::<Vec<_>>();
    let status = if errors.is_empty() { Problem::status_of(problem) } else { StatusCode::UNPROCESSABLE_ENTITY };
    let errors = if errors.is_empty() { Problem::listed(problem) } else { errors };
    // The whole queue is counted already.
    let counted = counts.iter().find(|(counted, _)| query.is_bare() && *counted == queue).map(|(_, count)| *count);
    let (offer, in_view) = (batch_bar::BatchOffer::of(&staff, &filter, counted).await?, batches::in_view(&staff).await?);
    Ok(Document::merchant("售后工作台").status(status).draw(move || {
        let past =
            staff.may(Permission::SeeMoney).then(|| view! { <LinkButton href=paths::BATCHES small=true>"批量处理记录"</LinkButton> });
        let actions = view! { {past}{search(&query)} }.into_any();
        let nav = frame::nav(&staff, paths::AFTER_SALES);
        let table = batch_bar::draw(rows, &query, queue, offer.as_ref(), typed);
        let first = (!query.after.is_empty()).then(|| query.href(&[("after", "")]));
        view! {
            <MerchantFrame title="售后工作台" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone() actions=actions>
                <FormErrors errors=errors.clone()/>
                {batch_bar::in_view(&in_view)}
                <div class="panel">
                    <Tabs label="售后队列" tabs=tabs(&query, queue, &counts)/>
                    {filters(&query, queue, &errors)}
                    {table}
                </div>
                <div class="actions">
                    {first.map(|href| view! { <LinkButton href=href small=true>"回到第一页"</LinkButton> })}
                    <Pagination next=next/>
                </div>
            </MerchantFrame>
        }
    }))
}

fn search(query: &AfterSalesQuery) -> impl IntoView + use<> {
    let kept = [("queue", &query.queue), ("from", &query.from), ("until", &query.until)];
    let kept = kept.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.clone())).collect();
    view! { <SearchBox action=paths::AFTER_SALES label="单号 / 买家 / 手机、尾号 / 商品" value=query.q.clone() hidden=kept/> }
}

fn tabs(query: &AfterSalesQuery, open: Queue, counts: &[(Queue, i64)]) -> Vec<Tab> {
    let tab = |queue: Queue| {
        let tab = Tab::new(queue.name(), query.href(&[("queue", queue.code()), ("after", "")])).active(queue == open);
        match counts.iter().find(|(counted, _)| *counted == queue) {
            Some((_, count)) => tab.count(*count),
            None => tab,
        }
    };
    Queue::ALL.into_iter().map(tab).collect()
}

fn filters(query: &AfterSalesQuery, queue: Queue, errors: &FieldErrors) -> impl IntoView + use<> {
    let order = if queue.by_time_left() { "按剩余时间排序" } else { "按申请时间排序" };
    let clear = (!query.is_bare()).then(|| AfterSalesQuery::cleared(queue));
    let AfterSalesQuery { q, from, until, .. } = query.clone();
    view! {
        <form method="get" action=paths::AFTER_SALES class="filters" novalidate=true>
            <Hidden name="queue" value=queue.code()/>
            {(!q.is_empty()).then(|| view! { <Hidden name="q" value=q/> })}
            <DateField label="申请日期从" name="from" value=from error=errors.of("from")/>
            <DateField label="申请日期到" name="until" value=until error=errors.of("until")/>
            <Button small=true>"筛选"</Button>
            {clear.map(|href| view! { <LinkButton href=href kind=ButtonKind::Quiet small=true>"清空条件"</LinkButton> })}
            <span class="filters__end muted">{order}</span>
        </form>
    }
}
