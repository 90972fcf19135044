use crate::support::{LI, TestApp, WANG, on_both_engines};
use guitu::domain::Role;

on_both_engines!(
    the_last_unit_goes_to_one_of_two_buyers,
    two_carts_with_the_same_goods_in_another_order_are_both_taken,
    a_refund_and_a_new_order_of_the_same_goods_do_not_stand_in_each_others_way,
);

async fn the_last_unit_goes_to_one_of_two_buyers(app: TestApp) {
    let (wang, li) = (app.buyer(WANG).await, app.buyer(LI).await);
    let last = app.town.goods.last;
    let (one, other) = (wang.checkout(&[(last, 1)]).await, li.checkout(&[(last, 1)]).await);
    let (one, other) = tokio::join!(wang.send(&one), li.send(&other));
    let loser = if one.status == 303 { &other } else { &one };
    loser.says(422, "售罄");
    assert_eq!((app.count("select count(*) from orders").await, app.shelf(last).await), (1, (0, 1, 0)));
}

async fn two_carts_with_the_same_goods_in_another_order_are_both_taken(app: TestApp) {
    let (wang, li) = (app.buyer(WANG).await, app.buyer(LI).await);
    let goods = app.town.goods;
    for _ in 0..5 {
        let one = wang.checkout(&[(goods.tea, 1), (goods.cup, 1)]).await;
        let other = li.checkout(&[(goods.cup, 1), (goods.tea, 1)]).await;
        let (one, other) = tokio::join!(wang.send(&one), li.send(&other));
        one.goes_to();
        other.goes_to();
    }
    assert_eq!((app.shelf(goods.tea).await, app.shelf(goods.cup).await), ((0, 10, 0), (0, 10, 0)));
}

async fn a_refund_and_a_new_order_of_the_same_goods_do_not_stand_in_each_others_way(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let tea = app.town.goods.tea;
    for _ in 0..5 {
        let order = wang.buys(&[(tea, 1)], "points").await;
        let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
        let agree = service.decision(&case, "agree_refund").await;
        let again = wang.checkout(&[(tea, 1)]).await.with("points", "100");
        let (agreed, ordered) = tokio::join!(service.send(&agree), wang.send(&again));
        agreed.goes_to();
        let next = ordered.goes_to().split('/').nth(2).unwrap().to_owned();
        wang.cancels(&next).await.goes_to();
    }
    assert_eq!((app.shelf(tea).await, app.purse(WANG).await), ((10, 0, 0), (50_000, 20_000)));
}
