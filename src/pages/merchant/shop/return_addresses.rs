//! `/merchant/return-addresses`: where the shop takes returns; one is the default (S27).

mod edit;

use crate::http::assets;
use crate::http::problem::Problem;
use crate::pages::address_fields;
use crate::pages::document::Document;
use crate::pages::extract::{Path, Query};
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::people::addresses::{AddressBook, BookedAddress};
use crate::ui::{Badge, ButtonKind, Column, Drawing, Empty, Flash, FormErrors, LinkButton, MerchantFrame, PostButton, Table, Tone};
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use std::sync::Arc;

const NEW: &str = "/merchant/return-addresses/new";

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(routes::merchant::RETURN_ADDRESSES, get(show))
        .route(NEW, get(edit::begin).post(edit::add))
        .route("/merchant/return-addresses/{id}", get(edit::show).post(edit::save))
        .route("/merchant/return-addresses/{id}/default", post(make_default))
        .route("/merchant/return-addresses/{id}/remove", post(remove))
}

#[derive(Default, serde::Deserialize)]
struct ReturnAddressesQuery {
    #[serde(default)]
    done: String,
    #[serde(default)]
    remove: String,
}

/// The book, with the words for what has just been done in it.
fn done(what: &str) -> String {
    format!("{}?done={what}", routes::merchant::RETURN_ADDRESSES)
}

async fn show(staff: Staff, Query(query): Query<ReturnAddressesQuery>) -> Result<Response, Failure> {
    page(staff, &query, None).await
}

async fn make_default(staff: Staff, Path(id): Path<i64>) -> Result<Redirect, Failure> {
    AddressBook::of_shop(&staff)?.make_default(id).await?;
    Ok(Redirect::to(&done("default")))
}

async fn remove(staff: Staff, Path(id): Path<i64>) -> Result<Response, Failure> {
    match AddressBook::of_shop(&staff)?.remove(id).await {
        Ok(()) => Ok(Redirect::to(&done("removed")).into_response()),
        Err(error) => page(staff, &ReturnAddressesQuery::default(), Some(Problem::of(error)?)).await,
    }
}

async fn page(staff: Staff, query: &ReturnAddressesQuery, problem: Option<Problem>) -> Result<Response, Failure> {
    let entries = AddressBook::of_shop(&staff)?.list().await?;
    let (done, asked_about) = (address_fields::done_in_words(&query.done), query.remove.clone());
    Ok(Document::merchant("退货地址管理").status(Problem::status_of(problem.as_ref())).draw(move || {
        let add = view! { <LinkButton kind=ButtonKind::Primary href=NEW>"新增退货地址"</LinkButton> }.into_any();
        let list = if entries.is_empty() { none().into_any() } else { table(entries, &asked_about).into_any() };
        let nav = frame::nav(&staff, routes::merchant::RETURN_ADDRESSES);
        view! {
            <MerchantFrame title="退货地址管理" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone() actions=add>
                {done.map(|words| view! { <Flash words=words/> })}
                <FormErrors errors=Problem::listed(problem.as_ref())/>
                <p class="muted">"同意退货时，系统会把所选地址发给买家；没有默认地址时不能同意退货。"</p>
                <div class="panel">{list}</div>
            </MerchantFrame>
        }
    }))
}

fn none() -> impl IntoView {
    view! { <Empty src=assets::url(Drawing::AfterSales.file()) words="还没有退货地址" hint="先添加一个地址，它会成为默认退货地址"/> }
}

fn table(entries: Vec<BookedAddress>, asked_about: &str) -> impl IntoView + use<> {
    let head = vec![Column::new("收件人"), Column::new("电话"), Column::new("地址"), Column::narrow("默认"), Column::hidden("操作")];
    let rows = entries.into_iter().map(|entry| row(entry, asked_about)).collect_view();
    view! { <Table label="退货地址" head=head>{rows}</Table> }
}

fn row(entry: BookedAddress, asked_about: &str) -> impl IntoView + use<> {
    let path = format!("{}/{}", routes::merchant::RETURN_ADDRESSES, entry.id);
    let mark = entry.is_default.then(|| view! { <Badge tone=Tone::Good>"默认"</Badge> });
    let make_default = (!entry.is_default)
        .then(|| view! { <PostButton action=format!("{path}/default") kind=ButtonKind::Quiet small=true>"设为默认"</PostButton> });
    let remove = address_fields::removing(&entry, routes::merchant::RETURN_ADDRESSES, asked_about);
    let (phone, place) = (entry.address.phone_in_words(), entry.address.place());
    view! {
        <tr>
            <td>{entry.address.recipient}</td>
            <td class="nowrap">{phone}</td>
            <td>{place}</td>
            <td>{mark}</td>
            <td>
                <div class="actions">
                    {make_default}
                    {remove}
                    <LinkButton href=path small=true>"编辑"</LinkButton>
                </div>
            </td>
        </tr>
    }
}
