//! The floors of the house: imports go downwards only, and each thing is named in one place.

use crate::imports::Crate;
use crate::sources::{Source, below};

/// The floor, and what of this crate it may name.
const FLOORS: [(&str, &[&str]); 15] = [
    ("src/domain", &["domain"]),
    ("src/text", &["domain", "text"]),
    ("src/routes.rs", &[]),
    ("src/routes", &[]),
    ("src/ui", &["domain", "routes", "ui"]),
    ("src/api", &["domain", "routes", "server", "http", "api"]),
    ("src/islands", &["domain", "routes", "ui", "api", "islands"]),
    ("src/server/store", &["domain", "server::db", "server::error", "server::store"]),
    ("src/server", &["domain", "text", "routes", "server"]),
    ("src/http", &["domain", "text", "routes", "server", "http"]),
    ("src/demo/sandbox", &["domain", "demo::sandbox", "http::net", "server::clock", "server::limits", "server::payments"]),
    ("src/demo", &["demo", "domain", "http::assets", "http::net", "server"]),
    ("src/pages", &["domain", "text", "routes", "ui", "api", "islands", "server", "http", "pages"]),
    ("src/start", &["demo", "domain", "http", "pages", "server", "start"]),
    ("src/hydrate.rs", &[]),
];

#[test]
fn a_floor_names_only_what_lies_below_it() {
    let ours = Crate::of(&below("src"));
    for (floor, below_it) in FLOORS {
        for source in below(floor) {
            for named in ours.named_by(&source.path) {
                let allowed = below_it.iter().any(|floor| named == *floor || named.starts_with(&format!("{floor}::")));
                assert!(allowed, "{} names crate::{named}", source.path);
            }
        }
    }
}

/// The groups of a floor: none names one that stands behind it.
const GROUPS: [(&str, &[&str]); 4] = [
    ("server", &["machinery", "people", "shop", "money", "goods", "orders", "after_sales", "anomalies"]),
    ("server::store", &["machinery", "people", "goods", "money", "orders", "after_sales"]),
    ("pages::buyer", &["people", "money", "goods", "orders", "after_sales"]),
    ("pages::merchant", &["people", "shop", "goods", "money", "orders", "after_sales"]),
];

#[test]
fn a_group_names_none_that_stands_behind_it() {
    let ours = Crate::of(&below("src"));
    for (floor, groups) in GROUPS {
        for (place, group) in groups.iter().enumerate() {
            for source in below(&format!("src/{}/{group}", floor.replace("::", "/"))) {
                let named = ours.named_by(&source.path);
                let behind = groups[place + 1..].iter().map(|group| format!("{floor}::{group}::"));
                let wrong: Vec<_> = behind.filter(|group| named.iter().any(|named| format!("{named}::").starts_with(group))).collect();
                assert!(wrong.is_empty(), "{} names {wrong:?}", source.path);
            }
        }
    }
}

#[test]
fn the_domain_knows_its_trade_and_little_else() {
    let known = ["std", "serde", "chrono", "chrono_tz", "rust_decimal", "thiserror", "crate", "super", "self"];
    for source in below("src/domain") {
        let modules: Vec<String> = source
            .code()
            .lines()
            .filter_map(|line| Some(line.trim().trim_start_matches("pub ").strip_prefix("mod ")?.trim_end_matches(';').to_owned()))
            .collect();
        for used in source.code().lines().filter_map(|line| line.trim().trim_start_matches("pub ").strip_prefix("use ")) {
            let first = used.split([':', ';', ' ']).next().unwrap_or_default();
            let own = first.chars().next().is_some_and(char::is_uppercase) || modules.iter().any(|module| module == first);
            assert!(known.contains(&first) || own, "{} uses {first}", source.path);
        }
    }
}

#[test]
fn some_words_belong_to_one_floor_alone() {
    let never = |floor: &str, words: &[&str]| forbid(&below(floor), words, &[]);
    never("src/islands", &["server", "sqlx"]);
    never("src/ui", &["server::", "sqlx", "axum"]);
    never("src/pages", &["sqlx", "reqwest"]);
    let server = below("src/server");
    forbid(
        &server,
        &["Dialect", "sqlx::Postgres", "sqlx::Sqlite", "PRAGMA", "for update"],
        &["src/server/db", "src/server/store/machinery/clocks.rs", "src/server/store/orders/lock", "src/server/store/people/staff_list.rs"],
    );
    forbid(&server, &["leptos", "axum", "tower_sessions", "hyper"], &[]);
    let network = ["reqwest", "TcpListener", "TcpStream", "UdpSocket"];
    let speakers = [
        "src/server/payments/",
        "src/demo/sandbox/",
        "src/tests/",
        "src/demo/seed/sandbox.rs",
        "src/http/net.rs",
        "src/http/net/",
        "src/start/serve.rs",
        "src/start/metrics.rs",
        "src/server/machinery/telemetry/traces.rs",
    ];
    forbid(&below("src"), &network, &speakers);
}

#[test]
fn pages_take_types_from_the_store_and_nothing_that_reads_or_writes() {
    let ours = Crate::of(&below("src"));
    for source in below("src/pages") {
        for named in ours.named_by(&source.path).iter().filter(|named| named.starts_with("server::store::")) {
            let is_of_a_type = named.split("::").any(|name| name.starts_with(char::is_uppercase));
            assert!(is_of_a_type, "{} names {named}", source.path);
        }
    }
}

#[test]
fn at_most_eight_items_depend_on_a_feature() {
    let all: usize = below("src")
        .iter()
        .filter(|source| !source.path.contains("tests/"))
        .map(|source| {
            ["#[cfg(feature", "#[cfg(any(feature", "cfg!(feature"].iter().map(|cfg| source.text.matches(cfg).count()).sum::<usize>()
        })
        .sum();
    assert!(all <= 8, "{all}");
}

#[test]
fn no_file_is_longer_than_three_hundred_lines() {
    let long: Vec<String> = below("src")
        .into_iter()
        .map(|source| (source.text.lines().count(), source.path))
        .filter(|(lines, _)| *lines > 300)
        .map(|(lines, path)| format!("{path}: {lines}"))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

fn forbid(sources: &[Source], words: &[&str], except: &[&str]) {
    for source in sources.iter().filter(|source| !except.iter().any(|path| source.path.starts_with(path))) {
        for word in words {
            assert!(!source.code().contains(word), "{} names {word}", source.path);
        }
    }
}
