//! Light, dark, or as the system has it: chosen once a browser, kept in a cookie, said at the root of every document.

use super::Shared;
use crate::http::form::Form;
use crate::routes;
use crate::server::app::App;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{COOKIE, REFERER, SET_COOKIE};
use axum::http::{HeaderMap, Uri};
use axum::middleware::Next;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::post;
use std::sync::Arc;

const NAME: &str = "theme";
/// The same cookie where there is TLS: no other host and no plain connection can set it.
const HOST_NAME: &str = "__Host-theme";
const ONE_YEAR: i64 = 365 * 24 * 3600;

tokio::task_local! {
    static CHOSEN: Theme;
}

/// What a browser wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::THEME, post(choose))
}

/// Remembers the choice while a request is answered.
pub async fn carry(request: Request, next: Next) -> Response {
    let chosen = Theme::of_cookies(request.headers());
    CHOSEN.scope(chosen, next.run(request)).await
}

/// The choice of the browser that is being answered.
pub fn chosen() -> Theme {
    CHOSEN.try_with(|theme| *theme).unwrap_or_default()
}

impl Theme {
    fn from_code(code: &str) -> Self {
        match code {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// As the cookie and the style sheets have it; the system's own has no name.
    pub fn code(self) -> &'static str {
        match self {
            Self::System => "",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn of_cookies(headers: &HeaderMap) -> Self {
        let cookies = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
        let kept = cookies.filter_map(|cookie| cookie.trim().split_once('=')).find(|(name, _)| *name == NAME || *name == HOST_NAME);
        kept.map_or(Self::System, |(_, code)| Self::from_code(code))
    }
}

/// Keeps the choice, and back to the page it was made on.
async fn choose(State(app): Shared, headers: HeaderMap, form: Form) -> Response {
    let theme = Theme::from_code(form.get(NAME));
    let age = if theme == Theme::System { 0 } else { ONE_YEAR };
    let (name, secure) = if app.secure_cookies { (HOST_NAME, "; Secure") } else { (NAME, "") };
    let cookie = format!("{name}={}; Path=/; Max-Age={age}; SameSite=Lax; HttpOnly{secure}", theme.code());
    (AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to(&page_before(&headers))).into_response()
}

/// Path and query of the page that sent the form; of its address nothing else is followed.
fn page_before(headers: &HeaderMap) -> String {
    let referer = headers.get(REFERER).and_then(|value| value.to_str().ok()).and_then(|address| address.parse::<Uri>().ok());
    let path = referer.as_ref().and_then(Uri::path_and_query).map_or("/", |path| path.as_str());
    if path.starts_with("//") { "/".to_owned() } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(name: axum::http::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn the_cookie_says_which_and_nonsense_leaves_it_to_the_system() {
        assert_eq!(Theme::of_cookies(&headers(COOKIE, "guitu=1; theme=dark")), Theme::Dark);
        assert_eq!(Theme::of_cookies(&headers(COOKIE, "theme=\"><script>")), Theme::System);
        assert_eq!(Theme::of_cookies(&HeaderMap::new()), Theme::System);
    }

    #[test]
    fn the_way_back_stays_in_the_house() {
        assert_eq!(page_before(&headers(REFERER, "https://shop.example/me?tab=1")), "/me?tab=1");
        assert_eq!(page_before(&headers(REFERER, "https://shop.example//elsewhere.example/")), "/");
        assert_eq!(page_before(&HeaderMap::new()), "/");
    }
}
