//! What the command line does for a shop that is no demo: it opens, its owner comes in, and wrong words change nothing.

use crate::support::{Browser, PASSWORD, TestApp, on_both_engines};
use guitu::server::accounts;
use guitu::server::error::Error;

on_both_engines!(a_shop_is_opened_and_its_owner_comes_in, a_shop_that_cannot_be_is_refused_by_field);

async fn a_shop_is_opened_and_its_owner_comes_in(app: TestApp) {
    accounts::create_shop(&app.server, "river", "河畔书店", "0571-88000000", "Asia/Shanghai").await.unwrap();
    accounts::create_staff(&app.server, "river", "river-owner", "周掌柜", "owner", PASSWORD).await.unwrap();
    let owner = Browser::new(&app.url);
    let log_in = "/merchant/login";
    owner.submit(log_in, log_in, &[("login", "river-owner"), ("password", PASSWORD)]).await.goes_to();
    owner.get("/merchant").await.says(200, "河畔书店");
    owner.get("/merchant/orders").await.says(200, "订单");
    let clocks = "/merchant/settings/clocks";
    assert_eq!(owner.form(clocks, clocks).await.get("pay_minutes"), "30", "the rules of a fresh shop");
}

async fn a_shop_that_cannot_be_is_refused_by_field(app: TestApp) {
    let shops = app.count("select count(*) from shops").await;
    for (code, name, phone, zone, field) in [
        ("River Bank", "河畔书店", "0571-88000000", "Asia/Shanghai", "code"),
        ("river", " ", "0571-88000000", "Asia/Shanghai", "name"),
        ("river", "河畔书店", "", "Asia/Shanghai", "phone"),
        ("river", "河畔书店", "0571-88000000", "Hangzhou", "time-zone"),
        ("pine", "河畔书店", "0571-88000000", "Asia/Shanghai", "code"),
    ] {
        let refused = accounts::create_shop(&app.server, code, name, phone, zone).await.expect_err(field);
        let Error::Invalid(errors) = refused else { panic!("{refused:?}") };
        assert!(errors.of(field).is_some(), "{field}: {errors:?}");
    }
    assert_eq!(app.count("select count(*) from shops").await, shops);
}
