//! The limit that `make bench` holds our pages against: the same statements, asked through the same use-cases, and the same bytes written,
//! with nothing drawn and nothing of the house around it. Below `/honest` the same pages again, for whoever asks a second time: their statements
//! asked by nothing but the engine's own client.
//!
//! usage: `bench-limit DATABASE_URL IP:PORT FOLDER`, which holds `orders.html`, `merchant-orders.html` and `after-sales.html`

#[path = "limit/honest.rs"]
mod honest;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Query, Request, State};
use axum::http::header::{CONTENT_TYPE, COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::serve::ListenerExt;
use bytes::Bytes;
use guitu::domain::after_sale::Queue;
use guitu::domain::order::OrderStatus;
use guitu::http::session::{self, Sessions};
use guitu::server::after_sales::{self, batches};
use guitu::server::app::App;
use guitu::server::clock::SystemClock;
use guitu::server::db::{Db, with_one_reader};
use guitu::server::machinery::pictures::PictureStore;
use guitu::server::orders::{self, BuyerOrdersTab, OrderFilter, ShopSearch};
use guitu::server::store::after_sales::QueueFilter;
use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use tower::ServiceExt;
use tower_sessions::Session;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

struct Limit {
    app: Arc<App>,
    orders: Bytes,
    merchant_orders: Bytes,
    after_sales: Bytes,
}

type Answer = Result<Response, StatusCode>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [database, listen, folder] = arguments.as_slice() else { return Err("usage: bench-limit DATABASE_URL IP:PORT FOLDER".into()) };
    let read = |name: &str| std::fs::read(Path::new(folder).join(name)).map(Bytes::from);
    let pictures = PictureStore::in_folder(Path::new(folder))?;
    let app = App::new(Db::connect(database).await?, Arc::new(SystemClock), pictures, String::new());
    let limit = Limit {
        app: Arc::new(app),
        orders: read("orders.html")?,
        merchant_orders: read("merchant-orders.html")?,
        after_sales: read("after-sales.html")?,
    };
    let (app, engine) = (limit.app.clone(), honest::Engine::of(database).await?);
    let pages = Router::new()
        .route("/orders", get(buyer_orders))
        .route("/merchant/orders", get(merchant_orders))
        .route("/merchant/after-sales", get(workbench))
        .with_state(Arc::new(limit))
        .layer(from_fn(async |request, next: Next| with_one_reader(None, session::kept(next.run(request))).await.map_err(broken)));
    let honest = Honest { app, engine, pages: pages.clone(), heard: RwLock::default(), hears: tokio::sync::Mutex::default() };
    let router = pages.nest("/honest", Router::new().fallback(honest_page).with_state(Arc::new(honest)));
    let listener = tokio::net::TcpListener::bind(listen).await?.tap_io(|stream| drop(stream.set_nodelay(true)));
    Ok(axum::serve(listener, router).await?)
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Asked {
    status: String,
    q: String,
    before: String,
    queue: String,
}

async fn buyer_orders(State(limit): State<Arc<Limit>>, headers: HeaderMap, Query(asked): Query<Asked>) -> Answer {
    let buyer = session::buyer(&limit.app, &session(&limit, &headers)?).await.map_err(broken)?.ok_or(StatusCode::UNAUTHORIZED)?;
    let tab = OrderStatus::from_code(&asked.status).map_or(BuyerOrdersTab::All, BuyerOrdersTab::Status);
    let listed = orders::list_for_buyer(&buyer, tab, asked.before.parse().ok()).await.map_err(broken)?;
    let counts = orders::counts_for_buyer(&buyer).await.map_err(broken)?;
    std::hint::black_box((listed, counts));
    Ok(html(&limit.orders))
}

async fn merchant_orders(State(limit): State<Arc<Limit>>, headers: HeaderMap, Query(asked): Query<Asked>) -> Answer {
    let staff = session::staff(&limit.app, &session(&limit, &headers)?).await.map_err(broken)?.ok_or(StatusCode::UNAUTHORIZED)?;
    let filter = OrderFilter {
        status: OrderStatus::from_code(&asked.status),
        search: ShopSearch::parse(&asked.q),
        from: None,
        until: None,
        flag: None,
    };
    let counts = orders::counts_by_status(&staff).await.map_err(broken)?;
    let listed = orders::list_for_shop(&staff, &filter, asked.before.parse().ok()).await.map_err(broken)?;
    std::hint::black_box((counts, listed));
    Ok(html(&limit.merchant_orders))
}

async fn workbench(State(limit): State<Arc<Limit>>, headers: HeaderMap, Query(asked): Query<Asked>) -> Answer {
    let staff = session::staff(&limit.app, &session(&limit, &headers)?).await.map_err(broken)?.ok_or(StatusCode::UNAUTHORIZED)?;
    let counts = orders::counts_by_queue(&staff).await.map_err(broken)?;
    let queue = Queue::from_code(&asked.queue).unwrap_or(Queue::Unshipped);
    let filter = QueueFilter { queue, search: ShopSearch::parse(&asked.q), from: None, until: None, after: None };
    let listed = after_sales::list_for_shop(&staff, &filter).await.map_err(broken)?;
    let batches = batches::in_view(&staff).await.map_err(broken)?;
    std::hint::black_box((counts, listed, batches));
    Ok(html(&limit.after_sales))
}

/// Pages whose statements were heard once, and what was answered then.
struct Honest {
    app: Arc<App>,
    engine: honest::Engine,
    pages: Router,
    heard: RwLock<HashMap<String, Arc<(honest::Page, Bytes)>>>,
    /// One page at a time is listened to.
    hears: tokio::sync::Mutex<()>,
}

impl Honest {
    /// Has the page drawn by the handler above, and listens.
    async fn heard(&self, who: String, request: Request) -> Result<Arc<(honest::Page, Bytes)>, StatusCode> {
        let _one = self.hears.lock().await;
        self.app.db.ear().listen();
        let Ok(response) = self.pages.clone().oneshot(request).await;
        let asked = self.app.db.ear().asked();
        let body = to_bytes(response.into_body(), usize::MAX).await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
        let page = Arc::new((self.engine.page(&asked).await.map_err(untold)?, body));
        self.heard.write().unwrap_or_else(PoisonError::into_inner).insert(who, page.clone());
        Ok(page)
    }
}

async fn honest_page(State(honest): State<Arc<Honest>>, request: Request) -> Answer {
    let cookie = request.headers().get(COOKIE).and_then(|cookie| cookie.to_str().ok()).unwrap_or_default();
    let who = format!("{cookie} {}", request.uri());
    let known = honest.heard.read().unwrap_or_else(PoisonError::into_inner).get(&who).cloned();
    let page = match known {
        Some(page) => page,
        None => honest.heard(who, request).await?,
    };
    std::hint::black_box(honest.engine.ask(&page.0).await.map_err(untold)?);
    Ok(html(&page.1))
}

fn untold(error: Box<dyn Error + Send + Sync>) -> StatusCode {
    eprintln!("{error}");
    StatusCode::INTERNAL_SERVER_ERROR
}

/// The session that the cookie names: the only one there is.
fn session(limit: &Limit, headers: &HeaderMap) -> Result<Session, StatusCode> {
    let cookie = headers.get(COOKIE).and_then(|cookie| cookie.to_str().ok()).and_then(|cookie| cookie.strip_prefix("guitu="));
    let id = cookie.and_then(|id| id.parse().ok()).ok_or(StatusCode::UNAUTHORIZED)?;
    Ok(Session::new(Some(id), Arc::new(Sessions(limit.app.clone())), None))
}

fn html(bytes: &Bytes) -> Response {
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], bytes.clone()).into_response()
}

fn broken(error: guitu::server::error::Error) -> StatusCode {
    eprintln!("{error:?}");
    StatusCode::INTERNAL_SERVER_ERROR
}
