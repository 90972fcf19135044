//! `/reset?key=…`: where a one-time link leads to, a new password for a buyer or a member of staff.

use super::Shared;
use super::document::Document;
use super::extract::Query;
use super::failure::Failure;
use super::own_account::PASSWORD_HINT;
use crate::domain::{FieldErrors, LoggedIn};
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::islands::SubmitOnce;
use crate::routes;
use crate::server::app::App;
use crate::server::error::Error;
use crate::server::people::accounts::links;
use crate::server::people::visitor::Visitor;
use crate::ui::{Button, ButtonKind, Field, FormErrors, Hidden, LinkButton, NarrowFrame, Notice, Tone};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::RESET, get(show).post(submit))
}

#[derive(serde::Deserialize)]
struct ResetQuery {
    #[serde(default)]
    key: String,
}

async fn show(State(app): Shared, Query(query): Query<ResetQuery>) -> Result<Response, Failure> {
    page(&app, query.key, None).await
}

async fn submit(State(app): Shared, visitor: Visitor, form: Form) -> Result<Response, Failure> {
    let key = form.get("key").to_owned();
    match links::set_password(&app, &visitor, &key, form.get("new_password")).await {
        Ok(who) => Ok(done(who)),
        Err(Error::NotFound) => Ok(used_up()),
        Err(error) => page(&app, key, Some(Problem::of(error)?)).await,
    }
}

async fn page(app: &App, key: String, problem: Option<Problem>) -> Result<Response, Failure> {
    let Some((_, owner)) = links::owner(app, &key).await? else { return Ok(used_up()) };
    let errors = Problem::listed(problem.as_ref());
    Ok(draw(Problem::status_of(problem.as_ref()), "设置新密码", move || form(key, owner.login, errors).into_any()))
}

fn form(key: String, login: String, errors: FieldErrors) -> impl IntoView {
    let error = errors.of("new_password");
    view! {
        <FormErrors errors=errors/>
        <SubmitOnce>
            <form method="post" action=routes::RESET class="form" novalidate=true>
                <Hidden name="key" value=key/>
                <Field label="账号" name="username" autocomplete="username" value=login readonly=true/>
                <Field
                    label="新密码" name="new_password" kind="password" autocomplete="new-password" hint=PASSWORD_HINT error=error required=true
                />
                <Button kind=ButtonKind::Primary wide=true>"设置新密码"</Button>
            </form>
        </SubmitOnce>
        <p class="muted">"设置后，所有已登录的设备都会退出。"</p>
    }
}

fn done(who: LoggedIn) -> Response {
    let log_in = match who {
        LoggedIn::Buyer(_) => routes::buyer::LOGIN,
        LoggedIn::Staff(_) => routes::merchant::LOGIN,
    };
    draw(StatusCode::OK, "密码已更新", move || {
        view! {
            <Notice tone=Tone::Good>"新密码已生效，所有已登录的设备都已退出。"</Notice>
            <LinkButton kind=ButtonKind::Primary href=log_in wide=true>"去登录"</LinkButton>
        }
        .into_any()
    })
}

fn used_up() -> Response {
    draw(StatusCode::NOT_FOUND, "链接已失效", || {
        view! {
            <Notice tone=Tone::Warn>"这个链接已经用过，或已超过 30 分钟。请向给您链接的人再要一个新的。"</Notice>
            <LinkButton href=routes::buyer::HOME wide=true>"回到首页"</LinkButton>
        }
        .into_any()
    })
}

/// Nothing of it is kept by the browser: the address is a secret as long as the link lives.
fn draw(status: StatusCode, title: &'static str, inside: impl FnOnce() -> AnyView + Send + 'static) -> Response {
    let document = Document::buyer(title).status(status);
    let page = document.draw(move || view! { <NarrowFrame title=title><div class="stack">{inside()}</div></NarrowFrame> });
    ([(CACHE_CONTROL, "no-store")], page).into_response()
}
