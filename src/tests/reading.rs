//! What a page asks of the database, and how the engines answer it.

use crate::support::{Browser, Engine, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use std::collections::BTreeSet;

on_both_engines!(
    a_page_is_few_statements,
    nothing_is_prepared_twice,
    a_long_statement_answers_as_a_short_one,
    who_reads_cannot_write,
    sqlite_is_built_to_serve_many,
);

/// Sessions, what the frame shows and what the page shows.
async fn a_page_is_few_statements(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "balance").await;
    let (buyers, shops) = (format!("/orders/{order}"), format!("/merchant/orders/{order}"));
    let mut told = Vec::new();
    for (page, most) in [("/orders", 4), (buyers.as_str(), 9)] {
        told.push((page, most, asked(&app, &wang, page).await));
    }
    for (page, most) in [("/merchant/orders", 5), ("/merchant/after-sales", 7), (shops.as_str(), 13)] {
        told.push((page, most, asked(&app, &owner, page).await));
    }
    let over: Vec<_> = told.iter().filter(|(_, most, statements)| statements.len() > *most).collect();
    assert!(over.is_empty(), "{over:#?}");
}

async fn asked(app: &TestApp, who: &Browser, page: &str) -> Vec<String> {
    app.server.db.ear().listen();
    who.get(page).await.says(200, "");
    app.server.db.ear().asked().into_iter().map(|asked| asked.text).collect()
}

/// Not for another value, either: a bound limit is planned for whatever it may be.
async fn nothing_is_prepared_twice(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "balance").await;
    open(&wang, &owner, &order, 1).await;
    let before = app.server.db.ear().prepared();
    for round in 2..5 {
        open(&wang, &owner, &order, round).await;
    }
    assert_eq!(app.server.db.ear().prepared(), before);
    assert_eq!(before > 0, app.engine == Engine::Sqlite);
}

async fn open(wang: &Browser, owner: &Browser, order: &str, round: u32) {
    let before = u64::MAX >> round;
    for page in ["/orders".to_owned(), "/me/messages".to_owned(), format!("/orders/{order}"), format!("/orders?before={before}")] {
        wang.get(&page).await.says(200, "");
    }
    for page in ["/merchant/orders".to_owned(), "/merchant/after-sales".to_owned(), format!("/merchant/orders?q=茶{round}")] {
        owner.get(&page).await.says(200, "");
    }
}

/// One that takes more of the machine's steps than a page's is broken off and begun anew beside the others.
async fn a_long_statement_answers_as_a_short_one(app: TestApp) {
    let counting =
        "with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < $1) select count(*), max(n) from numbers";
    let mut reader = app.server.db.reader().await.unwrap();
    for most in [1_i64, 1_000, 300_000, 10] {
        let (count, last): (i64, i64) = sqlx::query_as(counting).bind(most).fetch_one(&mut *reader).await.unwrap();
        assert_eq!((count, last), (most, most));
        let all = "with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < $1) select n from numbers";
        let rows: Vec<i64> = sqlx::query_scalar(all).bind(most).fetch_all(&mut *reader).await.unwrap();
        assert!(rows.iter().copied().eq(1..=most));
    }
}

/// SQLite's readers share its file with one writer, and leave writing to it.
async fn who_reads_cannot_write(app: TestApp) {
    if app.engine == Engine::Postgres {
        return;
    }
    let mut reader = app.server.db.reader().await.unwrap();
    let refused = sqlx::query("delete from orders").execute(&mut *reader).await.unwrap_err();
    assert!(refused.to_string().contains("readonly"), "{refused}");
    let wrong = sqlx::query_scalar::<_, i64>("select missing from nowhere").fetch_all(&mut *reader).await.unwrap_err();
    assert!(wrong.as_database_error().is_some_and(|error| error.message().contains("nowhere")), "{wrong}");
    let one: i64 = sqlx::query_scalar("select 1").fetch_one(&mut *reader).await.unwrap();
    assert_eq!(one, 1);
}

/// `.cargo/config.toml` says why.
async fn sqlite_is_built_to_serve_many(app: TestApp) {
    if app.engine == Engine::Postgres {
        return;
    }
    let options = "select compile_options from pragma_compile_options";
    let options: Vec<String> = sqlx::query_scalar(options).fetch_all(app.server.db.read()).await.unwrap();
    let options: BTreeSet<&str> = options.iter().map(String::as_str).collect();
    for option in ["ENABLE_QPSG", "DEFAULT_MEMSTATUS=0"] {
        assert!(options.contains(option), "{option} is missing in {options:?}");
    }
    assert!(!options.contains("ENABLE_MEMORY_MANAGEMENT"));
}
