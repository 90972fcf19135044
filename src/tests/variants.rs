//! A list that is called `ALL` names every variant of its enum, so that what is read by walking it forgets none.

use crate::sources::below;
use std::collections::BTreeSet;

#[test]
fn every_list_of_all_names_every_variant() {
    let mut lists = 0;
    for source in below("src").iter().filter(|source| !source.is_sql() && !source.path.starts_with("src/tests")) {
        let code = source.code();
        for (owner, listed) in lists_of_all(&code) {
            let Some(variants) = variants(&code, &owner) else { continue };
            assert_eq!(listed, variants, "{}: {owner}::ALL", source.path);
            lists += 1;
        }
    }
    assert!(lists > 20, "{lists}");
}

#[test]
fn variants_and_lists_are_read_as_they_are_written() {
    let code = "pub enum Way {\n    #[default]\n    /// One.\n    There(Place),\n    Back { at: Time, of: A },\n}\nimpl Way {\n    pub const ALL: [Self; 2] =\n        [Self::There, Self::Back];\n}";
    let both: BTreeSet<String> = ["There", "Back"].map(str::to_owned).into();
    assert_eq!(variants(code, "Way"), Some(both.clone()));
    assert_eq!(lists_of_all(code), [("Way".to_owned(), both)]);
}

/// Whose list it is, and what it names; lists of anything but enums name nothing by `Self::`.
fn lists_of_all(code: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("const ALL: ") {
        let Some((_, value)) = code[at..].split_once(" =") else { continue };
        let Some(entries) = value.trim_start().strip_prefix('[') else { continue };
        let entries = entries.split(']').next().unwrap_or_default();
        let named: BTreeSet<String> = entries.split("Self::").skip(1).map(name).collect();
        let Some(owner) = code[..at].rsplit("\nimpl ").next().map(name) else { continue };
        if !named.is_empty() {
            found.push((owner, named));
        }
    }
    found
}

fn variants(code: &str, of: &str) -> Option<BTreeSet<String>> {
    let (_, body) = code.split_once(&format!("enum {of} {{\n"))?;
    let body = body.split("\n}").next()?;
    // Facts of a variant stand deeper than its name.
    let lines = body.lines().filter_map(|line| line.strip_prefix("    "));
    Some(lines.filter(|line| line.starts_with(char::is_uppercase)).map(name).collect())
}

fn name(text: &str) -> String {
    text.chars().take_while(|sign| sign.is_alphanumeric() || *sign == '_').collect()
}
