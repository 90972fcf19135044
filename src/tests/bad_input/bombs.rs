//! Forms that are larger than any page's: refused with words in the shop's frame, before anybody is authorised and after.

use crate::support::{Browser, Form, TestApp, WANG, on_both_engines, photo};
use guitu::server::limits::{
    ADDRESS_BYTES, BODY_GAP, CARRIED_FIELDS, FORM_BYTES, FORM_FIELDS, QUERY_FIELDS, STRANGER_FIELDS, UPLOAD_FORM_BYTES,
};
use std::time::Duration;
use tokio::io::AsyncWriteExt;

on_both_engines!(
    a_stranger_sends_no_more_than_a_page_could_have_asked_for,
    of_a_form_that_waits_for_the_log_in_only_what_its_page_knows_is_kept,
    pictures_of_a_stranger_are_not_held_and_the_words_beside_them_are,
    pictures_that_are_announced_and_never_sent_keep_nobody_waiting,
    forms_that_never_arrive_hold_no_connection_to_the_database,
    somebody_who_is_logged_in_sends_no_more_than_a_page_could_have_asked_for,
    an_address_longer_than_any_of_ours_is_refused,
    a_callback_is_bounded_too,
);

const OPEN: [&str; 4] = ["/login", "/register", "/theme", "/merchant/login"];
const BEHIND_A_LOG_IN: [&str; 4] = ["/orders/G1/after-sale", "/cart/1/quantity", "/merchant/orders/G1/ship", "/merchant/batches"];

fn many(action: &str, fields: usize) -> Form {
    Form { fields: (0..fields).map(|_| ("a".to_owned(), String::new())).collect(), ..Form::to(action) }
}

async fn a_stranger_sends_no_more_than_a_page_could_have_asked_for(app: TestApp) {
    let nobody = Browser::new(&app.url);
    for action in OPEN.into_iter().chain(BEHIND_A_LOG_IN) {
        for fields in [STRANGER_FIELDS + 1, FORM_BYTES / 3, 4 * FORM_BYTES] {
            let page = nobody.send(&many(action, fields)).await;
            assert!(page.status == 413 && page.html.len() < 10_000 && page.words().contains("返回"), "{action} {fields} {page}");
        }
        let long = nobody.send(&Form::to(action).with("note", "x".repeat(FORM_BYTES + 1))).await;
        long.says(413, "填写的内容超过 64 KB");
        let multipart = Form { multipart: true, ..many(action, STRANGER_FIELDS + 1) };
        assert_eq!(nobody.send(&multipart).await.status, 413, "{action}");
        let multipart = Form { multipart: true, ..Form::to(action).with("note", "x".repeat(FORM_BYTES + 1)) };
        assert_eq!(nobody.send(&multipart).await.status, 413, "{action}");
    }
    assert_eq!(app.count("select count(*) from sessions").await, 0);
}

async fn of_a_form_that_waits_for_the_log_in_only_what_its_page_knows_is_kept(app: TestApp) {
    let nobody = Browser::new(&app.url);
    let form = many("/orders/G1/after-sale", 100).with("note", "易碎").with("phone", "1").with("quantity_7", "2");
    let page = nobody.send(&form).await;
    page.says(401, "刚才填写的内容已保留");
    let carried: Vec<String> = page.form("/login").names_like("field:");
    assert_eq!(carried, ["field:note", "field:quantity_7"]);
    // Nor does a log-in form that somebody has made up carry anything else on.
    let made_up =
        page.form("/login").with("field:a", "1").with("field:amount", "1.00").with("phone", WANG).with("password", "wrong password");
    assert_eq!(nobody.send(&made_up).await.form("/login").names_like("field:"), ["field:note", "field:quantity_7", "field:amount"]);
    let lines = (0..=CARRIED_FIELDS).fold(Form::to("/orders/G1/after-sale"), |form, line| form.and(&format!("quantity_{line}"), 1));
    assert_eq!(nobody.send(&lines).await.status, 413);
}

async fn pictures_of_a_stranger_are_not_held_and_the_words_beside_them_are(app: TestApp) {
    let nobody = Browser::new(&app.url);
    let form = Form { multipart: true, ..Form::to("/orders/G1/after-sale").with("note", "易碎") };
    let form = (0..6).fold(form, |form, _| form.with_file("evidence", vec![7; 5 * 1024 * 1024])).with_file("other", photo());
    let page = nobody.send(&form).await;
    page.says(401, "刚才填写的内容已保留");
    let log_in = page.form("/login");
    assert_eq!((log_in.get("field:note"), log_in.get("files_in")), ("易碎", "evidence"));
    // No page of ours takes pictures there.
    let nowhere = Form { action: "/cart/1/quantity".to_owned(), ..form };
    assert_eq!(nobody.send(&nowhere).await.status, 413);
}

async fn pictures_that_are_announced_and_never_sent_keep_nobody_waiting(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let (page, host) = (format!("/orders/{order}/after-sale"), app.url.trim_start_matches("http://").to_owned());
    let mut announced = Vec::new();
    for _ in 0..4 {
        let mut stream = tokio::net::TcpStream::connect(&host).await.unwrap();
        let head = format!(
            "POST {page} HTTP/1.1\r\nhost: {host}\r\norigin: {}\r\ncookie: {}\r\ncontent-length: {UPLOAD_FORM_BYTES}\r\n\
             content-type: multipart/form-data; boundary=b\r\n\r\n--b\r\ncontent-disposition: form-data; name=\"evidence\"; filename=\"a\"\r\n\r\nx",
            app.url,
            wang.cookies()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        announced.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let form = wang.form(&page, &page).await.with_file("evidence", photo());
    // Those that send nothing are let go after that gap.
    let answer = tokio::time::timeout(BODY_GAP.saturating_sub(Duration::from_secs(1)), wang.send(&form)).await;
    answer.expect("an answer while the others send nothing").says(422, "请");
}

/// With a cookie of a session, real or not, the session has been looked for before the form is read.
async fn forms_that_never_arrive_hold_no_connection_to_the_database(app: TestApp) {
    let (wang, host) = (app.buyer(WANG).await, app.url.trim_start_matches("http://").to_owned());
    let cookies = [wang.cookies(), format!("guitu={}", "x".repeat(22))];
    let mut halves = Vec::new();
    for nth in 0..40 {
        let mut stream = tokio::net::TcpStream::connect(&host).await.unwrap();
        let page = ["/login", "/me/messages/read", "/me/addresses/new"][nth % 3];
        let head = format!(
            "POST {page} HTTP/1.1\r\nhost: {host}\r\norigin: {}\r\ncookie: {}\r\ncontent-length: 5000\r\n\
             content-type: application/x-www-form-urlencoded\r\n\r\na",
            app.url,
            cookies[nth % 2]
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        halves.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    for page in ["/", "/orders"] {
        let answer = tokio::time::timeout(Duration::from_secs(15), wang.get(page)).await;
        assert_eq!(answer.expect("an answer while forty forms are on their way").status, 200, "{page}");
    }
}

async fn somebody_who_is_logged_in_sends_no_more_than_a_page_could_have_asked_for(app: TestApp) {
    let wang = app.buyer(WANG).await;
    for action in ["/checkout", "/cart/1/quantity", "/me/addresses/new", "/orders/G1/after-sale"] {
        for form in [many(action, FORM_FIELDS + 1), Form::to(action).with("note", "x".repeat(FORM_BYTES + 1))] {
            assert_eq!(wang.send(&form).await.status, 413, "{action}");
            assert_eq!(wang.send(&Form { multipart: true, ..form }).await.status, 413, "{action}");
        }
        let name = Form::to(action).with(&"x".repeat(101), "1");
        assert_eq!(wang.send(&name).await.status, 400, "{action}");
    }
}

async fn an_address_longer_than_any_of_ours_is_refused(app: TestApp) {
    let nobody = Browser::new(&app.url);
    for page in ["/", "/login", "/orders", "/merchant/orders", "/nowhere"] {
        nobody.get(&format!("{page}?q={}", "x".repeat(ADDRESS_BYTES))).await.says(414, "网址太长");
        assert_eq!(nobody.get(&format!("{page}?{}", "a=&".repeat(QUERY_FIELDS))).await.status, 414, "{page}");
    }
    // One that is too long to be led back to leads to the log-in without it.
    let led = nobody.get(&format!("/orders?q={}", "x".repeat(4_000))).await;
    assert_eq!(led.goes_to(), "/login");
    let cookie = reqwest::Client::new().get(format!("{}/", app.url)).header("cookie", "a=b; ".repeat(10_000)).send().await.unwrap();
    assert_eq!(cookie.status(), 431);
}

async fn a_callback_is_bounded_too(app: TestApp) {
    let http = reqwest::Client::new();
    let deep = [vec![b'['; FORM_BYTES / 2 - 10], vec![b']'; FORM_BYTES / 2 - 10]].concat();
    let bodies = [(deep, 401), (vec![b'['; FORM_BYTES + 1], 413), (b"a=&".repeat(FORM_BYTES / 4), 401)];
    for provider in ["wechat", "alipay"] {
        for (body, status) in &bodies {
            let sent = http.post(format!("{}/gateway/{provider}/notices", app.url)).body(body.clone()).send().await.unwrap();
            assert_eq!(sent.status(), *status, "{provider}, {} bytes", body.len());
        }
    }
}
