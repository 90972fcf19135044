//! Balance and points belong to a buyer and a shop: what one shop gives is spent, paid back and earned at that shop alone (L5).

use crate::support::{Buyer, CHEN, LI, OUT, Shop, TestApp, WANG, Ware, on_both_engines, warm_up};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;

on_both_engines!(
    what_one_shop_credits_pays_nothing_at_another,
    points_of_one_shop_pay_nothing_at_another,
    an_order_earns_at_its_own_shop,
    a_refund_goes_to_the_wallet_of_its_shop,
    what_was_held_comes_back_to_its_shop,
    each_shop_sees_and_corrects_its_own,
    the_buyer_sees_every_wallet_with_its_movements,
    wallets_of_one_buyer_move_at_once,
);

/// The other shop sells ink, and the buyer has bought some there and so is its member.
async fn member_of_both(app: &TestApp, phone: &'static str) -> (Buyer, Ware) {
    let (buyer, other) = (app.buyer(phone).await, app.town.other_shop);
    let ink = app.sells(other, "徽墨", 10_000, 20).await;
    let order = buyer.orders(&[(ink, 1)]).await;
    buyer.cancels(&order).await.goes_to();
    (buyer, ink)
}

/// The shop puts this into the wallet of its member.
async fn credits(app: &TestApp, shop: Shop, phone: &str, account: &str, amount: &str) {
    let finance = app.staff_of(shop, Role::Finance).await;
    let typed = [("account", account), ("direction", "up"), ("amount", amount), ("reason", "门店现金充值")];
    finance.send(&finance.wallet_form(phone, &typed).await).await.goes_to();
}

async fn what_one_shop_credits_pays_nothing_at_another(app: TestApp) {
    let (chen, ink) = member_of_both(&app, CHEN).await;
    let other = app.town.other_shop;
    credits(&app, other, CHEN, "balance", "50000").await;
    assert_eq!((app.purse_at(other, CHEN).await, app.purse(CHEN).await), ((5_000_000, 0), (0, 0)));

    let form = chen.checkout(&[(app.town.goods.tea, 1)]).await;
    chen.get(&format!("/checkout?shop={}", app.town.shop.id.0)).await.says(200, "可用 ¥0.00");
    for balance in ["0.01", "100"] {
        chen.send(&form.clone().with("balance", balance)).await.says(422, "余额不足");
    }
    let order = chen.orders(&[(app.town.goods.tea, 1)]).await;
    let pay = format!("/orders/{order}/pay");
    chen.get(&pay).await.says(200, "可用 ¥0.00，还差 ¥200.00");
    chen.submit(&pay, &pay, &[("tender", "balance")]).await.says(422, "余额不足");
    assert_eq!((app.purse_at(other, CHEN).await, app.purse(CHEN).await), ((5_000_000, 0), (0, 0)));

    // At its own shop it pays, with points and balance at the checkout and at the cashier.
    chen.buys(&[(ink, 1)], "balance").await;
    let form = chen.checkout(&[(ink, 1)]).await.with("balance", "30");
    chen.send(&form).await.goes_to();
    assert_eq!((app.purse_at(other, CHEN).await, app.purse(CHEN).await), ((4_987_000, 0), (0, 0)));
}

async fn points_of_one_shop_pay_nothing_at_another(app: TestApp) {
    let (wang, ink) = member_of_both(&app, WANG).await;
    let form = wang.checkout(&[(ink, 1)]).await;
    for typed in [[("points", "1"), ("balance", "")], [("points", "100"), ("balance", "99")], [("points", ""), ("balance", "500")]] {
        let page = wang.send(&form.clone().with_all(&typed)).await;
        assert_eq!(page.status, 422, "{page}");
    }
    wang.send(&form.clone().with("points", "1")).await.says(422, "积分不足，现有 0 积分");
    let order = wang.orders(&[(ink, 1)]).await;
    let pay = format!("/orders/{order}/pay");
    for tender in ["points", "balance"] {
        wang.submit(&pay, &pay, &[("tender", tender)]).await.says(422, "不足");
    }
    assert_eq!((app.purse(WANG).await, app.purse_at(app.town.other_shop, WANG).await), ((50_000, 20_000), (0, 0)));
}

async fn an_order_earns_at_its_own_shop(app: TestApp) {
    let (chen, ink) = member_of_both(&app, CHEN).await;
    let other = app.town.other_shop;
    let order = chen.buys(&[(ink, 2)], "wechat").await;
    app.staff_of(other, Role::Warehouse).await.ships(&order, OUT).await.goes_to();
    chen.receives(&order).await.goes_to();
    assert_eq!((app.purse_at(other, CHEN).await, app.purse(CHEN).await), ((0, 200), (0, 0)));

    // They were spent, and the goods go back: the debt is the other shop's, and its alone (M7).
    chen.orders_with(&[(ink, 1)], &[("points", "200")]).await;
    let case = chen.applies(&order, "refund_only", "quality", &[2]).await;
    app.staff_of(other, Role::Service).await.decides(&case, "agree_refund").await.goes_to();
    app.money_goes_back(&case).await;
    assert_eq!((app.purse_at(other, CHEN).await, app.purse(CHEN).await), ((0, -200), (0, 0)));
    app.completed(&chen, &[(app.town.goods.tea, 1)], "wechat").await;
    assert_eq!(app.purse(CHEN).await, (0, 100));
    let form = chen.checkout(&[(app.town.goods.tea, 1)]).await.with("points", "100");
    chen.send(&form).await.goes_to();
    assert_eq!((app.purse_at(other, CHEN).await, app.purse(CHEN).await), ((0, -200), (0, 0)));
}

async fn a_refund_goes_to_the_wallet_of_its_shop(app: TestApp) {
    let (wang, ink) = member_of_both(&app, WANG).await;
    let other = app.town.other_shop;
    credits(&app, other, WANG, "balance", "50").await;
    let order = wang.orders_with(&[(ink, 1)], &[("balance", "50")]).await;
    wang.pays(&order, "wechat").await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    let page = format!("/after-sales/{case}");
    let consent = wang.form(&format!("{page}?dialog=to-balance"), &format!("{page}/to-balance")).await;
    wang.send(&consent).await.goes_to();
    app.staff_of(other, Role::Service).await.decides(&case, "agree_refund").await.goes_to();
    assert_eq!(app.state(&case).await, StateKind::Succeeded);
    assert_eq!((app.purse_at(other, WANG).await, app.purse(WANG).await), ((10_000, 0), (50_000, 20_000)));
}

async fn what_was_held_comes_back_to_its_shop(app: TestApp) {
    let (wang, ink) = member_of_both(&app, WANG).await;
    let other = app.town.other_shop;
    credits(&app, other, WANG, "balance", "20").await;
    credits(&app, other, WANG, "points", "300").await;
    let order = wang.orders_with(&[(ink, 1)], &[("balance", "20"), ("points", "300")]).await;
    assert_eq!(app.purse_at(other, WANG).await, (0, 0));
    wang.cancels(&order).await.goes_to();
    assert_eq!((app.purse_at(other, WANG).await, app.purse(WANG).await), ((2_000, 300), (50_000, 20_000)));
}

async fn each_shop_sees_and_corrects_its_own(app: TestApp) {
    let (_, _) = member_of_both(&app, WANG).await;
    let (shop, other) = (app.town.shop, app.town.other_shop);
    credits(&app, other, WANG, "balance", "77").await;
    let (ours, theirs) = (app.staff_of(shop, Role::Finance).await, app.staff_of(other, Role::Finance).await);
    let member = app.number("select id from buyers where phone = $1", WANG).await;
    let page = format!("/merchant/members/{member}?account=balance");
    let seen = theirs.get(&page).await;
    seen.says(200, "¥77.00").says(200, "门店现金充值");
    assert!(!seen.words().contains("500.00") && !seen.words().contains("期初"), "{seen}");
    let seen = ours.get(&page).await;
    seen.says(200, "¥500.00").says(200, "期初余额");
    assert!(!seen.words().contains("77.00") && !seen.words().contains("门店现金充值"), "{seen}");
    assert!(!theirs.get("/merchant/members").await.words().contains("500.00"));

    let down = [("account", "balance"), ("direction", "down"), ("amount", "77.01"), ("reason", "录入有误")];
    theirs.send(&theirs.wallet_form(WANG, &down).await).await.says(422, "不能扣到 0 以下，现有 ¥77.00");
    let down = [("account", "points"), ("direction", "down"), ("amount", "1"), ("reason", "录入有误")];
    theirs.send(&theirs.wallet_form(WANG, &down).await).await.says(422, "现有 0 积分");
    assert_eq!((app.purse_at(other, WANG).await, app.purse(WANG).await), ((7_700, 0), (50_000, 20_000)));
}

async fn the_buyer_sees_every_wallet_with_its_movements(app: TestApp) {
    let (li, wang) = (app.buyer(LI).await, member_of_both(&app, WANG).await.0);
    let other = app.town.other_shop;
    credits(&app, other, WANG, "balance", "77").await;
    let page = li.get("/me/wallet").await;
    page.says(200, "余额 ¥500.00 · 20,000 积分");
    assert!(!page.words().contains("商店"), "who has one wallet is not told of shops: {page}");
    li.get("/me").await.says(200, "¥500.00");

    wang.get("/me").await.says(200, "¥577.00 · 2 家店铺").says(200, "20,000 积分 · 2 家店铺");
    wang.get("/me/wallet")
        .await
        .says(200, "pine 商店")
        .says(200, "¥500.00 · 20,000 积分")
        .says(200, "bamboo 商店")
        .says(200, "¥77.00 · 0 积分");
    let at_other = wang.get(&format!("/me/wallet?shop={}", other.id.0)).await;
    at_other.says(200, "商家充值").says(200, "+¥77.00");
    assert!(!at_other.words().contains("期初余额"), "{at_other}");
    for nobodys in
        [format!("/me/wallet?shop={}", other.id.0), "/me/wallet?shop=0".to_owned(), "/me/wallet?shop=-9223372036854775808".to_owned()]
    {
        assert_eq!(li.get(&nobodys).await.status, 404, "{nobodys}");
    }
    // A wallet that was emptied keeps its history.
    let down = [("account", "balance"), ("direction", "down"), ("amount", "77"), ("reason", "录入有误")];
    let theirs = app.staff_of(other, Role::Finance).await;
    theirs.send(&theirs.wallet_form(WANG, &down).await).await.goes_to();
    wang.get(&format!("/me/wallet?shop={}", other.id.0)).await.says(200, "商家更正");
    wang.get("/me").await.says(200, "¥500.00").says(200, "20,000 积分");
}

/// At both shops at once: money is put in, taken out, held and given back, and each wallet ends as its own movements say.
async fn wallets_of_one_buyer_move_at_once(app: TestApp) {
    let (wang, ink) = member_of_both(&app, WANG).await;
    let (shop, other) = (app.town.shop, app.town.other_shop);
    credits(&app, other, WANG, "balance", "500").await;
    warm_up(&app.server).await;
    let mut moving = Vec::new();
    for (at, ware) in [(shop, app.town.goods.cup), (other, ink)] {
        let finance = app.staff_of(at, Role::Finance).await;
        for amount in ["1", "2", "3", "4"] {
            let up = [("account", "balance"), ("direction", "up"), ("amount", amount), ("reason", "门店现金充值")];
            let (finance, form) = (finance.clone(), finance.wallet_form(WANG, &up).await);
            moving.push(tokio::spawn(async move { finance.send(&form).await.goes_to().to_owned() }));
        }
        for _ in 0..2 {
            let order = wang.orders_with(&[(ware, 1)], &[("balance", "10")]).await;
            let (wang, pay) = (wang.clone(), format!("/orders/{order}"));
            let form = wang.form(&pay, &format!("{pay}/cancel")).await;
            moving.push(tokio::spawn(async move { wang.send(&form).await.goes_to().to_owned() }));
        }
    }
    for moved in moving {
        moved.await.unwrap();
    }
    assert_eq!((app.purse_at(other, WANG).await, app.purse(WANG).await), ((51_000, 0), (51_000, 20_000)));
}
