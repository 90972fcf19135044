//! 「员工」: what an owner does to a colleague's account takes effect at once, and no shop loses its last owner.

use crate::support::{Browser, Form, PASSWORD, Staff, TestApp, on_both_engines};
use guitu::domain::Role;
use guitu::server::people::accounts;

on_both_engines!(
    another_role_ends_what_the_colleague_has_open,
    a_disabled_colleague_is_out_at_once_and_comes_back_by_logging_in,
    nobody_sees_to_their_own_account_or_to_another_shops,
    of_two_owners_who_disable_each_other_one_stays,
);

const PAGE: &str = "/merchant/settings/staff";

async fn id_of(app: &TestApp, login: &str) -> i64 {
    app.number("select id from staff where login = $1", login).await
}

fn action(id: i64, what: &str) -> Form {
    Form::to(&format!("{PAGE}/{id}/{what}"))
}

async fn is_out(staff: &Staff) -> bool {
    staff.get("/merchant").await.status == 303
}

async fn another_role_ends_what_the_colleague_has_open(app: TestApp) {
    let (owner, finance) = (app.staff(Role::Owner).await, app.staff(Role::Finance).await);
    assert_eq!(finance.get("/merchant/ledger").await.status, 200);
    let id = id_of(&app, "finance-pine").await;
    let form = owner.form(PAGE, &format!("{PAGE}/{id}/role")).await;
    assert_eq!(form.get("role"), "finance", "the page shows what is");
    owner.send(&form.clone().with("role", "finance")).await.goes_to();
    assert!(!is_out(&finance).await, "the same role changes nothing");
    owner.send(&form.clone().with("role", "emperor")).await.says(422, "请选择角色");
    owner.send(&form.with("role", "warehouse")).await.goes_to();
    assert!(is_out(&finance).await);
    let again = app.staff(Role::Finance).await;
    assert_eq!((again.get("/merchant/ledger").await.status.as_u16(), again.get("/merchant/products").await.status.as_u16()), (403, 200));
    let audited = "select count(*) from audits where what = 'staff_role_changed' and subject = 'finance-pine' and detail = 'warehouse'";
    assert_eq!(app.count(audited).await, 1);
}

async fn a_disabled_colleague_is_out_at_once_and_comes_back_by_logging_in(app: TestApp) {
    let (owner, service) = (app.staff(Role::Owner).await, app.staff(Role::Service).await);
    let id = id_of(&app, "service-pine").await;
    owner.submit(PAGE, &format!("{PAGE}/{id}/disable"), &[]).await.goes_to();
    assert!(is_out(&service).await);
    let log_in = Form::to("/merchant/login").with("login", "service-pine").with("password", PASSWORD);
    Browser::new(&app.url).send(&log_in).await.says(422, "账号或密码不正确");
    owner.get(PAGE).await.says(200, "已停用");
    owner.send(&action(id, "link")).await.says(409, "已停用");
    owner.submit(PAGE, &format!("{PAGE}/{id}/enable"), &[]).await.goes_to();
    assert!(is_out(&service).await, "the old session stays over");
    Browser::new(&app.url).send(&log_in).await.goes_to();
}

async fn nobody_sees_to_their_own_account_or_to_another_shops(app: TestApp) {
    let owner = app.staff(Role::Owner).await;
    let (own, foreign) = (id_of(&app, "owner-pine").await, id_of(&app, "service-bamboo").await);
    for what in ["role", "disable", "link"] {
        owner.send(&action(own, what).with("role", "service")).await.says(409, "另一位店主");
        assert_eq!(owner.send(&action(foreign, what).with("role", "owner")).await.status, 404, "{what}");
        assert_eq!(owner.send(&action(1, what).with("role", "owner")).await.status, 404, "{what}");
    }
    let page = owner.get(PAGE).await;
    page.says(200, "service-pine");
    assert!(!page.words().contains("bamboo"));
    assert!(!page.has_form(&format!("{PAGE}/{own}/disable")));
}

async fn of_two_owners_who_disable_each_other_one_stays(app: TestApp) {
    for round in 0..5 {
        let login = format!("second-{round}");
        accounts::create_staff(&app.server, "pine", &login, "第二店主", Role::Owner, PASSWORD).await.unwrap();
        let (first, second) = (app.staff(Role::Owner).await, Browser::new(&app.url));
        second.send(&Form::to("/merchant/login").with("login", &login).with("password", PASSWORD)).await.goes_to();
        let (one, other) = (action(id_of(&app, &login).await, "disable"), action(id_of(&app, "owner-pine").await, "disable"));
        let (first, second) = tokio::join!(first.send(&one), second.send(&other));
        let done = [first.status.as_u16(), second.status.as_u16()];
        assert_eq!(app.count("select count(*) from staff f join shops s on s.id = f.shop_id where s.code = 'pine' and f.roles = '[\"owner\"]' and f.disabled_at is null").await, 1, "{done:?}");
        let all = "update staff set disabled_at = case when login = 'owner-pine' then null else coalesce(disabled_at, 1) end where login = 'owner-pine' or login like 'second-%'";
        sqlx::query(all).execute(app.server.db.single()).await.unwrap();
    }
}
