//! `/metrics`: told on a listener of its own, true to what happened, and without a word about anybody.

use super::process::Process;
use crate::support::{Browser, Engine, TestApp, WANG, free_port, on_both_engines};
use guitu::domain::Role;
use guitu::domain::time::{MINUTE, SECOND};
use guitu::http::metrics;
use guitu::server::app::App;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

on_both_engines!(
    requests_are_counted_by_the_pattern_of_their_route,
    a_server_opens_its_connections_before_anybody_comes,
    work_that_waits_is_told_and_read_at_most_every_few_seconds,
    without_its_database_a_process_still_tells_of_itself,
    the_world_never_meets_the_numbers,
);

/// A process of the town that counts.
struct Counting {
    server: Arc<App>,
    url: String,
    door: Browser,
}

impl Counting {
    async fn beside(app: &TestApp) -> Self {
        let mut server = app.another_process().await;
        Arc::get_mut(&mut server).unwrap().metrics = Some(Arc::default());
        let url = serve(guitu::start::router(&server)).await;
        let door = Browser::new(&serve(metrics::routes(&server, server.metrics.as_ref().unwrap())).await);
        Self { server, url, door }
    }

    async fn tells(&self) -> Told {
        let page = self.door.get("/metrics").await;
        assert_eq!(page.status, 200, "{page}");
        Told(page.html)
    }
}

async fn serve(router: axum::Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    url
}

/// What a scrape brought.
struct Told(String);

impl Told {
    /// The value behind a name with its labels, in whatever order they stand.
    fn value(&self, name: &str, labels: &[&str]) -> Option<f64> {
        let line = self.0.lines().find(|line| {
            let (named, _) = line.rsplit_once(' ').unwrap_or_default();
            let (base, inside) = named.split_once('{').unwrap_or((named, ""));
            let given = inside.trim_end_matches('}');
            base == name
                && labels.iter().all(|label| given.contains(label))
                && given.split("\",").filter(|label| !label.is_empty()).count() == labels.len()
        })?;
        line.rsplit_once(' ')?.1.parse().ok()
    }

    #[track_caller]
    fn says(&self, name: &str, labels: &[&str], value: f64) {
        let told = self.value(name, labels);
        assert!(told.is_some_and(|told| (told - value).abs() < 1e-9), "{name} {labels:?} is {told:?}, not {value}, in\n{}", self.0);
    }
}

async fn requests_are_counted_by_the_pattern_of_their_route(app: TestApp) {
    let counting = Counting::beside(&app).await;
    let wang = app.buyer(WANG).await;
    let number = wang.buys(&[(app.town.goods.cup, 1)], "balance").await;
    let mut browser = wang.browser();
    browser.origin.clone_from(&counting.url);
    for _ in 0..3 {
        browser.get("/orders").await.says(200, "订单");
    }
    browser.get(&format!("/orders/{number}")).await.says(200, &number);
    assert_eq!(browser.get("/nowhere").await.status, 404);
    assert_eq!(Browser::new(&counting.url).get("/orders").await.status, 303);
    assert_eq!(Browser::new(&counting.url).get("/metrics").await.status, 404);

    let told = counting.tells().await;
    told.says("guitu_requests_total", &["route=\"/orders\"", "method=\"GET\"", "status=\"200\""], 3.0);
    told.says("guitu_requests_total", &["route=\"/orders\"", "method=\"GET\"", "status=\"303\""], 1.0);
    told.says("guitu_requests_total", &["route=\"/orders/{number}\"", "method=\"GET\"", "status=\"200\""], 1.0);
    told.says("guitu_requests_total", &["route=\"none\"", "method=\"GET\"", "status=\"404\""], 2.0);
    told.says("guitu_request_seconds_count", &["route=\"/orders\"", "method=\"GET\""], 4.0);
    told.says("guitu_request_seconds_bucket", &["route=\"/orders\"", "method=\"GET\"", "le=\"+Inf\""], 4.0);
    assert!(told.value("guitu_request_seconds_sum", &["route=\"/orders\"", "method=\"GET\""]).unwrap() > 0.0);
    told.says("guitu_requests_under_way", &[], 0.0);
    told.says("guitu_build_info", &[&format!("version=\"{}\"", env!("CARGO_PKG_VERSION"))], 1.0);
    assert!(told.value("process_resident_memory_bytes", &[]).unwrap() > 10_000_000.0);
    for about_somebody in [number.as_str(), WANG, "nowhere"] {
        assert!(!told.0.contains(about_somebody), "{about_somebody} is told in\n{}", told.0);
    }
    for (pool, most) in pools(&app) {
        let label = format!("pool=\"{pool}\"");
        told.says("guitu_pool_connections_most", &[&label], most);
        let open = told.value("guitu_pool_connections", &[&label]).unwrap();
        assert!((1.0..=most).contains(&open) && told.value("guitu_pool_connections_idle", &[&label]).unwrap() <= open, "{}", told.0);
    }
}

/// How many connections each pool may have.
fn pools(app: &TestApp) -> [(&'static str, f64); 2] {
    match app.engine {
        Engine::Sqlite => [("read", 8.0), ("write", 1.0)],
        Engine::Postgres => [("read", 8.0), ("write", 8.0)],
    }
}

async fn a_server_opens_its_connections_before_anybody_comes(app: TestApp) {
    let metrics = free_port();
    let _process = Process::start(&app, &["--metrics-listen", &metrics]).await;
    let told = Told(Browser::new(&format!("http://{metrics}")).get("/metrics").await.html);
    for (pool, most) in pools(&app) {
        told.says("guitu_pool_connections", &[&format!("pool=\"{pool}\"")], most);
    }
}

async fn work_that_waits_is_told_and_read_at_most_every_few_seconds(app: TestApp) {
    let counting = Counting::beside(&app).await;
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    wang.orders(&[(app.town.goods.cup, 1)]).await;
    app.clock.advance(31 * MINUTE);
    let told = counting.tells().await;
    told.says("guitu_database_up", &[], 1.0);
    told.says("guitu_queue_due", &["queue=\"clocks\""], 1.0);
    told.says("guitu_queue_lag_seconds", &["queue=\"clocks\""], 60.0);
    told.says("guitu_queue", &["queue=\"refunds\""], 0.0);
    told.says("guitu_refunds", &["status=\"created\""], 0.0);

    app.run_due_jobs().await;
    let order = wang.buys(&[(app.town.goods.cup, 2)], "wechat").await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[2]).await;
    service.decides(&case, "agree_refund").await.goes_to();
    counting.tells().await.says("guitu_queue_due", &["queue=\"clocks\""], 1.0);

    app.clock.advance(7 * SECOND);
    let told = counting.tells().await;
    told.says("guitu_queue_due", &["queue=\"clocks\""], 0.0);
    told.says("guitu_queue_lag_seconds", &["queue=\"clocks\""], 0.0);
    told.says("guitu_queue_due", &["queue=\"refunds\""], 1.0);
    told.says("guitu_queue_lag_seconds", &["queue=\"refunds\""], 7.0);
    told.says("guitu_refunds", &["status=\"created\""], 1.0);

    app.money_goes_back(&case).await;
    app.clock.advance(7 * SECOND);
    let told = counting.tells().await;
    told.says("guitu_queue", &["queue=\"refunds\""], 0.0);
    told.says("guitu_refunds", &["status=\"created\""], 0.0);
    assert_eq!(
        told.value("guitu_refunds", &["status=\"succeeded\""]),
        None,
        "what has arrived is nobody's worry, and would have to be counted"
    );
}

async fn without_its_database_a_process_still_tells_of_itself(app: TestApp) {
    let counting = Counting::beside(&app).await;
    assert_eq!(Browser::new(&counting.url).get("/healthz").await.status, 200);
    counting.tells().await.says("guitu_database_up", &[], 1.0);
    counting.server.db.close().await;
    app.clock.advance(6 * SECOND);
    let told = counting.tells().await;
    told.says("guitu_database_up", &[], 0.0);
    told.says("guitu_requests_total", &["route=\"/healthz\"", "method=\"GET\"", "status=\"200\""], 1.0);
    assert_eq!(told.value("guitu_queue_due", &["queue=\"clocks\""]), None, "what is not known is not told");
}

async fn the_world_never_meets_the_numbers(app: TestApp) {
    let (metrics, silent) = (free_port(), Process::start(&app, &[]).await);
    let telling = Process::start(&app, &["--metrics-listen", &metrics]).await;
    for process in [&silent, &telling] {
        assert_eq!(Browser::new(&process.url).get("/metrics").await.status, 404);
    }
    let door = Browser::new(&format!("http://{metrics}"));
    assert!(door.get("/metrics").await.html.contains("guitu_requests_total{"));
    assert_eq!(door.get("/orders").await.status, 404, "and the shop is not served there");
}
