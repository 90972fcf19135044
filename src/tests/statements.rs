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

/// The statements of a Rust source, its macros expanded.
fn statements_in(source: &str) -> BTreeSet<String> {
    let (mut rest, macros) = without_macros(source);
    // A macro's body may call another one.
    while let Some(Macro { name, parameters, body }) = macros.iter().find(|known| rest.contains(&format!("{}!(", known.name))) {
        let (before, behind) = rest.split_once(&format!("{name}!(")).expect("a call");
        let (arguments, after) = up_to_closing(behind);
        let literals = literals(arguments);
        let expanded = parameters
            .iter()
            .zip(&literals)
            .fold(body.clone(), |body, (parameter, literal)| body.replace(parameter, &format!("{literal:?}")));
        rest = format!("{before}{expanded}{after}");
    }
    while let Some((before, behind)) = rest.clone().split_once("concat!(") {
        let (pieces, after) = up_to_closing(behind);
        rest = format!("{before}{:?}{after}", literals(pieces).concat());
    }
    let is_statement =
        |literal: &String| ["select ", "insert ", "update ", "delete ", "with "].iter().any(|verb| literal.starts_with(verb));
    literals(&rest).iter().map(|literal| folded(literal)).filter(is_statement).collect()
}

/// `macro_rules! name { ($a:literal, $b:literal) => { body }; }`
struct Macro {
    name: String,
    parameters: Vec<String>,
    body: String,
}

fn without_macros(source: &str) -> (String, Vec<Macro>) {
    let mut pieces = source.split("macro_rules! ");
    let mut rest = pieces.next().unwrap_or_default().to_owned();
    let mut macros = Vec::new();
    for piece in pieces {
        let (name, behind) = piece.split_once(" {").expect("a macro");
        let (parameters, behind) = behind.split_once("=> {").expect("an arm");
        let (body, after) = up_to_closing(behind);
        rest.push_str(after.split_once('}').map_or("", |(_, after)| after));
        let parameters = parameters.split('$').skip(1).filter_map(|parameter| Some(format!("${}", parameter.split_once(':')?.0))).collect();
        macros.push(Macro { name: name.to_owned(), parameters, body: body.to_owned() });
    }
    (rest, macros)
}

/// Splits behind an opening bracket at the one that closes it; brackets in texts do not count.
fn up_to_closing(text: &str) -> (&str, &str) {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '{' | '[' if !quoted => depth += 1,
            ')' | '}' | ']' if !quoted && depth == 0 => return (&text[..at], &text[at + 1..]),
            ')' | '}' | ']' if !quoted => depth -= 1,
            _ => {}
        }
    }
    (text, "")
}

/// The texts in quotes.
fn literals(code: &str) -> Vec<String> {
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
fn statements_are_found_in_constants_in_calls_and_behind_macros() {
    let source = r#"
        const A: &str = "select 1"; const NOT: &str = "selected";
        macro_rules! listed { ($what:literal, $more:literal) => { concat!("select ", $what, " from t where ", $more) }; }
        macro_rules! two { () => { " y = 2" }; }
        const B: &str = listed!("a, b", "x = \"1\"");
        const C: &str = concat!("select a, b from t where", two!(), " limit 3");
        fn f() { query("delete from t
            where id = $1") }"#;
    let found = statements_in(source);
    let expected =
        ["delete from t where id = $1", "select 1", "select a, b from t where x = \"1\"", "select a, b from t where y = 2 limit 3"];
    assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}
