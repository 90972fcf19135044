//! What an earlier version has stored is read by this one.

use guitu::domain::{Happening, HappeningKind, ShopPolicy};

/// A line for each thing that can happen, as it was stored when it was new. Lines are added and never changed: databases hold the same.
const HAPPENINGS: &str = include_str!("kept.jsonl");

/// The rules of a shop as each version has stored them.
const POLICIES: &str = include_str!("kept_policies.jsonl");

#[test]
fn facts_that_were_stored_before_are_still_read() {
    let read: Vec<Happening> =
        HAPPENINGS.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"))).collect();
    for kind in HappeningKind::ALL {
        assert!(read.iter().any(|happening| happening.kind() == *kind), "{kind:?} has no line in kept.jsonl");
    }
}

#[test]
fn rules_that_were_stored_before_are_still_read() {
    for line in POLICIES.lines() {
        serde_json::from_str::<ShopPolicy>(line).unwrap_or_else(|error| panic!("{line}: {error}"));
    }
    let newest: ShopPolicy = serde_json::from_str(POLICIES.lines().last().unwrap()).unwrap();
    let stored = serde_json::to_value(&newest).unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(POLICIES.lines().last().unwrap()).unwrap(),
        stored,
        "its newest line lacks a rule"
    );
}
