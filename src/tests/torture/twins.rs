//! R5: a shop on SQLite, a shop on PostgreSQL and the pure rules live through the same random days; after every operation all three
//! agree on what was refused and on what stands in the books.

mod book;
mod likeness;
mod operation;
mod rare;
mod story;
mod three_times;
mod wish;
mod world;

use super::{Dice, Tally, dice, rounds};
use crate::support::Engine;
use operation::Operation;
use std::collections::BTreeSet;
use world::World;

/// The operations, with each thing that can be done to a case counted; one button says no before and after the goods are back.
const EVERY_KIND: usize = 22;

/// So many operations meet every kind; of 3,000 some seeds leave one out.
const ENOUGH: usize = 20_000;

/// Operations of one round.
const OPERATIONS: usize = 50;

/// Orders that the dice choose among at a time; older ones are only reached by their clocks.
const STORIES_AT_ONCE: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sqlite_postgres_and_the_rules_agree() {
    let operations = rounds(8) * OPERATIONS;
    Engine::play_on_both(move |towns| async move {
        let mut world = World::of(towns).await;
        let mut dice = dice();
        let mut tally = Tally { tried: operations, ..Tally::default() };
        let mut kinds = BTreeSet::new();
        for _ in 0..operations {
            if let Some(kind) = Box::pin(step(&mut world, &mut dice)).await {
                tally.acknowledged += 1;
                kinds.insert(kind);
            }
        }
        // Whatever is open runs out by itself, and all three books still agree.
        for _ in 0..12 {
            world.waits(8 * guitu::domain::time::DAY);
            Box::pin(world.works(false)).await;
        }
        world.compares_the_sums().await;
        tally.judge("R5", "sqlite = postgres = rules");
        println!("R5 met {} of {EVERY_KIND} kinds: {kinds:?}", kinds.len());
        // Before this many, chance may leave something out.
        assert!(operations < ENOUGH || kinds.len() == EVERY_KIND, "{kinds:?}");
    })
    .await;
}

/// One operation; its kind, if it was taken.
async fn step(world: &mut World, dice: &mut Dice) -> Option<String> {
    let operation = Operation::thrown(world, dice);
    let taken = Box::pin(operation.go(world)).await;
    if dice.one_in(50) {
        world.compares_the_sums().await;
    }
    taken.then(|| operation.kind())
}
