use crate::support::{Buyer, CHEN, TestApp, WANG, on_both_engines};
use guitu::domain::after_sale::StateKind;
use guitu::domain::order::{CloseReason, OrderState, OrderStatus};
use guitu::domain::{RefundStatus, Role};

on_both_engines!(
    a_full_refund_before_shipping_closes_the_order_and_gives_the_freight_back,
    a_line_refunded_before_shipping_leaves_the_rest_to_be_shipped,
    freight_of_a_cancelled_line_goes_back_only_if_the_shop_ticks_it,
    the_last_line_refunded_before_shipping_takes_all_freight_along,
    freight_stays_when_the_case_beside_the_last_is_taken_back,
    of_two_open_cases_the_one_that_is_agreed_last_takes_all_freight,
    money_goes_back_to_each_tender_it_came_from,
    goods_lost_on_the_way_are_refunded_and_not_restocked,
    a_completed_order_stays_completed_and_reviewed_when_it_is_refunded,
    part_of_the_price_goes_back_and_the_rest_can_be_asked_for_later,
    the_shop_refunds_by_hand_with_a_voucher,
    cash_that_was_collected_goes_back_by_hand,
    cash_that_was_never_collected_needs_no_refund,
    an_application_is_withdrawn_and_made_again,
);

async fn a_full_refund_before_shipping_closes_the_order_and_gives_the_freight_back(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let cup = app.town.goods.cup;
    let order = wang.buys(&[(cup, 2)], "wechat").await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[2]).await;
    service.decides(&case, "agree_refund").await.goes_to();
    app.money_goes_back(&case).await;

    let detail = app.order(&order).await;
    assert!(matches!(detail.order.state, OrderState::Closed { why: CloseReason::RefundedBeforeShip, .. }));
    assert_eq!((detail.order.refunded.0, app.shelf(cup).await), (7_000, (10, 0, 0)));
    assert_eq!(app.bank.paid_back(&detail.payments[0].number).await, 7_000);
}

async fn a_line_refunded_before_shipping_leaves_the_rest_to_be_shipped(app: TestApp) {
    let (wang, service, warehouse) = (app.buyer(WANG).await, app.staff(Role::Service).await, app.staff(Role::Warehouse).await);
    let goods = app.town.goods;
    let order = wang.buys(&[(goods.cup, 1), (goods.last, 1)], "balance").await;
    let case = wang.applies(&order, "refund_only", "ordered_twice", &[0, 1]).await;
    service.decides(&case, "agree_refund").await.goes_to();

    assert_eq!((app.state(&case).await, app.shelf(goods.last).await), (StateKind::Succeeded, (1, 0, 0)));
    let detail = app.order(&order).await.order;
    assert_eq!((detail.refunded.0, detail.status()), (5_000, OrderStatus::AwaitingShipment), "the freight stays");
    warehouse.ships(&order, "SF1234567890123").await.goes_to();
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingReceipt);
}

/// M5, once only: what was ticked is not in the freight that returns with the last line.
async fn freight_of_a_cancelled_line_goes_back_only_if_the_shop_ticks_it(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = wang.buys(&[(app.town.goods.cup, 1), (app.town.goods.last, 1)], "wechat").await;
    let share = app.order(&order).await.order.lines[1].freight.0;
    assert!((1..1_000).contains(&share), "each line carries a part of the freight");
    let case = wang.applies(&order, "refund_only", "unwanted", &[0, 1]).await;
    let ticked = service.decision(&case, "agree_refund").await.with("refund_freight", "1");
    service.send(&ticked).await.goes_to();
    app.money_goes_back(&case).await;
    assert_eq!(app.order(&order).await.order.refunded.0, 5_000 + share);
    wang.get(&format!("/after-sales/{case}")).await.says(200, "含运费");

    let last = wang.applies(&order, "refund_only", "unwanted", &[1, 0]).await;
    service.decides(&last, "agree_refund").await.goes_to();
    app.money_goes_back(&last).await;
    let detail = app.order(&order).await;
    assert_eq!((detail.order.refunded.0, detail.order.status()), (9_000, OrderStatus::Closed));
    assert_eq!(app.bank.paid_back(&detail.payments[0].number).await, 9_000);
}

/// An order of two lines and ¥10.00 freight, each line in a case of its own.
async fn two_cases(app: &TestApp, wang: &Buyer) -> (String, [String; 2]) {
    let order = wang.buys(&[(app.town.goods.cup, 1), (app.town.goods.last, 1)], "wechat").await;
    let first = wang.applies(&order, "refund_only", "unwanted", &[1, 0]).await;
    let second = wang.applies(&order, "refund_only", "unwanted", &[0, 1]).await;
    (order, [first, second])
}

async fn freight_stays_when_the_case_beside_the_last_is_taken_back(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let (order, [first, second]) = two_cases(&app, &wang).await;
    let (of_buyer, of_shop) = (format!("/after-sales/{second}"), format!("/merchant/after-sales/{second}"));
    let later = "¥10.00 将在订单其余商品也都退款后，随最后一笔退回";
    for page in [wang.get(&of_buyer).await, owner.get(&of_shop).await] {
        page.says(200, later).says(200, "¥50.00");
    }
    wang.withdraws(&first).await.goes_to();
    for page in [wang.get(&of_buyer).await, owner.get(&of_shop).await] {
        assert!(!page.words().contains(later), "{page}");
    }
    owner.decides(&second, "agree_refund").await.goes_to();
    app.money_goes_back(&second).await;
    owner.ships(&order, "SF1234567890123").await.goes_to();
    let detail = app.order(&order).await;
    assert_eq!((detail.order.refunded.0, detail.order.status()), (5_000, OrderStatus::AwaitingReceipt));
    assert_eq!(app.bank.paid_back(&detail.payments[0].number).await, 5_000);
}

async fn of_two_open_cases_the_one_that_is_agreed_last_takes_all_freight(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    for last in [0, 1] {
        let (order, cases) = two_cases(&app, &wang).await;
        owner.decides(&cases[1 - last], "agree_refund").await.goes_to();
        owner.get(&format!("/merchant/after-sales/{}?dialog=decide", cases[last])).await.says(200, "含运费 ¥10.00");
        wang.get(&format!("/after-sales/{}", cases[last])).await.says(200, "其中运费");
        owner.decides(&cases[last], "agree_refund").await.goes_to();
        // WeChat Pay takes the two refunds of one payment one after the other, in the order they were agreed.
        for case in [&cases[1 - last], &cases[last]] {
            app.money_goes_back(case).await;
        }
        let detail = app.order(&order).await.order;
        assert_eq!((detail.refunded.0, detail.status()), (9_000, OrderStatus::Closed));
    }
}

async fn the_last_line_refunded_before_shipping_takes_all_freight_along(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = wang.buys(&[(app.town.goods.cup, 1), (app.town.goods.last, 1)], "points").await;
    for units in [[1, 0], [0, 1]] {
        let case = wang.applies(&order, "refund_only", "unwanted", &units).await;
        service.decides(&case, "agree_refund").await.goes_to();
    }
    let detail = app.order(&order).await.order;
    assert_eq!((detail.refunded.0, detail.status()), (9_000, OrderStatus::Closed));
    assert_eq!(app.purse(WANG).await, (50_000, 20_000));
}

async fn money_goes_back_to_each_tender_it_came_from(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = wang.orders_with(&[(app.town.goods.tea, 1), (app.town.goods.cup, 1)], &[("points", "333"), ("balance", "33.34")]).await;
    wang.pays(&order, "wechat").await;
    for units in [[0, 1], [1, 0]] {
        let case = wang.applies(&order, "refund_only", "unwanted", &units).await;
        service.decides(&case, "agree_refund").await.goes_to();
        app.money_goes_back(&case).await;
        assert_eq!(app.case(&case).await.refunds.len(), 3);
    }
    assert_eq!(app.purse(WANG).await, (50_000, 20_000));
    let wechat = app.order(&order).await.payments.into_iter().find(|payment| payment.tender.is_online()).unwrap();
    assert_eq!((wechat.refunded.0, app.bank.paid_back(&wechat.number).await), (9_333, 9_333));
}

async fn goods_lost_on_the_way_are_refunded_and_not_restocked(app: TestApp) {
    let (wang, finance) = (app.buyer(WANG).await, app.staff(Role::Finance).await);
    let order = app.shipped(&wang, &[(app.town.goods.pot, 1)], "alipay").await;
    let case = wang.applies(&order, "refund_only", "not_arrived", &[1]).await;
    finance.decides(&case, "agree_refund").await.goes_to();
    app.money_goes_back(&case).await;
    assert_eq!((app.shelf(app.town.goods.pot).await, app.status(&order).await), ((9, 0, 0), OrderStatus::AwaitingReceipt));
}

async fn a_completed_order_stays_completed_and_reviewed_when_it_is_refunded(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "balance").await;
    wang.reviews(&order, 2, "味道一般").await.goes_to();
    let case = wang.applies(&order, "refund_only", "quality", &[1]).await;
    service.decides(&case, "agree_refund").await.goes_to();
    let detail = app.order(&order).await.order;
    assert_eq!((detail.status(), detail.refunded), (OrderStatus::Completed, detail.paid));
    wang.get(&format!("/products/{}", app.town.goods.tea.product.0)).await.says(200, "味道一般");
    assert_eq!(app.shelf(app.town.goods.tea).await, (9, 0, 0), "what was not sent back is not on the shelf");
}

async fn part_of_the_price_goes_back_and_the_rest_can_be_asked_for_later(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 3)], "balance").await;
    let form = wang.application(&order, "refund_only", "quality", &[3]).await.with("amount", "33.33");
    wang.send(&form).await.goes_to();
    let first = app.order(&order).await.cases[0].number.clone();
    service.decides(&first, "agree_refund").await.goes_to();
    let rest = wang.applies(&order, "refund_only", "quality", &[3]).await;
    assert_eq!(app.case(&rest).await.case.amount().0, 26_667);
    service.decides(&rest, "agree_refund").await.goes_to();
    assert_eq!(app.purse(WANG).await, (50_000, 20_000));
}

async fn the_shop_refunds_by_hand_with_a_voucher(app: TestApp) {
    let (wang, finance) = (app.buyer(WANG).await, app.staff(Role::Finance).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 1)], "wechat").await;
    let case = wang.applies(&order, "refund_only", "missing", &[1]).await;
    finance.decides(&case, "refund_manually").await.goes_to();
    let detail = app.case(&case).await;
    assert_eq!((detail.case.state.kind(), detail.refunds[0].tender.code()), (StateKind::Succeeded, "offline"));
    assert_eq!((app.run_due_jobs().await.1, app.bank.paid_back(&detail.order.payments[0].number).await), (0, 0));
    wang.get(&format!("/after-sales/{case}")).await.says(200, "银行转账 6621");
}

async fn cash_that_was_collected_goes_back_by_hand(app: TestApp) {
    let (chen, owner) = (app.buyer(CHEN).await, app.staff(Role::Owner).await);
    let order = app.completed(&chen, &[(app.town.goods.tea, 1)], "cod").await;
    let case = chen.applies(&order, "refund_only", "damaged", &[1]).await;
    owner.decides(&case, "agree_refund").await.goes_to();
    let refund = app.case(&case).await.refunds[0].clone();
    assert_eq!((app.state(&case).await, refund.status()), (StateKind::Refunding, RefundStatus::Manual));

    let page = format!("/merchant/refunds?q={0}&dialog=settle&refund={0}", refund.number);
    owner.submit(&page, &format!("/merchant/refunds/{}/settle", refund.number), &[("voucher", "现金收据 12")]).await.goes_to();
    assert_eq!(app.state(&case).await, StateKind::Succeeded);
}

async fn cash_that_was_never_collected_needs_no_refund(app: TestApp) {
    let (chen, service) = (app.buyer(CHEN).await, app.staff(Role::Service).await);
    let order = chen.buys(&[(app.town.goods.tea, 1)], "cod").await;
    let case = chen.applies(&order, "refund_only", "unwanted", &[1]).await;
    service.decides(&case, "agree_refund").await.goes_to();
    assert_eq!((app.state(&case).await, app.status(&order).await), (StateKind::Succeeded, OrderStatus::Closed));
    let pages = [format!("/after-sales/{case}"), format!("/orders/{order}"), "/me/messages".to_owned(), "/after-sales".to_owned()];
    for path in &pages {
        let page = chen.get(path).await;
        for claim in ["退款成功", "已退回", "已到账", "已退合计"] {
            assert!(!page.words().contains(claim), "{claim}: {page}");
        }
    }
    chen.get(&pages[0]).await.says(200, "取消成功").says(200, "货到付款未收取任何费用").says(200, "未收款，无需退款");
    chen.get(&pages[1]).await.says(200, "未收款，无需退款");
    chen.get(&pages[2]).await.says(200, "货到付款未收取任何费用，无需退款");
}

async fn an_application_is_withdrawn_and_made_again(app: TestApp) {
    let (wang, warehouse) = (app.buyer(WANG).await, app.staff(Role::Warehouse).await);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "balance").await;
    let first = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    wang.withdraws(&first).await.goes_to();
    assert_eq!(app.state(&first).await, StateKind::Closed);
    let again = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    wang.withdraws(&again).await.goes_to();
    warehouse.ships(&order, "SF1234567890123").await.goes_to();
    assert_eq!(app.count("select count(*) from after_sales").await, 2, "what was closed stays on record");
}
