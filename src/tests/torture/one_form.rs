//! R2: 64 clients send one form at once, some of them with another content under the same key. Whichever content comes first has its effect,
//! once; whoever sends the same is told so, and whoever sends the other is refused.

mod cases;
mod kinds;
mod orders;

use super::{Dice, Tally, dice, rounds, standing, word};
use crate::support::{Form, TestApp, on_both_engines, sent_until_answered};
use guitu::server::limits::PICTURES_PER_HOUR;
use kinds::{Asked, Kind, People};

on_both_engines!(whatever_is_asked_with_one_key_happens_once);

const CLIENTS: usize = 64;
/// Those that are sent after the others.
const LATE: usize = 2;

async fn whatever_is_asked_with_one_key_happens_once(app: TestApp) {
    let people = People::of(&app).await;
    let mut dice = dice();
    let mut tally = Tally::default();
    for round in 0..rounds(Kind::ALL.len()) {
        let kind = Kind::ALL[round % Kind::ALL.len()];
        Box::pin(a_round(&people, kind, &mut dice, &mut tally)).await;
    }
    tally.judge("R2", word(app.engine));
}

async fn a_round(people: &People, kind: Kind, dice: &mut Dice, tally: &mut Tally) {
    let app = &people.app;
    // What an earlier round has left to the worker must not happen during this one, nor must the gateway call back about it.
    app.run_due_jobs().await;
    forget_pictures(app).await;
    let asked = Box::pin(kind.prepared(people)).await;
    let under_way = "select count(*) from refunds where status in ('submitted', 'unknown')";
    app.until("what was sent before has arrived", || async { app.count(under_way).await == 0 }).await;
    forget_pictures(app).await;
    let senders = match asked.form.files.len() {
        0 => CLIENTS,
        files => (usize::try_from(PICTURES_PER_HOUR).unwrap() / files - LATE).min(CLIENTS),
    };
    let before = asked.effects(app).await;
    let one_in = dice.between(2, 5);
    let clients: Vec<_> = (0..senders)
        .map(|_| {
            let other = dice.one_in(usize::try_from(one_in).unwrap());
            let form = if other { asked.other.clone() } else { asked.form.clone() };
            let browser = asked.browser.clone();
            tokio::spawn(async move { (other, sent_until_answered(&browser, &form).await) })
        })
        .collect();
    let (mut sent, mut taken) = ([0_usize; 2], [0_usize; 2]);
    for client in clients {
        let (other, answer) = client.await.unwrap();
        tally.tried += 1;
        sent[usize::from(other)] += 1;
        if answer.status == 303 {
            taken[usize::from(other)] += 1;
        } else {
            assert_eq!(answer.status, 409, "{kind:?}: {answer}");
        }
    }
    let effects = usize::try_from(asked.effects(app).await - before).unwrap();
    tally.acknowledged += taken[0] + taken[1];
    tally.lost += usize::from(effects == 0);
    tally.doubled += effects.saturating_sub(1) + taken[0].min(taken[1]).min(1);
    // Nobody who asked for what has happened is told that it has not.
    assert!(taken.iter().zip(sent).all(|(taken, sent)| *taken == 0 || *taken == sent), "{kind:?}: {taken:?} of {sent:?}");
    let (first, second) = if taken[0] > 0 { (&asked.form, &asked.other) } else { (&asked.other, &asked.form) };
    comes_late(app, kind, &asked, [first, second]).await;
}

/// What is tried here is the key: no more pictures count than a round sends, and it sends as many as anybody may within an hour.
async fn forget_pictures(app: &TestApp) {
    sqlx::query("update pictures set created_at = 0").execute(app.server.db.single()).await.unwrap();
}

/// Afterwards the one finds its effect again, the other is refused in words, and nothing changes any more.
async fn comes_late(app: &TestApp, kind: Kind, asked: &Asked, [same, other]: [&Form; 2]) {
    let standing = standing::of(app).await;
    assert_eq!(asked.browser.send(same).await.status, 303, "{kind:?}");
    asked.browser.send(other).await.says(409, "这份表单之前已经提交成功，内容与这次不同");
    assert_eq!(standing::of(app).await, standing, "{kind:?}");
}
