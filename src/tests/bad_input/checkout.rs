use crate::support::{LI, TestApp, WANG, on_both_engines};

on_both_engines!(
    what_sold_out_meanwhile_is_told_and_nothing_is_taken,
    a_price_that_changed_meanwhile_is_told_and_not_charged,
    goods_off_the_shelf_are_not_sold,
    more_points_or_balance_than_there_are_or_are_due_is_refused,
    an_address_of_somebody_else_is_none,
    a_quantity_that_cannot_be_is_refused,
);

async fn what_sold_out_meanwhile_is_told_and_nothing_is_taken(app: TestApp) {
    let (wang, li) = (app.buyer(WANG).await, app.buyer(LI).await);
    let last = app.town.goods.last;
    let form = wang.checkout(&[(last, 1), (app.town.goods.tea, 1)]).await.with("remark", "请放门卫").with("points", "100");
    li.orders(&[(last, 1)]).await;
    let page = wang.send(&form).await;
    page.says(422, "已售罄，请移出后再提交");
    assert_eq!(page.form("/checkout").get("remark"), "请放门卫");
    assert_eq!((app.shelf(app.town.goods.tea).await, app.purse(WANG).await.1), ((10, 0, 0), 20_000));
}

async fn a_price_that_changed_meanwhile_is_told_and_not_charged(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let form = wang.checkout(&[(app.town.goods.tea, 1)]).await;
    let raise = "update skus set price_minor = 12000 where id = $1";
    sqlx::query(raise).bind(app.town.goods.tea.sku.0).execute(app.server.db.single()).await.unwrap();
    let page = wang.send(&form).await;
    page.says(422, "价格已变动，现在应付 ¥120.00");
    assert_eq!(app.count("select count(*) from orders").await, 0);
    wang.send(&page.form("/checkout")).await.goes_to();
}

async fn goods_off_the_shelf_are_not_sold(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let form = wang.checkout(&[(app.town.goods.tea, 1)]).await;
    let take_off = "update products set listed_at = null where id = $1";
    sqlx::query(take_off).bind(app.town.goods.tea.product.0).execute(app.server.db.single()).await.unwrap();
    wang.send(&form).await.says(422, "已下架");
    assert_eq!(wang.get(&format!("/products/{}", app.town.goods.tea.product.0)).await.status, 404);
}

async fn more_points_or_balance_than_there_are_or_are_due_is_refused(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let form = wang.checkout(&[(app.town.goods.pot, 1)]).await;
    let refused = [
        (("points", "20001"), "积分不足"),
        (("balance", "500.01"), "余额不足"),
        (("points", "60001"), "合计最多抵扣"),
        (("points", "-1"), "积分请填写整数"),
        (("points", "1.5"), "积分请填写整数"),
    ];
    for (typed, words) in refused {
        wang.send(&form.clone().with(typed.0, typed.1)).await.says(422, words);
    }
    for balance in ["-1", "1.005", "x"] {
        assert_eq!(wang.send(&form.clone().with("balance", balance)).await.status, 422, "{balance}");
    }
    assert_eq!((app.count("select count(*) from orders").await, app.purse(WANG).await), (0, (50_000, 20_000)));
}

async fn an_address_of_somebody_else_is_none(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let foreign = app.number("select a.id from buyer_addresses a join buyers b on b.id = a.buyer_id where b.phone = $1", LI).await;
    let form = wang.checkout(&[(app.town.goods.tea, 1)]).await;
    wang.send(&form.clone().with("address", foreign)).await.says(422, "请选择收货地址");
    wang.send(&form.with("address", "")).await.says(422, "请选择收货地址");
    assert_eq!(app.count("select count(*) from orders").await, 0);
}

async fn a_quantity_that_cannot_be_is_refused(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let tea = app.town.goods.tea;
    let product = format!("/products/{}", tea.product.0);
    let form = wang.form(&product, &product).await.with("sku", tea.sku.0).with("action", "cart");
    for quantity in ["0", "-1", "11", "1000", "x", ""] {
        let page = wang.send(&form.clone().with("quantity", quantity)).await;
        assert_eq!(page.status, 422, "{quantity}: {page}");
    }
    wang.send(&form.clone().with("quantity", 1).with("sku", "")).await.says(422, "请选择规格");
    assert_eq!(app.count("select count(*) from cart_items").await, 0);
    let too_many = format!("/checkout?sku={}&quantity=11", tea.sku.0);
    let order = wang.form(&too_many, "/checkout").await;
    wang.send(&order).await.says(422, "库存只剩 10 件");
}
