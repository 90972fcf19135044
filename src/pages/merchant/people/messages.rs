//! `/merchant/messages`: what the shop's staff should know.

use crate::http::assets;
use crate::http::form::Form;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::pages::merchant::{frame, viewer};
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::people::notices::{InboxNotice, Notices};
use crate::ui::{Card, Drawing, Empty, Flash, ListRow, MerchantFrame, Pagination, PostButton};
use axum::Router;
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use std::sync::Arc;

const READ: &str = "/merchant/messages/read";

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::merchant::MESSAGES, get(show)).route(READ, post(mark_read))
}

#[derive(serde::Deserialize)]
struct MessagesQuery {
    before: Option<i64>,
    done: Option<String>,
}

async fn show(staff: Staff, Query(query): Query<MessagesQuery>) -> Result<Response, Failure> {
    let notices = Notices::of_shop(&staff)?;
    let (page, unread) = (notices.list(query.before).await?, notices.unread().await?);
    let next = page.next.map(|before| format!("{}?before={before}", routes::merchant::MESSAGES));
    let newest = page.rows.first().map(|message| message.id.to_string()).filter(|_| unread > 0);
    Ok(Document::merchant("消息").draw(move || {
        let mark = newest.map(|newest| view! { <PostButton action=READ fields=vec![("newest", newest)]>"全部标为已读"</PostButton> }.into_any());
        let rows = page.rows.into_iter().map(|message| row(message, &staff)).collect::<Vec<_>>();
        let list = if rows.is_empty() { none().into_any() } else { view! { <Card class="card--flush"><div class="list-rows">{rows}</div></Card> }.into_any() };
        view! {
            <MerchantFrame
                title="消息" nav=frame::nav(&staff, routes::merchant::MESSAGES) staff=frame::signature(&staff) shop=staff.shop.name.clone() actions=mark
            >
                {query.done.map(|_| view! { <Flash words="已全部标为已读"/> })}
                {list}
                <Pagination next=next/>
            </MerchantFrame>
        }
    }))
}

async fn mark_read(staff: Staff, form: Form) -> Result<Redirect, Failure> {
    Notices::of_shop(&staff)?.mark_read(form.get("newest").parse().unwrap_or(0)).await?;
    Ok(Redirect::to(&format!("{}?done=read", routes::merchant::MESSAGES)))
}

fn none() -> impl IntoView {
    view! { <Empty src=assets::url(Drawing::Messages.file()) words="还没有消息" hint="新订单、新售后和超时提醒都会出现在这里"/> }
}

/// One notice, leading to the after-sale it is about, or else to the order.
fn row(message: InboxNotice, staff: &Staff) -> impl IntoView + use<> {
    let href =
        message.after_sale_number.as_deref().map_or_else(|| routes::merchant::order(&message.order_number), routes::merchant::after_sale);
    let notice = message.told_to(viewer::of(staff));
    view! { <ListRow title=notice.title small=message.at.show(staff.shop.zone) href=href unread=!message.read>{notice.words}</ListRow> }
}
