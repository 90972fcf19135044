//! Transactions of one commit: whoever is told that it is done finds it there from outside, and what was broken off leaves nothing, whoever was beside it.

use crate::support::{TestApp, on_both_engines, warm_up};
use futures_util::future::join_all;
use guitu::domain::{Happening, OrderId, ShopId, Timestamp};
use guitu::server::app::App;
use guitu::server::db::group_commit;
use guitu::server::store::machinery::clocks::{self, Subject};
use guitu::server::store::people::attempts;
use guitu::server::store::people::notices::{self, NewNotice};
use std::sync::Arc;
use std::time::Duration;

on_both_engines!(
    what_is_done_is_seen_from_outside_and_what_was_broken_off_is_not,
    who_hangs_up_leaves_the_others_alone,
    who_hangs_up_before_his_turn_has_begun_leaves_the_others_alone,
    what_people_ask_waits_for_no_company,
    the_file_is_free_again_when_the_last_was_broken_off,
    what_is_said_in_the_end_is_kept_with_the_rest_or_takes_it_along,
);

const NOW: Timestamp = Timestamp(1_000);
const LATER: Timestamp = Timestamp(2_000);

/// Writes one row down; `true` if it wishes to keep it and was told that it is kept.
async fn writes(app: Arc<App>, key: String, keeps: bool) -> bool {
    let mut tx = app.db.write().await.unwrap();
    assert!(attempts::once(tx.conn(), &key, LATER, NOW).await.unwrap(), "{key}");
    tokio::task::yield_now().await;
    if keeps {
        tx.commit().await.unwrap();
    }
    keeps
}

async fn is_there(app: &App, key: &str) -> bool {
    attempts::find(&mut app.db.reader().await.unwrap(), key, NOW).await.unwrap().is_some()
}

async fn what_is_done_is_seen_from_outside_and_what_was_broken_off_is_not(app: TestApp) {
    let outside = app.another_process().await;
    for server in [&app.server, &outside] {
        warm_up(server).await;
    }
    let all = (0..90).map(|nth| {
        let (server, outside) = (app.server.clone(), outside.clone());
        tokio::spawn(async move {
            let key = format!("row {nth}");
            let kept = match nth % 4 {
                0 => writes(server, key.clone(), true).await,
                others => group_commit(writes(server, key.clone(), others != 3)).await,
            };
            assert_eq!(is_there(&outside, &key).await, kept, "{key}");
        })
    });
    for one in join_all(all).await {
        one.unwrap();
    }
    let rows = app.count("select count(*) from attempts where key like 'row %'").await;
    assert_eq!(usize::try_from(rows).unwrap(), (0..90).filter(|nth| nth % 4 != 3).count());
    outside.db.close().await;
}

async fn who_hangs_up_leaves_the_others_alone(app: TestApp) {
    warm_up(&app.server).await;
    let others: Vec<_> = (0..40).map(|nth| tokio::spawn(group_commit(writes(app.server.clone(), format!("stays {nth}"), true)))).collect();
    let hung: Vec<_> = (0..40).map(|nth| tokio::spawn(group_commit(writes(app.server.clone(), format!("goes {nth}"), true)))).collect();
    for (nth, one) in hung.into_iter().enumerate() {
        tokio::time::sleep(Duration::from_micros(50 * nth as u64)).await;
        one.abort();
    }
    for other in others {
        assert!(other.await.unwrap());
    }
    assert_eq!(app.count("select count(*) from attempts where key like 'stays %'").await, 40);
}

async fn who_hangs_up_before_his_turn_has_begun_leaves_the_others_alone(app: TestApp) {
    for nth in 0..200 {
        let mut first = group_commit(app.server.db.write()).await.unwrap();
        assert!(attempts::once(first.conn(), &format!("first {nth}"), LATER, NOW).await.unwrap());
        // They wait in this order.
        let second = tokio::spawn(group_commit(writes(app.server.clone(), format!("second {nth}"), true)));
        tokio::task::yield_now().await;
        let goes = tokio::spawn(group_commit(writes(app.server.clone(), format!("goes {nth}"), true)));
        tokio::task::yield_now().await;
        let first = tokio::spawn(first.commit());
        for _ in 0..nth {
            tokio::task::yield_now().await;
        }
        goes.abort();
        first.await.unwrap().unwrap();
        assert!(second.await.unwrap());
    }
    assert_eq!(app.count("select count(*) from attempts where key like 'first %' or key like 'second %'").await, 400);
}

async fn what_people_ask_waits_for_no_company(app: TestApp) {
    let mut first = group_commit(app.server.db.write()).await.unwrap();
    attempts::once(first.conn(), "first", LATER, NOW).await.unwrap();
    let asked = tokio::spawn(writes(app.server.clone(), "asked".to_owned(), true));
    tokio::time::sleep(Duration::from_millis(50)).await;
    first.commit().await.unwrap();
    assert!(asked.await.unwrap());
    assert!(is_there(&app.server, "first").await && is_there(&app.server, "asked").await);
}

async fn the_file_is_free_again_when_the_last_was_broken_off(app: TestApp) {
    let outside = app.another_process().await;
    for nth in 0..3 {
        assert!(!group_commit(writes(app.server.clone(), format!("broken {nth}"), false)).await);
        assert!(writes(outside.clone(), format!("outside {nth}"), true).await);
    }
    outside.db.close().await;
}

async fn what_is_said_in_the_end_is_kept_with_the_rest_or_takes_it_along(app: TestApp) {
    let all = (0..20).map(|nth| {
        let server = app.server.clone();
        group_commit(async move {
            let (key, order) = (format!("end {nth}"), OrderId(nth));
            let mut tx = server.db.write().await.unwrap();
            assert!(attempts::once(tx.conn(), &key, LATER, NOW).await.unwrap());
            tx.defer(clocks::set(Subject::Order(order), NOW));
            tx.defer(clocks::set(Subject::Order(order), LATER));
            tx.defer(notices::insert(&notice(nth)).unwrap());
            if nth % 2 == 1 {
                // Its number is taken.
                tx.defer(notices::insert(&notice(nth)).unwrap());
            }
            tx.defer(clocks::clear(Subject::Order(OrderId(-1))));
            assert_eq!(tx.commit().await.is_ok(), nth % 2 == 0, "{key}");
            assert_eq!(is_there(&server, &key).await, nth % 2 == 0, "{key}");
        })
    });
    join_all(all).await;
    assert_eq!(app.count("select count(*) from clocks where due_at = 2000 and subject_id % 2 = 0").await, 10);
    assert_eq!(app.count("select count(*) from clocks").await, 10);
    assert_eq!(app.count("select count(*) from messages").await, 10);
}

fn notice(nth: i64) -> NewNotice {
    NewNotice {
        id: nth,
        shop_id: ShopId(-1),
        buyer_id: None,
        order_id: OrderId(-1),
        after_sale_id: None,
        what: Happening::AddressEdited,
        at: NOW,
    }
}
