//! R4: the server, or its PostgreSQL, is killed at random moments while people order, pay and get their money back. Whatever a page has
//! acknowledged is there when all is back, once, and the books add up.

use super::cluster::Cluster;
use super::life::Life;
use super::victim::Victim;
use super::{Dice, Tally, dice, rounds, word};
use crate::support::{Database, Engine, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::time::MINUTE;
use guitu::server::shop::seeded::{self, Seeded};
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

on_both_engines!(whatever_was_acknowledged_outlives_the_server);

/// People at once.
const LIVES: usize = 6;

async fn whatever_was_acknowledged_outlives_the_server(app: TestApp) {
    Box::pin(lives_on(app, None)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_was_acknowledged_outlives_its_postgres() {
    let cluster = Arc::new(Cluster::start());
    let database = Database::fresh(Engine::Postgres, || cluster.url.clone()).await;
    let given = cluster.clone();
    Engine::play_in(database, |app| Box::pin(lives_on(app, Some(given)))).await;
}

async fn lives_on(app: TestApp, cluster: Option<Arc<Cluster>>) {
    app.stocks(app.town.goods.cup, 1_000_000).await;
    // Enough for as many rounds as one likes: what was bought and kept is not paid back.
    let owner = app.staff(Role::Owner).await;
    let wealth = [("account", "balance"), ("direction", "up"), ("amount", "100000"), ("reason", "活动赠送")];
    owner.send(&owner.wallet_form(WANG, &wealth).await).await.goes_to();
    // Its gateway is a sandbox, which a shop of somebody's own is never given.
    seeded::mark(&app.server.db, Seeded::Demo, app.server.now()).await.unwrap();
    let mut victim = Victim::start(&app.database_url, app.folder.clone()).await;
    let (life, over) = (Life::begins(&victim.url).await, Arc::new(AtomicBool::new(false)));
    let mut dice = dice();
    let lives: Vec<_> = (0..LIVES)
        .map(|_| {
            let (life, over, ware) = (life.clone(), over.clone(), app.town.goods.cup);
            let mut dice = Dice::new(u64::try_from(dice.between(0, i64::MAX - 1)).unwrap());
            tokio::spawn(async move {
                while !over.load(Ordering::SeqCst) {
                    Box::pin(life.goes(ware, &mut dice)).await;
                }
            })
        })
        .collect();
    for _ in 0..rounds(3) {
        tokio::time::sleep(Duration::from_millis(u64::try_from(dice.between(100, 1_500)).unwrap())).await;
        match &cluster {
            Some(cluster) => cluster.is_killed(),
            None => victim.is_killed().await,
        }
        victim.lets_time_pass(2 * MINUTE).await;
    }
    over.store(true, Ordering::SeqCst);
    for life in lives {
        life.await.unwrap();
    }
    let tally = Box::pin(judge(&app, &life, &victim.sandbox)).await;
    let slowest = victim.slowest;
    drop(victim);
    let killed = if cluster.is_some() { "PostgreSQL killed".to_owned() } else { format!("slowest start {} ms", slowest.as_millis()) };
    tally.judge("R4", &format!("{}, {killed}", word(app.engine)));
}

const TIMES: &str = "select count(*) from events e join orders o on o.id = e.order_id where o.number = $1 and e.kind = ";

async fn judge(app: &TestApp, life: &Life, sandbox: &str) -> Tally {
    let heard = life.heard.lock().unwrap().clone();
    let mut tally = Tally { tried: life.asked.load(Ordering::SeqCst), acknowledged: heard.len(), ..Tally::default() };
    for (order, what) in heard {
        let statement = sqlx::AssertSqlSafe(format!("{TIMES}'{}'", what.code()));
        let times: i64 = sqlx::query_scalar(statement).bind(order).fetch_one(app.server.db.read()).await.unwrap();
        tally.lost += usize::from(times == 0);
        tally.doubled += usize::from(times > 1);
    }
    let online = "select number, amount_minor, refunded_minor from payments where tender = 'wechat' and status = 'succeeded'";
    let online: Vec<(String, i64, i64)> = sqlx::query_as(online).fetch_all(app.server.db.read()).await.unwrap();
    for (payment, amount, refunded) in online {
        let url = format!("{sandbox}/control/payments/{payment}");
        let seen: Value = reqwest::Client::builder().no_proxy().build().unwrap().get(url).send().await.unwrap().json().await.unwrap();
        assert_eq!((seen["paid_amount"].as_i64(), seen["refunded"].as_i64()), (Some(amount), Some(refunded)), "{payment}: {seen}");
    }
    tally
}
