//! `/me/security`: 「账号与安全」, the buyer's password and log-ins.

use crate::domain::people::address::mask_phone;
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::http::session;
use crate::pages::buyer::ZONE;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::pages::own_account::{self, OTHERS_ENDED, OwnAccount, OwnAccountQuery, PASSWORD_CHANGED};
use crate::routes::buyer as paths;
use crate::server::app::App;
use crate::server::ctx::Buyer;
use crate::server::error::Result as Done;
use crate::server::people::accounts::own::{MovedOn, Own};
use crate::ui::{BuyerFrame, Card, KeyValue, KeyValues};
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use std::sync::Arc;
use tower_sessions::Session;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(paths::SECURITY, get(show))
        .route(paths::CHANGE_PASSWORD, post(change_password))
        .route(paths::END_OTHERS, post(end_others))
}

async fn show(buyer: Buyer, session: Session, Query(query): Query<OwnAccountQuery>) -> Result<Response, Failure> {
    page(buyer, &session, &query, None, false).await
}

async fn change_password(buyer: Buyer, session: Session, form: Form) -> Result<Response, Failure> {
    let done = Own::of_buyer(&buyer).change_password(form.get("current_password"), form.get("new_password")).await;
    after(buyer, &session, done, PASSWORD_CHANGED, false).await
}

async fn end_others(buyer: Buyer, session: Session, form: Form) -> Result<Response, Failure> {
    let done = Own::of_buyer(&buyer).end_others(form.get("current_password")).await;
    after(buyer, &session, done, OTHERS_ENDED, true).await
}

async fn after(buyer: Buyer, session: &Session, done: Done<MovedOn>, said: &str, of_others: bool) -> Result<Response, Failure> {
    match done {
        Ok(moved_on) => {
            session::stay(session, moved_on).await?;
            Ok(Redirect::to(&format!("{}{said}", paths::SECURITY)).into_response())
        }
        Err(error) => page(buyer, session, &OwnAccountQuery::default(), Some(Problem::of(error)?), of_others).await,
    }
}

async fn page(
    buyer: Buyer,
    session: &Session,
    query: &OwnAccountQuery,
    problem: Option<Problem>,
    of_others: bool,
) -> Result<Response, Failure> {
    let (login, devices) = Own::of_buyer(&buyer).standing(session::name(session).as_deref()).await?;
    let flash = own_account::flash(query);
    Ok(Document::buyer("账号与安全").status(Problem::status_of(problem.as_ref())).draw(move || {
        let account = OwnAccount {
            change_password: paths::CHANGE_PASSWORD,
            end_others: paths::END_OTHERS,
            login,
            devices,
            zone: ZONE,
            errors: Problem::listed(problem.as_ref()),
            of_others,
        };
        view! {
            <BuyerFrame title="账号与安全" back=paths::ME>
                {flash}
                <Card title="账号">
                    <KeyValues>
                        <KeyValue label="昵称">{buyer.name.clone()}</KeyValue>
                        <KeyValue label="手机号">{mask_phone(&buyer.phone)}</KeyValue>
                    </KeyValues>
                </Card>
                {own_account::draw(account)}
            </BuyerFrame>
        }
    }))
}
