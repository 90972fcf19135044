//! `/merchant/reconciliation`: 「对账」, the channels' bills that were uploaded, and the form for the next.

mod bill;
mod difference;

use crate::domain::{Channel, Day, Permission};
use crate::http::assets;
use crate::http::form::Form;
use crate::http::forms;
use crate::http::problem::Problem;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::error::Result as Outcome;
use crate::server::money::bills;
use crate::server::store::money::bills::KeptBill;
use crate::ui::{
    Badge, Button, ButtonKind, Card, Choice, Column, DateField, Drawing, Empty, FileField, FormErrors, LinkButton, MerchantFrame,
    Pagination, Select, Table, Tone,
};
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(paths::RECONCILIATION, get(show).post(upload))
        .route(&paths::bill("{channel}", "{day}"), get(bill::show))
        .route(&paths::settle_difference("{channel}", "{day}"), post(bill::settle))
}

#[derive(Default, serde::Deserialize)]
struct ReconciliationQuery {
    before: Option<i64>,
}

async fn show(staff: Staff, Query(query): Query<ReconciliationQuery>) -> Result<Response, Failure> {
    page(staff, &query, &Form::default(), None).await
}

async fn upload(staff: Staff, form: Form) -> Result<Response, Failure> {
    match keep(&staff, &form).await {
        Ok((channel, day)) => Ok(Redirect::to(&format!("{}?done=uploaded", paths::bill(channel.code(), &day.to_string()))).into_response()),
        Err(error) => page(staff, &ReconciliationQuery::default(), &form, Some(Problem::of(error)?)).await,
    }
}

async fn keep(staff: &Staff, form: &Form) -> Outcome<(Channel, Day)> {
    staff.require(Permission::SettleMoney)?;
    bills::upload(staff, forms::bill::upload(form, Day::of(staff.now, staff.shop.zone))?).await
}

async fn page(staff: Staff, query: &ReconciliationQuery, typed: &Form, problem: Option<Problem>) -> Result<Response, Failure> {
    let listed = bills::list(&staff, query.before).await?;
    let next = listed.next.map(|before| format!("{}?before={before}", paths::RECONCILIATION));
    let (begun, bare) = (query.before.is_some(), listed.rows.is_empty());
    let rows = listed.rows.into_iter().map(|bill| row(bill, &staff)).collect::<Vec<_>>();
    Ok(Document::merchant("对账").status(Problem::status_of(problem.as_ref())).draw(move || {
        let nav = frame::nav(&staff, paths::RECONCILIATION);
        let errors = Problem::listed(problem.as_ref());
        let upload = form(&staff, typed, problem.as_ref());
        let list = if bare { nothing(begun) } else { table(rows) };
        view! {
            <MerchantFrame title="对账" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone()>
                <FormErrors errors=errors/>
                <Card title="上传账单">{upload}</Card>
                <div class="panel">{list}</div>
                <Pagination next=next/>
            </MerchantFrame>
        }
    }))
}

fn form(staff: &Staff, typed: &Form, problem: Option<&Problem>) -> AnyView {
    let channels = Channel::ALL.into_iter().map(|channel| Choice::new(channel.code(), channel.name())).collect();
    let yesterday = Day::of(staff.now, staff.shop.zone).before().to_string();
    let day = if typed.has("day") { typed.get("day").to_owned() } else { yesterday.clone() };
    let at = |field: &str| Problem::at(problem, field);
    view! {
        <form method="post" action=paths::RECONCILIATION class="form" enctype="multipart/form-data" novalidate=true>
            <Select label="渠道" name="channel" choices=channels selected=typed.get("channel") error=at("channel") required=true/>
            <DateField label="账单日期" name="day" value=day error=at("day") required=true/>
            <FileField label="账单文件" name="file" accept=".csv,.txt,text/csv" error=at("file") required=true
                hint="微信支付「交易账单（全部）」或支付宝「业务明细」的 CSV 原文件，不超过 5 MB；支付宝的压缩包请先解压"/>
            <div class="form__actions"><Button kind=ButtonKind::Primary>"上传并对账"</Button></div>
        </form>
    }
    .into_any()
}

fn nothing(begun: bool) -> AnyView {
    let words = if begun { "没有更早的账单" } else { "还没有上传过账单" };
    view! { <Empty src=assets::url(Drawing::Orders.file()) words=words hint="从微信支付商户平台或支付宝商家中心下载前一天的账单，上传后自动与订单核对"/> }.into_any()
}

fn table(rows: Vec<AnyView>) -> AnyView {
    let head = vec![
        Column::new("账单日期"),
        Column::new("渠道"),
        Column::number("收款"),
        Column::number("退款"),
        Column::number("一致"),
        Column::new("差异"),
        Column::new("上传"),
        Column::hidden("操作"),
    ];
    view! { <Table label="已上传的账单" head=head>{rows}</Table> }.into_any()
}

fn row(bill: KeptBill, staff: &Staff) -> AnyView {
    let (channel, href) = (bill.channel, paths::bill(bill.channel.code(), &bill.day.to_string()));
    let moment = bill.uploaded_at.show(staff.shop.zone);
    view! {
        <tr>
            <td class="nowrap">{bill.day.to_string()}</td>
            <td>{channel.name()}</td>
            <td class="number">{bill.paid.show()}<small>{format!("{} 笔", bill.payments)}</small></td>
            <td class="number">{bill.refunded.show()}<small>{format!("{} 笔", bill.refunds)}</small></td>
            <td class="number">{format!("{} 笔", bill.matched)}</td>
            <td>{standing(&bill)}</td>
            <td>{bill.uploaded_by.clone()}<small>{moment}</small></td>
            <td><LinkButton href=href small=true label=format!("查看 {} {}", channel.name(), bill.day)>"查看"</LinkButton></td>
        </tr>
    }
    .into_any()
}

/// How much is left to look into.
fn standing(bill: &KeptBill) -> AnyView {
    match (bill.differences, bill.open_differences) {
        (0, _) => view! { <Badge tone=Tone::Good>"全部一致"</Badge> }.into_any(),
        (all, 0) => view! { <Badge tone=Tone::Good>{format!("{all} 笔已处理")}</Badge> }.into_any(),
        (all, open) => {
            view! { <Badge tone=Tone::Warn>{format!("{open} 笔待处理")}</Badge><small>{format!("共 {all} 笔差异")}</small> }.into_any()
        }
    }
}
