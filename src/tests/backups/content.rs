//! Nothing is lost on the way, in either direction.

use super::{Place, are_right, entries, taken};
use crate::support::{Engine, TestApp, WANG, on_both_engines};
use guitu::demo::seed::bulk::{Size, orders_if_empty};
use guitu::domain::Role;
use guitu::server::db::Db;
use guitu::server::machinery::backup;
use std::os::unix::fs::PermissionsExt;

on_both_engines!(
    rows_and_pictures_are_the_same_after_a_journey_over_both_engines,
    a_backup_is_for_its_owner_and_never_in_anothers_place,
    a_refund_that_was_paid_after_the_backup_is_paid_once,
    a_refund_that_was_agreed_after_the_backup_is_paid_once,
);

async fn rows_and_pictures_are_the_same_after_a_journey_over_both_engines(app: TestApp) {
    // Every kind of row: a town's, and many orders.
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 2)], "wechat").await;
    wang.reviews(&order, 5, "回甘\n\"好\" \\ 🍵\u{202e}").await.goes_to();
    wang.applies(&order, "return_refund", "quality", &[1]).await;
    owner.makes_coupon(&[]).await;
    app.run_due_jobs().await;
    let first = taken(&app, "first.tar.gz").await;
    assert!(first.pictures >= 2 && first.rows > 30, "{first:?}");

    let mut last = first.path.clone();
    let mut places = Vec::new();
    for engine in [Engine::Postgres, Engine::Sqlite, Engine::Postgres] {
        let place = Place::empty(&app, engine).await;
        let restored = place.restores(&last).await.unwrap();
        are_right(&restored);
        assert_eq!((restored.rows, restored.pictures, restored.taken_at), (first.rows, first.pictures, app.server.now()));
        let db = Db::connect(&place.url).await.unwrap();
        let again = backup::take(&db, &place.config(), &place.database.folder.join("again.tar.gz"), false, app.server.now()).await.unwrap();
        db.close().await;
        last = again.path;
        assert!(entries(&first.path) == entries(&last), "the backup of what was restored is the same backup");
        places.push(place);
    }
    assert_eq!(app.count("select count(*) from sessions").await.min(1), 1, "people were logged in");
    assert!(entries(&last).iter().all(|(name, _)| !name.contains("sessions")), "and are not in the backup");
    for place in places {
        place.database.take_away().await;
    }
}

async fn a_backup_is_for_its_owner_and_never_in_anothers_place(app: TestApp) {
    let first = taken(&app, "first.tar.gz").await;
    assert_eq!(std::fs::metadata(&first.path).unwrap().permissions().mode() & 0o777, 0o600);
    let again = backup::take(&app.server.db, &super::config(&app.database_url, &app.folder), &first.path, false, super::noon()).await;
    assert!(again.unwrap_err().to_string().contains("is there already"));
    let folder = app.folder.join("many");
    std::fs::create_dir(&folder).unwrap();
    let named = taken(&app, "many").await.path;
    assert_eq!(named.file_name().unwrap(), "guitu-20261122T040000Z.tar.gz");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing half is left beside it");

    let place = Place::empty(&app, app.engine).await;
    are_right(&place.restores(&folder).await.unwrap());
    let config = place.config();
    assert!(guitu::server::machinery::files::open_to_others(&config).unwrap().is_empty());
    place.database.take_away().await;
}

/// The refund is under way when the backup is taken, and paid afterwards; the restored shop asks for it again under the same number.
async fn a_refund_that_was_paid_after_the_backup_is_paid_once(app: TestApp) {
    let case = applied(&app).await;
    app.staff(Role::Service).await.decides(&case, "agree_refund").await.goes_to();
    let backup = taken(&app, "before.tar.gz").await;
    app.money_goes_back(&case).await;
    is_paid_once(&app, &case, &backup).await;
}

/// Nobody has decided when the backup is taken: in the restored shop the clock does, and comes upon the same number.
async fn a_refund_that_was_agreed_after_the_backup_is_paid_once(app: TestApp) {
    let case = applied(&app).await;
    let backup = taken(&app, "before.tar.gz").await;
    app.staff(Role::Service).await.decides(&case, "agree_refund").await.goes_to();
    app.money_goes_back(&case).await;
    app.clock.advance(3 * guitu::domain::time::DAY);
    is_paid_once(&app, &case, &backup).await;
}

async fn applied(app: &TestApp) -> String {
    let wang = app.buyer(WANG).await;
    let order = wang.buys(&[(app.town.goods.tea, 1)], "wechat").await;
    wang.applies(&order, "refund_only", "unwanted", &[1]).await
}

/// Restores the shop from before the money went out, and lets it go on.
async fn is_paid_once(app: &TestApp, case: &str, before: &backup::WrittenBackup) {
    let refund = app.case(case).await.refunds[0].number.clone();
    assert_eq!(app.bank.payouts(&refund).await.1, 1);
    let place = Place::empty(app, app.engine).await;
    are_right(&place.restores(&before.path).await.unwrap());
    let shop = app.another_process_at(&place.url).await;
    let state = "select status from refunds where number = $1";
    let status = async || -> Option<String> { sqlx::query_scalar(state).bind(&refund).fetch_optional(shop.db.read()).await.unwrap() };
    assert_ne!(status().await.as_deref(), Some("succeeded"), "the restored shop does not know yet");
    app.until("the restored shop hears that it is paid", || async {
        app.clock.advance(guitu::domain::time::MINUTE);
        guitu::server::jobs::run_due(&shop).await.unwrap();
        status().await.as_deref() == Some("succeeded")
    })
    .await;
    assert_eq!(app.bank.payouts(&refund).await.1, 1, "the money went out once");
    let count: i64 = sqlx::query_scalar("select count(*) from refunds").fetch_one(shop.db.read()).await.unwrap();
    assert_eq!(count, 1);
    shop.db.close().await;
    place.database.take_away().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_year_of_orders_moves_from_sqlite_to_postgres() {
    Engine::Sqlite
        .play(|app| async move {
            let size = Size { orders: 3_000, shops: 2, seed: 3, after_sales: 30 };
            let seeded = crate::support::Seeded::beside(&app, size).await;
            assert!(!orders_if_empty(&seeded.app, size, |_| ()).await.unwrap());
            let file = app.folder.join("year.tar.gz");
            let source = super::config("sqlite:elsewhere.db", &app.folder.join("nothing"));
            let taken = backup::take(&seeded.db, &source, &file, false, app.server.now()).await.unwrap();
            let place = Place::empty(&app, Engine::Postgres).await;
            let restored = place.restores(&file).await.unwrap();
            are_right(&restored);
            assert!(restored.rows == taken.rows && taken.rows > 30_000, "{}", taken.rows);
            place.database.take_away().await;
            seeded.take_away().await;
        })
        .await;
}
