use crate::support::{Browser, TestApp, WANG, on_both_engines};
use guitu::domain::Role;

on_both_engines!(
    filters_take_every_letter_as_a_letter,
    a_letter_that_no_database_takes_is_no_trouble,
    what_people_write_is_shown_and_never_run,
);

const NASTY: [&str; 7] = ["%", "_", "' or '1'='1", "\\", "!", "%' --", "\"; drop table orders; --"];

async fn filters_take_every_letter_as_a_letter(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    wang.reviews(&order, 5, "很好").await.goes_to();
    let case = wang.applies(&order, "refund_only", "quality", &[1]).await;
    owner.decides(&case, "agree_refund").await.goes_to();
    let lists = [
        "/merchant/orders?q=",
        "/merchant/after-sales?queue=done&q=",
        "/merchant/refunds?q=",
        "/merchant/reviews?q=",
        "/merchant/products?q=",
        "/?q=",
    ];
    for list in lists {
        assert!(owner.get(&format!("{list}云雾")).await.words().contains("云雾茶") || list.contains("refunds"), "{list}");
        for typed in NASTY {
            let asked = format!("{list}{}", serde_urlencoded::to_string([("", typed)]).unwrap().trim_start_matches('='));
            let page = owner.get(&asked).await;
            assert_eq!(page.status, 200, "{asked}: {page}");
            assert!(!page.words().contains("云雾茶"), "{asked}: {page}");
        }
    }
    for (path, names) in [("/merchant/orders", ["status", "before", "flag", "from"]), ("/orders", ["status", "before", "tab", "page"])] {
        for name in names {
            for typed in NASTY {
                let asked = format!("{path}?{}", serde_urlencoded::to_string([(name, typed)]).unwrap());
                let browser = if path == "/orders" { wang.get(&asked).await } else { owner.get(&asked).await };
                assert!(browser.status.as_u16() < 500, "{asked}: {browser}");
            }
        }
    }
    assert_eq!(app.count("select count(*) from orders").await, 1);
}

async fn a_letter_that_no_database_takes_is_no_trouble(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    for path in ["/merchant/orders?q=a%00b", "/merchant/orders/%00", "/merchant/reviews?q=%00", "/?q=%00", "/orders/G%00", "/pictures/%00"]
    {
        assert_eq!(owner.get(path).await.status, 404, "{path}");
    }
    let order = wang.orders_with(&[(app.town.goods.tea, 1)], &[("remark", "请放\0门卫"), ("request_key", "k\0")]).await;
    owner.get(&format!("/merchant/orders/{order}")).await.says(200, "请放门卫");
    let log_in = Browser::new(&app.url).submit("/login", "/login", &[("phone", "1380000\u{0}004"), ("password", "long enough\0")]).await;
    assert!(log_in.status.as_u16() < 500, "{log_in}");
}

async fn what_people_write_is_shown_and_never_run(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let script = r#""><script>alert(1)</script><img src=x onerror=alert(1)>'"#;
    let order = wang.orders_with(&[(app.town.goods.tea, 1)], &[("remark", script)]).await;
    wang.pays(&order, "balance").await;
    owner.send(&owner.order_form(&order, "remark").await.with("shop_remark", script)).await.goes_to();
    owner.ships(&order, "SF1234567890123").await.goes_to();
    wang.receives(&order).await.goes_to();
    wang.reviews(&order, 5, script).await.goes_to();
    let form = wang.application(&order, "refund_only", "quality", &[1]).await.with("note", script);
    let case = wang.send(&form).await.goes_to().trim_start_matches("/after-sales/").trim_end_matches("?done=applied").to_owned();
    let reject = owner.decision(&case, "reject").await.with("reject_reason", script);
    owner.send(&reject).await.goes_to();

    let mine =
        [format!("/orders/{order}"), format!("/after-sales/{case}"), format!("/after-sales/{case}/revise"), "/me/messages".to_owned()];
    let theirs = [
        format!("/merchant/orders/{order}"),
        format!("/merchant/after-sales/{case}"),
        "/merchant/reviews".to_owned(),
        "/merchant/orders".to_owned(),
    ];
    let product = format!("/products/{}", app.town.goods.tea.product.0);
    let mut pages = vec![wang.get(&product).await, wang.get(&format!("/?q={script}")).await];
    for path in mine {
        pages.push(wang.get(&path).await);
    }
    for path in theirs {
        pages.push(owner.get(&path).await);
    }
    for page in pages {
        assert_eq!(page.status, 200, "{page}");
        assert!(!page.html.contains("<script>alert") && !page.html.contains("<img src=x"), "{page}");
        assert!(page.words().contains("<img src=x onerror=alert(1)>") || page.url.contains("?q="), "{page}");
    }
}
