//! Every statement of the store and of the ledger's checks is one that both engines understand, and stands somewhere in full.

use crate::sources::{Source, below};
use crate::statements::{literals, statements_of};
use crate::support::{TestApp, on_both_engines};
use guitu::demo::seed::bulk::store;
use guitu::server::db::Dialect;
use sqlx::{Executor, SqlSafeStr};
use std::collections::BTreeSet;

on_both_engines!(every_statement_can_be_prepared);

async fn every_statement_can_be_prepared(app: TestApp) {
    let statements = statements();
    assert!(statements.len() > 150, "only {} statements were found", statements.len());
    // Only then SQLite has the table of its samples, which one statement empties.
    app.server.db.analyze().await.unwrap();
    let mut conn = app.server.db.single().acquire().await.unwrap();
    let mut wrong = Vec::new();
    for table in store::TABLES {
        sqlx::query(table).execute(&mut *conn).await.unwrap();
    }
    for statement in statements {
        let others: &[&str] = match app.server.db.dialect() {
            Dialect::Sqlite => &["for update", "for no key update", "pg_advisory"],
            Dialect::Postgres => &["sqlite_stat4"],
        };
        if others.iter().any(|word| statement.contains(word)) {
            continue;
        }
        if let Err(error) = (&mut *conn).prepare(sqlx::AssertSqlSafe(statement.clone()).into_sql_str()).await {
            wrong.push(format!("{error}: {statement}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn statements() -> BTreeSet<String> {
    let places = ["src/server/store", "src/server/machinery/verify", "src/server/db/mod.rs", "src/demo/seed/bulk"];
    places.iter().flat_map(|place| below(place)).flat_map(|source| statements_of(&source)).collect()
}

/// The server, and what fills a database with many orders.
fn sources_with_sql() -> Vec<Source> {
    ["src/server", "src/demo/seed/bulk"].iter().flat_map(|place| below(place)).collect()
}

#[test]
fn sql_is_written_out_and_never_put_together() {
    let words = ["select ", "insert into ", "update ", "delete from ", " from ", " where ", " order by "];
    for source in sources_with_sql().iter().filter(|source| !source.is_sql()) {
        let code = source.code();
        for (kind, end) in [("macro_rules! ", "\n}"), ("concat!(", ")")] {
            for piece in code.split(kind).skip(1) {
                let texts = literals(piece.split(end).next().unwrap_or_default());
                let is_sql = texts.iter().any(|text| words.iter().any(|word| text.contains(word)));
                assert!(!is_sql, "{}: {kind}{piece}", source.path);
            }
        }
    }
}

/// `orders/list.rs` sends what is in `orders/list/`, and `orders/mod.rs` what is in `orders/` itself.
#[test]
fn a_file_of_sql_is_sent_by_the_source_that_its_folder_is_named_after() {
    let sources = sources_with_sql();
    for sql in sources.iter().filter(|source| source.is_sql()) {
        let (folder, file) = sql.path.rsplit_once('/').unwrap();
        let name = folder.rsplit('/').next().unwrap();
        let senders = [(format!("{folder}.rs"), format!("{name}/{file}")), (format!("{folder}/mod.rs"), file.to_owned())];
        let is_sent = senders.iter().any(|(sender, included)| {
            let included = format!("include_str!(\"{included}\")");
            sources.iter().any(|source| source.path == *sender && source.text.contains(&included))
        });
        assert!(is_sent, "{} is sent by nobody", sql.path);
    }
}
