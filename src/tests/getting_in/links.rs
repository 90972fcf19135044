//! The way back in: a link from the command line or from an owner, once, for half an hour.

use crate::support::{Browser, Form, LI, PASSWORD, Page, TestApp, WANG, on_both_engines, warm_up};
use futures_util::future::join_all;
use guitu::domain::Role;
use guitu::domain::time::MINUTE;
use guitu::server::people::accounts::links;
use std::process::Command;
use std::sync::Arc;

on_both_engines!(
    a_link_sets_a_new_password_once_and_ends_every_session,
    a_link_runs_out_and_a_newer_one_takes_its_place,
    an_owner_makes_a_link_for_a_colleague_who_is_locked_out,
    a_link_is_for_those_who_are_there,
    the_command_prints_a_link_or_says_what_is_wrong,
);

const NEW: &str = "石板路 下雨 卖伞";

fn path(link: &str) -> &str {
    &link[link.find("/reset").unwrap()..]
}

async fn sets(browser: &Browser, link: &str, password: &str) -> Page {
    browser.send(&browser.get(path(link)).await.form("/reset").with("new_password", password)).await
}

async fn logs_in(app: &TestApp, phone: &str, password: &str) -> u16 {
    let form = Form::to("/login").with("phone", phone).with("password", password);
    Browser::new(&app.url).send(&form).await.status.as_u16()
}

async fn a_link_sets_a_new_password_once_and_ends_every_session(app: TestApp) {
    let inside = app.buyer(WANG).await;
    for _ in 0..11 {
        logs_in(&app, WANG, "wrong-password").await;
    }
    assert_eq!(logs_in(&app, WANG, PASSWORD).await, 429);
    let link = links::make_for_buyer(&app.server, WANG).await.unwrap();
    let secret = link.split_once("key=").unwrap().1;
    assert!(secret.len() >= 32);
    assert_eq!(app.number("select count(*) from one_time_links where id = $1", secret).await, 0, "kept as a digest alone");

    let owner = Browser::new(&app.url);
    let page = owner.get(path(&link)).await;
    page.says(200, "设置新密码");
    assert_eq!(page.headers["cache-control"], "no-store");
    sets(&owner, &link, "12345678").await.says(422, "重复或连续");
    sets(&owner, &link, WANG).await.says(422, "手机号");
    let form = owner.get(path(&link)).await.form("/reset").with("new_password", NEW);
    warm_up(&app.server).await;
    let at_once = join_all((0..8).map(|_| owner.send(&form))).await;
    assert_eq!(at_once.iter().filter(|page| page.status == 200).count(), 1, "{at_once:?}");
    assert_eq!(at_once.iter().filter(|page| page.status == 404).count(), 7, "{at_once:?}");
    owner.get(path(&link)).await.says(404, "链接已失效");
    assert_eq!(inside.get("/me").await.goes_to(), "/login?next=%2Fme");
    assert_eq!((logs_in(&app, WANG, PASSWORD).await, logs_in(&app, WANG, NEW).await), (422, 303));
}

async fn a_link_runs_out_and_a_newer_one_takes_its_place(app: TestApp) {
    let mut server = app.another_process().await;
    Arc::get_mut(&mut server).unwrap().machine_clock = app.clock.clone();
    let first = links::make_for_buyer(&server, LI).await.unwrap();
    let second = links::make_for_buyer(&server, LI).await.unwrap();
    let key = |link: &str| link.split_once("key=").unwrap().1.to_owned();
    assert!(links::owner(&server, &key(&first)).await.unwrap().is_none(), "an account has one at a time");
    app.clock.advance(30 * MINUTE - 1);
    assert!(links::owner(&server, &key(&second)).await.unwrap().is_some());
    app.clock.advance(1);
    assert!(links::owner(&server, &key(&second)).await.unwrap().is_none());
    for nonsense in ["", "0", "%00", "'; delete from buyers", &"a".repeat(5_000)] {
        let nobody = Browser::new(&app.url);
        nobody.send(&Form::to("/reset").with("key", nonsense).with("new_password", NEW)).await.says(404, "链接已失效");
    }
}

async fn an_owner_makes_a_link_for_a_colleague_who_is_locked_out(app: TestApp) {
    let (owner, service) = (app.staff(Role::Owner).await, app.staff(Role::Service).await);
    let wrong = Form::to("/merchant/login").with("login", "service-pine").with("password", "wrong-password");
    for _ in 0..11 {
        Browser::new(&app.url).send(&wrong).await;
    }
    Browser::new(&app.url).send(&wrong).await.says(429, "「员工」");
    let id = app.number("select id from staff where login = $1", "service-pine").await;
    let page = owner.submit("/merchant/settings/staff", &format!("/merchant/settings/staff/{id}/link"), &[]).await;
    page.says(200, "的一次性链接").says(200, "30 分钟内有效");
    let link = page.html.split("/reset?key=").nth(1).unwrap()[..48].to_owned();
    let link = format!("/reset?key={link}");
    assert!(!owner.get("/merchant/settings/staff").await.html.contains("/reset"), "shown once");
    let colleague = Browser::new(&app.url);
    sets(&colleague, &link, NEW).await.says(200, "密码已更新");
    assert!(service.get("/merchant").await.goes_to().starts_with("/merchant/login"));
    colleague.send(&wrong.with("password", NEW)).await.goes_to();
    assert_eq!(app.count("select count(*) from audits where what = 'staff_link_made' and subject = 'service-pine'").await, 1);
}

async fn a_link_is_for_those_who_are_there(app: TestApp) {
    for (shop, login) in [("pine", "nobody"), ("bamboo", "service-pine"), ("nowhere", "service-pine")] {
        assert!(links::make_for_staff(&app.server, shop, login).await.is_err(), "{shop} {login}");
    }
    assert!(links::make_for_buyer(&app.server, "13999999999").await.is_err() && links::make_for_buyer(&app.server, "139").await.is_err());
    let link = links::make_for_staff(&app.server, "pine", "service-pine").await.unwrap();
    sqlx::query("update staff set disabled_at = 1 where login = 'service-pine'").execute(app.server.db.single()).await.unwrap();
    Browser::new(&app.url).get(path(&link)).await.says(404, "链接已失效");
    assert!(links::make_for_staff(&app.server, "pine", "service-pine").await.is_err());
}

async fn the_command_prints_a_link_or_says_what_is_wrong(app: TestApp) {
    let unlock = |whom: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guitu"));
        command.args(["unlock", "--database-url", &app.database_url, "--public-url", "https://shop.example"]);
        let done = command.arg("--data-dir").arg(&app.folder).args(whom).output().unwrap();
        (done.status.success(), String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned())
    };
    for whom in [["--phone", WANG].as_slice(), &["--shop", "pine", "--login", "owner-pine"]] {
        let (done, told) = unlock(whom);
        let link = told.lines().find(|line| line.starts_with("https://shop.example/reset?key=")).unwrap_or_else(|| panic!("{told}"));
        assert!(done, "{told}");
        Browser::new(&app.url).get(path(link)).await.says(200, "设置新密码");
    }
    for (whom, words) in [
        (["--phone", "13999999999"].as_slice(), "no buyer has this phone"),
        (&["--shop", "pine", "--login", "nobody"], "no such log-in"),
        (&["--login", "owner-pine"], "--shop"),
        (&[], "--login"),
    ] {
        let (done, told) = unlock(whom);
        assert!(!done && told.contains(words), "{told}");
    }
}
