//! R9: callbacks come twice, late, in the wrong sequence, old, forged, cut short, too long and under a wrong name, all of them at once. What the
//! channel has said is heard once; what it has not said, or not now, is refused and changes nothing.

mod speech;
mod thrown;

use super::{Dice, Tally, dice, rounds, standing, word};
use crate::support::{Buyer, Staff, TestApp, WANG, on_both_engines, warm_up};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;
use guitu::domain::order::OrderStatus;
use guitu::domain::time::MINUTE;
use serde_json::json;
use speech::Speech;
use thrown::Thrown;

on_both_engines!(only_what_a_channel_says_happens_and_once);

/// Callbacks that are thrown at once.
const AT_ONCE: usize = 24;

/// What has been tried, and how often the shop has said no.
struct Storm {
    tally: Tally,
    refused: usize,
}

async fn only_what_a_channel_says_happens_and_once(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    warm_up(&app.server).await;
    let mut dice = dice();
    let mut storm = Storm { tally: Tally::default(), refused: 0 };
    for round in 0..rounds(2) {
        let tender = ["wechat", "alipay"][round % 2];
        Box::pin(a_round(&app, (&wang, &owner), tender, &mut dice, &mut storm)).await;
    }
    storm.tally.judge("R9", &format!("{}, {} refused", word(app.engine), storm.refused));
}

async fn a_round(app: &TestApp, (wang, owner): (&Buyer, &Staff), tender: &'static str, dice: &mut Dice, storm: &mut Storm) {
    app.stocks(app.town.goods.tea, 1).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    wang.chooses(&order, tender).await;
    let payment = app.order(&order).await.payments[0].number.clone();
    app.bank.pays_quietly(&payment).await;
    let paid = Speech::paid(tender, &payment);
    storm.only_lies(app, &paid, dice).await;
    assert_eq!(app.status(&order).await, OrderStatus::PendingPayment);
    storm.breaks(app, &[&paid], dice).await;
    storm.counts(app, &order, "order_paid").await;

    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    owner.decides(&case, "agree_refund").await.goes_to();
    let refund = app.case(&case).await.refunds[0].number.clone();
    app.bank.plan_fault("callback", json!({ "kind": "silent" }), 1).await;
    app.wait(MINUTE).await;
    let back = Speech::refunded(tender, &payment, &refund);
    storm.only_lies(app, &back, dice).await;
    // The payment is told once more, among the notices of its refund.
    storm.breaks(app, &[&back, &paid], dice).await;
    storm.counts(app, &order, "refund_succeeded").await;
    storm.counts(app, &order, "order_paid").await;
    assert_eq!(app.state(&case).await, StateKind::Succeeded);
    app.until("the bank has paid it back", || async { app.bank.paid_back(&payment).await == 10_000 }).await;
    let detail = app.order(&order).await;
    assert_eq!((detail.order.refunded.0, detail.payments[0].refunded.0), (10_000, 10_000));
}

const TIMES: &str = "select count(*) from events e join orders o on o.id = e.order_id where o.number = $1 and e.kind = $2";
const MOVED: &str = "select count(*) from money_events m join orders o on o.id = m.order_id where o.number = $1 and m.cause = $2";

impl Storm {
    /// Nothing of it is true, and nothing changes.
    async fn only_lies(&mut self, app: &TestApp, speech: &Speech, dice: &mut Dice) {
        let before = standing::of(app).await;
        let lies = (0..AT_ONCE / 2).map(|_| Thrown::lie(speech, dice)).collect();
        self.strikes(app, lies).await;
        assert_eq!(standing::of(app).await, before);
    }

    /// Truth, several times, among lies.
    async fn breaks(&mut self, app: &TestApp, speeches: &[&Speech], dice: &mut Dice) {
        let mut all: Vec<Thrown> = speeches.iter().map(|speech| Thrown::truth(speech, dice)).collect();
        while all.len() < AT_ONCE {
            let speech = dice.pick(speeches);
            all.push(if dice.one_in(3) { Thrown::truth(speech, dice) } else { Thrown::lie(speech, dice) });
        }
        for place in (1..all.len()).rev() {
            all.swap(place, dice.below(place + 1));
        }
        self.strikes(app, all).await;
    }

    async fn strikes(&mut self, app: &TestApp, all: Vec<Thrown>) {
        let calls: Vec<_> = all
            .into_iter()
            .map(|thrown| {
                let app = app.clone();
                tokio::spawn(async move {
                    let url = format!("{}{}", app.url, thrown.path);
                    (thrown.what, thrown.wanted, app.bank.posts(&url, thrown.headers, thrown.body).await)
                })
            })
            .collect();
        for call in calls {
            let (what, wanted, said) = call.await.unwrap();
            self.tally.tried += 1;
            assert!(wanted.contains(&said), "{what}: {said}");
            if said < 300 { self.tally.acknowledged += 1 } else { self.refused += 1 }
        }
    }

    /// It stands in the timeline and in the books, once.
    async fn counts(&mut self, app: &TestApp, order: &str, event: &'static str) {
        let cause = if event == "order_paid" { "paid" } else { "refunded" };
        for (statement, kind) in [(TIMES, event), (MOVED, cause)] {
            let times: i64 = sqlx::query_scalar(statement).bind(order).bind(kind).fetch_one(app.server.db.read()).await.unwrap();
            self.tally.lost += usize::from(times == 0);
            self.tally.doubled += usize::from(times > 1);
        }
    }
}
