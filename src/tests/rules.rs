//! `docs/rules.md` says what every rule asks that a comment names, and nothing of others.

use crate::sources::below;
use std::collections::BTreeSet;

/// Groups of rules: S73, M11.
const LETTERS: &str = "SMPRABTNL";

#[test]
fn every_rule_that_a_comment_names_is_explained_and_no_other() {
    let named: BTreeSet<String> =
        below("src").iter().flat_map(|source| source.text.lines().filter_map(comment).flat_map(rules).collect::<Vec<_>>()).collect();
    let page = include_str!("../../docs/rules.md");
    let explained: BTreeSet<String> =
        page.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(' ')).flat_map(|(first, _)| rules(first)).collect();
    let unexplained: Vec<_> = named.difference(&explained).collect();
    let unused: Vec<_> = explained.difference(&named).collect();
    assert!(unexplained.is_empty() && unused.is_empty(), "without a row: {unexplained:?}, in no comment: {unused:?}");
}

#[test]
fn rules_are_read_singly_and_as_spans() {
    assert_eq!(rules("once (S73, B9–B11), not `P1`, SHA256 or X2"), ["S73", "B9", "B10", "B11"]);
    assert_eq!((comment("a // M1"), comment("\"https://a\"")), (Some(" M1"), None));
}

/// The comment at the end of a line, or that is all of it.
fn comment(line: &str) -> Option<&str> {
    if line.trim_start().starts_with("//") { Some(line) } else { line.split_once(" //").map(|(_, comment)| comment) }
}

/// The rules in a comment; code in it is none.
fn rules(comment: &str) -> Vec<String> {
    let words = comment.split('`').step_by(2).flat_map(|text| text.split(|sign: char| !(sign.is_alphanumeric() || sign == '–')));
    words.flat_map(|word| span(word).unwrap_or_default()).collect()
}

/// `B9`, or all from `B9–B11`.
fn span(word: &str) -> Option<Vec<String>> {
    let (first, last) = word.split_once('–').unwrap_or((word, word));
    let (letter, from) = numbered(first)?;
    let (_, to) = numbered(last)?;
    Some((from..=to).map(|number| format!("{letter}{number}")).collect())
}

fn numbered(word: &str) -> Option<(char, u8)> {
    let letter = word.chars().next().filter(|letter| LETTERS.contains(*letter))?;
    Some((letter, word[1..].parse().ok()?))
}
