//! What the shop makes, hands out and ends; what buyers may take and use.

use crate::support::{CHEN, Form, LI, Staff, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::time::DAY;

on_both_engines!(
    a_buyer_takes_a_coupon_and_pays_less,
    a_threshold_is_reached_by_the_goods_it_suits,
    before_and_after_its_days_it_counts_nothing,
    nobody_gets_more_than_anybody_may_have,
    the_shop_hands_out_to_one_and_to_all,
    what_was_ended_is_handed_out_no_more_and_still_counts,
    coupons_of_others_do_not_exist,
    a_form_sent_twice_makes_one,
    a_wrong_coupon_is_told_field_by_field,
);

async fn a_buyer_takes_a_coupon_and_pays_less(app: TestApp) {
    let (chen, owner) = (app.buyer(CHEN).await, app.staff(Role::Owner).await);
    let coupon = owner.makes_coupon(&[("name", "迎新立减")]).await;
    chen.get("/me/coupons").await.says(200, "迎新立减").says(200, "立减 ¥10").says(200, "没有可使用的优惠券");
    assert_eq!(chen.takes(coupon).await.goes_to(), "/me/coupons?taken=1");
    chen.get("/me/coupons?taken=1").await.says(200, "领取成功");

    let form = chen.checkout(&[(app.town.goods.cup, 1)]).await;
    assert_eq!(form.get("coupon"), chen.copy_of(coupon, CHEN).await, "the best that fits is chosen to begin with");
    let recount = form.clone().with("recount", "1").with("coupon", "none");
    chen.send(&recount).await.says(200, "¥40.00");
    chen.send(&recount.with("coupon", form.get("coupon"))).await.says(200, "¥30.00").says(200, "最优惠");
    let order = chen.send(&form).await.goes_to().split('/').nth(2).unwrap().to_owned();
    chen.get(&format!("/orders/{order}/pay")).await.says(200, "¥30.00");
    chen.pays(&order, "wechat").await;
    let detail = app.order(&order).await;
    assert_eq!((detail.order.paid.0, detail.order.totals.coupon.0), (3_000, 1_000));
    chen.get(&format!("/orders/{order}")).await.says(200, "迎新立减");
    owner.get(&format!("/merchant/orders/{order}")).await.says(200, "迎新立减");
    chen.get("/me/coupons?tab=used").await.says(200, "订单");
    owner.get(&format!("/merchant/coupons/{coupon}")).await.says(200, "1 / 10 张").says(200, "1 张");
}

async fn a_threshold_is_reached_by_the_goods_it_suits(app: TestApp) {
    let (chen, owner, goods) = (app.buyer(CHEN).await, app.staff(Role::Owner).await, app.town.goods);
    let product = goods.cup.product.0.to_string();
    let only_cups = [("kind", "threshold"), ("threshold", "60"), ("scope", "chosen"), ("product", product.as_str())];
    let coupon = owner.makes_coupon(&only_cups).await;
    chen.get(&format!("/products/{}", goods.cup.product.0)).await.says(200, "满 ¥60 减 ¥10");
    let elsewhere = chen.get(&format!("/products/{}", goods.tea.product.0)).await;
    assert!(!elsewhere.words().contains("减 ¥10"), "{elsewhere}");
    chen.takes(coupon).await.goes_to();
    let copy = chen.copy_of(coupon, CHEN).await;

    let form = chen.checkout(&[(goods.cup, 1), (goods.tea, 1)]).await;
    assert!(!form.names().contains(&"coupon"), "it is not offered");
    chen.send(&form.with("coupon", &copy)).await.says(422, "适用商品再买 ¥30.00 可用");
    let order = chen.orders_with(&[(goods.cup, 1)], &[("coupon", &copy)]).await;
    let lines = app.order(&order).await.order.lines;
    for line in &lines {
        let off = if line.product_id == goods.cup.product { 1_000 } else { 0 };
        assert_eq!((line.coupon.0, line.payable().0), (off, line.goods.0 + line.freight.0 - off), "{line:?}");
    }
    chen.cancels(&order).await.goes_to();
    let other = chen.checkout(&[(goods.tea, 2)]).await.with("coupon", &copy);
    chen.send(&other).await.says(422, "优惠券不适用于这些商品");
}

async fn before_and_after_its_days_it_counts_nothing(app: TestApp) {
    let (chen, owner) = (app.buyer(CHEN).await, app.staff(Role::Owner).await);
    let coupon = owner.makes_coupon(&[("from", "2026-11-24"), ("until", "2026-11-25")]).await;
    let give = owner.form(&format!("/merchant/coupons/{coupon}"), &format!("/merchant/coupons/{coupon}/give")).await.with("phone", CHEN);
    owner.send(&give).await.goes_to();
    let copy = chen.copy_of(coupon, CHEN).await;
    let form = chen.checkout(&[(app.town.goods.tea, 1)]).await.with("coupon", &copy);
    chen.send(&form).await.says(422, "优惠券还没到使用时间");
    app.wait(2 * DAY).await;
    let first = chen.send(&form).await.goes_to().split('/').nth(2).unwrap().to_owned();
    chen.cancels(&first).await.goes_to();
    // 2026-11-26 00:00 in the shop's zone is twelve hours after noon of the 25th.
    app.clock.advance(36 * 3_600_000 - 1);
    let form = chen.checkout(&[(app.town.goods.tea, 1)]).await;
    assert_eq!(form.get("coupon"), copy, "its last millisecond");
    app.clock.advance(1);
    chen.send(&form).await.says(422, "优惠券已过期");
    chen.get("/me/coupons?tab=expired").await.says(200, "已过期");
    assert_eq!(chen.send(&form.with("coupon", "none")).await.status, 303);
    owner.send(&give.with("phone", LI)).await.says(422, "优惠券已发完或已结束");
    assert_eq!(app.count("select handed_out from coupons").await, 1);
}

async fn nobody_gets_more_than_anybody_may_have(app: TestApp) {
    let (chen, owner) = (app.buyer(CHEN).await, app.staff(Role::Owner).await);
    let coupon = owner.makes_coupon(&[("copies", "3"), ("copies_per_buyer", "2")]).await;
    let page = chen.form("/me/coupons", &format!("/coupons/{coupon}/take")).await;
    for ended in ["1", "1", "had"] {
        assert_eq!(chen.send(&page).await.goes_to(), format!("/me/coupons?taken={ended}"));
    }
    owner.gives_coupon(coupon, CHEN).await.says(422, "该会员已领满 2 张");
    app.buyer(LI).await.takes(coupon).await.goes_to();
    assert_eq!(app.buyer(WANG).await.send(&page).await.goes_to(), "/me/coupons?taken=none");
    owner.get("/merchant/coupons").await.says(200, "已发完").says(200, "3 / 3");
}

async fn the_shop_hands_out_to_one_and_to_all(app: TestApp) {
    let owner = app.staff(Role::Owner).await;
    let coupon = owner.makes_coupon(&[]).await;
    owner.gives_coupon(coupon, CHEN).await.goes_to();
    owner.gives_coupon(coupon, "13899999999").await.says(422, "没有这个手机号的会员");
    owner.gives_coupon(coupon, "").await.says(422, "手机号");
    let (page, all) = (format!("/merchant/coupons/{coupon}"), format!("/merchant/coupons/{coupon}/give-all"));
    // Without scripts the button opens the dialog on a page of its own, and nothing has happened yet.
    for (what, words) in [("give-all", "发出后不能收回"), ("end", "结束后不能恢复")] {
        let asked = owner.get(&format!("{page}?dialog={what}")).await;
        asked.says(200, words);
        let open: Vec<&str> =
            asked.html.split("<dialog").skip(1).filter(|rest| rest.split('>').next().unwrap().contains(" open")).collect();
        assert!(open.len() == 1 && open[0].contains(words), "{what}: {asked}");
    }
    assert_eq!(app.count("select count(*) from coupon_events where cause = 'given'").await, 1);
    let next = owner.submit(&page, &all, &[]).await.goes_to().to_owned();
    owner.get(&next).await.says(200, "已发放 2 张").says(200, "3 / 10 张");
    assert_eq!(owner.submit(&page, &all, &[]).await.goes_to(), format!("{page}?given=0"));
    assert_eq!(app.count("select count(*) from coupon_events where cause = 'given'").await, 3);
}

async fn what_was_ended_is_handed_out_no_more_and_still_counts(app: TestApp) {
    let (chen, owner) = (app.buyer(CHEN).await, app.staff(Role::Owner).await);
    let coupon = owner.makes_coupon(&[]).await;
    let take = app.buyer(LI).await.form("/me/coupons", &format!("/coupons/{coupon}/take")).await;
    chen.takes(coupon).await.goes_to();
    let (page, end) = (format!("/merchant/coupons/{coupon}"), format!("/merchant/coupons/{coupon}/end"));
    let form = owner.form(&page, &end).await;
    for _ in 0..2 {
        owner.send(&form).await.goes_to();
    }
    owner.get(&page).await.says(200, "已结束");
    assert_eq!(app.buyer(LI).await.send(&take).await.goes_to(), "/me/coupons?taken=none");
    let order = chen.orders(&[(app.town.goods.tea, 1)]).await;
    assert_eq!(app.order(&order).await.order.totals.coupon.0, 1_000);
}

async fn coupons_of_others_do_not_exist(app: TestApp) {
    let (chen, li, owner) = (app.buyer(CHEN).await, app.buyer(LI).await, app.staff(Role::Owner).await);
    let coupon = owner.makes_coupon(&[("copies_per_buyer", "2")]).await;
    let given = guitu::routes::buyer::take_coupon(kept_back(&owner).await);
    let take = chen.form("/me/coupons", &format!("/coupons/{coupon}/take")).await;
    assert_eq!(chen.send(&Form { action: given, ..take }).await.status, 404, "the shop alone hands it out");
    li.takes(coupon).await.goes_to();
    let copy = li.copy_of(coupon, LI).await;
    let form = chen.checkout(&[(app.town.goods.tea, 1)]).await;
    chen.send(&form.clone().with("coupon", &copy)).await.says(422, "优惠券已被使用或不存在");
    chen.send(&form.clone().with("coupon", "12")).await.says(422, "优惠券已被使用或不存在");
    chen.send(&form.with("coupon", "x")).await.says(422, "请选择列出的优惠券");
    let other_shop = app.staff_of(app.town.other_shop, Role::Owner).await;
    assert_eq!(other_shop.get(&format!("/merchant/coupons/{coupon}")).await.status, 404);
    let foreign = app.town.goods.tea.product.0.to_string();
    let form = other_shop.coupon_form(&[("scope", "chosen"), ("product", foreign.as_str())]).await;
    other_shop.send(&form).await.says(422, "请选择列出的商品");
}

/// A coupon that buyers cannot take themselves.
async fn kept_back(owner: &Staff) -> i64 {
    let mut form = owner.coupon_form(&[]).await;
    form.fields.retain(|(name, _)| name != "open");
    owner.send(&form).await.goes_to();
    owner.app.count("select max(id) from coupons").await
}

async fn a_form_sent_twice_makes_one(app: TestApp) {
    let owner = app.staff(Role::Owner).await;
    let form = owner.coupon_form(&[]).await;
    let sent: Vec<_> = (0..8)
        .map(|_| {
            let (owner, form) = (owner.clone(), form.clone());
            tokio::spawn(async move { owner.send(&form).await })
        })
        .collect();
    for answer in sent {
        answer.await.unwrap().goes_to();
    }
    assert_eq!(app.count("select count(*) from coupons").await, 1);
}

async fn a_wrong_coupon_is_told_field_by_field(app: TestApp) {
    let owner = app.staff(Role::Owner).await;
    let form = owner.coupon_form(&[]).await;
    for (name, value, words) in [
        ("name", "", "请填写优惠券名称"),
        ("amount", "0", "优惠金额必须大于 0"),
        ("amount", "NaN", "金额"),
        ("until", "2026-11-21", "结束日期"),
        ("until", "2026-13-01", "请填写结束日期"),
        ("copies", "0", "请填写 1 到 1000000 之间的整数"),
        ("copies_per_buyer", "101", "请填写 1 到 100 之间的整数"),
        ("kind", "gift", "请选择优惠方式"),
        ("scope", "chosen", "请至少选择一件商品"),
    ] {
        owner.send(&form.clone().with(name, value)).await.says(422, words);
    }
    let past = form.with("from", "2026-11-01").with("until", "2026-11-21");
    owner.send(&past).await.says(422, "结束日期已经过去");
    assert_eq!(app.count("select count(*) from coupons").await, 0);
}
