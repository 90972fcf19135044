//! L6: whatever people do and whatever goes wrong, no log line names them.

use crate::growth::process::Process;
use crate::support::{Browser, Form, PASSWORD, TestApp, on_both_engines};
use guitu::domain::Role;
use guitu::server::error::Error;
use guitu::server::people::accounts;

on_both_engines!(a_day_of_two_people_leaves_neither_in_the_log, an_error_is_logged_without_the_rows_that_it_speaks_of);

const PHONE: &str = "13755556666";
const NAME: &str = "Zylphia Quorndon";
const LOGIN: &str = "vexworth-k";
const STAFF_NAME: &str = "Vexworth Kelly";
const STREET: &str = "Brambleway 77";

async fn a_day_of_two_people_leaves_neither_in_the_log(app: TestApp) {
    let log = app.folder.join("everything.log");
    let process = Process::start_logging(&app, "debug", &log).await;
    accounts::create_staff(&app.server, "pine", LOGIN, STAFF_NAME, Role::Owner, PASSWORD).await.unwrap();
    let (buyer, staff) = (Browser::new(&process.url), Browser::new(&process.url));
    buyer.send(&Form::to("/register").with("phone", PHONE).with("name", NAME).with("password", PASSWORD)).await.goes_to();
    buyer.send(&Form::to("/register").with("phone", PHONE).with("name", NAME).with("password", PASSWORD)).await.says(422, "已经注册");
    let log_in = Form::to("/login").with("phone", PHONE);
    for _ in 0..12 {
        buyer.send(&log_in.clone().with("password", "wrong-password")).await;
    }
    let address = [("recipient", NAME), ("phone", PHONE), ("region", "浙江省 杭州市"), ("detail", STREET)];
    buyer.submit("/me/addresses/new", "/me/addresses/new", &address).await.goes_to();
    staff.send(&Form::to("/merchant/login").with("login", LOGIN).with("password", PASSWORD)).await.goes_to();
    let clocks = "/merchant/settings/clocks";
    staff.submit(clocks, clocks, &[("pay_minutes", "45")]).await.goes_to();
    staff.submit("/merchant/ledger", "/merchant/ledger", &[]).await.goes_to();
    for search in [PHONE, NAME, LOGIN] {
        staff.get(&format!("/merchant/orders?q={}", search.replace(' ', "+"))).await;
    }
    staff.get(&format!("/merchant/members/{}", app.number("select id from buyers where phone = $1", PHONE).await)).await;
    staff
        .submit(
            "/merchant/account",
            "/merchant/account/password",
            &[("current_password", PASSWORD), ("new_password", "另一个 很长 的密码")],
        )
        .await;
    let id = app.number("select id from staff where login = $1", "service-pine").await;
    staff.send(&Form::to(&format!("/merchant/settings/staff/{id}/link"))).await;
    drop(process);
    let told = std::fs::read_to_string(&log).unwrap();
    assert!(told.contains("answered") && told.contains("/merchant/settings/clocks") && told.contains("rules were changed"), "{told}");
    for planted in [PHONE, "55556666", NAME, "Zylphia", LOGIN, STAFF_NAME, "Vexworth", STREET, PASSWORD, "key="] {
        let line = told.lines().find(|line| line.contains(planted));
        assert!(line.is_none(), "{planted} stands in: {line:?}");
    }
}

async fn an_error_is_logged_without_the_rows_that_it_speaks_of(app: TestApp) {
    let twice = "insert into buyers (id, phone, name, password_hash, created_at) values (7, '13755556666', '林', 'x', 1)";
    sqlx::query(twice).execute(app.server.db.single()).await.unwrap();
    let again = "insert into buyers (id, phone, name, password_hash, created_at) values (8, '13755556666', '林', 'x', 1)";
    let error = Error::from(sqlx::query(again).execute(app.server.db.single()).await.unwrap_err());
    assert!(error.is_duplicate());
    let told = format!("{error:?} {error} {:?}", Error::field("phone", "13755556666 is taken"));
    assert!(!told.contains("1375555") && told.contains("database"), "{told}");
}
