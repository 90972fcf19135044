//! R3: the gateway's answers are lost, its callbacks come twice or never, its purse is short, and the worker dies before or after the call.
//! Every refund arrives in the end, once, under the number it began with.

use super::{Dice, Tally, dice, rounds, word};
use crate::faults::death::{Deadly, Dying};
use crate::support::{Buyer, Staff, TestApp, WANG, on_both_engines};
use guitu::domain::after_sale::StateKind;
use guitu::domain::time::MINUTE;
use guitu::domain::{Refund, Role};
use guitu::server::jobs;
use guitu::server::payments::Gateways;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

on_both_engines!(refunds_survive_their_gateway_and_their_worker);

/// Refunds of one round, all of one payment.
const REFUNDS: usize = 10;

async fn refunds_survive_their_gateway_and_their_worker(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let mut dice = dice();
    owner.allows_applications(20).await;
    let mut tally = Tally::default();
    for _ in 0..rounds(1) {
        Box::pin(a_round(&app, &wang, &owner, &mut dice, &mut tally)).await;
    }
    tally.judge("R3", word(app.engine));
}

async fn a_round(app: &TestApp, wang: &Buyer, owner: &Staff, dice: &mut Dice, tally: &mut Tally) {
    app.stocks(app.town.goods.cup, i64::try_from(REFUNDS).unwrap()).await;
    let order = app.completed(wang, &[(app.town.goods.cup, i64::try_from(REFUNDS).unwrap())], "wechat").await;
    let mut refunds = Vec::new();
    for _ in 0..REFUNDS {
        let case = wang.applies(&order, "refund_only", "quality", &[1]).await;
        owner.decides(&case, "agree_refund").await.goes_to();
        let number = app.case(&case).await.refunds[0].number.clone();
        refunds.push((case, number));
    }
    for _ in 0..REFUNDS {
        app.bank.plan_fault("refund", a_fault(dice), 1).await;
        let callback = dice.pick(&["silent", "silent", "twice"]);
        app.bank.plan_fault("callback", json!({ "kind": callback }), 1).await;
    }
    comes_to_an_end(app, &order, dice).await;
    for (case, number) in refunds {
        let detail = app.case(&case).await;
        let arrived = detail.case.state.kind() == StateKind::Succeeded;
        let (asked, paid) = app.bank.payouts(&number).await;
        tally.tried += usize::try_from(asked).unwrap();
        tally.acknowledged += usize::from(arrived);
        tally.lost += usize::from(!arrived || paid == 0 || detail.refunds[0].number != number);
        tally.doubled += usize::from(paid > 1 || detail.refunds.len() > 1);
    }
    let detail = app.order(&order).await;
    let theirs = app.bank.paid_back(&detail.payments[0].number).await;
    assert_eq!((detail.order.refunded.0, detail.payments[0].refunded.0, theirs), (30_000, 30_000, 30_000));
}

/// What the gateway does to one call. Every one of them can be got over without a person.
fn a_fault(dice: &mut Dice) -> Value {
    match dice.below(20) {
        // Longer than anybody waits for an answer.
        0 => json!({ "kind": "late", "ms": 6_000 }),
        1 => json!({ "kind": "late", "ms": 20 }),
        2..=4 => json!({ "kind": "cut" }),
        5..=6 => json!({ "kind": "html" }),
        7..=8 => json!({ "kind": "forged" }),
        9..=10 => json!({ "kind": "stranger" }),
        11..=12 => json!({ "kind": "truncated" }),
        13..=14 => json!({ "kind": "down" }),
        15..=16 => json!({ "kind": "refuse", "code": "NOT_ENOUGH" }),
        17 => json!({ "kind": "refuse", "code": "FREQUENCY_LIMITED" }),
        _ => json!({ "kind": "refuse", "code": "SYSTEM_ERROR" }),
    }
}

/// Minute after minute a worker comes; one in three dies over its first refund.
async fn comes_to_an_end(app: &TestApp, order: &str, dice: &mut Dice) {
    for _ in 0..400 {
        app.clock.advance(MINUTE);
        match dice.below(6) {
            0 => dies(app, Dying::BeforeTheCall).await,
            1 => dies(app, Dying::AfterTheCall).await,
            _ => drop(app.run_due_jobs().await),
        }
        if app.order(order).await.refunds.iter().all(Refund::has_arrived) {
            return;
        }
    }
    panic!("some refunds never arrive: {:?}", app.order(order).await.refunds);
}

/// A process of its own, gone in the middle of its work.
async fn dies(app: &TestApp, dying: Dying) {
    let died = Arc::new(Notify::new());
    let deadly = Deadly { inner: app.bank.gateways.wechat.clone().unwrap(), dying, died: died.clone() };
    let process = app.another_process_with(Gateways { wechat: Some(Arc::new(deadly)), alipay: None }).await;
    let mut worker = tokio::spawn({
        let process = process.clone();
        async move { jobs::run_due(&process).await }
    });
    // A call that fails is no death, and a worker without work lives on.
    let _ = tokio::time::timeout(Duration::from_secs(8), async {
        tokio::select! { () = died.notified() => {}, _ = &mut worker => {} }
    })
    .await;
    worker.abort();
    process.db.close().await;
}
