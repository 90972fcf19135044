//! One file a URL: load through the use-cases, then show. Nothing is decided here.

pub mod address_fields;
pub mod buyer;
pub mod document;
pub mod error_page;
pub mod extract;
pub mod failure;
pub mod gate;
mod in_place;
pub mod merchant;
pub mod own_account;
pub mod picture;
mod reset;
mod resume;
pub mod theme;

use crate::http::{assets, callbacks, health};
use crate::server::app::App;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use std::sync::Arc;

/// What every handler is given.
pub type Shared = axum::extract::State<Arc<App>>;

/// Every page of both sides, each behind its gate.
pub fn router(app: &Arc<App>) -> Router<Arc<App>> {
    let open = Router::new().merge(buyer::open_routes()).merge(picture::routes()).merge(reset::routes());
    let buyers = Router::new()
        .merge(buyer::account_routes())
        .merge(buyer::order_routes())
        .merge(in_place::buyers_routes())
        .route_layer(from_fn_with_state(app.clone(), gate::buyers_only));
    let staff = Router::new()
        .merge(merchant::order_routes())
        .merge(merchant::shop_routes())
        .merge(in_place::staff_routes())
        .route_layer(from_fn_with_state(app.clone(), gate::staff_only));
    Router::new()
        .merge(open)
        .merge(merchant::open_routes())
        .route_layer(from_fn_with_state(app.clone(), gate::whoever))
        .merge(buyers)
        .merge(staff)
        .route(crate::routes::WECHAT_NOTICES, post(callbacks::from_wechat))
        .route(crate::routes::ALIPAY_NOTICES, post(callbacks::from_alipay))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .merge(theme::routes())
        .merge(assets::routes())
        .fallback(error_page::not_found)
        .method_not_allowed_fallback(error_page::wrong_method)
}
