//! Addresses with letters that belong in none: in every place of every route, and in what leads on from a page.

use crate::access::routes_of;
use crate::support::{Browser, Form, PASSWORD, TestApp, WANG, on_both_engines};
use guitu::domain::Role;

on_both_engines!(
    no_letter_in_an_address_makes_an_error_of_ours,
    a_log_in_leads_back_to_addresses_alone,
    no_part_of_a_form_makes_an_error_of_ours
);

/// Control letters, line breaks, half a letter, a broken escape, a path within the path, the longest number and the largest.
const NASTY: [&str; 16] = [
    "%0d%0aX",
    "%0b",
    "%00",
    "%7f",
    "%c2%85",
    "%ff",
    "%E4%BD",
    "%e4%bd%a0",
    "%2e%2e%2f",
    "%2F%2Fevil.example",
    "%",
    "%zz",
    "-1",
    "1e9",
    "99999999999999999999",
    "%F0%9F%98%80%20'%22<b>",
];

async fn no_letter_in_an_address_makes_an_error_of_ours(app: TestApp) {
    let people = [Browser::new(&app.url), app.buyer(WANG).await.browser(), app.staff(Role::Owner).await.browser()];
    for (path, method) in routes_of(&app).into_iter().filter(|(path, _)| path.contains('{')) {
        let parts: Vec<&str> = path.split('/').collect();
        for nasty in NASTY {
            let address: Vec<&str> = parts.iter().map(|part| if part.starts_with('{') { nasty } else { part }).collect();
            let address = address.join("/");
            for person in &people {
                let page = if method == "GET" { person.get(&address).await } else { person.send(&Form::to(&address)).await };
                assert!(page.status.as_u16() < 500, "{method} {page}");
                let control = ["%0d%0aX", "%0b", "%00", "%7f", "%c2%85", "%ff", "%E4%BD"].contains(&nasty);
                assert!(!control || page.status == 404, "{method} {page}");
                let led = page.location.unwrap_or_default();
                assert!(led.is_empty() || (led.starts_with('/') && !led.starts_with("//")), "{method} {address} leads to {led}");
            }
        }
    }
    for list in [
        "/",
        "/orders",
        "/after-sales",
        "/me/messages",
        "/merchant/orders",
        "/merchant/after-sales",
        "/merchant/refunds",
        "/merchant/members",
    ] {
        for nasty in NASTY {
            for name in ["q", "status", "before", "page", "from", "tender", nasty] {
                for person in &people {
                    let page = person.get(&format!("{list}?{name}={nasty}")).await;
                    assert!(page.status.as_u16() < 500, "{page}");
                }
            }
        }
    }
}

async fn a_log_in_leads_back_to_addresses_alone(app: TestApp) {
    for (log_in, who) in
        [("/login", [("phone", WANG), ("password", PASSWORD)]), ("/merchant/login", [("login", "owner-pine"), ("password", PASSWORD)])]
    {
        for next in ["/\u{b}", "/\r\nSet-Cookie: a=b", "/\u{7f}", "//evil.example", "/\\evil.example", "/你", "https://evil.example/"] {
            let browser = Browser::new(&app.url);
            let page = browser.send(&Form::to(log_in).with_all(&who).with("next", next)).await;
            let home = if log_in == "/login" { "/me" } else { "/merchant" };
            assert_eq!(page.goes_to(), home, "{next:?}");
            // Whoever is logged in already is led on at once.
            let query: String = next.bytes().fold(String::new(), |query, byte| query + &format!("%{byte:02x}"));
            let led = browser.get(&format!("{log_in}?next={query}")).await;
            assert!(led.status == 404 || led.goes_to() == home, "{led}");
        }
    }
}

async fn no_part_of_a_form_makes_an_error_of_ours(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let part = |head: &str| format!("--b\r\n{head}\r\n\r\nx\r\n--b--\r\n").into_bytes();
    let multipart = "multipart/form-data; boundary=b";
    let bodies = [
        ("application/x-www-form-urlencoded", b"note=%00%0b%ff&%00=1&kind=\xff\xfe&=&&&=%".to_vec()),
        ("application/x-www-form-urlencoded; charset=gbk", b"note=\xc4\xe3".to_vec()),
        ("text/plain", b"note".to_vec()),
        (multipart, part("Content-Disposition: form-data; name=\"note\0\"")),
        (multipart, part("Content-Disposition: form-data; name=\"evidence\"; filename=\"../../x\r\n\"")),
        (multipart, part("Content-Disposition: form-data; name=\"evidence\"; filename=\"\u{202e}gpj.exe\"")),
        (multipart, part("Content-Disposition: form-data; name=\"evidence")),
        (multipart, part("Content-Disposition")),
        (multipart, part("")),
        (multipart, part("Content-Disposition: form-data; name=note\r\nContent-Type: text/plain; charset=\u{1}")),
        (multipart, b"--b\r\nContent-Disposition: form-data; name=note\r\n\r\n\xff\xfe\r\n--b--\r\n".to_vec()),
        (multipart, b"".to_vec()),
        (multipart, b"--b--".to_vec()),
        ("multipart/form-data", b"--b--".to_vec()),
        ("multipart/form-data; boundary=", b"----".to_vec()),
        ("multipart/form-data; boundary=\"", b"".to_vec()),
    ];
    for (kind, body) in bodies {
        let told = String::from_utf8_lossy(&body).into_owned();
        let page = wang.browser().send_body(&format!("/orders/{order}/after-sale"), kind, body).await;
        assert!(page.status.is_client_error(), "{} for {told:?}", page.status);
    }
    for name in ["cookie", "referer", "user-agent", "x-forwarded-for", "accept-encoding", "if-none-match", "content-type", "sec-fetch-site"]
    {
        for value in [&b"\xff\xfe"[..], b"guitu=%00; theme=\x80; ;;=", b"\t", b"a,b;;q=", &b"x".repeat(9_000)] {
            let value = reqwest::header::HeaderValue::from_bytes(value).unwrap();
            for page in ["/", "/login", "/me", "/merchant/orders", "/theme"] {
                let answer = reqwest::Client::new().get(format!("{}{page}", app.url)).header(name, value.clone()).send().await.unwrap();
                assert!(answer.status().as_u16() < 500, "{name}: {value:?} gives {} on {page}", answer.status());
            }
        }
    }
}
