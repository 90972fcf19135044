//! The statements in our sources.

use crate::sources::Source;
use std::collections::BTreeSet;

/// The statements of a source; a file of SQL is one.
pub fn statements_of(source: &Source) -> BTreeSet<String> {
    if source.is_sql() { BTreeSet::from([folded(&source.code())]) } else { statements_in(&source.code()) }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn statements_in(code: &str) -> BTreeSet<String> {
    let is_statement = |text: &String| ["select ", "insert ", "update ", "delete ", "with "].iter().any(|verb| text.starts_with(verb));
    literals(code).iter().map(|text| folded(text)).filter(is_statement).collect()
}

/// The texts in quotes.
pub fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            // A quote as a letter: 'x' or '"'.
            '\'' if letters.as_str().starts_with("\"'") => drop(letters.nth(1)),
            '"' => {
                let mut text = String::new();
                while let Some(letter) = letters.next() {
                    match letter {
                        '"' => break,
                        '\\' => text.extend(letters.next().map(|escaped| if escaped == 'n' { '\n' } else { escaped })),
                        other => text.push(other),
                    }
                }
                found.push(text);
            }
            _ => {}
        }
    }
    found
}

#[test]
fn statements_are_found_in_constants_in_calls_and_in_files() {
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let rust = r#"
        const A: &str = "select 1"; const NOT: &str = "selected";
        const B: &str = include_str!("b.sql");
        fn f() { query("delete from t
            where id = $1 and x = \"1\"") }"#;
    assert_eq!(
        statements_of(&source("a.rs", rust)),
        BTreeSet::from(["delete from t where id = $1 and x = \"1\"", "select 1"].map(str::to_owned))
    );
    let sql = "-- Why it is so.\nselect a\nfrom t\n";
    assert_eq!(statements_of(&source("b.sql", sql)), BTreeSet::from(["select a from t".to_owned()]));
}
