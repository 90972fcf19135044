//! Many after-sales decided at once (S52): each case once, whatever dies or moves on meanwhile.

mod choosing;
mod deciding;
mod many;
mod speed;
mod waiting;

use crate::support::{Page, Staff, TestApp};
use guitu::server::after_sales::batches;

const WORKBENCH: &str = "/merchant/after-sales?queue=unshipped";
const BATCHES: &str = "/merchant/batches";

/// All of the queue of refunds before shipping, proposed; the address of the batch.
async fn proposes_all(staff: &Staff) -> String {
    let form = staff.form(WORKBENCH, BATCHES).await.with("all", "1").with("decision", "agree_refund");
    staff.send(&form).await.goes_to().to_owned()
}

/// One step of a batch: start, stop, resume, drop.
async fn does(staff: &Staff, batch: &str, what: &str, typed: &[(&str, &str)]) -> Page {
    staff.submit(batch, &format!("{batch}/{what}"), typed).await
}

/// Everything that waits is worked off.
async fn is_worked_off(app: &TestApp) -> usize {
    batches::run_due(&app.server).await.unwrap()
}
