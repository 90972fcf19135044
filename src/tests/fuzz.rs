//! A8: requests that no page of ours would send. The grammar is every route of the router × the field names that the pages themselves use ×
//! values that have broken shops before. Nothing may be answered with a 5xx, nothing may come back from a page as markup, and the books add up afterwards.
//!
//! A few thousand in every run; `make fuzz N=5000000 SEED=7` for as long as one likes. A failure prints the seed and the whole request.

mod bodies;
mod grammar;
mod knocker;
mod nasty;
mod parsers;
mod people;

use crate::support::{TestApp, on_both_engines};
use crate::torture::dice::Dice;
use grammar::Grammar;
use knocker::Knocker;
use people::People;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

on_both_engines!(no_request_whatever_is_a_fault_of_ours);

/// How long the slowest answer may take in a run that is there to measure it (A8).
const SLOWEST: Duration = Duration::from_secs(2);
/// So often the people are looked after: whoever was logged out on the way logs in again.
const ROUND: usize = 500;

async fn no_request_whatever_is_a_fault_of_ours(app: TestApp) {
    let measured = std::env::var("FUZZ_REQUESTS").ok().and_then(|typed| typed.parse().ok());
    let requests: usize = measured.unwrap_or(5_000);
    let seed = std::env::var("SEED").ok().and_then(|typed| typed.parse().ok()).unwrap_or(20_261_129);
    let mut dice = Dice::new(seed);
    let knocker = Knocker::of(&app.server);
    let mut people = People::of(&app, &knocker).await;
    let grammar = Grammar::learned(&app, &knocker, &people).await;
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    let mut slowest = (Duration::ZERO, String::new());
    for nth in 0..requests {
        if nth % ROUND == ROUND - 1 {
            people.look_after(&app, &knocker).await;
        }
        let request = grammar.request(&mut dice, &people);
        let begun = Instant::now();
        let answer = knocker.knock(&request).await;
        let took = begun.elapsed();
        assert!(answer.status < 500, "seed {seed}, request {nth}: {} to {request}", answer.status);
        assert!(!answer.has_markup_of_ours(), "seed {seed}, request {nth}: what was typed came back as markup from {request}");
        *statuses.entry(answer.status).or_default() += 1;
        if took > slowest.0 {
            slowest = (took, request.to_string());
        }
    }
    println!("{requests} requests, seed {seed}: {statuses:?}, slowest {} ms: {:.200}", slowest.0.as_millis(), slowest.1);
    for seen in [200, 303, 404, 422] {
        assert!(statuses.contains_key(&seen), "nothing was answered with {seen}: the grammar no longer fits the pages ({statuses:?})");
    }
    if measured.is_some() {
        assert!(slowest.0 < SLOWEST, "{} took {} ms", slowest.1, slowest.0.as_millis());
    }
}
