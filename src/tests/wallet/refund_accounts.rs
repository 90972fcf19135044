//! S48, A6: where cash goes back to is given by the buyer, kept sealed, and read by finance alone, each look on record.

use crate::support::{Buyer, CHEN, Form, LI, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;

on_both_engines!(
    it_is_nowhere_to_be_read_but_by_finance_after_a_click,
    nobody_else_reads_it,
    another_takes_the_place_of_the_first,
    it_is_asked_for_only_where_cash_was_collected,
    a_wrong_one_is_told_field_by_field,
);

/// What must not be found anywhere.
const PLANTED: [&str; 3] = ["6222998877665544", "钱塘江", "归途示例银行"];

/// A case about cash that was collected, and the form for its account.
async fn about_cash(app: &TestApp, buyer: &Buyer) -> (String, Form) {
    let order = app.completed(buyer, &[(app.town.goods.tea, 1)], "cod").await;
    let case = buyer.applies(&order, "refund_only", "quality", &[1]).await;
    let path = format!("/after-sales/{case}/refund-account");
    let form = buyer.form(&path, &path).await.with("kind", "bank");
    (case, form.with("number", PLANTED[0]).with("holder", PLANTED[1]).with("bank", PLANTED[2]))
}

fn shows_it(html: &str) -> bool {
    PLANTED.iter().any(|planted| html.contains(planted))
}

async fn it_is_nowhere_to_be_read_but_by_finance_after_a_click(app: TestApp) {
    let (chen, finance) = (app.buyer(CHEN).await, app.staff(Role::Finance).await);
    let (case, form) = about_cash(&app, &chen).await;
    chen.get(&format!("/after-sales/{case}")).await.says(200, "请填写退款账户");
    chen.send(&form).await.goes_to();
    assert_eq!(app.finds(&PLANTED).await, Vec::<String>::new());

    let page = chen.get(&format!("/after-sales/{case}")).await;
    assert!(page.says(200, "已填写").status == 200 && !shows_it(&page.html), "{page}");
    let shop_page = format!("/merchant/after-sales/{case}");
    let click = finance.case_form(&case, "refund-account").await;
    assert!(!shows_it(&finance.get(&shop_page).await.html), "not before the click");
    for looks in 1..=2 {
        let seen = finance.send(&click).await;
        for planted in PLANTED {
            seen.says(200, planted);
        }
        let audited = app.number("select count(*) from audits where what = 'refund_account_seen' and subject = $1", &case).await;
        assert_eq!(audited, looks);
    }
    finance.decides(&case, "refund_manually").await.goes_to();
    assert_eq!(app.state(&case).await, StateKind::Succeeded);
    assert_eq!(app.finds(&PLANTED).await, Vec::<String>::new());
}

async fn nobody_else_reads_it(app: TestApp) {
    let chen = app.buyer(CHEN).await;
    let (case, form) = about_cash(&app, &chen).await;
    chen.send(&form).await.goes_to();
    let click = app.staff(Role::Finance).await.case_form(&case, "refund-account").await;
    for role in [Role::Owner, Role::Service, Role::Warehouse] {
        let staff = app.staff(role).await;
        let page = staff.get(&format!("/merchant/after-sales/{case}")).await;
        assert!(page.status == 200 && !page.has_form(&click.action) && !shows_it(&page.html), "{page}");
        let refused = staff.send(&click).await;
        assert!(refused.status == 403 && !shows_it(&refused.html), "{refused}");
        assert!(!shows_it(&staff.get("/merchant/messages").await.html));
    }
    assert_eq!(app.staff_of(app.town.other_shop, Role::Finance).await.send(&click).await.status, 404);
    assert_eq!(app.buyer(LI).await.get(&form.action).await.status, 404);
    assert_eq!(app.buyer(LI).await.send(&form).await.status, 404);
    assert_eq!(app.count("select count(*) from audits where what = 'refund_account_seen'").await, 0);
    let opened = app.staff(Role::Finance).await.get(&click.action).await;
    assert_eq!(opened.goes_to(), format!("/merchant/after-sales/{case}"), "looking is never a GET");
    assert_eq!(app.count("select count(*) from audits where what = 'refund_account_seen'").await, 0);
}

async fn another_takes_the_place_of_the_first(app: TestApp) {
    let (chen, finance) = (app.buyer(CHEN).await, app.staff(Role::Finance).await);
    let (case, form) = about_cash(&app, &chen).await;
    for _ in 0..2 {
        chen.send(&form).await.goes_to();
    }
    assert_eq!(app.count("select count(*) from messages where kind = 'refund_account_given'").await, 1, "sent twice, told once");
    let other =
        chen.form(&form.action, &form.action).await.with("kind", "alipay").with("holder", "陈知行").with("number", "chen@example.com");
    assert!(!shows_it(&format!("{other:?}")), "what was typed before is not on the page again");
    chen.send(&other).await.goes_to();
    let seen = finance.send(&finance.case_form(&case, "refund-account").await).await;
    assert!(seen.says(200, "chen@example.com").status == 200 && !shows_it(&seen.html), "{seen}");

    chen.withdraws(&case).await.goes_to();
    let late = chen.send(&other.with("request_key", "late")).await;
    assert_eq!(late.status, 409, "{late}");
}

async fn it_is_asked_for_only_where_cash_was_collected(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let paid = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    let uncollected = wang.buys(&[(app.town.goods.tea, 1)], "cod").await;
    for (order, reason) in [(paid, "quality"), (uncollected, "unwanted")] {
        let case = wang.applies(&order, "refund_only", reason, &[1]).await;
        let path = format!("/after-sales/{case}/refund-account");
        assert_eq!(wang.get(&path).await.goes_to(), format!("/after-sales/{case}"));
        let form = Form::to(&path).with("kind", "alipay").with("holder", "王小满").with("number", WANG).with("request_key", "k");
        assert_eq!(wang.send(&form).await.status, 409);
    }
    assert_eq!(app.count("select count(*) from refund_accounts").await, 0);
}

async fn a_wrong_one_is_told_field_by_field(app: TestApp) {
    let chen = app.buyer(CHEN).await;
    let (_, form) = about_cash(&app, &chen).await;
    for (name, value, words) in [
        ("kind", "", "请选择收款方式"),
        ("holder", "", "请填写收款人姓名"),
        ("number", "1234", "银行卡号"),
        ("number", "<script>alert(1)</script>", "银行卡号"),
        ("bank", "", "请填写开户银行"),
    ] {
        chen.send(&form.clone().with(name, value)).await.says(422, words);
    }
    assert_eq!(app.count("select count(*) from refund_accounts").await, 0);
}
