//! `CONTRIBUTING.md` names files and things as they are called.

use crate::glossary::names;
use crate::sources::{Source, below};
use std::collections::BTreeSet;
use std::path::Path;

const GUIDE: &str = include_str!("../../CONTRIBUTING.md");

#[test]
fn every_file_that_the_guide_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let paths: BTreeSet<&str> = quoted(GUIDE).filter(|quoted| is_path(quoted)).collect();
    let missing: Vec<_> = paths.iter().filter(|path| !root.join(path).exists()).collect();
    assert!(!paths.is_empty() && missing.is_empty(), "there is no {missing:?}");
}

#[test]
fn every_name_of_the_guide_is_in_the_code() {
    let all = ["src", "migrations"].into_iter().flat_map(below);
    let code: Vec<Source> = all.filter(|source| source.path != "src/tests/contributing.rs").collect();
    let found: BTreeSet<&str> = quoted(GUIDE).filter(|quoted| name(quoted).is_some()).collect();
    let unknown: Vec<_> = found.iter().filter(|quoted| !name(quoted).is_some_and(|name| is_of(&code, &name))).collect();
    assert!(!found.is_empty() && unknown.is_empty(), "nothing in the code is called {unknown:?}");
}

#[test]
fn what_stands_between_backticks_is_a_path_a_name_or_neither() {
    let words = "`src/a.rs` and `Makefile.toml`, `b::of()` and `matches!`, `make test`, `src/<noun>.rs`, `/orders`, `==`";
    let paths: Vec<_> = quoted(words).filter(|quoted| is_path(quoted)).collect();
    let names: Vec<_> = quoted(words).filter_map(name).collect();
    assert_eq!((paths, names), (vec!["src/a.rs", "Makefile.toml"], vec![vec!["b", "of"], vec!["matches"]]));
    let code = [Source { path: "src/b.rs".to_owned(), text: "fn of() {}".to_owned() }];
    assert!(is_of(&code, &["b", "of"]) && is_of(&code, &["of"]) && !is_of(&code, &["c", "of"]) && !is_of(&code, &["b", "off"]));
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// A file or a folder by its way from the root; one with a placeholder is none.
fn is_path(quoted: &str) -> bool {
    let is_written_out = !quoted.contains(|sign: char| sign.is_whitespace() || "<>:".contains(sign)) && !quoted.starts_with('/');
    is_written_out && (quoted.contains('/') || Path::new(quoted).extension().is_some())
}

/// The parts of `Happening`, `fire()`, `matches!` or `hidden::facts_are_read_back`.
fn name(quoted: &str) -> Option<Vec<&str>> {
    let parts: Vec<&str> = quoted.trim_end_matches("()").trim_end_matches('!').split("::").collect();
    let is_name = |part: &&str| !part.is_empty() && part.chars().all(|sign| sign.is_alphanumeric() || sign == '_');
    parts.iter().all(is_name).then_some(parts)
}

/// Does one file say all of the name, in what it holds or by what it is called?
fn is_of(code: &[Source], name: &[&str]) -> bool {
    let says = |source: &Source, part: &str| names(&source.text, part) || source.path.split(['/', '.']).any(|called| called == part);
    code.iter().any(|source| name.iter().all(|part| says(source, part)))
}
