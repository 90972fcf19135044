//! A7, L4: what every answer says to browsers and to whatever stands before them, and what is left after a log-out.

use crate::access::{Doors, routes_of};
use crate::support::{Browser, Form, PASSWORD, Page, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

on_both_engines!(
    every_answer_carries_the_headers,
    what_is_for_one_person_alone_is_kept_by_nobody,
    a_private_picture_is_asked_for_each_time_and_sent_once,
    with_tls_cookies_and_headers_insist_on_it,
    a_log_out_clears_what_the_browser_has_kept,
);

fn check(name: &str, headers: &HeaderMap) {
    let said = |header: &str| headers.get(header).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
    let policy = said("content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{name}: {policy}");
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'") && !policy.contains('*'), "{name}: {policy}");
    assert_eq!(said("x-content-type-options"), "nosniff", "{name}");
    assert_eq!(said("referrer-policy"), "same-origin", "{name}");
    assert_eq!(said("cross-origin-opener-policy"), "same-origin", "{name}");
    assert_eq!(said("cross-origin-resource-policy"), "same-origin", "{name}");
    assert!(said("permissions-policy").contains("camera=()"), "{name}");
    assert!(!said("cache-control").is_empty(), "{name}");
    assert!(!headers.contains_key("server") && !headers.contains_key("x-powered-by"), "{name}");
}

async fn every_answer_carries_the_headers(app: TestApp) {
    let doors = Doors::of(&app).await;
    for (path, method) in routes_of(&app) {
        for column in [0, 1, 3] {
            let (browser, address) = (doors.somebody(column, &path).await, doors.address(&path).await);
            let page = if method == "GET" { browser.get(&address).await } else { browser.send(&Form::to(&address)).await };
            check(&format!("{method} {address} {}", page.status), &page.headers);
        }
    }
    let nobody = Browser::new(&app.url);
    for address in ["/nowhere", "/orders/%00", "/assets/missing.js", "/merchant/nowhere"] {
        check(address, &nobody.get(address).await.headers);
    }
    let forbidden = nobody.send_from(&Form::to("/login"), "https://evil.example").await;
    check("another site's form", &forbidden.headers);
    let wrong_method = nobody.get("/gateway/wechat/notices").await;
    assert_eq!(wrong_method.status, 405);
    check("a wrong method", &wrong_method.headers);
    let ((), asset) =
        nobody.get("/").await.html.split_once("href=\"/assets/").map(|(_, rest)| ((), rest.split('"').next().unwrap().to_owned())).unwrap();
    let asset = nobody.get(&format!("/assets/{asset}")).await;
    check("a file", &asset.headers);
    assert_eq!(asset.headers["cache-control"], "public, max-age=31536000, immutable");
}

async fn what_is_for_one_person_alone_is_kept_by_nobody(app: TestApp) {
    let doors = Doors::of(&app).await;
    for (path, method) in routes_of(&app) {
        if method != "GET"
            || !(path.starts_with("/me")
                || path.starts_with("/orders")
                || path.starts_with("/after-sales")
                || path.starts_with("/merchant"))
        {
            continue;
        }
        for column in [0, 1, 3] {
            let page = doors.somebody(column, &path).await.get(&doors.address(&path).await).await;
            let kept = page.headers["cache-control"].to_str().unwrap().to_owned();
            assert!(kept.contains("no-store") || path == "/merchant/login", "{path} {kept}");
        }
    }
    for page in ["/", "/login", "/register"] {
        assert_eq!(Browser::new(&app.url).get(page).await.headers["cache-control"], "private, no-cache", "{page}");
    }
}

async fn a_private_picture_is_asked_for_each_time_and_sent_once(app: TestApp) {
    let doors = Doors::of(&app).await;
    for path in ["/pictures/{key}", "/pictures/{key}/small"] {
        let address = doors.address(path).await;
        let wang = doors.somebody(1, path).await;
        let first = wang.get(&address).await;
        assert_eq!((first.status.as_u16(), first.headers["cache-control"].to_str().unwrap()), (200, "private, no-cache"));
        let tag = first.headers["etag"].to_str().unwrap().to_owned();
        let again = async |cookies: &str| {
            let http = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
            let asked = http.get(format!("{}{address}", app.url)).header("cookie", cookies).header("if-none-match", &tag);
            asked.send().await.unwrap()
        };
        let kept = again(&wang.cookies()).await;
        assert_eq!(kept.status(), 304);
        check("a picture that is kept", kept.headers());
        assert!(kept.bytes().await.unwrap().is_empty());
        assert_eq!(again("").await.status(), 404, "whoever may not see it is not told that it is the same");
    }
    let [whole, small] = ["/pictures/{key}", "/pictures/{key}/small"];
    let tag = async |path: &str| doors.somebody(1, path).await.get(&doors.address(path).await).await.headers["etag"].clone();
    assert_ne!(tag(whole).await, tag(small).await);
}

async fn with_tls_cookies_and_headers_insist_on_it(app: TestApp) {
    let mut server = app.another_process().await;
    Arc::get_mut(&mut server).unwrap().secure_cookies = true;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let service = guitu::start::router(&server).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    let nobody = Browser::new(&url);
    let pages: Vec<Page> = vec![
        nobody.send(&Form::to("/login").with("phone", WANG).with("password", PASSWORD)).await,
        nobody.send(&Form::to("/merchant/login").with("login", "owner-pine").with("password", PASSWORD)).await,
        nobody.send(&Form::to("/register").with("phone", "13712345678").with("name", "林").with("password", PASSWORD)).await,
        nobody.send(&Form::to("/theme").with("theme", "dark")).await,
        nobody.get("/").await,
        nobody.get("/nowhere").await,
        nobody.get("/healthz").await,
    ];
    let mut cookies = 0;
    for page in &pages {
        assert_eq!(page.headers["strict-transport-security"], "max-age=31536000", "{page}");
        for cookie in page.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            cookies += 1;
            assert!(cookie.starts_with("__Host-") && cookie.contains("Path=/") && !cookie.contains("Domain"), "{cookie}");
            assert!(cookie.contains("; Secure") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        }
    }
    assert_eq!(cookies, 7, "session and known browser three times, and the theme");
    let http = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
    let dark = http.get(format!("{url}/")).header("cookie", "__Host-theme=dark").send().await.unwrap().text().await.unwrap();
    assert!(dark.contains("data-theme=\"dark\""));
    let plain = Browser::new(&app.url).get("/").await;
    assert!(!plain.headers.contains_key("strict-transport-security"), "without TLS nobody is sent there");
}

async fn a_log_out_clears_what_the_browser_has_kept(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let out = [wang.submit("/me", "/logout", &[]).await, owner.submit("/merchant", "/merchant/logout", &[]).await];
    for page in out {
        assert_eq!(page.headers["clear-site-data"], "\"cache\", \"storage\"", "{page}");
    }
}
