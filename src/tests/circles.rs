//! Files do not import each other in circles: what two need stands in a third one, below both. Parents and children may name each other.

use crate::imports::{Crate, Edges};
use crate::sources::{Source, below};
use std::collections::BTreeSet;

#[test]
fn no_files_import_each_other_in_a_circle() {
    let sources: Vec<Source> = below("src").into_iter().filter(|source| !source.path.contains("/tests")).collect();
    let edges = Crate::of(&sources).edges();
    assert!(edges.len() > sources.len(), "only {} imports were found", edges.len());
    let circle = circle(edges);
    assert!(circle.is_empty(), "files import each other in a circle:\n{}", told(&circle));
}

/// The imports of one circle, if there is any.
fn circle(mut edges: Edges) -> Edges {
    // An import lies on a circle only if its file is imported by another and what it imports goes on importing.
    loop {
        let from: BTreeSet<String> = edges.keys().map(|(from, _)| from.clone()).collect();
        let to: BTreeSet<String> = edges.keys().map(|(_, to)| to.clone()).collect();
        let before = edges.len();
        edges.retain(|(one, other), _| from.contains(other) && to.contains(one));
        if edges.len() == before {
            break;
        }
    }
    // What is left may lead from one circle to the next.
    let Some(start) = edges.keys().map(|(from, _)| from).find(|from| reached(&edges, from).contains(*from)).cloned() else { return edges };
    let files = reached(&edges, &start);
    let circle: BTreeSet<String> = files.into_iter().filter(|file| reached(&edges, file).contains(&start)).collect();
    edges.retain(|(from, to), _| circle.contains(from) && circle.contains(to));
    edges
}

/// Every file that is come to from this one.
fn reached(edges: &Edges, start: &str) -> BTreeSet<String> {
    let (mut found, mut next) = (BTreeSet::new(), vec![start.to_owned()]);
    while let Some(file) = next.pop() {
        let to = edges.keys().filter(|(from, _)| *from == file).map(|(_, to)| to);
        next.extend(to.filter(|to| found.insert((*to).clone())).cloned());
    }
    found
}

fn told(edges: &Edges) -> String {
    let line = |((from, to), names): (&(String, String), &BTreeSet<String>)| format!("{from} → {to}: {names:?}");
    edges.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_circle_through_a_re_export_is_found() {
    let files = |cart: &str| {
        let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
        [
            source("src/lib.rs", "pub mod cart;\npub mod orders;\npub mod price;"),
            source("src/orders.rs", "mod line;\npub use line::*;\npub struct Order;"),
            source(
                "src/orders/line.rs",
                "use super::Order;\nuse crate::{cart::{self as basket, Good}, price::Price};\npub struct Line { of: basket::Kind }",
            ),
            source("src/cart.rs", cart),
            source("src/price.rs", "// crate::cart::Good\npub struct Price(&'static str);\nconst NOTE: &str = \"crate::orders::Line\";"),
        ]
    };
    let names = |files: &[Source]| {
        let circle = circle(Crate::of(files).edges());
        circle.into_iter().map(|((from, to), names)| (from, to, names.into_iter().collect::<Vec<_>>().join(" "))).collect::<Vec<_>>()
    };
    let edge = |from: &str, to: &str, names: &str| (from.to_owned(), to.to_owned(), names.to_owned());
    let back = |names: &str| {
        [edge("src/cart.rs", "src/orders/line.rs", names), edge("src/orders/line.rs", "src/cart.rs", "basket::Kind crate::cart::Good")]
    };
    let goods = "pub struct Good;\npub enum Kind { One }\n";
    assert_eq!(names(&files(&format!("use crate::orders::Line as OrderLine;\n{goods}"))), back("crate::orders::Line"));
    assert_eq!(names(&files(&format!("{goods}fn first(line: &crate::orders::Line) {{}}"))), back("crate::orders::Line"));
    assert_eq!(names(&files(&format!("use super::orders::{{self}};\n{goods}fn first(line: &orders::Line) {{}}"))), back("orders::Line"));
    assert_eq!(names(&files(&format!("use crate::orders::Order;\nuse crate::price::Price;\n{goods}"))), []);
}
