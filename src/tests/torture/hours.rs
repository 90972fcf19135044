//! R7: clocks that jump an hour forth and back, a week of sleep, a click in the same second: every deadline fires once, and none early.

use super::{Dice, Tally, dice, rounds, word};
use crate::support::{Buyer, TestApp, WANG, goes_on, on_both_engines, sent_until_answered};
use guitu::domain::order::{CloseReason, OrderState};
use guitu::domain::time::{DAY, HOUR, MINUTE};
use guitu::server::jobs;

on_both_engines!(deadlines_fire_once_whatever_the_clock_does);

/// Orders of one round, all unpaid.
const ORDERS: usize = 8;
const PAY_SPAN: i64 = 30 * MINUTE;

async fn deadlines_fire_once_whatever_the_clock_does(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let mut dice = dice();
    let mut tally = Tally::default();
    for _ in 0..rounds(2) {
        Box::pin(a_round(&app, &wang, &mut dice, &mut tally)).await;
    }
    tally.judge("R7", word(app.engine));
}

async fn a_round(app: &TestApp, wang: &Buyer, dice: &mut Dice, tally: &mut Tally) {
    let mut orders = Vec::new();
    for _ in 0..ORDERS {
        orders.push(wang.orders(&[(app.town.goods.cup, 1)]).await);
        app.clock.advance(dice.between(0, 5) * MINUTE);
    }
    let others = [app.another_process().await, app.another_process().await];
    for _ in 0..6 {
        app.clock.advance(*dice.pick(&[HOUR, -HOUR, 10 * MINUTE, 29 * MINUTE, PAY_SPAN, 7 * DAY]));
        let clicked = dice.pick(&orders).clone();
        let click = async {
            let page = wang.get(&format!("/orders/{clicked}")).await;
            let cancel = format!("/orders/{clicked}/cancel");
            if page.has_form(&cancel) {
                // Whoever comes second is told so.
                let answer = sent_until_answered(wang, &page.form(&cancel)).await;
                assert!(answer.status == 303 || answer.status == 409, "{answer}");
            }
        };
        tokio::join!(
            goes_on(|| jobs::run_due(&app.server)),
            goes_on(|| jobs::run_due(&others[0])),
            goes_on(|| jobs::run_due(&others[1])),
            click
        );
    }
    // All that went back is made good for, and the last deadline is over.
    app.wait(30 * DAY).await;
    for other in others {
        other.db.close().await;
    }
    for order in orders {
        judge(app, &order, tally).await;
    }
}

async fn judge(app: &TestApp, order: &str, tally: &mut Tally) {
    let detail = app.order(order).await;
    tally.tried += 1;
    let OrderState::Closed { at, why, .. } = detail.order.state else {
        tally.lost += 1;
        return;
    };
    tally.acknowledged += 1;
    tally.doubled += usize::from(detail.timeline.len() != 2);
    let due = detail.order.placed_at.plus(PAY_SPAN);
    assert!(why == CloseReason::BuyerCancel || at >= due, "{order} was closed early");
}
