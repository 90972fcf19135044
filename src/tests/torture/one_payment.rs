//! R1: many clients have one payment paid back in random parts at once. No more goes out than came in, and no number goes out twice.

use super::{Dice, Tally, dice, rounds, word};
use crate::support::{Buyer, Staff, TestApp, WANG, goes_on, got_until_answered, number_in, on_both_engines, sent_until_answered, warm_up};
use guitu::domain::after_sale::StateKind;
use guitu::domain::time::MINUTE;
use guitu::domain::{Refund, Role};
use guitu::routes::{buyer, merchant};
use guitu::server::jobs;

on_both_engines!(many_clients_share_one_payment);

const CLIENTS: usize = 64;
/// Units of each kind of goods in the order.
const UNITS: i64 = 10;

async fn many_clients_share_one_payment(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let mut dice = dice();
    owner.allows_applications(20).await;
    warm_up(&app.server).await;
    let mut tally = Tally::default();
    for _ in 0..rounds(1) {
        Box::pin(a_round(&app, &wang, &owner, &mut dice, &mut tally)).await;
    }
    tally.judge("R1", word(app.engine));
}

async fn a_round(app: &TestApp, wang: &Buyer, owner: &Staff, dice: &mut Dice, tally: &mut Tally) {
    let goods = app.town.goods;
    let wares = [goods.tea, goods.cup, goods.pot];
    for ware in wares {
        app.stocks(ware, UNITS).await;
    }
    let order = app.completed(wang, &wares.map(|ware| (ware, UNITS)), "wechat").await;
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let mut units = [0; 3];
            let line = dice.below(units.len());
            units[line] = dice.between(1, 2);
            // Up to a little more than two of the cheapest are worth.
            let amount = format!("{}.{:02}", dice.between(1, 61), dice.between(0, 99));
            tokio::spawn(has_paid_back(wang.clone(), owner.clone(), order.clone(), units, amount))
        })
        .collect();
    let mut agreed = Vec::new();
    for client in clients {
        agreed.extend(client.await.unwrap());
    }
    tally.tried += CLIENTS;
    tally.acknowledged += agreed.len();
    Box::pin(everything_is_paid_back(app, &order)).await;
    for case in agreed {
        let detail = app.case(&case).await;
        tally.lost += usize::from(detail.case.state.kind() != StateKind::Succeeded || detail.refunds.is_empty());
        for refund in detail.refunds {
            let (asked, paid) = app.bank.payouts(&refund.number).await;
            tally.doubled += usize::from(asked > 1 || paid > 1);
            tally.lost += usize::from(paid == 0);
        }
    }
    let detail = app.order(&order).await;
    let (captured, ours, theirs) =
        (detail.order.paid.0, detail.payments[0].refunded.0, app.bank.paid_back(&detail.payments[0].number).await);
    assert!(ours == theirs && ours == detail.order.refunded.0 && ours <= captured, "{ours} and {theirs} of {captured}");
}

/// One client: applies for some of it, and the shop agrees; the case, unless others were faster.
async fn has_paid_back(wang: Buyer, owner: Staff, order: String, units: [i64; 3], amount: String) -> Option<String> {
    let page = got_until_answered(&wang, &buyer::apply(&order)).await;
    if page.status == 409 {
        // Everything is asked for already.
        return None;
    }
    let form = wang.fills_in(page.form(&page.url), &order, "refund_only", "quality", &units).await;
    let answer = sent_until_answered(&wang, &form.with("amount", amount)).await;
    if answer.status != 303 {
        assert!(answer.status.is_client_error(), "{answer}");
        return None;
    }
    let case = number_in(answer.goes_to());
    let page = got_until_answered(&owner, &merchant::after_sale(&case)).await;
    let form = page.form(&merchant::after_sale_action(&case, "decide")).with("decision", "agree_refund");
    sent_until_answered(&owner, &form).await.goes_to();
    Some(case)
}

/// Three processes see to the refunds, minute after minute.
async fn everything_is_paid_back(app: &TestApp, order: &str) {
    let others = [app.another_process().await, app.another_process().await];
    let a_minute_later = || async {
        app.clock.advance(MINUTE);
        tokio::join!(goes_on(|| jobs::run_due(&app.server)), goes_on(|| jobs::run_due(&others[0])), goes_on(|| jobs::run_due(&others[1])));
        app.order(order).await.refunds.iter().all(Refund::has_arrived)
    };
    app.until("every refund has arrived", || Box::pin(a_minute_later())).await;
    for other in others {
        other.db.close().await;
    }
}
