//! `/register`: a new account.

use crate::domain::FieldErrors;
use crate::http::form::Form;
use crate::http::session;
use crate::islands::SubmitOnce;
use crate::pages::Shared;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::pages::own_account::PASSWORD_HINT;
use crate::pages::resume::{Onward, Whereto, with_cookie};
use crate::routes;
use crate::server::app::App;
use crate::server::people::accounts::{self, LogInOutcome};
use crate::server::people::visitor::Visitor;
use crate::ui::{Button, ButtonKind, Field, FormErrors, NarrowFrame};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;
use tower_sessions::Session;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::buyer::REGISTER, get(show).post(submit))
}

async fn show(Query(whereto): Query<Whereto>) -> Response {
    draw(StatusCode::OK, FieldErrors::default(), Onward::to(&whereto.next), &Form::default())
}

async fn submit(State(app): Shared, session: Session, visitor: Visitor, form: Form) -> Result<Response, Failure> {
    let onward = Onward::of(&form);
    // From the log-in, with a form that waits: nothing of this page has been typed yet.
    if form.has("begin") {
        return Ok(draw(StatusCode::OK, FieldErrors::default(), onward, &form));
    }
    let entry = accounts::register(&app, &visitor, form.get("phone"), form.get("name"), form.get("password")).await?;
    Ok(match entry {
        LogInOutcome::In(let_in) => with_cookie(onward.go(routes::buyer::ME), &session::log_in(&app, &session, let_in).await?),
        LogInOutcome::Wrong(errors) => draw(StatusCode::UNPROCESSABLE_ENTITY, errors, onward, &form),
        LogInOutcome::Barred(errors) => draw(StatusCode::TOO_MANY_REQUESTS, errors, onward, &form),
    })
}

fn draw(status: StatusCode, errors: FieldErrors, onward: Onward, typed: &Form) -> Response {
    let (phone, name) = (typed.get("phone").to_owned(), typed.get("name").to_owned());
    Document::buyer("注册").status(status).draw(move || {
        let errors_on_top = view! { <FormErrors errors=errors.clone()/> };
        let beside = onward.beside(routes::buyer::LOGIN);
        view! {
            <NarrowFrame title="注册">
                <div class="stack">
                    {errors_on_top}
                    <SubmitOnce>
                        <form method="post" action=routes::buyer::REGISTER class="form" novalidate=true>
                            {onward.fields()}
                            <Field label="手机号" name="phone" kind="tel" inputmode="numeric" autocomplete="username" value=phone error=errors.of("phone") required=true/>
                            <Field label="昵称" name="name" autocomplete="nickname" maxlength=20 value=name error=errors.of("name") required=true/>
                            <Field
                                label="密码" name="password" kind="password" autocomplete="new-password" hint=PASSWORD_HINT
                                error=errors.of("password") required=true
                            />
                            <Button kind=ButtonKind::Primary wide=true>"注册"</Button>
                        </form>
                    </SubmitOnce>
                    <p class="muted">"已有账号？ "<a href=beside>"直接登录"</a></p>
                </div>
            </NarrowFrame>
        }
    })
}
