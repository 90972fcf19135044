use crate::support::{Browser, PASSWORD, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::order::OrderState;
use guitu::domain::time::SECOND;

on_both_engines!(
    letters_that_nobody_sees_fill_no_field,
    direction_marks_turn_nothing,
    a_phone_is_kept_one_way_and_found_however_it_is_typed,
    the_reason_for_none_has_a_window_of_its_own,
    a_waybill_is_kept_as_it_is_printed,
    an_odd_waybill_of_the_shop_is_asked_about_once,
);

const ADDRESSES: &str = "/me/addresses/new";

fn address<'a>(recipient: &'a str, phone: &'a str) -> [(&'a str, &'a str); 4] {
    [("recipient", recipient), ("phone", phone), ("region", "浙江省 杭州市"), ("detail", "环山路 66 号")]
}

async fn letters_that_nobody_sees_fill_no_field(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    for blank in ["\u{200B}", "\u{2060}", "\u{3164}", "\u{AD}", "\u{3000}", "\u{FEFF}\u{115F}"] {
        wang.submit(ADDRESSES, ADDRESSES, &address(blank, "13912345678")).await.says(422, "请填写收件人姓名");
    }
    let order = wang.buys(&[(app.town.goods.tea, 1)], "balance").await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    let form = service.decision(&case, "reject").await.with("reject_reason", "\u{3164}\u{200B}\u{2060}");
    service.send(&form).await.says(422, "请填写驳回原因");
    // A number keeps its digits and loses what was pasted with it.
    wang.submit(ADDRESSES, ADDRESSES, &address("\u{200B}王小满\u{3164}", "\u{FEFF}139\u{2060}1234\u{AD}5678\u{200B}")).await.goes_to();
    assert_eq!(app.number("select count(*) from buyer_addresses where recipient = '王小满' and phone = $1", "13912345678").await, 1);
}

async fn direction_marks_turn_nothing(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    wang.submit(ADDRESSES, ADDRESSES, &address("王\u{2067}小满\u{202E}", "13700001111")).await.goes_to();
    assert_eq!(app.number("select count(*) from buyer_addresses where recipient = '王小满' and phone = $1", "13700001111").await, 1);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "balance").await;
    // An application is sent in parts, an address in one piece: both are read in one place.
    let form = wang.application(&order, "refund_only", "unwanted", &[1]).await.with("note", "\u{202D}买多了\u{202C}");
    let case = wang.send(&form).await.goes_to().rsplit('/').next().unwrap().to_owned();
    service.get(&format!("/merchant/after-sales/{case}")).await.says(200, "买多了");
    assert_eq!(app.number("select count(*) from after_sales where note = $1", "买多了").await, 1);
    // Letters that run leftwards by themselves stay, set apart from the number behind them.
    wang.submit(ADDRESSES, ADDRESSES, &address("محمد", "13700001111")).await.goes_to();
    let page = wang.get("/me/addresses").await.html;
    assert!(page.contains("محمد") && page.contains("13700001111"), "{page}");
}

async fn a_phone_is_kept_one_way_and_found_however_it_is_typed(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "balance").await;
    let typed = [("recipient", "王小满"), ("phone", "+86 139-1234-5678 转 7804"), ("region", "浙江省"), ("detail", "环山路 66 号")];
    owner.send(&owner.order_form(&order, "address").await.with_all(&typed)).await.goes_to();
    let page = owner.get(&format!("/merchant/orders/{order}")).await;
    page.says(200, "13912345678 转 7804");
    for typed in [
        "139-1234-5678",
        "%2B86 139 1234 5678",
        "008613912345678",
        "１３９１２３４５６７８",
        "13912345678-7804",
        "5678",
        &format!("订单号：{order}"),
        &order.replace('-', ""),
        &format!("订单编号 {}", order.to_lowercase()),
    ] {
        let page = owner.get(&format!("/merchant/orders?q={typed}")).await.html;
        assert!(page.contains(&format!("/merchant/orders/{order}")), "{typed}");
    }
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    for typed in ["139-1234-5678", &case.replace('-', ""), &format!("售后单号：{case}"), "138 0000 0001"] {
        let page = owner.get(&format!("/merchant/after-sales?q={typed}")).await.html;
        assert!(page.contains(&format!("/merchant/after-sales/{case}")), "{typed}");
    }
    owner.send(&owner.decision(&case, "agree_refund").await).await.goes_to();
    for typed in [&order.replace('-', ""), "%2B86 138-0000-0001", &format!("订单号：{order}"), &case.replace('-', "")] {
        assert!(owner.get(&format!("/merchant/refunds?q={typed}")).await.html.contains(&order), "{typed}");
    }
    owner.get("/merchant/members?q=138-0000-0001").await.says(200, "王小满");
    // The buyer gets in with the number as it stands in the phone's address book.
    for phone in ["+86 138 0000 0001", "0086-13800000001", "１３８００００００01"] {
        let browser = Browser::new(&app.url);
        browser.submit("/login", "/login", &[("phone", phone), ("password", PASSWORD)]).await.goes_to();
        browser.get("/me").await.says(200, "王小满");
    }
}

async fn the_reason_for_none_has_a_window_of_its_own(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = app.completed(&wang, &[(app.town.goods.tea, 3)], "balance").await;
    let OrderState::Completed { no_reason_until, .. } = app.order(&order).await.order.state else { panic!("completed") };
    let page = format!("/orders/{order}/after-sale");
    app.wait(no_reason_until.0 - SECOND - app.server.now().0).await;
    wang.get(&page).await.says(200, "七天无理由退货可在");
    wang.applies(&order, "return_refund", "no_reason", &[1]).await;
    app.wait(SECOND).await;
    wang.applies(&order, "return_refund", "no_reason", &[1]).await;
    let late = wang.application(&order, "return_refund", "no_reason", &[1]).await;
    app.wait(SECOND).await;
    let told = wang.send(&late).await;
    told.says(422, "现已截止").says(422, "23:59").says(422, "前仍可选择").says(422, "商品质量问题");
    told.says(422, "七天无理由退货（已过期限）");
    // The other reasons are as open as before.
    wang.applies(&order, "return_refund", "quality", &[1]).await;
}

async fn a_waybill_is_kept_as_it_is_printed(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1), (app.town.goods.cup, 1)], "balance").await;
    let (first, second) =
        (wang.applies(&order, "return_refund", "quality", &[1, 0]).await, wang.applies(&order, "return_refund", "quality", &[0, 1]).await);
    for case in [&first, &second] {
        service.decides(case, "approve_return").await.goes_to();
    }
    let page = |case: &str| format!("/after-sales/{case}/return");
    let typed = [("carrier", "jd"), ("tracking", " JDVB0123 4567890-1-1-\u{200B}")];
    wang.submit(&page(&first), &page(&first), &typed).await.goes_to();
    service.get(&format!("/merchant/after-sales/{first}")).await.says(200, "JDVB01234567890-1-1-");
    // Another package of the same parcel is the same parcel.
    let typed = [("carrier", "jd"), ("tracking", "JDVB01234567890")];
    wang.submit(&page(&second), &page(&second), &typed).await.says(422, "已用于另一笔售后");
}

async fn an_odd_waybill_of_the_shop_is_asked_about_once(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "balance").await;
    let ship = format!("/merchant/orders/{order}/ship");
    let doubted = owner.ships(&order, "1234567890").await;
    doubted.says(422, "看起来不像顺丰速运的单号");
    let changed = owner.send(&doubted.form(&ship).with("tracking_0", "1234567899")).await;
    changed.says(422, "1234567899 看起来不像");
    owner.send(&changed.form(&ship)).await.goes_to();
    owner.get(&format!("/merchant/orders/{order}")).await.says(200, "1234567899");

    wang.receives(&order).await.goes_to();
    let case = wang.applies(&order, "exchange", "quality", &[1]).await;
    owner.decides(&case, "approve_return").await.goes_to();
    wang.sends_back(&case, "75000000000009").await.goes_to();
    owner.takes_back(&case, &[]).await.goes_to();
    let doubted = owner.sends_replacement(&case, "1234567891").await;
    doubted.says(422, "看起来不像");
    owner.send(&doubted.form(&format!("/merchant/after-sales/{case}/reship"))).await.goes_to();
}
