//! P5: ten thousand waiting refunds are agreed to while the shop is read; too long for every day:
//! `GUITU_BATCH_CASES=10000 cargo test --release --features ssr --test integration batches::speed -- --ignored --nocapture --test-threads 1`.

use super::{does, proposes_all};
use crate::support::{Engine, Staff, TestApp};
use guitu::domain::Role;
use guitu::server::after_sales::batches;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "takes a minute"]
async fn sqlite() {
    Engine::Sqlite.play(many_are_agreed_to_while_others_read).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "takes a minute"]
async fn postgres() {
    Engine::Postgres.play(many_are_agreed_to_while_others_read).await;
}

/// People who read the shop's pages meanwhile, each a few pages a second.
const READERS: usize = 4;
const PAGES: [&str; 4] = ["/merchant", "/merchant/after-sales?queue=unshipped", "/merchant/orders", "/merchant/refunds"];

async fn many_are_agreed_to_while_others_read(app: TestApp) {
    let cases: i64 = std::env::var("GUITU_BATCH_CASES").ok().and_then(|typed| typed.parse().ok()).unwrap_or(2_000);
    app.refunds_wait(cases).await;
    sqlx::query("analyze").execute(app.server.db.single()).await.unwrap();
    let owner = app.staff(Role::Owner).await;
    let over = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..READERS).map(|nth| tokio::spawn(reads(owner.clone(), nth, over.clone()))).collect();

    let begun = Instant::now();
    let batch = proposes_all(&owner).await;
    let proposed = begun.elapsed();
    does(&owner, &batch, "start", &[]).await.goes_to();
    let begun = Instant::now();
    let done = batches::run_due(&app.server).await.unwrap();
    let took = begun.elapsed();
    over.store(true, Ordering::SeqCst);
    let (mut pages, mut slowest) = (0, Duration::ZERO);
    for reader in readers {
        let (read, slow) = reader.await.unwrap();
        (pages, slowest) = (pages + read, slowest.max(slow));
    }
    assert_eq!(i64::try_from(done).unwrap(), cases);
    assert_eq!(app.count("select count(*) from refunds").await, cases);
    println!(
        "{:?}: proposed in {proposed:?}; {cases} cases in {took:?}, {:.0} a second; {pages} pages read beside it, the slowest in {slowest:?}",
        app.engine,
        f64::from(u32::try_from(cases).unwrap()) / took.as_secs_f64()
    );
}

async fn reads(staff: Staff, nth: usize, over: Arc<AtomicBool>) -> (usize, Duration) {
    let (mut pages, mut slowest) = (0, Duration::ZERO);
    while !over.load(Ordering::SeqCst) {
        let begun = Instant::now();
        let page = staff.get(PAGES[(nth + pages) % PAGES.len()]).await;
        slowest = slowest.max(begun.elapsed());
        assert_eq!(page.status, 200, "{page}");
        pages += 1;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    (pages, slowest)
}
