//! Limits hold whoever asks at once, on however many processes.

use crate::support::{CHEN, Form, LI, Page, TestApp, WANG, goes_on, on_both_engines, warm_up};
use guitu::domain::time::SECOND;
use guitu::domain::{BuyerId, CouponId, Role};
use guitu::server::ctx::{Buyer, Ctx};
use guitu::server::jobs;
use guitu::server::money::coupons::{self, Handed};
use guitu::server::store::people;

on_both_engines!(
    sixty_four_who_want_ten_get_ten,
    one_buyer_who_clicks_sixty_four_times_gets_one,
    two_orders_at_once_use_it_once,
    closing_in_every_way_at_once_returns_it_once,
    handing_out_to_all_twice_at_once_gives_each_one,
);

async fn at_once(app: &TestApp, clicks: Vec<(crate::support::Browser, Form)>) -> Vec<Page> {
    warm_up(&app.server).await;
    let sent: Vec<_> = clicks.into_iter().map(|(browser, form)| tokio::spawn(async move { browser.send(&form).await })).collect();
    let mut answers = Vec::new();
    for answer in sent {
        answers.push(answer.await.unwrap());
    }
    answers
}

/// Sixty-four buyers on two processes.
async fn sixty_four_who_want_ten_get_ten(app: TestApp) {
    let coupon = CouponId(app.staff(Role::Owner).await.makes_coupon(&[]).await);
    let other = app.another_process().await;
    for server in [&app.server, &other] {
        warm_up(server).await;
    }
    let mut wanting = Vec::new();
    for (index, server) in (0..64).zip([&app.server, &other].into_iter().cycle()) {
        let id = BuyerId(server.new_id());
        let (phone, name) = (format!("139000001{index:02}"), format!("买家 {index}"));
        let new = people::NewBuyer { id, phone, name, password_hash: "none".to_owned(), at: server.now() };
        let mut tx = server.db.write().await.unwrap();
        people::insert_buyer(tx.conn(), &new).await.unwrap();
        tx.commit().await.unwrap();
        let actor = guitu::domain::Actor::Buyer { id, name: new.name.clone() };
        let ctx = Ctx { app: server.clone(), actor, now: server.now() };
        wanting.push(Buyer { ctx, id, name: new.name, phone: new.phone, in_cart: 0 });
    }
    let asked: Vec<_> =
        wanting.into_iter().map(|buyer| tokio::spawn(async move { goes_on(|| coupons::take(&buyer, coupon)).await })).collect();
    let mut got = 0;
    for answer in asked {
        match answer.await.unwrap() {
            Handed::Over => got += 1,
            Handed::NoneLeft => {}
            Handed::HadAll => panic!("nobody had one"),
        }
    }
    assert_eq!((got, app.count("select handed_out from coupons").await), (10, 10));
    assert_eq!(app.count("select count(*) from buyer_coupons").await, 10);
    other.db.close().await;
}

async fn one_buyer_who_clicks_sixty_four_times_gets_one(app: TestApp) {
    let coupon = app.staff(Role::Owner).await.makes_coupon(&[("copies", "100")]).await;
    let chen = app.buyer(CHEN).await;
    let form = chen.form("/me/coupons", &format!("/coupons/{coupon}/take")).await;
    let answers = at_once(&app, (0..64).map(|_| (chen.browser(), form.clone())).collect()).await;
    assert_eq!(answers.iter().filter(|answer| answer.goes_to().ends_with("taken=1")).count(), 1);
    assert_eq!(app.count("select count(*) from buyer_coupons").await, 1);
}

/// B1: one buyer on two devices.
async fn two_orders_at_once_use_it_once(app: TestApp) {
    let coupon = app.staff(Role::Owner).await.makes_coupon(&[]).await;
    let (phone, desktop) = (app.buyer(LI).await, app.buyer(LI).await);
    phone.takes(coupon).await.goes_to();
    let copy = phone.copy_of(coupon, LI).await;
    let now = |ware: crate::support::Ware| format!("/checkout?sku={}&quantity=1", ware.sku.0);
    let one = phone.form(&now(app.town.goods.tea), "/checkout").await;
    let other = desktop.form(&now(app.town.goods.cup), "/checkout").await;
    assert_eq!((one.get("coupon"), other.get("coupon")), (copy.as_str(), copy.as_str()));
    let answers = at_once(&app, vec![(phone.browser(), one), (desktop.browser(), other)]).await;
    let loser = if answers[0].status == 303 { &answers[1] } else { &answers[0] };
    loser.says(422, "优惠券已被使用");
    assert_eq!(app.count("select count(*) from orders").await, 1);
    assert_eq!(
        (app.count("select used from coupons").await, app.count("select cast(sum(coupon_minor) as bigint) from orders").await),
        (1, 1_000)
    );
}

async fn closing_in_every_way_at_once_returns_it_once(app: TestApp) {
    let coupon = app.staff(Role::Owner).await.makes_coupon(&[]).await;
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    wang.takes(coupon).await.goes_to();
    let order = wang.orders_with(&[(app.town.goods.tea, 1)], &[("points", "500")]).await;
    let cancel = wang.form(&format!("/orders/{order}"), &format!("/orders/{order}/cancel")).await;
    let close = service.order_form(&order, "close").await;
    let clicks = (0..16).map(|index| if index % 2 == 0 { (wang.browser(), cancel.clone()) } else { (service.browser(), close.clone()) });
    app.clock.advance(31 * 60_000);
    let other = app.another_process().await;
    let (answers, ..) =
        tokio::join!(at_once(&app, clicks.collect()), goes_on(|| jobs::run_due(&app.server)), goes_on(|| jobs::run_due(&other)));
    // A form that met the other process is kept for later, and a clock that did is put off by a second.
    assert!(answers.iter().all(|answer| answer.status.as_u16() < 500 || answer.status == 503));
    app.wait(SECOND).await;
    assert_eq!(app.count("select count(*) from coupon_events where cause = 'returned'").await, 1);
    assert_eq!((app.count("select used from coupons").await, app.purse(WANG).await), (0, (50_000, 20_000)));
    other.db.close().await;
}

async fn handing_out_to_all_twice_at_once_gives_each_one(app: TestApp) {
    let owner = app.staff(Role::Owner).await;
    let coupon = owner.makes_coupon(&[]).await;
    let chen = app.buyer(CHEN).await;
    let take = chen.form("/me/coupons", &format!("/coupons/{coupon}/take")).await;
    let all = owner.form(&format!("/merchant/coupons/{coupon}"), &format!("/merchant/coupons/{coupon}/give-all")).await;
    let clicks = (0..12).map(|index| if index % 3 == 0 { (chen.browser(), take.clone()) } else { (owner.browser(), all.clone()) });
    for answer in at_once(&app, clicks.collect()).await {
        answer.goes_to();
    }
    assert_eq!((app.count("select count(*) from buyer_coupons").await, app.count("select handed_out from coupons").await), (3, 3));
}
