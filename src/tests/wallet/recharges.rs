//! S21: finance puts into wallets what was paid elsewhere, and takes back what was put in wrongly; each with its reason.

use crate::support::{CHEN, LI, TestApp, WANG, on_both_engines, warm_up};
use guitu::domain::Role;

on_both_engines!(
    finance_recharges_and_the_buyer_reads_why,
    a_form_sent_many_times_moves_once,
    a_form_changed_on_its_way_is_refused,
    nothing_is_taken_that_is_not_there,
    who_counts_no_money_moves_none,
    nonsense_is_told_field_by_field,
    members_are_found_by_phone_and_name,
);

const HUNDRED: [(&str, &str); 2] = [("amount", "100"), ("reason", "门店现金充值")];

async fn finance_recharges_and_the_buyer_reads_why(app: TestApp) {
    let (chen, finance) = (app.buyer(CHEN).await, app.staff(Role::Finance).await);
    let form = finance.wallet_form(CHEN, &HUNDRED).await;
    let next = finance.send(&form).await.goes_to().to_owned();
    finance.get(&next).await.says(200, "已登记").says(200, "门店现金充值").says(200, "+¥100.00").says(200, "pine 财务");
    chen.get("/me/wallet").await.says(200, "商家充值").says(200, "门店现金充值").says(200, "余额 ¥100.00");
    chen.buys(&[(app.town.goods.tea, 1)], "balance").await;
    assert_eq!(app.purse(CHEN).await.0, 0);
}

/// B1, M9: 64 at once, and once more after a while.
async fn a_form_sent_many_times_moves_once(app: TestApp) {
    let finance = app.staff(Role::Finance).await;
    let form = finance.wallet_form(LI, &HUNDRED).await;
    warm_up(&app.server).await;
    let sent: Vec<_> = (0..64)
        .map(|_| {
            let (finance, form) = (finance.clone(), form.clone());
            tokio::spawn(async move { finance.send(&form).await })
        })
        .collect();
    for answer in sent {
        answer.await.unwrap().goes_to();
    }
    finance.send(&form).await.goes_to();
    assert_eq!(app.purse(LI).await.0, 60_000);
    assert_eq!(app.count("select count(*) from money_events where cause = 'recharged'").await, 1);
}

async fn a_form_changed_on_its_way_is_refused(app: TestApp) {
    let finance = app.staff(Role::Finance).await;
    let form = finance.wallet_form(LI, &HUNDRED).await;
    finance.send(&form).await.goes_to();
    for (name, value) in [("amount", "200"), ("account", "points"), ("direction", "down"), ("reason", "另一个原因")] {
        assert_eq!(finance.send(&form.clone().with(name, value)).await.status, 409, "{name}");
    }
    let key = form.get("request_key").to_owned();
    let other = finance.wallet_form(WANG, &HUNDRED).await.with("request_key", &key);
    assert_eq!(finance.send(&other).await.status, 409);
    assert_eq!(finance.send(&other.with("request_key", "")).await.status, 409);
    assert_eq!((app.purse(LI).await.0, app.purse(WANG).await.0), (60_000, 50_000));
}

async fn nothing_is_taken_that_is_not_there(app: TestApp) {
    let finance = app.staff(Role::Finance).await;
    let down = |account: &'static str, amount: &'static str| {
        [("account", account), ("direction", "down"), ("amount", amount), ("reason", "录入有误")]
    };
    let form = finance.wallet_form(WANG, &down("balance", "500.01")).await;
    finance.send(&form).await.says(422, "不能扣到 0 以下，现有 ¥500.00");
    let form = finance.wallet_form(WANG, &down("points", "20001")).await;
    finance.send(&form).await.says(422, "不能扣到 0 以下，现有 20,000 积分");
    let form = finance.wallet_form(WANG, &down("balance", "500")).await;
    finance.send(&form).await.goes_to();
    assert_eq!(app.purse(WANG).await, (0, 20_000));
    app.buyer(WANG).await.get("/me/wallet").await.says(200, "商家更正").says(200, "录入有误");
}

async fn who_counts_no_money_moves_none(app: TestApp) {
    let (finance, service) = (app.staff(Role::Finance).await, app.staff(Role::Service).await);
    let form = finance.wallet_form(WANG, &HUNDRED).await;
    let page = service.get(&form.action).await;
    assert!(page.status == 200 && !page.has_form(&form.action), "{page}");
    assert_eq!(service.send(&form).await.status, 403);
    assert_eq!(app.staff(Role::Warehouse).await.send(&form).await.status, 403);
    let elsewhere = app.staff_of(app.town.other_shop, Role::Finance).await;
    assert_eq!(elsewhere.send(&form).await.status, 404, "their members are not ours");
    assert_eq!(elsewhere.get(&form.action).await.status, 404);
    assert_eq!(app.buyer(WANG).await.send(&form).await.status, 401);
    assert_eq!(app.purse(WANG).await.0, 50_000);
}

async fn nonsense_is_told_field_by_field(app: TestApp) {
    let finance = app.staff(Role::Finance).await;
    let form = finance.wallet_form(WANG, &HUNDRED).await;
    for (name, value, words) in [
        ("amount", "0", "金额必须大于 0"),
        ("amount", "-5", "金额"),
        ("amount", "1.001", "小数"),
        ("amount", "100000.01", "一次最多 ¥100,000.00"),
        ("reason", "", "请填写原因"),
        ("direction", "sideways", "请选择增加还是扣减"),
        ("account", "wechat", "请选择余额或积分"),
    ] {
        finance.send(&form.clone().with(name, value)).await.says(422, words);
    }
    assert_eq!(app.count("select count(*) from money_events where request_key is not null").await, 0);
}

async fn members_are_found_by_phone_and_name(app: TestApp) {
    let owner = app.staff(Role::Owner).await;
    app.completed(&app.buyer(WANG).await, &[(app.town.goods.tea, 1)], "balance").await;
    app.buyer(LI).await.buys(&[(app.town.goods.tea, 1)], "balance").await;
    owner.get("/merchant/members").await.says(200, "王小满").says(200, "李青禾").says(200, "陈知行");
    for typed in [WANG, "%E7%8E%8B%E5%B0%8F%E6%BB%A1"] {
        let page = owner.get(&format!("/merchant/members?q={typed}")).await;
        assert!(page.words().contains("¥400.00") && !page.words().contains("李青禾"), "{page}");
    }
    owner.get("/merchant/members?q=13899999999").await.says(200, "没有找到会员");
    let done = "select completed_orders from members m join buyers b on b.id = m.buyer_id where b.phone = $1";
    assert_eq!((app.number(done, WANG).await, app.number(done, LI).await), (1, 0), "completed orders alone count (S10)");
    let masked = app.staff(Role::Finance).await.get("/merchant/members").await;
    assert!(masked.status == 200 && !masked.html.contains(WANG) && !masked.html.contains("王小满"), "{masked}");
    let member = app.number("select id from buyers where phone = $1", WANG).await;
    for account in ["balance", "points"] {
        let page = app.staff(Role::Finance).await.get(&format!("/merchant/members/{member}?account={account}")).await;
        assert!(page.says(200, "G2611-").status == 200 && !page.html.contains(WANG) && !page.html.contains("王小满"), "{page}");
    }
}
