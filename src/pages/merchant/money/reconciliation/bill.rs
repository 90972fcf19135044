//! `/merchant/reconciliation/{channel}/{day}`: one bill, its sums, and what differs.

use super::difference;
use super::standing;
use crate::domain::{Channel, Day, Money, Permission};
use crate::http::form::Form;
use crate::http::forms;
use crate::http::problem::Problem;
use crate::pages::document::Document;
use crate::pages::extract::{Path, Query};
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::ctx::Staff;
use crate::server::error::{Error, Result as Outcome};
use crate::server::money::bills;
use crate::server::store::money::bills::KeptBill;
use crate::ui::{Card, Column, Flash, FormErrors, KeyValue, KeyValues, MerchantFrame, Pagination, Table};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct BillQuery {
    after: Option<i64>,
    done: String,
}

pub(super) async fn show(staff: Staff, Path(names): Path<(String, String)>, Query(query): Query<BillQuery>) -> Result<Response, Failure> {
    page(staff, named(&names)?, query, &Form::default(), None).await
}

pub(super) async fn settle(
    staff: Staff,
    Path(names): Path<(String, String)>,
    Query(query): Query<BillQuery>,
    form: Form,
) -> Result<Response, Failure> {
    let (channel, day) = named(&names)?;
    match say(&staff, (channel, day), &form).await {
        Ok(()) => {
            Ok(Redirect::to(&format!("{}{}", paths::bill(channel.code(), &day.to_string()), with_query(&query, "settled"))).into_response())
        }
        Err(error) => page(staff, (channel, day), query, &form, Some(Problem::of(error)?)).await,
    }
}

async fn say(staff: &Staff, (channel, day): (Channel, Day), form: &Form) -> Outcome<()> {
    staff.require(Permission::SettleMoney)?;
    bills::settle(staff, channel, day, &forms::bill::difference_note(form)?).await
}

/// What cannot be a channel or a day has no bill.
fn named((channel, day): &(String, String)) -> Result<(Channel, Day), Error> {
    Channel::from_code(channel).zip(Day::parse(day)).ok_or(Error::NotFound)
}

fn with_query(query: &BillQuery, done: &str) -> String {
    let after = query.after.map(|after| after.to_string()).unwrap_or_default();
    let pairs: Vec<(&str, &str)> = [("after", after.as_str()), ("done", done)].into_iter().filter(|(_, value)| !value.is_empty()).collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", serde_urlencoded::to_string(pairs).unwrap_or_default()) }
}

async fn page(
    staff: Staff,
    (channel, day): (Channel, Day),
    query: BillQuery,
    typed: &Form,
    problem: Option<Problem>,
) -> Result<Response, Failure> {
    let (bill, differences) = bills::find(&staff, channel, day, query.after).await?;
    let path = paths::bill(channel.code(), &day.to_string());
    let next = differences.next.map(|after| format!("{path}?after={after}"));
    let to = format!("{}{}", paths::settle_difference(channel.code(), &day.to_string()), with_query(&query, ""));
    let zone = staff.shop.zone;
    let rows: Vec<_> =
        (0..).zip(differences.rows).map(|(place, one)| difference::draw(place, one, zone, &to, typed, problem.as_ref())).collect();
    let title = format!("{} {} 账单", channel.name(), day);
    Ok(Document::merchant(title.clone()).status(Problem::status_of(problem.as_ref())).draw(move || {
        let nav = frame::nav(&staff, paths::RECONCILIATION);
        let done = match query.done.as_str() {
            "uploaded" => Some("账单已上传，核对完成"),
            "settled" => Some("已登记处理结果"),
            _ => None,
        };
        let (badge, sums) = (standing(&bill), sums(&bill, &staff));
        view! {
            <MerchantFrame title=title nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone() back=paths::RECONCILIATION badges=badge>
                {done.map(|words| view! { <Flash words=words/> })}
                <FormErrors errors=Problem::listed(problem.as_ref())/>
                <Card title="合计">{sums}</Card>
                {list(rows)}
                <Pagination next=next/>
            </MerchantFrame>
        }
    }))
}

/// What the bill sums is what is alike and what is not, to the fen.
fn sums(bill: &KeptBill, staff: &Staff) -> AnyView {
    let line = |all: Money, matched: Money| format!("{} = 一致 {} + 差异 {}", all.show(), matched.show(), (all - matched).show());
    let paid = line(bill.paid, bill.matched_paid);
    let refunded = line(bill.refunded, bill.matched_refunded);
    let uploaded = format!("{} · {}", bill.uploaded_by, bill.uploaded_at.show(staff.shop.zone));
    let (matched, differing) =
        (format!("{} 笔", bill.matched), format!("{} 笔，其中 {} 笔待处理", bill.differences, bill.open_differences));
    let (payments, refunds) = (format!("账单收款 {} 笔", bill.payments), format!("账单退款 {} 笔", bill.refunds));
    let sha256 = bill.sha256.clone();
    view! {
        <KeyValues>
            <KeyValue label=payments>{paid}</KeyValue>
            <KeyValue label=refunds>{refunded}</KeyValue>
            <KeyValue label="一致">{matched}</KeyValue>
            <KeyValue label="差异">{differing}</KeyValue>
            <KeyValue label="上传">{uploaded}</KeyValue>
            <KeyValue label="文件 SHA-256"><code>{sha256}</code></KeyValue>
        </KeyValues>
    }
    .into_any()
}

fn list(rows: Vec<AnyView>) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="muted">"账单的每一笔都与系统一致，没有需要处理的差异。"</p> }.into_any();
    }
    let head =
        vec![Column::new("差异"), Column::new("单号"), Column::new("账单"), Column::new("系统"), Column::new("订单"), Column::new("处理")];
    view! { <div class="panel"><Table label="差异" head=head>{rows}</Table></div> }.into_any()
}
