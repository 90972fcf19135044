use super::{LIST, at_the_cashier, finance, notices};
use crate::support::{TestApp, Told, goes_on, on_both_engines};
use guitu::domain::order::OrderStatus;
use guitu::domain::time::{HOUR, MINUTE};
use guitu::server::jobs;

on_both_engines!(
    a_callback_and_scans_of_several_processes_count_a_payment_once,
    a_callback_and_scans_send_a_surplus_back_once,
    a_scan_and_two_presses_record_a_payment_once,
);

/// The callback, told six times, and the workers of three processes, all at once.
async fn everybody_at_once(app: &TestApp, payment: &str) {
    let others = [app.another_process().await, app.another_process().await];
    let notice = Told::paid(payment, 10_000, "CNY");
    let told: Vec<_> = (0..6)
        .map(|_| {
            let (app, notice) = (app.clone(), notice.clone());
            tokio::spawn(async move { told(&app, &notice).await })
        })
        .collect();
    tokio::join!(goes_on(|| jobs::run_due(&app.server)), goes_on(|| jobs::run_due(&others[0])), goes_on(|| jobs::run_due(&others[1])));
    for answer in told {
        assert_eq!(answer.await.unwrap(), 204);
    }
    for other in others {
        other.db.close().await;
    }
}

/// What the shop says to a callback. Who is told to come later calls again.
async fn told(app: &TestApp, notice: &Told) -> u16 {
    for _ in 0..20 {
        let said = app.bank.tells(&app.url, notice).await;
        if said != 503 {
            return said;
        }
    }
    panic!("no callback is taken any more");
}

async fn a_callback_and_scans_of_several_processes_count_a_payment_once(app: TestApp) {
    let (_, order, payment) = at_the_cashier(&app).await;
    app.bank.pays_quietly(&payment).await;
    app.clock.advance(5 * MINUTE);
    Box::pin(everybody_at_once(&app, &payment)).await;
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment);
    assert_eq!(app.count("select count(*) from money_events where payment_id is not null").await, 1);
    // Whoever was first decides whether there was anything to tell of.
    let listed = app.count("select count(*) from payment_anomalies").await;
    assert!(listed <= 1 && notices(&app).await == listed, "{listed}");
    assert_eq!(app.count("select count(*) from payment_anomalies where resolved_at is null").await, 0);
}

async fn a_callback_and_scans_send_a_surplus_back_once(app: TestApp) {
    let (wang, order, payment) = at_the_cashier(&app).await;
    sqlx::query("update payments set status = 'void'").execute(app.server.db.single()).await.unwrap();
    wang.cancels(&order).await.goes_to();
    app.bank.pays_quietly(&payment).await;
    app.clock.advance(5 * MINUTE);
    Box::pin(everybody_at_once(&app, &payment)).await;
    app.run_due_jobs().await;
    app.until("the surplus is back", || async { app.count("select count(*) from refunds where status = 'succeeded'").await == 1 }).await;
    assert_eq!(app.bank.paid_back(&payment).await, 10_000);
    assert_eq!((app.count("select count(*) from payment_anomalies").await, notices(&app).await), (1, 1));
    assert_eq!(app.count("select count(*) from refunds").await, 1);
}

async fn a_scan_and_two_presses_record_a_payment_once(app: TestApp) {
    let (_, order, payment) = at_the_cashier(&app).await;
    assert_eq!(app.bank.tells(&app.url, &Told::paid(&payment, 1, "CNY")).await, 500);
    app.bank.pays_quietly(&payment).await;
    let id = app.count("select id from payment_anomalies").await;
    let finance = finance(&app).await;
    // The button is on the screen before the scan begins.
    let button = finance.form(LIST, &format!("{LIST}/{id}/query")).await;
    app.clock.advance(5 * MINUTE);
    let (one, other, scanned) = tokio::join!(finance.send(&button), finance.send(&button), jobs::run_due(&app.server));
    scanned.unwrap();
    for pressed in [one, other] {
        pressed.goes_to();
    }
    app.wait(HOUR).await;
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment);
    assert_eq!(app.count("select count(*) from money_events where cause = 'paid'").await, 1);
    assert_eq!(app.count("select count(*) from payment_anomalies where resolved_at is null").await, 0);
    assert_eq!(app.count("select count(*) from payment_anomalies where kind = 'amount_differs'").await, 1);
}
