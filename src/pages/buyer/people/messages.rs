//! `/me/messages`: every step of the buyer's orders and after-sales.

use crate::http::assets;
use crate::http::form::Form;
use crate::pages::buyer::ZONE;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Buyer;
use crate::server::people::notices::{InboxNotice, Notices};
use crate::text::Viewer;
use crate::ui::{BuyerFrame, Card, Drawing, Empty, Flash, ListRow, Pagination, PostButton};
use axum::Router;
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use std::sync::Arc;

const READ: &str = "/me/messages/read";

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::buyer::MESSAGES, get(show)).route(READ, post(mark_read))
}

#[derive(serde::Deserialize)]
struct BuyerMessagesQuery {
    before: Option<i64>,
    done: Option<String>,
}

async fn show(buyer: Buyer, Query(query): Query<BuyerMessagesQuery>) -> Result<Response, Failure> {
    let notices = Notices::of_buyer(&buyer);
    let (page, unread) = (notices.list(query.before).await?, notices.unread().await?);
    let next = page.next.map(|before| format!("{}?before={before}", routes::buyer::MESSAGES));
    let newest = page.rows.first().map(|message| message.id.to_string());
    Ok(Document::buyer("消息").draw(move || {
        let mark = newest
            .filter(|_| unread > 0)
            .map(|newest| view! { <PostButton action=READ fields=vec![("newest", newest)]>"全部标为已读"</PostButton> });
        let rows = page.rows.into_iter().map(row).collect::<Vec<_>>();
        let list = if rows.is_empty() {
            none().into_any()
        } else {
            view! { <Card class="card--flush"><div class="list-rows">{rows}</div></Card> }.into_any()
        };
        view! {
            <BuyerFrame title="消息" back=routes::buyer::ME>
                {mark}
                {query.done.map(|_| view! { <Flash words="已全部标为已读"/> })}
                {list}
                <Pagination next=next/>
            </BuyerFrame>
        }
    }))
}

async fn mark_read(buyer: Buyer, form: Form) -> Result<Redirect, Failure> {
    Notices::of_buyer(&buyer).mark_read(form.get("newest").parse().unwrap_or(0)).await?;
    Ok(Redirect::to(&format!("{}?done=read", routes::buyer::MESSAGES)))
}

fn none() -> impl IntoView {
    view! { <Empty src=assets::url(Drawing::Messages.file()) words="还没有消息" hint="订单和售后的每一步进展都会通知到这里"/> }
}

/// One notice, leading to the after-sale it is about, or else to the order.
fn row(message: InboxNotice) -> impl IntoView {
    let href = message.after_sale_number.as_deref().map_or_else(|| routes::buyer::order(&message.order_number), routes::buyer::after_sale);
    let notice = message.told_to(Viewer::Buyer);
    view! { <ListRow title=notice.title small=message.at.show(ZONE) href=href unread=!message.read>{notice.words}</ListRow> }
}
