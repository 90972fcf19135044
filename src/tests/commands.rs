//! What the command line does for a shop that is no demo: it opens, its owner comes in, and wrong words change nothing.

use crate::support::{Browser, PASSWORD, TestApp, on_both_engines};
use guitu::domain::Role;
use guitu::server::error::Error;
use guitu::server::people::accounts;

on_both_engines!(
    a_shop_is_opened_and_its_owner_comes_in,
    the_lists_of_a_fresh_shop_say_what_to_do_first,
    a_shop_that_cannot_be_is_refused_by_field,
);

async fn a_shop_is_opened_and_its_owner_comes_in(app: TestApp) {
    accounts::create_shop(&app.server, "river", "河畔书店", "0571-88000000", "Asia/Shanghai").await.unwrap();
    accounts::create_staff(&app.server, "river", "river-owner", "周掌柜", Role::Owner, PASSWORD).await.unwrap();
    let owner = Browser::new(&app.url);
    let log_in = "/merchant/login";
    owner.submit(log_in, log_in, &[("login", "river-owner"), ("password", PASSWORD)]).await.goes_to();
    owner.get("/merchant").await.says(200, "河畔书店");
    owner.get("/merchant/orders").await.says(200, "订单");
    let clocks = "/merchant/settings/clocks";
    assert_eq!(owner.form(clocks, clocks).await.get("pay_minutes"), "30", "the rules of a fresh shop");
}

async fn the_lists_of_a_fresh_shop_say_what_to_do_first(app: TestApp) {
    accounts::create_shop(&app.server, "river", "河畔书店", "0571-88000000", "Asia/Shanghai").await.unwrap();
    accounts::create_staff(&app.server, "river", "river-owner", "周掌柜", Role::Owner, PASSWORD).await.unwrap();
    let owner = Browser::new(&app.url);
    owner.submit("/merchant/login", "/merchant/login", &[("login", "river-owner"), ("password", PASSWORD)]).await.goes_to();
    for (list, empty, sought, not_found) in [
        ("/merchant/products", "添加退货地址", "?q=茶", "没有名称包含「茶」的商品"),
        ("/merchant/members", "还没有会员", "?q=茶", "没有找到会员"),
        ("/merchant/reviews", "还没有评价", "?q=茶", "没有符合条件的评价"),
        ("/merchant/reviews", "还没有评价", "?rating=5", "没有符合条件的评价"),
        ("/merchant/orders", "这里还没有订单", "?q=茶", "没有符合条件的订单"),
        ("/merchant/refunds", "还没有退款", "?q=G1", "没有符合条件的退款"),
    ] {
        let page = owner.get(list).await;
        page.says(200, empty);
        assert!(!page.words().contains("换个关键词") && !page.words().contains("没有符合条件"), "{page}");
        let page = owner.get(&format!("{list}{sought}")).await;
        page.says(200, not_found);
        assert!(!page.words().contains(empty), "{page}");
    }
    owner.get("/merchant/coupons").await.says(200, "新建第一张优惠券");
    owner.get("/merchant/return-addresses").await.says(200, "先添加一个地址");
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
