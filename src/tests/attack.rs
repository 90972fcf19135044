//! A11: strangers who want the server down, beside people who want to buy. A few seconds of it in every run of the tests; as long as one likes, and
//! judged by the clock as well, with `make attack SECONDS=n`. Everything stays on the loopback address.

mod bombs;
mod flood;
mod people;
mod tally;
mod target;

use crate::support::{TestApp, on_both_engines};
use std::sync::Arc;
use std::time::Duration;
use tally::Tally;
use target::Target;

on_both_engines!(an_attacked_server_stays_small_makes_no_errors_and_serves_on);

/// How long the attack lasts: `ATTACK_SECONDS`, or as long as every run of the tests can afford.
fn lasts() -> Duration {
    Duration::from_secs(std::env::var("ATTACK_SECONDS").ok().and_then(|typed| typed.parse().ok()).unwrap_or(6).clamp(1, 600))
}

/// Only a release build on a machine of its own is judged by the clock.
fn is_timed() -> bool {
    std::env::var("ATTACKED").is_ok()
}

async fn an_attacked_server_stays_small_makes_no_errors_and_serves_on(app: TestApp) {
    let target = Target::start(&app).await;
    let tally = Arc::new(Tally::until(lasts()));
    let mut everybody = Vec::new();
    everybody.extend(bombs::throw(&target, &tally));
    everybody.extend(flood::open(&target, &tally));
    everybody.extend(people::come(&target, &tally));
    for one in everybody {
        one.await.unwrap();
    }
    let peak = target.peak_mib();
    println!("{}", tally.line(app.engine, peak));
    tally.judge(peak, is_timed());
    // Afterwards everything is as it was.
    people::buys(&target, "127.0.0.9").await.expect("an order after the attack");
}
