//! `docs/glossary.md` names things as the code does.

use crate::sources::below;
use std::collections::BTreeSet;

#[test]
fn every_code_word_of_the_glossary_is_in_the_code() {
    let ours = ["src", "migrations"].into_iter().flat_map(below).filter(|source| !source.path.starts_with("src/tests"));
    let code: Vec<String> = ours.map(|source| source.code()).collect();
    let words: BTreeSet<&str> = include_str!("../../docs/glossary.md").lines().filter_map(code_words).flatten().collect();
    let unknown: Vec<_> = words.iter().filter(|word| !code.iter().any(|text| names(text, word))).collect();
    assert!(!words.is_empty() && unknown.is_empty(), "nothing in the code is called {unknown:?}");
}

#[test]
fn a_code_word_is_whole_and_stands_in_the_second_column() {
    assert_eq!(code_words("| 旗帜 | `OrderFlag`, `flag` | The `colour`. |"), Some(vec!["OrderFlag", "flag"]));
    assert_eq!(code_words("Words without a `row`."), None);
    assert!(names("let turn: Turn = begin()", "Turn") && names("Tender::Cod => 1", "Tender::Cod"));
    assert!(!names("Turns, MyTurn, Turn_", "Turn"));
}

/// What a row has between backticks in its second column.
fn code_words(line: &str) -> Option<Vec<&str>> {
    let (_, rest) = line.strip_prefix("| ")?.split_once(" | ")?;
    let (column, _) = rest.split_once(" | ")?;
    Some(column.split('`').skip(1).step_by(2).collect())
}

/// Does the text name this, and nothing longer of which it is a part?
pub fn names(text: &str, word: &str) -> bool {
    let is_of_name = |sign: char| sign.is_alphanumeric() || sign == '_';
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(is_of_name) && !text[at + word.len()..].starts_with(is_of_name))
}
