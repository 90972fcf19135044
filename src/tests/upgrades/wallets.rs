//! Wallets from when a buyer had one for all shops: each shop gets its own part, and nobody has more or less than before.

use crate::support::{Database, Engine, TestApp, server_url};
use guitu::server::db::Db;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};

/// The last migration with one wallet a buyer that this test knows how to fill.
const BEFORE: i64 = 18;
const BUYERS: i64 = 80;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_sqlite_every_wallet_is_parted_by_shop() {
    part(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_postgres_every_wallet_is_parted_by_shop() {
    part(Engine::Postgres).await;
}

/// A movement of an old wallet: at one of three shops or, 0, at none.
#[derive(Clone, Copy, Debug)]
struct Old {
    id: i64,
    shop: i64,
    buyer: i64,
    points: bool,
    amount: i64,
    before: i64,
}

impl Old {
    fn account(self) -> &'static str {
        if self.points { "points" } else { "balance" }
    }

    /// What had no shop is the first one's.
    fn lands_at(self) -> i64 {
        self.shop.max(1)
    }
}

/// Movements of every kind of buyer: of one shop, of several, in debt. Balances never fall below zero, points may.
fn old_movements() -> Vec<Old> {
    let mut runner = TestRunner::deterministic();
    let movement = (0i64..=3, proptest::bool::ANY, -9_000i64..=12_000);
    let of_buyer = proptest::collection::vec(movement, 0..9);
    let mut movements = Vec::new();
    for buyer in 1..=BUYERS {
        let mut held = BTreeMap::from([(false, 0), (true, 0)]);
        for (shop, points, amount) in of_buyer.new_tree(&mut runner).unwrap().current() {
            // Every fourth buyer knows one shop only.
            let shop = if buyer % 4 == 0 { 2 } else { shop };
            let before = held[&points];
            let amount = if points { amount } else { amount.max(-before) };
            if amount != 0 {
                movements.push(Old { id: 1_000 + i64::try_from(movements.len()).unwrap(), shop, buyer, points, amount, before });
                held.insert(points, before + amount);
            }
        }
    }
    movements
}

async fn part(engine: Engine) {
    let database = Database::fresh(engine, server_url).await;
    let old = Db::connect(&database.url).await.unwrap();
    sqlx_macros::migrate!("./migrations").run_to(BEFORE, old.single()).await.unwrap();
    let movements = old_movements();
    fill(&old, &movements).await;
    old.close().await;
    Engine::play_in(database, |app| all_is_parted(app, movements)).await;
}

async fn fill(old: &Db, movements: &[Old]) {
    let mut tx = old.write().await.unwrap();
    for shop in 1..=3_i64 {
        let open =
            "insert into shops (id, code, name, phone, time_zone, policy, created_at) values ($1, $2, '', '', 'Asia/Shanghai', '{}', 1)";
        sqlx::query(open).bind(shop).bind(format!("old-{shop}")).execute(tx.conn()).await.unwrap();
    }
    for buyer in 1..=BUYERS {
        let sum = |points| movements.iter().filter(|one| one.buyer == buyer && one.points == points).map(|one| one.amount).sum::<i64>();
        let register = "insert into buyers (id, phone, name, password_hash, balance_minor, points, created_at) values ($1, $2, '老买家', '', $3, $4, 1)";
        let query = sqlx::query(register).bind(buyer).bind(format!("137{buyer:08}")).bind(sum(false)).bind(sum(true));
        query.execute(tx.conn()).await.unwrap();
    }
    for old in movements {
        let insert = "insert into money_events (id, shop_id, buyer_id, account, cause, amount_minor, before_minor, after_minor, actor, at)
            values ($1, $2, $3, $4, 'opening', $5, $6, $7, 'system', $1)";
        let query = sqlx::query(insert).bind(old.id).bind((old.shop > 0).then_some(old.shop)).bind(old.buyer).bind(old.account());
        query.bind(old.amount).bind(old.before).bind(old.before + old.amount).execute(tx.conn()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

type Wallet = (i64, i64, i64);
type Movement = (i64, i64, i64, String, String, i64, i64, i64);

async fn all_is_parted(app: TestApp, old: Vec<Old>) {
    let wallets: Vec<Wallet> = sqlx::query_as("select buyer_id, balance_minor, points from members where buyer_id <= 80")
        .fetch_all(app.server.db.read())
        .await
        .unwrap();
    let movements: Vec<Movement> = sqlx::query_as(
        "select id, shop_id, buyer_id, account, cause, amount_minor, before_minor, after_minor from money_events where buyer_id <= 80 order by id",
    )
    .fetch_all(app.server.db.read())
    .await
    .unwrap();
    nobody_has_more_or_less(&old, &wallets);
    history_is_as_it_was(&old, &movements);
    what_was_carried_evens_out(&old, &movements);
}

fn nobody_has_more_or_less(old: &[Old], wallets: &[Wallet]) {
    let (mut in_debt, mut in_debt_and_rich) = (0, 0);
    for buyer in 1..=BUYERS {
        let sum = |points| old.iter().filter(|one| one.buyer == buyer && one.points == points).map(|one| one.amount).sum::<i64>();
        let of_buyer: Vec<&Wallet> = wallets.iter().filter(|wallet| wallet.0 == buyer).collect();
        assert_eq!(of_buyer.iter().map(|wallet| wallet.1).sum::<i64>(), sum(false), "balance of {buyer}");
        assert_eq!(of_buyer.iter().map(|wallet| wallet.2).sum::<i64>(), sum(true), "points of {buyer}");
        assert!(of_buyer.iter().all(|wallet| wallet.1 >= 0), "{of_buyer:?}");
        // Debts are paid first: nobody owes points at one shop while another has some.
        in_debt += i32::from(sum(true) < 0);
        in_debt_and_rich += i32::from(of_buyer.iter().any(|wallet| wallet.2 < 0) && of_buyer.iter().any(|wallet| wallet.2 > 0));
    }
    assert!(in_debt > 5, "{in_debt} buyers owe points: the dice have to show some");
    assert_eq!(in_debt_and_rich, 0);
}

/// Amounts to the letter; sums too, where one shop alone had moved the wallet.
fn history_is_as_it_was(old: &[Old], movements: &[Movement]) {
    let mut kept = 0;
    for one in old {
        let found = movements.iter().find(|movement| movement.0 == one.id).unwrap();
        assert_eq!((found.1, found.2, &*found.3, &*found.4, found.5), (one.lands_at(), one.buyer, one.account(), "opening", one.amount));
        let shops: BTreeSet<i64> =
            old.iter().filter(|two| two.buyer == one.buyer && two.points == one.points).map(|two| two.lands_at()).collect();
        if shops.len() == 1 {
            assert_eq!((found.6, found.7), (one.before, one.before + one.amount), "{one:?}");
            kept += 1;
        }
    }
    assert!(kept > 20, "{kept}");
}

/// Each wallet is carried at most once, towards zero, and all of a buyer's add up to nothing.
fn what_was_carried_evens_out(old: &[Old], movements: &[Movement]) {
    let carried: Vec<&Movement> = movements.iter().filter(|movement| movement.4 == "carried_over").collect();
    assert_eq!(movements.len(), old.len() + carried.len());
    assert!(carried.len() > 20, "{}", carried.len());
    let mut sums = BTreeMap::new();
    for movement in &carried {
        let (shop, buyer, account) = (movement.1, movement.2, &movement.3);
        assert_eq!(carried.iter().filter(|two| (two.1, two.2, &two.3) == (shop, buyer, account)).count(), 1);
        assert!(movement.6.abs() > movement.7.abs() && movement.6.signum() != -movement.7.signum(), "{movement:?}");
        *sums.entry((buyer, account)).or_insert(0) += movement.5;
    }
    assert!(sums.values().all(|sum| *sum == 0), "{sums:?}");
}
