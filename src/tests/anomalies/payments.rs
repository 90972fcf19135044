use super::{LIST, RESOLVED, at_the_cashier, finance, notices, only, presses};
use crate::support::{Buyer, Form, Staff, TestApp, Told, on_both_engines};
use guitu::domain::Role;
use guitu::domain::order::OrderStatus;
use guitu::domain::time::{HOUR, MINUTE};
use guitu::server::payments::keys::PrivateKey;
use serde_json::json;

on_both_engines!(
    money_after_the_closing_is_listed_until_it_is_back,
    money_for_an_order_that_is_paid_is_listed_until_it_is_back,
    money_without_a_callback_is_found_and_counts,
    money_for_a_void_payment_is_found_without_a_callback,
    another_amount_is_listed_and_changes_nothing,
    another_amount_that_was_settled_elsewhere_is_in_nobodys_way,
    another_amount_goes_back_by_the_gateway_and_the_order_may_be_paid_anew,
    less_than_was_asked_for_counts_towards_the_order_and_the_buyer_pays_the_rest,
    a_part_that_was_accepted_goes_back_when_the_order_is_not_paid_after_all,
    more_than_the_order_wants_cannot_be_accepted,
    another_amount_that_becomes_right_counts_after_all,
    money_that_cannot_be_recorded_waits_for_its_button,
    a_payment_that_nobody_can_pay_any_more_is_void,
    what_nobody_signed_is_not_listed,
    the_list_is_for_those_who_settle_money,
);

/// The payment is void here, while the gateway still takes money for it.
async fn forgotten(app: &TestApp) -> (Buyer, String, String) {
    let (wang, order, payment) = at_the_cashier(app).await;
    sqlx::query("update payments set status = 'void' where number = $1").bind(&payment).execute(app.server.db.single()).await.unwrap();
    (wang, order, payment)
}

async fn comes_back(app: &TestApp, payment: &str) {
    app.run_due_jobs().await;
    app.until("the surplus is back", || async { app.bank.paid_back(payment).await == 10_000 }).await;
    app.until("and written down", || async { app.count("select count(*) from refunds where status = 'succeeded'").await == 1 }).await;
}

async fn money_after_the_closing_is_listed_until_it_is_back(app: TestApp) {
    let (wang, order, payment) = forgotten(&app).await;
    wang.cancels(&order).await.goes_to();
    app.bank.pays(&payment).await;
    app.until("the surplus is noticed", || async { app.count("select count(*) from payment_anomalies").await == 1 }).await;
    let finance = finance(&app).await;
    let page = finance.get(LIST).await;
    page.says(200, "关闭后到账").says(200, "¥100.00").says(200, &order).says(200, "王**").says(200, "原路退回");
    assert!(!page.words().contains("13800000001"));
    comes_back(&app, &payment).await;
    finance.get(LIST).await.says(200, "没有待处理的支付异常");
    finance.get(RESOLVED).await.says(200, "已原路退回").says(200, "已经退回").says(200, "系统");
    finance.get("/merchant/messages").await.says(200, "支付异常：关闭后到账");
    assert_eq!((only(&app).await > 0, notices(&app).await), (true, 1));
}

async fn money_for_an_order_that_is_paid_is_listed_until_it_is_back(app: TestApp) {
    let (wang, order, payment) = forgotten(&app).await;
    wang.pays(&order, "balance").await;
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment);
    app.bank.pays(&payment).await;
    app.until("the surplus is noticed", || async { app.count("select count(*) from payment_anomalies").await == 1 }).await;
    finance(&app).await.get(LIST).await.says(200, "重复支付").says(200, "订单已付清");
    comes_back(&app, &payment).await;
    assert_eq!(app.order(&order).await.order.paid.0, 10_000);
    finance(&app).await.get(RESOLVED).await.says(200, "已原路退回");
}

async fn money_without_a_callback_is_found_and_counts(app: TestApp) {
    let (_, order, payment) = at_the_cashier(&app).await;
    app.bank.pays_quietly(&payment).await;
    app.wait(5 * MINUTE - 1).await;
    assert_eq!(app.status(&order).await, OrderStatus::PendingPayment);
    app.wait(1).await;
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment);
    let finance = finance(&app).await;
    finance.get(LIST).await.says(200, "没有待处理的支付异常");
    finance.get(RESOLVED).await.says(200, "未收到支付通知").says(200, "已入账").says(200, &order);
    app.bank.pays(&payment).await;
    app.wait(HOUR).await;
    assert_eq!((app.count("select count(*) from money_events where cause = 'paid'").await, notices(&app).await), (1, 1));
    only(&app).await;
}

/// It was voided while its buyer paid: the gateway is asked once more, and then never again.
async fn money_for_a_void_payment_is_found_without_a_callback(app: TestApp) {
    let (wang, order, payment) = forgotten(&app).await;
    wang.cancels(&order).await.goes_to();
    app.bank.pays_quietly(&payment).await;
    app.wait(5 * MINUTE).await;
    finance(&app).await.get(LIST).await.says(200, "关闭后到账");
    comes_back(&app, &payment).await;
    let (_, other, _) = forgotten(&app).await;
    app.wait(5 * MINUTE).await;
    assert_eq!(app.count("select count(*) from payments where status = 'void' and ask_at is not null").await, 0);
    assert_eq!(app.status(&other).await, OrderStatus::PendingPayment);
    only(&app).await;
}

async fn another_amount_is_listed_and_changes_nothing(app: TestApp) {
    let (_, order, payment) = at_the_cashier(&app).await;
    app.bank.pays_so_much(&payment, 9_000).await;
    app.until("it is listed", || async { app.count("select count(*) from payment_anomalies").await == 1 }).await;
    let (id, finance) = (only(&app).await, finance(&app).await);
    let page = finance.get(LIST).await;
    page.says(200, "金额不符").says(200, "应收 ¥100.00，微信支付 通知收款 ¥90.00，没有入账");
    finance.get(presses(&finance, id, "query").await.goes_to()).await.says(200, "金额仍与订单不一致");
    app.wait(5 * MINUTE).await;
    assert_eq!(
        (app.status(&order).await, app.count("select count(*) from money_events where payment_id is not null").await),
        (OrderStatus::PendingPayment, 0)
    );

    // Nobody can say that it is settled without saying where the money is.
    let form = decision(&finance, id).await;
    finance.send(&form).await.says(422, "请选择这笔钱怎样处理");
    finance.send(&form.clone().with("decision", "outside")).await.says(422, "请填写线下退款的凭证号").says(422, "须先征得买家同意");
    let mark = Form { action: format!("{LIST}/{id}/resolve"), ..form }.with("note", "另行处理");
    assert_eq!(finance.send(&mark).await.status.as_u16(), 409);
    assert_eq!(only(&app).await, id);
}

/// Until a person has seen to it, the order can neither be paid anew nor left.
async fn another_amount_that_was_settled_elsewhere_is_in_nobodys_way(app: TestApp) {
    let mut orders = Vec::new();
    for listed in 1..=2 {
        let (wang, order, payment) = at_the_cashier(&app).await;
        app.bank.pays_so_much(&payment, 9_000).await;
        app.until("it is listed", || async { app.count("select count(*) from payment_anomalies").await == listed }).await;
        wang.cancels(&order).await.says(409, "支付渠道记录的金额与订单不一致");
        let id = app.count("select max(id) from payment_anomalies").await;
        let finance = finance(&app).await;
        let form = decision(&finance, id).await.with("decision", "outside").with("voucher", "银行转账 90 元").with("consent", "1");
        finance.send(&form).await.goes_to();
        assert_eq!(finance.send(&form).await.status.as_u16(), 409);
        finance.get(RESOLVED).await.says(200, "已线下退款").says(200, "银行转账 90 元").says(200, "pine 财务");
        orders.push((wang, order));
    }
    let [(wang, left), (_, paid)] = &orders[..] else { unreachable!() };
    wang.cancels(left).await.goes_to();
    assert_eq!(app.status(left).await, OrderStatus::Closed);
    wang.pays(paid, "balance").await;
    assert_eq!(app.status(paid).await, OrderStatus::AwaitingShipment);
    app.wait(HOUR).await;
    assert_eq!((app.count("select count(*) from payment_anomalies").await, notices(&app).await), (2, 2));
    assert_eq!(
        app.count("select count(*) from refunds where tender = 'offline' and amount_minor = 9000 and status = 'succeeded'").await,
        2
    );
    finance(&app).await.get(LIST).await.says(200, "没有待处理的支付异常");
}

/// The dialog of what becomes of the money.
async fn decision(finance: &Staff, id: i64) -> Form {
    finance.form(&format!("{LIST}?resolve={id}"), &format!("{LIST}/{id}/decide")).await
}

/// An order for ¥100.00 for which the gateway took another sum: buyer, order, payment, anomaly.
async fn taken(app: &TestApp, fen: i64) -> (Buyer, String, String, i64) {
    let (wang, order, payment) = at_the_cashier(app).await;
    app.bank.pays_so_much(&payment, fen).await;
    app.until("it is listed", || async { app.count("select count(*) from payment_anomalies").await == 1 }).await;
    (wang, order, payment, only(app).await)
}

async fn another_amount_goes_back_by_the_gateway_and_the_order_may_be_paid_anew(app: TestApp) {
    for fen in [1_500, 12_000] {
        let (wang, order, payment) = at_the_cashier(&app).await;
        let listed = app.count("select count(*) from payment_anomalies").await;
        app.bank.pays_so_much(&payment, fen).await;
        app.until("it is listed", || async { app.count("select count(*) from payment_anomalies").await == listed + 1 }).await;
        let (id, finance) = (app.count("select max(id) from payment_anomalies").await, finance(&app).await);
        finance.send(&decision(&finance, id).await.with("decision", "send_back")).await.goes_to();
        app.run_due_jobs().await;
        app.until("it is back", || async { app.bank.paid_back(&payment).await == fen }).await;
        let back =
            "select count(*) from refunds where status = 'succeeded' and amount_minor = cast($1 as bigint) and agreed_by = 'pine 财务'";
        app.until("and written down", || async { app.number(back, &fen.to_string()).await == 1 }).await;
        wang.get("/me/messages").await.says(200, "将原路退回，一般 1–3 个工作日到账");
        wang.pays(&order, "balance").await;
        assert_eq!(app.order(&order).await.order.paid.0, 10_000);
    }
}

async fn less_than_was_asked_for_counts_towards_the_order_and_the_buyer_pays_the_rest(app: TestApp) {
    let (wang, order, payment, id) = taken(&app, 1_500).await;
    // Finance decides after the order's time is over: the buyer gets a new deadline.
    app.wait(HOUR).await;
    assert_eq!(app.status(&order).await, OrderStatus::PendingPayment);
    wang.get(&format!("/orders/{order}")).await.says(200, "收到的金额与订单不符，正在等待商家核实");
    let finance = finance(&app).await;
    let form = decision(&finance, id).await.with("decision", "accept");
    finance.send(&form).await.goes_to();
    assert_eq!(finance.send(&form).await.status.as_u16(), 409);
    wang.get(&format!("/orders/{order}/pay")).await.says(200, "¥85.00").says(200, "已付微信支付").says(200, "还剩");
    wang.pays(&order, "wechat").await;
    let detail = app.order(&order).await;
    let paid: Vec<(i64, bool)> = detail.payments.iter().map(|payment| (payment.amount.0, payment.paid_at().is_some())).collect();
    assert_eq!((detail.order.status(), paid), (OrderStatus::AwaitingShipment, vec![(1_500, true), (8_500, true)]));
    // What goes back goes to both payments, each what it gave.
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    app.staff(Role::Owner).await.decides(&case, "agree_refund").await.goes_to();
    app.run_due_jobs().await;
    app.until("the part is back", || async { app.bank.paid_back(&payment).await == 1_500 }).await;
    app.until("and the rest", || async { app.count("select count(*) from refunds where status = 'succeeded'").await == 2 }).await;
}

async fn a_part_that_was_accepted_goes_back_when_the_order_is_not_paid_after_all(app: TestApp) {
    let (wang, order, payment, id) = taken(&app, 1_500).await;
    let finance = finance(&app).await;
    finance.send(&decision(&finance, id).await.with("decision", "accept")).await.goes_to();
    wang.cancels(&order).await.goes_to();
    app.run_due_jobs().await;
    app.until("it is back", || async { app.bank.paid_back(&payment).await == 1_500 }).await;
    app.until("and written down", || async { app.count("select count(*) from refunds where status = 'succeeded'").await == 1 }).await;
    finance.get(LIST).await.says(200, "没有待处理的支付异常");
    wang.get(&format!("/orders/{order}")).await.says(200, "已关闭").says(200, "¥15.00");
}

async fn more_than_the_order_wants_cannot_be_accepted(app: TestApp) {
    let (_, order, _, id) = taken(&app, 12_000).await;
    let finance = finance(&app).await;
    let form = decision(&finance, id).await;
    assert!(!finance.get(&format!("{LIST}?resolve={id}")).await.words().contains("收下，计入订单"));
    finance.send(&form.with("decision", "accept")).await.says(422, "订单现在不能收下这笔钱");
    assert_eq!(
        (app.status(&order).await, app.count("select count(*) from money_events where payment_id is not null").await),
        (OrderStatus::PendingPayment, 0)
    );
}

/// The gateway corrects itself: the books go with what it says when it is right.
async fn another_amount_that_becomes_right_counts_after_all(app: TestApp) {
    let (_, order, payment) = at_the_cashier(&app).await;
    app.bank.pays_so_much(&payment, 10_001).await;
    app.until("it is listed", || async { app.count("select count(*) from payment_anomalies").await == 1 }).await;
    let receipt = guitu::server::payments::Receipt {
        payment_no: payment,
        trade_no: "T1".to_owned(),
        amount: 10_000,
        currency: "CNY".to_owned(),
        at: app.server.now().0,
    };
    guitu::server::orders::settle_payment(&guitu::server::ctx::Ctx::system(&app.server), &receipt).await.unwrap();
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment);
    finance(&app).await.get(RESOLVED).await.says(200, "金额不符").says(200, "已入账");
}

/// Something in our own books stands in the way of money that came.
async fn money_that_cannot_be_recorded_waits_for_its_button(app: TestApp) {
    const OBSTACLE: &str = "insert into payments (id, number, shop_id, order_id, tender, status, amount_minor, created_at)
        select 1, 'P-OBSTACLE', shop_id, order_id, 'points', 'held', 1, created_at from payments";
    let (_, order, payment) = at_the_cashier(&app).await;
    sqlx::query(OBSTACLE).execute(app.server.db.single()).await.unwrap();
    app.bank.pays_quietly(&payment).await;
    app.wait(5 * MINUTE).await;
    let (id, finance) = (only(&app).await, finance(&app).await);
    let page = finance.get(LIST).await;
    page.says(200, "未收到支付通知").says(200, "未能入账").says(200, "处理这笔钱");
    assert!(!page.words().contains("标记已处理"), "{page}");
    assert_eq!(presses(&finance, id, "query").await.status.as_u16(), 500);
    assert_eq!(app.status(&order).await, OrderStatus::PendingPayment);

    sqlx::query("delete from payments where id = 1").execute(app.server.db.single()).await.unwrap();
    finance.get(presses(&finance, id, "query").await.goes_to()).await.says(200, "已入账");
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment);
    finance.get(RESOLVED).await.says(200, "查询后已入账").says(200, "pine 财务");
    assert_eq!((only(&app).await, notices(&app).await), (id, 1));
}

async fn a_payment_that_nobody_can_pay_any_more_is_void(app: TestApp) {
    let wang = app.buyer(crate::support::WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let pay = format!("/orders/{order}/pay");
    app.bank.plan_fault("pay", json!({ "kind": "down" }), 1).await;
    wang.submit(&pay, &pay, &[("tender", "wechat")]).await.says(503, "支付通道暂时没有响应");
    app.wait(5 * MINUTE).await;
    assert_eq!(app.count("select count(*) from payments where status = 'void'").await, 1);
    wang.pays(&order, "alipay").await;
    assert_eq!(app.count("select count(*) from payment_anomalies").await, 0);
}

async fn what_nobody_signed_is_not_listed(app: TestApp) {
    let (_, order, payment) = at_the_cashier(&app).await;
    let forged = app.bank.tells_as(&app.url, &PrivateKey::generate().unwrap(), &Told::paid(&payment, 1, "CNY")).await;
    assert_eq!((forged, app.count("select count(*) from payment_anomalies").await), (401, 0));
    assert_eq!(app.status(&order).await, OrderStatus::PendingPayment);
}

async fn the_list_is_for_those_who_settle_money(app: TestApp) {
    let (_, _, payment) = at_the_cashier(&app).await;
    app.bank.pays_so_much(&payment, 1).await;
    app.until("it is listed", || async { app.count("select count(*) from payment_anomalies").await == 1 }).await;
    for (role, allowed) in [(Role::Owner, true), (Role::Finance, true), (Role::Service, false), (Role::Warehouse, false)] {
        let page = app.staff(role).await.get("/merchant").await;
        assert_eq!(page.words().contains("支付异常"), allowed, "{page}");
    }
    let elsewhere = app.staff_of(app.town.other_shop, Role::Owner).await;
    elsewhere.get(LIST).await.says(200, "没有待处理的支付异常");
    elsewhere.get(&format!("{LIST}?resolve={}", only(&app).await)).await.says(404, "没有找到这个页面");
}
