//! WeChat Pay on a desktop: a code on the screen, and the phone beside it pays.

use crate::support::{Browser, Buyer, LI, Page, TestApp, WANG, on_both_engines};
use guitu::domain::order::OrderStatus;

on_both_engines!(
    a_code_is_shown_and_paid_by_a_phone,
    the_page_finds_out_without_a_notice,
    another_way_closes_the_code,
    a_phone_takes_over_from_the_desktop,
    a_code_is_its_buyers_alone,
);

const DESKTOP: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

/// At a desktop, before the code of an order for ¥100.00: the buyer, the order, and the address of the page.
async fn at_the_code(app: &TestApp) -> (Buyer, String, String) {
    let wang = app.buyer_with(Browser::named(&app.url, DESKTOP), WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    wang.get(&format!("/orders/{order}/pay")).await.says(200, "用手机微信扫码付款");
    let page = wang.chooses(&order, "wechat").await;
    assert_eq!(page, format!("/orders/{order}/pay/code"));
    (wang, order, page)
}

/// What a phone would read from it: the sandbox's codes are pages, which the demo links to as well.
fn scanned(page: &Page, bank: &str) -> String {
    let start = page.html.find(&format!("{bank}/cashier/")).unwrap_or_else(|| panic!("no code: {page}"));
    page.html[start..].split('"').next().unwrap().to_owned()
}

async fn a_code_is_shown_and_paid_by_a_phone(app: TestApp) {
    let (wang, order, code) = at_the_code(&app).await;
    let page = wang.get(&code).await;
    for words in ["¥100.00", "还剩", "用「扫一扫」扫描二维码付款", "我已付款，查看结果", "换一种方式付款"] {
        page.says(200, words);
    }
    assert!(page.html.contains("class=\"scan__code\"") && !page.html.contains(" style="), "{page}");
    assert!(!page.words().contains("还没有查询到付款"));
    wang.get(&format!("{code}?asked=1")).await.says(200, "还没有查询到付款");
    wang.get(&format!("/orders/{order}/pay")).await.says(200, "已发起微信支付");

    wang.confirms_at(&scanned(&page, app.bank.url())).await;
    app.until("the order is paid", || async { app.status(&order).await == OrderStatus::AwaitingShipment }).await;
    assert_eq!(wang.get(&code).await.goes_to(), format!("/orders/{order}"));
    wang.get(&format!("/orders/{order}")).await.says(200, "待发货");
    assert_eq!(app.count("select count(*) from payments where ticket = 'code' and status = 'succeeded'").await, 1);
}

async fn the_page_finds_out_without_a_notice(app: TestApp) {
    let (wang, order, code) = at_the_code(&app).await;
    assert!(wang.get(&code).await.html.contains("http-equiv=\"refresh\""), "without scripts it asks by itself as well");
    let payment = app.order(&order).await.payments[0].number.clone();
    app.bank.pays_quietly(&payment).await;
    assert_eq!(wang.get(&code).await.goes_to(), format!("/orders/{order}"));
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment);
}

async fn another_way_closes_the_code(app: TestApp) {
    let (wang, order, code) = at_the_code(&app).await;
    let cashier = scanned(&wang.get(&code).await, app.bank.url());
    wang.pays(&order, "balance").await;
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment);
    let too_late = app.bank.looks_at(&cashier).await;
    assert!(too_late.contains("订单已关闭"), "{too_late}");
    assert_eq!(wang.get(&code).await.goes_to(), format!("/orders/{order}"));
}

async fn a_phone_takes_over_from_the_desktop(app: TestApp) {
    let (desk, order, code) = at_the_code(&app).await;
    let phone = app.buyer(WANG).await;
    let cashier = phone.chooses(&order, "wechat").await;
    assert!(cashier.starts_with(app.bank.url()), "a phone is led to WeChat's page: {cashier}");
    assert_eq!(desk.get(&code).await.goes_to(), format!("/orders/{order}/pay"));
    phone.confirms_at(&cashier).await;
    app.until("the order is paid", || async { app.status(&order).await == OrderStatus::AwaitingShipment }).await;
    assert_eq!(app.count("select count(*) from payments where status = 'succeeded'").await, 1);
}

async fn a_code_is_its_buyers_alone(app: TestApp) {
    let (_, _, code) = at_the_code(&app).await;
    assert_eq!(app.buyer(LI).await.get(&code).await.status, 404);
    assert!(Browser::new(&app.url).get(&code).await.goes_to().starts_with("/login"));
}
