//! A2: to open an address changes nothing, whoever opens it; and no form of another site is taken.

use crate::access::{COLUMNS, Doors, routes_of};
use crate::support::{Form, TestApp, on_both_engines};
use guitu::server::db::Dialect;
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

on_both_engines!(opening_an_address_changes_no_row, no_route_takes_a_form_of_another_site);

/// When a session was last used is noted by reading, a look at what is sensitive is put on record, and `/readyz` tries whether rows can be written.
const BY_DESIGN: [&str; 3] = ["sessions", "audits", "rounds"];

async fn opening_an_address_changes_no_row(app: TestApp) {
    let doors = Doors::of(&app).await;
    let mut addresses = Vec::new();
    for (path, method) in routes_of(&app) {
        if method == "GET" {
            addresses.push((path.clone(), doors.address(&path).await));
        }
    }
    assert!(addresses.len() > 50, "only {} were found", addresses.len());
    // What is asked of the gateways meanwhile is asked before.
    app.run_due_jobs().await;
    let mut before = rows(&app).await;
    assert!(before.len() > 30 && before.values().filter(|rows| !rows.is_empty()).count() > 15, "{:?}", before.keys());
    for (path, address) in &addresses {
        for column in 0..COLUMNS {
            doors.somebody(column, path).await.get(address).await;
        }
        let after = rows(&app).await;
        let changed: Vec<&String> = after.keys().filter(|table| after.get(*table) != before.get(*table)).collect();
        assert!(changed.is_empty(), "GET {address} has changed {changed:?}");
        before = after;
    }
}

async fn no_route_takes_a_form_of_another_site(app: TestApp) {
    let doors = Doors::of(&app).await;
    let mut sent = 0;
    for (path, method) in routes_of(&app) {
        if method == "GET" {
            continue;
        }
        let form = Form::to(&doors.address(&path).await);
        for column in [0, 1, 3] {
            let browser = doors.somebody(column, &path).await;
            for origin in ["https://evil.example", "null"] {
                assert_eq!(browser.send_from(&form, origin).await.status, 403, "{method} {path} from {origin}");
                sent += 1;
            }
        }
    }
    assert!(sent > 300, "only {sent} were sent");
}

/// Every row of every table, in words.
async fn rows(app: &TestApp) -> BTreeMap<String, Vec<String>> {
    let db = &app.server.db;
    let (tables, columns) = match db.dialect() {
        Dialect::Sqlite => {
            ("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'", "select name from pragma_table_info($1)")
        }
        Dialect::Postgres => (
            "select cast(table_name as text) from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
            "select cast(column_name as text) from information_schema.columns where table_name = $1 and table_schema = 'public'",
        ),
    };
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(db.read()).await.unwrap();
    let mut all = BTreeMap::new();
    for table in tables.into_iter().filter(|table| !BY_DESIGN.contains(&table.as_str()) && !table.starts_with("_sqlx")) {
        let columns: Vec<String> = sqlx::query_scalar(columns).bind(&table).fetch_all(db.read()).await.unwrap();
        let whole = columns.iter().map(|column| format!("coalesce(cast({column} as text), '-')")).collect::<Vec<_>>().join(" || '|' || ");
        let statement = format!("select {whole} from {table} order by 1");
        all.insert(table, sqlx::query_scalar(AssertSqlSafe(statement)).fetch_all(db.read()).await.unwrap());
    }
    all
}
