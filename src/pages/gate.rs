//! The gates in front of the pages: who is it, and may they come in? One look-up a request.

use crate::api::ApiError;
use crate::http::form::{self, Form, FormError, FormSender};
use crate::http::{headers, session};
use crate::pages::resume::Onward;
use crate::pages::{buyer, error_page, merchant};
use crate::routes;
use crate::routes::forms::IN_PLACE;
use crate::server::app::App;
use crate::server::error::Error;
use crate::server::limits::{ADDRESS_BYTES, NEXT_BYTES, QUERY_FIELDS};
use axum::extract::{Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, percent_encode};
use std::sync::Arc;
use tower_sessions::Session;

/// What cannot be the address of a page does not get as far as one: control letters and broken letters in the path lead to no header and to no
/// row, a NUL can be looked for in no database, and the longest address of ours is far below the limit.
pub async fn readable(request: Request, next: Next) -> Response {
    let uri = request.uri();
    let query = uri.query().unwrap_or_default();
    if uri.path().len() + query.len() > ADDRESS_BYTES || query.bytes().filter(|byte| *byte == b'&').count() >= QUERY_FIELDS {
        return error_page::refused(StatusCode::URI_TOO_LONG, "网址太长", "这个网址太长，请缩短搜索内容后重试");
    }
    if !is_text(uri.path()) || query.contains("%00") {
        return error_page::of(Error::NotFound);
    }
    led(next.run(request).await)
}

/// Where an answer leads to is an address, whatever stood in the one that was asked for: other letters than an address has are escaped.
fn led(mut answer: Response) -> Response {
    const ESCAPED: AsciiSet = CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'\\');
    let Some(location) = answer.headers().get(LOCATION) else { return answer };
    let escaped = percent_encode(location.as_bytes(), &ESCAPED).to_string();
    if let Ok(escaped) = HeaderValue::from_str(&escaped) {
        answer.headers_mut().insert(LOCATION, escaped);
    }
    answer
}

/// Text without control letters, once its percent signs are resolved.
fn is_text(path: &str) -> bool {
    percent_decode_str(path).decode_utf8().is_ok_and(|path| !path.contains(char::is_control))
}

/// A log-in that cannot be kept is told like any other trouble; the layer that keeps sessions has no page for it.
pub async fn with_its_session_kept(request: Request, next: Next) -> Response {
    session::kept(next.run(request)).await.unwrap_or_else(error_page::of)
}

/// Pages for everybody; a buyer who is logged in is known to them.
pub async fn whoever(State(app): State<Arc<App>>, session: Session, mut request: Request, next: Next) -> Response {
    match session::buyer(&app, &session).await {
        Ok(Some(buyer)) => {
            request.extensions_mut().insert(buyer);
        }
        Ok(None) => {}
        Err(error) => return error_page::of(error),
    }
    match session::staff(&app, &session).await {
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
    match session::buyer(&app, &session).await {
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
    match session::staff(&app, &session).await {
        Ok(Some(staff)) => {
            error_page::is_read_by(&staff);
            request.extensions_mut().insert(staff);
            next.run(request).await
        }
        Ok(None) => turn_away(request, routes::merchant::LOGIN).await,
        Err(error) => error_page::of(error),
    }
}

/// To the log-in and back. A form that was sent after the session had run out is carried along, so that nothing typed is lost;
/// one that is answered where it stands is sent to its page instead, and comes by here.
async fn turn_away(request: Request, login: &'static str) -> Response {
    if request.uri().path().starts_with(IN_PLACE) {
        return ApiError::ByPage(StatusCode::UNAUTHORIZED.as_u16()).into_response();
    }
    let target = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    if request.method() != Method::POST {
        let next: String = serde_urlencoded::to_string([("next", &target)]).unwrap_or_default();
        let to = if target.len() > NEXT_BYTES { login.to_owned() } else { format!("{login}?{next}") };
        return Redirect::to(&to).into_response();
    }
    match form::read(request, FormSender::Stranger).await {
        Ok(form) => resume(login, &target, &form).unwrap_or_else(IntoResponse::into_response),
        Err(refused) => refused.into_response(),
    }
}

/// The log-in that stands between a form and its target, on either side of the counter.
fn resume(login: &'static str, target: &str, form: &Form) -> Result<Response, FormError> {
    let onward = Onward::with_form(target, form)?;
    Ok(if login == routes::merchant::LOGIN { merchant::people::login::resume(onward) } else { buyer::people::login::resume(onward) })
}

#[cfg(test)]
mod tests {
    use super::is_text;

    #[test]
    fn a_path_is_text_or_nowhere() {
        for good in ["/", "/orders/G2611-1/pay", "/pictures/%E4%BD%A0", "/a%20b"] {
            assert!(is_text(good), "{good}");
        }
        for bad in ["/merchant/orders/%0d%0aX/ship", "/%00", "/a%7f", "/%c2%85", "/%ff", "/%E4%BD", "/%09"] {
            assert!(!is_text(bad), "{bad}");
        }
    }
}
