//! `/me/addresses`: where parcels go.

mod edit;

use crate::http::assets;
use crate::pages::address_fields;
use crate::pages::document::Document;
use crate::pages::extract::{Path, Query};
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Buyer;
use crate::server::people::addresses::{AddressBook, BookedAddress};
use crate::ui::{AddressBlock, Badge, ButtonKind, BuyerFrame, Card, Drawing, Empty, Flash, LinkButton, PostButton, Tone};
use axum::Router;
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use std::sync::Arc;

const NEW: &str = "/me/addresses/new";

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(routes::buyer::ADDRESSES, get(show))
        .route(NEW, get(edit::begin).post(edit::add))
        .route("/me/addresses/{id}", get(edit::show).post(edit::save))
        .route("/me/addresses/{id}/default", post(make_default))
        .route("/me/addresses/{id}/remove", post(remove))
}

#[derive(serde::Deserialize)]
struct AddressesQuery {
    #[serde(default)]
    done: String,
    #[serde(default)]
    remove: String,
}

/// The book, with the words for what has just been done in it.
fn done(what: &str) -> String {
    format!("{}?done={what}", routes::buyer::ADDRESSES)
}

async fn show(buyer: Buyer, Query(query): Query<AddressesQuery>) -> Result<Response, Failure> {
    let entries = AddressBook::of_buyer(&buyer).list().await?;
    Ok(Document::buyer("收货地址").draw(move || {
        let add = view! { <LinkButton kind=ButtonKind::Primary href=NEW>"新增收货地址"</LinkButton> }.into_any();
        let nothing = entries
            .is_empty()
            .then(|| view! { <Empty src=assets::url(Drawing::Orders.file()) words="还没有收货地址" hint="添加后下单更快"/> });
        view! {
            <BuyerFrame title="收货地址" back=routes::buyer::ME bottom=add>
                {address_fields::done_in_words(&query.done).map(|words| view! { <Flash words=words/> })}
                {nothing}
                {entries.into_iter().map(|entry| card(entry, &query.remove)).collect_view()}
            </BuyerFrame>
        }
    }))
}

fn card(entry: BookedAddress, asked_about: &str) -> impl IntoView + use<> {
    let path = format!("{}/{}", routes::buyer::ADDRESSES, entry.id);
    let mark = entry.is_default.then(|| view! { <Badge tone=Tone::Good>"默认"</Badge> });
    let make_default = (!entry.is_default)
        .then(|| view! { <PostButton action=format!("{path}/default") kind=ButtonKind::Quiet small=true>"设为默认"</PostButton> });
    let remove = address_fields::removing(&entry, routes::buyer::ADDRESSES, asked_about);
    let (phone, place) = (entry.address.phone_in_words(), entry.address.place());
    view! {
        <Card>
            <AddressBlock name=entry.address.recipient phone=phone address=place>{mark}</AddressBlock>
            <div class="actions">
                {make_default}
                {remove}
                <LinkButton href=path small=true>"编辑"</LinkButton>
            </div>
        </Card>
    }
}

async fn make_default(buyer: Buyer, Path(id): Path<i64>) -> Result<Redirect, Failure> {
    AddressBook::of_buyer(&buyer).make_default(id).await?;
    Ok(Redirect::to(&done("default")))
}

async fn remove(buyer: Buyer, Path(id): Path<i64>) -> Result<Redirect, Failure> {
    AddressBook::of_buyer(&buyer).remove(id).await?;
    Ok(Redirect::to(&done("removed")))
}
