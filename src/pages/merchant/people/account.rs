//! `/merchant/account`: 「账号与安全」, one's own password and log-ins.

use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::http::session;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::pages::own_account::{self, OTHERS_ENDED, OwnAccount, OwnAccountQuery, PASSWORD_CHANGED};
use crate::routes::merchant as paths;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::error::Result as Done;
use crate::server::people::accounts::own::{MovedOn, Own};
use crate::ui::MerchantFrame;
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use std::sync::Arc;
use tower_sessions::Session;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(paths::ACCOUNT, get(show))
        .route(paths::CHANGE_PASSWORD, post(change_password))
        .route(paths::END_OTHERS, post(end_others))
}

async fn show(staff: Staff, session: Session, Query(query): Query<OwnAccountQuery>) -> Result<Response, Failure> {
    page(staff, &session, &query, None, false).await
}

async fn change_password(staff: Staff, session: Session, form: Form) -> Result<Response, Failure> {
    let done = Own::of_staff(&staff)?.change_password(form.get("current_password"), form.get("new_password")).await;
    after(staff, &session, done, PASSWORD_CHANGED, false).await
}

async fn end_others(staff: Staff, session: Session, form: Form) -> Result<Response, Failure> {
    let done = Own::of_staff(&staff)?.end_others(form.get("current_password")).await;
    after(staff, &session, done, OTHERS_ENDED, true).await
}

async fn after(staff: Staff, session: &Session, done: Done<MovedOn>, said: &str, of_others: bool) -> Result<Response, Failure> {
    match done {
        Ok(moved_on) => {
            session::stay(session, moved_on).await?;
            Ok(Redirect::to(&format!("{}{said}", paths::ACCOUNT)).into_response())
        }
        Err(error) => page(staff, session, &OwnAccountQuery::default(), Some(Problem::of(error)?), of_others).await,
    }
}

async fn page(
    staff: Staff,
    session: &Session,
    query: &OwnAccountQuery,
    problem: Option<Problem>,
    of_others: bool,
) -> Result<Response, Failure> {
    let (login, devices) = Own::of_staff(&staff)?.standing(session::name(session).as_deref()).await?;
    let flash = own_account::flash(query);
    Ok(Document::merchant("账号与安全").status(Problem::status_of(problem.as_ref())).draw(move || {
        let account = OwnAccount {
            change_password: paths::CHANGE_PASSWORD,
            end_others: paths::END_OTHERS,
            login,
            devices,
            zone: staff.shop.zone,
            errors: Problem::listed(problem.as_ref()),
            of_others,
        };
        let nav = frame::nav(&staff, paths::ACCOUNT);
        view! {
            <MerchantFrame title="账号与安全" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone()>
                {flash}
                <p class="muted">"离开 2 小时，或登录满 12 小时后，需要重新登录。"</p>
                {own_account::draw(account)}
            </MerchantFrame>
        }
    }))
}
