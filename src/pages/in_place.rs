//! Where forms are answered where they stand: a route for each server function, behind the gate of its side.

use crate::api::FORMS;
use crate::routes;
use crate::server::app::App;
use axum::Router;
use axum::extract::Request;
use axum::http::header::ACCEPT;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use std::sync::Arc;

pub fn buyers_routes() -> Router<Arc<App>> {
    routes_that(|page| !page.starts_with(routes::merchant::WORKBENCH))
}

pub fn staff_routes() -> Router<Arc<App>> {
    routes_that(|page| page.starts_with(routes::merchant::WORKBENCH))
}

fn routes_that(fits: fn(&str) -> bool) -> Router<Arc<App>> {
    FORMS.iter().filter(|form| fits(form.page)).fold(Router::new(), |router, form| router.route(form.function, post(answer)))
}

/// Without `accept`, by which `leptos_axum` would lead whoever asks for HTML back to where they came from.
async fn answer(mut request: Request) -> Response {
    request.headers_mut().remove(ACCEPT);
    leptos_axum::handle_server_fns(request).await.into_response()
}
