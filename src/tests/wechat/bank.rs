//! The shop's bank has this door too.

use guitu::server::clock::Clock;
use guitu::server::payments::{Channel, PayOrder, PayScene, PayTicket, PaymentOutcome, RefundOrder, RefundStatus};

use crate::sandbox::support::HOUR;
use crate::support::{TestApp, on_both_engines};

on_both_engines!(every_door_opens_the_same_books);

async fn every_door_opens_the_same_books(app: TestApp) {
    let wechat = app.bank.wechat();
    let order = PayOrder {
        payment_no: "P0000000000001".to_owned(),
        amount: 1_000,
        title: "订单 1".to_owned(),
        channel: Channel::Wechat,
        return_url: format!("{}/orders/1", app.url),
        notify_url: format!("{}/notify", app.url),
        expires_at: app.clock.now().0 + HOUR,
        scene: PayScene::Screen,
    };
    assert!(matches!(wechat.pay(&order).await.unwrap(), PayTicket::Code(_)));
    app.bank.pays_quietly(&order.payment_no).await;
    assert!(matches!(wechat.query(&order.payment_no).await.unwrap(), PaymentOutcome::Paid(receipt) if receipt.amount == 1_000));
    let refund = RefundOrder {
        refund_no: "R1".to_owned(),
        payment_no: order.payment_no.clone(),
        amount: 400,
        total: 1_000,
        reason: String::new(),
        notify_url: String::new(),
    };
    wechat.refund(&refund).await.unwrap();
    app.until("the money is back", || async {
        let found = wechat.query_refund(&order.payment_no, "R1").await.unwrap().unwrap();
        found.status == RefundStatus::Succeeded
    })
    .await;
    assert_eq!((app.bank.payouts("R1").await, app.bank.paid_back(&order.payment_no).await), ((1, 1), 400));
}
