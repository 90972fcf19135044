use crate::support::{Browser, Form, LI, PASSWORD, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::order::OrderStatus;

on_both_engines!(
    a_form_survives_the_end_of_its_session,
    a_form_of_the_shop_survives_the_end_of_its_session,
    another_site_cannot_send_our_forms,
    reading_never_writes,
    a_session_is_another_after_the_log_in_and_none_after_the_log_out,
    a_wrong_password_and_an_unknown_account_sound_the_same,
);

async fn forget_all_sessions(app: &TestApp) {
    sqlx::query("delete from sessions").execute(app.server.db.single()).await.unwrap();
}

async fn a_form_survives_the_end_of_its_session(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let mut form = wang.application(&order, "refund_only", "quality", &[1]).await.with("note", "写了很久的说明");
    form.files.clear();
    forget_all_sessions(&app).await;

    let log_in = wang.send(&form).await;
    log_in.says(401, "刚才填写的内容已保留");
    assert_eq!(app.count("select count(*) from after_sales").await, 0);
    let wrong = wang.send(&log_in.form("/login").with("phone", WANG).with("password", "wrong password")).await;
    wrong.says(422, "不正确");
    let inside = wang.send(&wrong.form("/login").with("phone", WANG).with("password", PASSWORD)).await;
    inside.says(200, "已登录，继续提交");
    let resumed = inside.form(&form.action);
    assert_eq!((resumed.get("note"), resumed.get("request_key")), ("写了很久的说明", form.get("request_key")));
    wang.send(&resumed).await.goes_to();
    assert_eq!(app.count("select count(*) from after_sales").await, 1);
}

async fn a_form_of_the_shop_survives_the_end_of_its_session(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let form = service.order_form(&order, "price").await.with("goods_change", "-10").with("restated", "90.00");
    forget_all_sessions(&app).await;
    let log_in = service.send(&form).await;
    log_in.says(401, "刚才填写的内容已保留");
    let inside = service.send(&log_in.form("/merchant/login").with("login", "service-pine").with("password", PASSWORD)).await;
    service.send(&inside.form(&form.action)).await.goes_to();
    assert_eq!(app.order(&order).await.order.totals.payable().0, 9_000);
}

async fn another_site_cannot_send_our_forms(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = app.shipped(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let receive = wang.form(&format!("/orders/{order}"), &format!("/orders/{order}/receive")).await;
    let close = owner.order_form(&order, "receive").await;
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1", &app.url.replace("127.0.0.1", "127.0.0.1.evil.example")] {
        assert_eq!(wang.send_from(&receive, origin).await.status, 403, "{origin}");
        assert_eq!(owner.send_from(&close, origin).await.status, 403, "{origin}");
        let log_in = Form::to("/login").with("phone", WANG).with("password", PASSWORD);
        assert_eq!(Browser::new(&app.url).send_from(&log_in, origin).await.status, 403);
    }
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingReceipt);
}

async fn reading_never_writes(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.shipped(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    for path in ["cancel", "receive", "buy-again"] {
        assert_eq!(wang.get(&format!("/orders/{order}/{path}")).await.goes_to(), format!("/orders/{order}"), "{path}");
    }
    assert_eq!(wang.get("/logout").await.goes_to(), "/");
    assert_eq!((app.status(&order).await, wang.get("/me").await.status.as_u16()), (OrderStatus::AwaitingReceipt, 200));
}

async fn a_session_is_another_after_the_log_in_and_none_after_the_log_out(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let before: String = sqlx::query_scalar("select id from sessions").fetch_one(app.server.db.read()).await.unwrap();
    wang.submit("/me", "/logout", &[]).await.goes_to();
    assert_eq!(app.count("select count(*) from sessions").await, 0);
    assert!(wang.get("/me").await.goes_to().starts_with("/login"));
    wang.submit("/login", "/login", &[("phone", WANG), ("password", PASSWORD)]).await.goes_to();
    let after: String = sqlx::query_scalar("select id from sessions").fetch_one(app.server.db.read()).await.unwrap();
    assert_ne!(before, after);
}

async fn a_wrong_password_and_an_unknown_account_sound_the_same(app: TestApp) {
    let nobody = Browser::new(&app.url);
    let form = nobody.form("/login", "/login").await.with("password", "wrong password");
    let known = nobody.send(&form.clone().with("phone", LI)).await;
    let unknown = nobody.send(&form.with("phone", "13999999999")).await;
    assert_eq!((known.status, known.words()), (unknown.status, unknown.words()));
    let open = nobody.send(&Form::to("/login").with("phone", WANG).with("password", PASSWORD).with("next", "https://evil.example")).await;
    assert_eq!(open.goes_to(), "/me");
}
