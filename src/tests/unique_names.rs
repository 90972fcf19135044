//! A type's name says one thing in the whole crate, so that it can be searched for and spoken of.

use crate::sources::below;
use crate::words::words;
use std::collections::BTreeMap;

/// The two halves of a `cfg`: what is there without the feature `demo` is called as what is there with it.
const HALVES: [&str; 2] = ["Demo", "DemoError"];

#[test]
fn every_type_and_component_is_defined_once() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in below("src").into_iter().filter(|source| !source.is_sql() && !source.path.contains("tests")) {
        for name in defined(&source.code()) {
            places.entry(name).or_default().push(source.path.clone());
        }
    }
    places.retain(|name, places| places.len() > 1 && !HALVES.contains(&name.as_str()));
    assert!(places.is_empty(), "defined more than once: {places:#?}");
}

#[test]
fn a_definition_is_told_from_other_words() {
    let code = "pub struct Row { kind: Kind } enum Kind { A } impl Row { type Item = Kind; fn of() {} } pub(super) type Sum = [f32; 3]; fn Table() {}";
    assert_eq!(defined(code), ["Row", "Kind", "Sum", "Table"]);
}

/// The types and components that a source defines. A `type` within an `impl` is of that alone.
fn defined(code: &str) -> Vec<String> {
    let (mut found, mut depth) = (Vec::new(), 0_usize);
    for pair in words(code).windows(2) {
        match pair[0] {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            "struct" | "enum" | "trait" => found.push(pair[1].to_owned()),
            "type" if depth == 0 => found.push(pair[1].to_owned()),
            "fn" if pair[1].starts_with(char::is_uppercase) => found.push(pair[1].to_owned()),
            _ => {}
        }
    }
    found
}
