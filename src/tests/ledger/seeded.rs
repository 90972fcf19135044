//! `guitu seed --orders`: a year of orders in every state, whose books are right, and the same again from the same number on either engine.

use crate::support::{Engine, Seeded, TestApp};
use guitu::demo::seed::bulk::{Size, orders_if_empty};
use guitu::domain::after_sale::StateKind;
use guitu::domain::order::OrderStatus;
use guitu::server::machinery::verify;
use std::collections::BTreeSet;

const SIZE: Size = Size { orders: 4_000, shops: 2, seed: 7, after_sales: 20 };

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_number_is_the_same_year_on_both_engines() {
    Engine::play_on_both(|[sqlite, postgres]| async move {
        let (there, here) = (year(&postgres, SIZE).await, year(&sqlite, SIZE).await);
        assert_eq!(here.rows, there.rows);
        assert_eq!(here.statuses, OrderStatus::ALL.iter().map(|status| status.code().to_owned()).collect());
        assert_eq!(here.cases, StateKind::ALL.iter().map(|state| state.code().to_owned()).collect());
        let other = year(&sqlite, Size { seed: 8, ..SIZE }).await;
        assert_ne!(other.rows, here.rows);
    })
    .await;
}

/// What a year came to.
struct Year {
    rows: Vec<(i64, String, String, i64, i64)>,
    statuses: BTreeSet<String>,
    cases: BTreeSet<String>,
}

/// Fills a database of its own, beside the town's, and has the ledger checked.
async fn year(town: &TestApp, size: Size) -> Year {
    let seeded = Seeded::beside(town, size).await;
    assert!(!orders_if_empty(&seeded.app, size, |_| panic!("a shop is there")).await.unwrap());
    let db = &seeded.db;
    let wrong: Vec<_> = verify::ledger(db).await.unwrap().into_iter().filter(|check| check.differences > 0).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let rows = "select id, number, status, paid_minor, refunded_minor from orders order by id";
    let year = Year {
        rows: sqlx::query_as(rows).fetch_all(db.read()).await.unwrap(),
        statuses: sqlx::query_scalar("select distinct status from orders").fetch_all(db.read()).await.unwrap().into_iter().collect(),
        cases: sqlx::query_scalar("select distinct status from after_sales").fetch_all(db.read()).await.unwrap().into_iter().collect(),
    };
    seeded.take_away().await;
    year
}
