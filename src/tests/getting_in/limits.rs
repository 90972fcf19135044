//! A3: tries are counted by account and by address, before anything is hashed, and exactly, however many come at once.

use crate::growth::proxies::{shop, tries};
use crate::support::{Browser, Form, LI, PASSWORD, TestApp, WANG, on_both_engines, warm_up};
use futures_util::future::join_all;
use guitu::domain::time::{DAY, MINUTE};
use reqwest::redirect::Policy;

on_both_engines!(
    of_many_at_once_exactly_the_allowed_number_is_tried,
    an_account_is_guessed_at_a_few_times_and_then_slowly_wherever_from,
    a_browser_that_was_let_in_before_is_not_barred_by_strangers,
    tries_that_went_well_are_given_back,
    addresses_of_one_customer_are_one,
    of_many_registrations_at_once_exactly_the_allowed_number_is_made,
    an_account_that_is_not_there_is_limited_alike,
);

const WRONG: &str = "wrong-password";

fn so_many(statuses: &[u16], status: u16) -> usize {
    statuses.iter().filter(|one| **one == status).count()
}

/// Those that were not looked at: barred, or told to come back by a machine that had its hands full.
fn turned_away(statuses: &[u16]) -> usize {
    so_many(statuses, 429) + so_many(statuses, 503)
}

async fn of_many_at_once_exactly_the_allowed_number_is_tried(app: TestApp) {
    let processes = [shop(&app, "127.0.0.1").await, shop(&app, "127.0.0.1").await];
    let at_once = (0..64).map(|nth| tries(&processes[nth % 2], WANG, "203.0.113.7", WRONG));
    let statuses = join_all(at_once).await;
    assert_eq!((so_many(&statuses, 422), turned_away(&statuses)), (10, 54), "{statuses:?}");
}

async fn an_account_is_guessed_at_a_few_times_and_then_slowly_wherever_from(app: TestApp) {
    let processes = [shop(&app, "127.0.0.1").await, shop(&app, "127.0.0.1").await];
    let from = |nth: usize| format!("203.0.113.{nth}");
    let addresses: Vec<String> = (1..=64).map(from).collect();
    let at_once = addresses.iter().enumerate().map(|(nth, address)| tries(&processes[nth % 2], LI, address, WRONG));
    let statuses = join_all(at_once).await;
    assert_eq!((so_many(&statuses, 422), turned_away(&statuses)), (20, 44), "{statuses:?}");
    for (wait, address) in [(MINUTE, 101), (5 * MINUTE, 102), (15 * MINUTE, 103), (15 * MINUTE, 104), (15 * MINUTE, 105)] {
        app.clock.advance(wait - 1_000);
        assert_eq!(tries(&processes[0], LI, &from(address), PASSWORD).await, 429, "not even the right one is looked at");
        app.clock.advance(1_000);
        let statuses = join_all((0..8).map(|nth| tries(&processes[nth % 2], LI, &addresses[nth], WRONG))).await;
        assert_eq!((so_many(&statuses, 422), turned_away(&statuses)), (1, 7), "{statuses:?}");
    }
    app.clock.advance(15 * MINUTE);
    assert_eq!(tries(&processes[1], LI, &from(110), PASSWORD).await, 303, "its owner waits a quarter of an hour at most");
    assert_eq!(tries(&processes[1], LI, &from(111), WRONG).await, 422, "and it starts anew");
    app.clock.advance(DAY);
    assert_eq!(tries(&processes[1], WANG, &from(1), WRONG).await, 422);
}

async fn a_browser_that_was_let_in_before_is_not_barred_by_strangers(app: TestApp) {
    let wang = app.buyer(WANG).await;
    wang.submit("/me", "/logout", &[]).await.goes_to();
    let strangers = shop(&app, "127.0.0.1").await;
    for nth in 0..25 {
        tries(&strangers, WANG, &format!("198.51.100.{nth}"), WRONG).await;
    }
    assert_eq!(tries(&strangers, WANG, "198.51.100.99", PASSWORD).await, 429);
    let form = wang.form("/login", "/login").await.with("phone", WANG);
    for _ in 0..3 {
        wang.send(&form.clone().with("password", WRONG)).await.says(422, "不正确");
    }
    wang.send(&form.clone().with("password", PASSWORD)).await.goes_to();

    // What such a browser may try is limited as well, and it is known to its own account alone.
    let form = form.with("password", WRONG);
    warm_up(&app.server).await;
    let statuses = join_all((0..32).map(|_| wang.send(&form))).await;
    assert_eq!(statuses.iter().filter(|page| page.status == 422).count(), 10);
    statuses.iter().find(|page| page.status == 429).unwrap().says(429, "分钟后再试").says(429, "凭一次性链接设置新密码");
    for nth in 0..25 {
        tries(&strangers, LI, &format!("198.51.100.{nth}"), WRONG).await;
    }
    assert_eq!(wang.send(&form.with("phone", LI)).await.status, 429);
}

async fn tries_that_went_well_are_given_back(app: TestApp) {
    let process = shop(&app, "127.0.0.1").await;
    for _ in 0..15 {
        assert_eq!(tries(&process, WANG, "203.0.113.7", PASSWORD).await, 303);
    }
    assert_eq!(app.count("select cast(coalesce(sum(tries), 0) as bigint) from attempts").await, 0);
}

async fn addresses_of_one_customer_are_one(app: TestApp) {
    let process = shop(&app, "127.0.0.1").await;
    for nth in 0..10 {
        assert_eq!(tries(&process, WANG, &format!("2001:db8:7:7:{nth:x}::1"), WRONG).await, 422);
    }
    assert_eq!(tries(&process, WANG, "2001:db8:7:7:ffff:ffff:ffff:ffff", WRONG).await, 429);
    assert_eq!(tries(&process, WANG, "2001:db8:7:8::1", WRONG).await, 422);
    for address in ["203.0.113.9", "::ffff:203.0.113.9"].iter().cycle().take(10) {
        assert_eq!(tries(&process, LI, address, WRONG).await, 422);
    }
    assert_eq!(tries(&process, LI, "::ffff:203.0.113.9", WRONG).await, 429);
}

async fn of_many_registrations_at_once_exactly_the_allowed_number_is_made(app: TestApp) {
    let process = shop(&app, "127.0.0.1").await;
    let registers = async |phone: String, address: String| {
        let form = [("phone", phone.as_str()), ("name", "新客"), ("password", "three small lanterns")];
        let http = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
        let sent = http.post(format!("{process}/register")).header("x-forwarded-for", address).form(&form).send();
        sent.await.unwrap().status().as_u16()
    };
    let statuses = join_all((0..64).map(|nth| registers(format!("139000001{nth:02}"), "203.0.113.7".to_owned()))).await;
    assert_eq!((so_many(&statuses, 303), turned_away(&statuses)), (50, 14), "{statuses:?}");
    let statuses = join_all((0..64).map(|nth| registers("13900000999".to_owned(), format!("203.0.113.{}", nth + 100)))).await;
    assert_eq!((so_many(&statuses, 303), so_many(&statuses, 422), turned_away(&statuses)), (1, 9, 54), "{statuses:?}");
}

async fn an_account_that_is_not_there_is_limited_alike(app: TestApp) {
    let nobody = Browser::new(&app.url);
    for side in [("/login", "phone", "13999999999"), ("/merchant/login", "login", "nobody-here")] {
        let form = Form::to(side.0).with(side.1, side.2).with("password", WRONG);
        for _ in 0..10 {
            nobody.send(&form).await.says(422, "不正确");
        }
        nobody.send(&form).await.says(429, "登录失败次数过多");
    }
}
