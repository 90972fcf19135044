//! What happens when nobody acts: each clock fires once, never early, whoever else acts in the same moment.

mod after_sales;
mod orders;
mod together;

use crate::support::TestApp;

/// The one clock that runs fires at its very millisecond, and not again.
async fn fires_once_after(app: &TestApp, span: i64) {
    assert_eq!(app.wait(span - 1).await.0, 0, "too early");
    assert_eq!(app.wait(1).await.0, 1, "at its time");
    assert_eq!(app.run_due_jobs().await.0, 0, "again");
}
