//! `/merchant/login` and `/merchant/logout`.

use crate::domain::FieldErrors;
use crate::http::form::Form;
use crate::http::headers;
use crate::http::session;
use crate::pages::Shared;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::pages::resume::{Onward, RAN_OUT, Whereto, with_cookie};
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::people::accounts::{self, LogInOutcome};
use crate::server::people::visitor::Visitor;
use crate::ui::{Button, ButtonKind, Field, FormErrors, NarrowFrame, Notice, Tone};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use leptos::prelude::*;
use std::sync::Arc;
use tower_sessions::Session;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::merchant::LOGIN, get(show).post(submit)).route(routes::merchant::LOGOUT, post(leave))
}

async fn show(State(app): Shared, staff: Option<Extension<Staff>>, Query(whereto): Query<Whereto>) -> Response {
    let onward = Onward::to(&whereto.next);
    match staff {
        Some(_) => onward.go(routes::merchant::WORKBENCH),
        None => draw(StaffLogInPage { onward, demo: app.demo, ..StaffLogInPage::default() }),
    }
}

async fn submit(State(app): Shared, session: Session, visitor: Visitor, form: Form) -> Result<Response, Failure> {
    let (onward, login) = (Onward::of(&form), form.get("login").to_owned());
    let (status, errors) = match accounts::log_in_staff(&app, &visitor, &login, form.get("password")).await? {
        LogInOutcome::In(let_in) => {
            return Ok(with_cookie(onward.go(routes::merchant::WORKBENCH), &session::log_in(&app, &session, let_in).await?));
        }
        LogInOutcome::Wrong(errors) => (StatusCode::UNPROCESSABLE_ENTITY, errors),
        LogInOutcome::Barred(errors) => (StatusCode::TOO_MANY_REQUESTS, errors),
    };
    Ok(draw(StaffLogInPage { status, errors, onward, login, demo: app.demo }))
}

async fn leave(session: Session) -> Result<Response, Failure> {
    session::log_out_staff(&session).await?;
    Ok(headers::forgetting(Redirect::to(routes::merchant::LOGIN)))
}

/// The log-in that stands between a form and its target.
pub fn resume(onward: Onward) -> Response {
    draw(StaffLogInPage { status: StatusCode::UNAUTHORIZED, onward, ..StaffLogInPage::default() })
}

#[derive(Default)]
struct StaffLogInPage {
    status: StatusCode,
    errors: FieldErrors,
    onward: Onward,
    login: String,
    demo: bool,
}

fn draw(page: StaffLogInPage) -> Response {
    Document::merchant("商家登录").status(page.status).draw(move || {
        let StaffLogInPage { errors, onward, login, demo, .. } = page;
        view! {
            <NarrowFrame title="商家登录">
                <div class="stack">
                    {onward.resumes().then(|| view! { <Notice tone=Tone::Warn>{RAN_OUT}</Notice> })}
                    <FormErrors errors=errors.clone()/>
                    <form method="post" action=routes::merchant::LOGIN class="form" novalidate=true>
                        {onward.fields()}
                        <Field label="账号" name="login" autocomplete="username" maxlength=40 value=login error=errors.of("login") required=true/>
                        <Field label="密码" name="password" kind="password" autocomplete="current-password" error=errors.of("password") required=true/>
                        <Button kind=ButtonKind::Primary wide=true>"登录"</Button>
                    </form>
                    {demo.then(demo_log_ins)}
                </div>
            </NarrowFrame>
        }
    })
}

fn demo_log_ins() -> impl IntoView {
    view! {
        <Notice tone=Tone::Info title="演示账号">"owner 店主、service 客服、warehouse 仓库、finance 财务，密码都是 guitu-demo"</Notice>
        <p class="muted">"买家："<a href=routes::buyer::LOGIN>"买家登录"</a></p>
    }
}
