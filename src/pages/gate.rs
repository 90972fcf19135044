//! The gates in front of the pages: who is it, and may they come in? One look-up a request.

use crate::pages::{error_page, headers};
use crate::routes;
use crate::server::app::App;
use crate::server::ctx;
use crate::server::error::Error;
use crate::server::form::Form;
use crate::server::sessions;
use axum::extract::{FromRequest, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;
use tower_sessions::Session;

/// An address with a NUL in it is nobody's: no database could look for it.
pub async fn readable(request: Request, next: Next) -> Response {
    if request.uri().path_and_query().is_some_and(|address| address.as_str().contains("%00")) {
        return error_page::of(Error::NotFound);
    }
    next.run(request).await
}

/// A log-in that cannot be kept is told like any other trouble; the layer that keeps sessions has no page for it.
pub async fn with_its_session_kept(request: Request, next: Next) -> Response {
    sessions::kept(next.run(request)).await.unwrap_or_else(error_page::of)
}

/// Pages for everybody; a buyer who is logged in is known to them.
pub async fn whoever(State(app): State<Arc<App>>, session: Session, mut request: Request, next: Next) -> Response {
    match ctx::buyer(&app, &session).await {
        Ok(Some(buyer)) => {
            request.extensions_mut().insert(buyer);
        }
        Ok(None) => {}
        Err(error) => return error_page::of(error),
    }
    match ctx::staff(&app, &session).await {
        Ok(Some(staff)) => {
            error_page::is_read_by(&staff);
            request.extensions_mut().insert(staff);
        }
        Ok(None) => {}
        Err(error) => return error_page::of(error),
    }
    next.run(request).await
}

pub async fn buyers_only(app: State<Arc<App>>, session: Session, request: Request, next: Next) -> Response {
    headers::kept_by_nobody(buyers_alone(app, session, request, next).await)
}

async fn buyers_alone(State(app): State<Arc<App>>, session: Session, mut request: Request, next: Next) -> Response {
    match ctx::buyer(&app, &session).await {
        Ok(Some(buyer)) => {
            request.extensions_mut().insert(buyer);
            next.run(request).await
        }
        Ok(None) => turn_away(request, routes::buyer::LOGIN).await,
        Err(error) => error_page::of(error),
    }
}

pub async fn staff_only(app: State<Arc<App>>, session: Session, request: Request, next: Next) -> Response {
    headers::kept_by_nobody(staff_alone(app, session, request, next).await)
}

async fn staff_alone(State(app): State<Arc<App>>, session: Session, mut request: Request, next: Next) -> Response {
    match ctx::staff(&app, &session).await {
        Ok(Some(staff)) => {
            error_page::is_read_by(&staff);
            request.extensions_mut().insert(staff);
            next.run(request).await
        }
        Ok(None) => turn_away(request, routes::merchant::LOGIN).await,
        Err(error) => error_page::of(error),
    }
}

/// To the log-in and back. A form that was sent after the session had run out is carried along, so that nothing typed is lost.
async fn turn_away(request: Request, login: &'static str) -> Response {
    let target = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    if request.method() != Method::POST {
        let next: String = serde_urlencoded::to_string([("next", &target)]).unwrap_or_default();
        return Redirect::to(&format!("{login}?{next}")).into_response();
    }
    match Form::from_request(request, &()).await {
        Ok(form) => crate::pages::buyer::login::resume(login, &target, &form),
        Err(refused) => refused.into_response(),
    }
}
