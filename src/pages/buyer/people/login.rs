//! `/login`: phone and password.

use crate::domain::FieldErrors;
use crate::http::form::Form;
use crate::http::session;
use crate::pages::Shared;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::pages::resume::{Onward, RAN_OUT, Whereto, with_cookie};
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Buyer;
use crate::server::people::accounts::{self, LogInOutcome};
use crate::server::people::visitor::Visitor;
use crate::ui::{Button, ButtonKind, Field, FormErrors, NarrowFrame, Notice, Tone};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;
use tower_sessions::Session;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::buyer::LOGIN, get(show).post(submit))
}

async fn show(State(app): Shared, buyer: Option<Buyer>, Query(whereto): Query<Whereto>) -> Response {
    let onward = Onward::to(&whereto.next);
    match buyer {
        Some(_) => onward.go(routes::buyer::ME),
        None => draw(BuyerLogInPage { onward, demo: app.demo, ..BuyerLogInPage::default() }),
    }
}

async fn submit(State(app): Shared, session: Session, visitor: Visitor, form: Form) -> Result<Response, Failure> {
    let (onward, phone) = (Onward::of(&form), form.get("phone").to_owned());
    let (status, errors) = match accounts::log_in_buyer(&app, &visitor, &phone, form.get("password")).await? {
        LogInOutcome::In(let_in) => return Ok(with_cookie(onward.go(routes::buyer::ME), &session::log_in(&app, &session, let_in).await?)),
        LogInOutcome::Wrong(errors) => (StatusCode::UNPROCESSABLE_ENTITY, errors),
        LogInOutcome::Barred(errors) => (StatusCode::TOO_MANY_REQUESTS, errors),
    };
    Ok(draw(BuyerLogInPage { status, errors, onward, phone, demo: app.demo }))
}

/// The log-in that stands between a form and its target.
pub fn resume(onward: Onward) -> Response {
    draw(BuyerLogInPage { status: StatusCode::UNAUTHORIZED, onward, ..BuyerLogInPage::default() })
}

#[derive(Default)]
struct BuyerLogInPage {
    status: StatusCode,
    errors: FieldErrors,
    onward: Onward,
    phone: String,
    demo: bool,
}

fn draw(page: BuyerLogInPage) -> Response {
    Document::buyer("登录").status(page.status).draw(move || {
        let BuyerLogInPage { errors, onward, phone, demo, .. } = page;
        let register = if onward.resumes() {
            view! { <Button kind=ButtonKind::Quiet wide=true formaction=routes::buyer::REGISTER name="begin" value="1">"注册新账号"</Button> }.into_any()
        } else {
            view! { <p class="muted">"还没有账号？ "<a href=onward.beside(routes::buyer::REGISTER)>"注册新账号"</a></p> }.into_any()
        };
        view! {
            <NarrowFrame title="登录">
                <div class="stack">
                    {onward.resumes().then(|| view! { <Notice tone=Tone::Warn>{RAN_OUT}</Notice> })}
                    <FormErrors errors=errors.clone()/>
                    <form method="post" action=routes::buyer::LOGIN class="form" novalidate=true>
                        {onward.fields()}
                        <Field label="手机号" name="phone" kind="tel" inputmode="numeric" autocomplete="username" value=phone error=errors.of("phone") required=true/>
                        <Field label="密码" name="password" kind="password" autocomplete="current-password" error=errors.of("password") required=true/>
                        <Button kind=ButtonKind::Primary wide=true>"登录"</Button>
                        {register}
                    </form>
                    {demo.then(demo_log_ins)}
                </div>
            </NarrowFrame>
        }
    })
}

fn demo_log_ins() -> impl IntoView {
    view! {
        <Notice tone=Tone::Info title="演示账号">"手机号 13800000001 至 13800000005，密码 guitu-demo"</Notice>
        <p class="muted">"商家后台："<a href=routes::merchant::LOGIN>"商家登录"</a></p>
    }
}
