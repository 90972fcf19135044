//! While people order, pay and get their money back, one backup after the other is taken; each is a moment in which the books are right.

use super::{Place, are_right, taken};
use crate::support::{CHEN, Engine, LI, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

on_both_engines!(a_backup_under_load_restores_to_right_books_on_both_engines);

async fn a_backup_under_load_restores_to_right_books_on_both_engines(app: TestApp) {
    app.stocks(app.town.goods.cup, 10_000).await;
    let owner = app.staff(Role::Owner).await;
    for phone in [WANG, LI, CHEN] {
        let wealth = [("account", "balance"), ("direction", "up"), ("amount", "9000"), ("reason", "活动赠送")];
        owner.send(&owner.wallet_form(phone, &wealth).await).await.goes_to();
    }
    let (over, steps) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let lives: Vec<_> = [WANG, LI, CHEN]
        .into_iter()
        .map(|phone| {
            let (app, over, steps) = (app.clone(), over.clone(), steps.clone());
            tokio::spawn(async move {
                let (buyer, service) = (app.buyer(phone).await, app.staff(Role::Service).await);
                while !over.load(Ordering::SeqCst) {
                    let order = buyer.buys(&[(app.town.goods.cup, 1)], "balance").await;
                    let case = buyer.applies(&order, "refund_only", "unwanted", &[1]).await;
                    service.decides(&case, "agree_refund").await.goes_to();
                    app.run_due_jobs().await;
                    steps.fetch_add(1, Ordering::SeqCst);
                }
            })
        })
        .collect();
    let mut backups = Vec::new();
    for nth in 0..4 {
        let before = steps.load(Ordering::SeqCst);
        app.until("somebody has ordered", || async { steps.load(Ordering::SeqCst) > before }).await;
        backups.push(taken(&app, &format!("{nth}.tar.gz")).await);
    }
    over.store(true, Ordering::SeqCst);
    for life in lives {
        life.await.unwrap();
    }
    assert!(backups.first().unwrap().rows < backups.last().unwrap().rows, "the shop went on");
    for (backup, engine) in backups.iter().zip([Engine::Sqlite, Engine::Postgres, Engine::Sqlite, Engine::Postgres]) {
        let place = Place::empty(&app, engine).await;
        let restored = place.restores(&backup.path).await.unwrap();
        are_right(&restored);
        assert_eq!(restored.rows, backup.rows);
        place.database.take_away().await;
    }
}
