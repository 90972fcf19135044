//! Room for what is still to be built: rules give way to wider ones, and not a row, index or reference changes with them.

use super::every_version::left_by;
use crate::support::{Database, Engine};
use guitu::server::db::catalog::Kind;
use guitu::server::db::{Db, migrations};
use sqlx::{AssertSqlSafe, Executor, Row};
use std::collections::BTreeMap;

/// The last migration before there was room.
const BEFORE_ROOM: i64 = 27;
const ROOM: i64 = 28;
const ROWS: &str = include_str!("before_0028.sql");

on_each_engine!(no_row_is_touched, a_row_that_does_not_fit_leaves_all_as_it_was);

/// A shop with a row in every state and of every cause of that time. Whatever an older version has left stands in these tables by then.
pub async fn full_shop(engine: Engine) -> Database {
    let database = left_by(engine, BEFORE_ROOM).await;
    let db = Db::connect(&database.url).await.unwrap();
    db.single().execute(sqlx::raw_sql(ROWS)).await.unwrap();
    db.close().await;
    database
}

async fn no_row_is_touched(engine: Engine) {
    let database = full_shop(engine).await;
    let db = Db::connect(&database.url).await.unwrap();
    let (rows, built) = (all_rows(&db).await, built(engine, &db).await);
    for table in [
        "orders",
        "after_sales",
        "payments",
        "refunds",
        "money_events",
        "stock_moves",
        "coupon_events",
        "clocks",
        "jobs",
        "order_lines",
        "events",
    ] {
        assert!(table == "events" || !rows[table].is_empty(), "{table} holds nothing");
    }
    migrations::for_engine(db.dialect()).run_to(ROOM, db.single()).await.unwrap();
    assert_eq!(all_rows(&db).await, rows);
    assert_eq!(self::built(engine, &db).await, built);
    if engine == Engine::Sqlite {
        let sound: Vec<String> =
            sqlx::query_scalar("select integrity_check from pragma_integrity_check").fetch_all(db.read()).await.unwrap();
        assert_eq!(sound, ["ok"]);
        let stray: i64 = sqlx::query_scalar("select count(*) from pragma_foreign_key_check").fetch_one(db.read()).await.unwrap();
        assert_eq!(stray, 0);
    }
    db.migrate().await.unwrap();
    let removed = db.single().execute("delete from orders where id = 30").await;
    assert!(removed.is_err(), "what belongs to an order still points to it");
    db.close().await;
    database.take_away().await;
}

/// No version has written such a row; if a hand has, its owner hears of it, and the shop goes on with the older program.
async fn a_row_that_does_not_fit_leaves_all_as_it_was(engine: Engine) {
    const MENDED: &str =
        "update orders set tender = 'wechat', shipped_at = 1790000002000 where id = 30; update after_sales set due_at = 1 where id = 301";
    for spoilt in [
        "update orders set tender = 'shells' where id = 30",
        "update orders set shipped_at = null where id = 30",
        "update after_sales set due_at = null where id = 301",
    ] {
        let database = full_shop(engine).await;
        let db = Db::connect(&database.url).await.unwrap();
        db.single().execute(spoilt).await.unwrap();
        let (rows, built) = (all_rows(&db).await, built(engine, &db).await);
        db.migrate().await.unwrap_err();
        assert_eq!(all_rows(&db).await, rows);
        assert_eq!(self::built(engine, &db).await, built);
        db.single().execute(sqlx::raw_sql(MENDED)).await.unwrap();
        db.migrate().await.unwrap();
        db.close().await;
        database.take_away().await;
    }
}

/// Every row of every table, column by column.
async fn all_rows(db: &Db) -> BTreeMap<String, Vec<String>> {
    let mut snapshot = db.snapshot().await.unwrap();
    let mut all = BTreeMap::new();
    for table in snapshot.tables().await.unwrap() {
        let rows = sqlx::query(AssertSqlSafe(table.select())).fetch_all(snapshot.conn()).await.unwrap();
        let told = rows.iter().map(|row| {
            let columns = table.columns.iter().map(|column| match column.kind {
                Kind::Number => format!("{}: {:?}", column.name, row.get::<Option<i64>, _>(&*column.name)),
                Kind::Text => format!("{}: {:?}", column.name, row.get::<Option<String>, _>(&*column.name)),
            });
            columns.collect::<Vec<_>>().join(", ")
        });
        all.insert(table.name.clone(), told.collect());
    }
    all
}

/// Columns, keys, references and indexes; the one index that changes is left out.
async fn built(engine: Engine, db: &Db) -> Vec<String> {
    let statement = match engine {
        Engine::Sqlite => {
            "select t.name || ' ' || c.cid || ' ' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || coalesce(c.dflt_value, '') || ' ' || c.pk
                from sqlite_schema t, pragma_table_info(t.name) c where t.type = 'table'
            union all select t.name || ' ' || i.name || ' ' || i.origin || ' ' || i.\"unique\" || ' ' || k.seqno || ' ' || coalesce(k.name, '')
                from sqlite_schema t, pragma_index_list(t.name) i, pragma_index_info(i.name) k where t.type = 'table'
            union all select t.name || ' ' || r.\"from\" || ' ' || r.\"table\" || ' ' || r.\"to\" from sqlite_schema t, pragma_foreign_key_list(t.name) r
                where t.type = 'table'
            union all select coalesce(sql, '') from sqlite_schema where type = 'index' and name <> 'coupon_events_once' order by 1"
        }
        Engine::Postgres => {
            "select table_name || '.' || ordinal_position || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '')
                from information_schema.columns where table_schema = 'public'
            union all select indexdef from pg_indexes where schemaname = 'public' and indexname <> 'coupon_events_once'
            union all select conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
                where connamespace = 'public'::regnamespace and contype <> 'c' order by 1"
        }
    };
    sqlx::query_scalar(statement).fetch_all(db.read()).await.unwrap()
}
