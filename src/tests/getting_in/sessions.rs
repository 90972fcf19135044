//! A2, L3: what a session is at rest, when it ends, and what never brings it back.

use crate::support::{Browser, Form, LI, PASSWORD, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::time::{DAY, HOUR, MINUTE};
use guitu::server::machinery::digest::sha256;
use guitu::server::store::people::sessions::{self, SessionRow};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

on_both_engines!(
    nobody_can_take_over_a_session_who_reads_the_database,
    a_session_of_ones_own_making_is_none_of_ours,
    the_session_is_another_after_every_log_in_and_log_out,
    a_late_request_brings_no_ended_session_back,
    staff_log_in_again_after_a_pause_and_after_a_working_day,
    a_buyer_who_comes_within_a_month_stays_logged_in,
);

/// The session's id, as the browser holds it.
fn held(browser: &Browser) -> Option<String> {
    browser.cookies().split("; ").find_map(|cookie| cookie.strip_prefix("guitu=")).map(str::to_owned)
}

async fn nobody_can_take_over_a_session_who_reads_the_database(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let id = held(&wang).unwrap();
    let (kept, data): (String, String) = sqlx::query_as("select id, data from sessions").fetch_one(app.server.db.read()).await.unwrap();
    assert_eq!(kept, sha256(id.as_bytes()));
    assert!(!data.contains(&id), "{data}");
    assert!(Browser::with_cookies(&app.url, &format!("guitu={kept}")).get("/me").await.goes_to().starts_with("/login"));
    assert_eq!(Browser::with_cookies(&app.url, &format!("guitu={id}")).get("/me").await.status, 200);
}

/// A session that somebody has planted does not become the one that is logged in.
async fn a_session_of_ones_own_making_is_none_of_ours(app: TestApp) {
    let planted = "AAAAAAAAAAAAAAAAAAAAAA";
    let browser = Browser::with_cookies(&app.url, &format!("guitu={planted}"));
    browser.send(&Form::to("/login").with("phone", WANG).with("password", PASSWORD)).await.goes_to();
    assert_ne!(held(&browser).as_deref(), Some(planted));
    assert!(Browser::with_cookies(&app.url, &format!("guitu={planted}")).get("/me").await.goes_to().starts_with("/login"));
}

async fn the_session_is_another_after_every_log_in_and_log_out(app: TestApp) {
    let browser = Browser::new(&app.url);
    let mut seen = Vec::new();
    let mut note = |browser: &Browser| {
        let id = held(browser);
        assert!(id.is_some() && !seen.contains(&id), "{seen:?}");
        seen.push(id);
    };
    browser.send(&Form::to("/login").with("phone", WANG).with("password", PASSWORD)).await.goes_to();
    note(&browser);
    browser.send(&Form::to("/login").with("phone", LI).with("password", PASSWORD)).await.goes_to();
    note(&browser);
    browser.send(&Form::to("/merchant/login").with("login", "owner-pine").with("password", PASSWORD)).await.goes_to();
    note(&browser);
    let both = browser.cookies();
    browser.submit("/me", "/logout", &[]).await.goes_to();
    note(&browser);
    assert_eq!(browser.get("/merchant").await.status, 200, "the shop's side stays");
    assert!(Browser::with_cookies(&app.url, &both).get("/merchant").await.goes_to().starts_with("/merchant/login"));
    browser.submit("/merchant", "/merchant/logout", &[]).await.goes_to();
    assert_eq!((held(&browser), app.count("select count(*) from sessions").await), (None, 0));
}

async fn a_late_request_brings_no_ended_session_back(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let id: String = sqlx::query_scalar("select id from sessions").fetch_one(app.server.db.read()).await.unwrap();
    let late = sessions::load(&app.server.db, &id, app.server.machine_now()).await.unwrap().unwrap().row;
    wang.submit("/me", "/logout", &[]).await.goes_to();
    sessions::save(&app.server.db, &id, &SessionRow { data: late.data.clone(), ..late }, app.server.machine_now().plus(DAY)).await.unwrap();
    assert_eq!(app.count("select count(*) from sessions").await, 0);
}

/// A process whose browsers' time is in the test's hand as well.
async fn process_in_time(app: &TestApp) -> String {
    let mut server = app.another_process().await;
    Arc::get_mut(&mut server).unwrap().machine_clock = app.clock.clone();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let service = guitu::start::router(&server).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    url
}

async fn staff_log_in_again_after_a_pause_and_after_a_working_day(app: TestApp) {
    let url = process_in_time(&app).await;
    let log_in = Form::to("/merchant/login").with("login", "service-pine").with("password", PASSWORD);
    let is_in = async |browser: &Browser| browser.get("/merchant").await.status == 200;
    let service = Browser::new(&url);
    service.send(&log_in).await.goes_to();
    for _ in 0..7 {
        app.clock.advance(100 * MINUTE);
        let seen = app.count("select staff_seen_at from sessions").await;
        assert!(is_in(&service).await, "used every hour and a half it stays");
        app.until("it is noted", async || app.count("select staff_seen_at from sessions").await > seen).await;
    }
    app.clock.advance(20 * MINUTE);
    assert!(!is_in(&service).await, "twelve hours are over");
    service.send(&log_in).await.goes_to();
    app.clock.advance(2 * HOUR);
    assert!(!is_in(&service).await && !is_in(&service).await, "two hours without a sign");
    assert_eq!(app.staff(Role::Owner).await.get("/merchant").await.status, 200);
}

async fn a_buyer_who_comes_within_a_month_stays_logged_in(app: TestApp) {
    let url = process_in_time(&app).await;
    let wang = Browser::new(&url);
    wang.send(&Form::to("/login").with("phone", WANG).with("password", PASSWORD)).await.goes_to();
    for _ in 0..3 {
        app.clock.advance(29 * DAY);
        let seen = app.count("select buyer_seen_at from sessions").await;
        assert_eq!(wang.get("/me").await.status, 200);
        app.until("it is noted", async || app.count("select buyer_seen_at from sessions").await > seen).await;
    }
    app.clock.advance(30 * DAY);
    assert!(wang.get("/me").await.goes_to().starts_with("/login"));
}
