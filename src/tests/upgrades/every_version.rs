//! From every earlier version to the newest, with what the shop had then: several processes at once, cut off anywhere, all of it or nothing.

use super::{BEFORE, OLD_SHOP};
use crate::support::{Database, Engine, server_url};
use guitu::server::db::{Db, Dialect, migrations};
use guitu::server::machinery::verify;
use sqlx::migrate::{Migration, Migrator};
use sqlx::{AnyPool, Executor};
use std::borrow::Cow;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

/// Before 0008 nobody traded: a shop, its people and its goods.
const FOUNDED: &str = "insert into shops (id, code, name, phone, time_zone, policy, created_at)
        values (1, 'old', '老店', '057100000000', 'Asia/Shanghai', '{}', 1790000000000);
    insert into staff (id, shop_id, login, name, password_hash, roles, created_at) values (1, 1, 'owner-of-old', '老板', '', '[\"owner\"]', 1790000000000);
    insert into buyers (id, phone, name, password_hash, balance_minor, points, created_at) values (10, '13700000001', '赵老', '', 0, 0, 1790000000000);";

on_each_engine!(
    three_processes_at_once_bring_every_version_up_to_date,
    a_migration_that_fails_at_any_statement_leaves_nothing,
    a_process_that_is_killed_meanwhile_leaves_nothing,
    a_database_that_is_up_to_date_is_not_written_to,
);

fn versions() -> Vec<i64> {
    migrations::for_engine(Dialect::Sqlite).iter().map(|migration| migration.version).collect()
}

/// A database as this version left it, with its data.
pub async fn left_by(engine: Engine, version: i64) -> Database {
    let database = Database::fresh(engine, server_url).await;
    let db = Db::connect(&database.url).await.unwrap();
    let known = migrations::for_engine(db.dialect());
    let (data, since) = if version < BEFORE { (FOUNDED, version) } else { (OLD_SHOP, BEFORE) };
    known.run_to(since, db.single()).await.unwrap();
    db.single().execute(sqlx::raw_sql(data)).await.unwrap();
    known.run_to(version, db.single()).await.unwrap();
    db.close().await;
    database
}

async fn adds_up(db: &Db) {
    let wrong: Vec<_> = verify::ledger(db).await.unwrap().into_iter().flat_map(|check| check.wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

async fn three_processes_at_once_bring_every_version_up_to_date(engine: Engine) {
    let versions = versions();
    for version in &versions[..versions.len() - 1] {
        let database = left_by(engine, *version).await;
        let at_once = (0..3).map(|_| {
            let url = database.url.clone();
            tokio::spawn(async move {
                let db = Db::connect(&url).await.unwrap();
                db.migrate().await.unwrap();
                db
            })
        });
        for db in futures_util::future::join_all(at_once).await {
            let db = db.unwrap();
            adds_up(&db).await;
            let refused = db.single().execute("update money_events set actor = 'system'").await;
            // It is asked row by row, and before that version there was no row.
            assert_eq!(refused.is_err(), *version >= BEFORE, "the books of version {version} are closed");
            db.close().await;
        }
        database.take_away().await;
    }
    // As their operators start them.
    let database = left_by(engine, BEFORE).await;
    let mut processes: Vec<_> = (0..3).map(|_| migrating(&database).spawn().unwrap()).collect();
    for process in &mut processes {
        assert!(process.wait().unwrap().success());
    }
    database.take_away().await;
}

fn migrating(database: &Database) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guitu"));
    command.args(["migrate", "--log-filter", "error", "--database-url", &database.url, "--data-dir"]).arg(&database.folder);
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

async fn a_migration_that_fails_at_any_statement_leaves_nothing(engine: Engine) {
    let database = left_by(engine, 1).await;
    let db = Db::connect(&database.url).await.unwrap();
    let known = migrations::for_engine(db.dialect());
    let mut tried = 0;
    for (before, migration) in known.iter().zip(known.iter().skip(1)) {
        if before.version == BEFORE {
            db.single().execute(sqlx::raw_sql("delete from staff; delete from shops; delete from buyers")).await.unwrap();
            db.single().execute(sqlx::raw_sql(OLD_SHOP)).await.unwrap();
        }
        let (as_it_was, statements) = (drawn(engine, db.read()).await, statements(migration.sql.as_str()));
        for cut in 0..=statements.len() {
            let begun = statements[..cut].concat();
            let failing = Migration {
                sql: sqlx::SqlSafeStr::into_sql_str(sqlx::AssertSqlSafe(format!("{begun}select * from nothing_of_this_name;"))),
                ..migration.clone()
            };
            let with_it = known.iter().map(|known| if known.version == migration.version { failing.clone() } else { known.clone() });
            let migrator = Migrator { migrations: Cow::Owned(with_it.collect()), ..Migrator::DEFAULT };
            db.migrate_with(&migrator).await.unwrap_err();
            assert_eq!(drawn(engine, db.read()).await, as_it_was, "{} after {cut} statements", migration.version);
            tried += 1;
        }
        known.run_to(migration.version, db.single()).await.unwrap();
    }
    assert!(tried > 100, "only {tried} statements");
    db.migrate().await.unwrap();
    adds_up(&db).await;
    db.close().await;
    database.take_away().await;
}

/// What stands between semicolons at the ends of lines.
fn statements(text: &str) -> Vec<String> {
    text.split_inclusive(";\n").filter(|statement| statement.contains(';')).map(str::to_owned).collect()
}

/// Everything that the tables are made of, and which migrations are known.
async fn drawn(engine: Engine, pool: &AnyPool) -> Vec<String> {
    let statement = match engine {
        Engine::Sqlite => "select type || ' ' || name || ' ' || coalesce(sql, '') from sqlite_master union all select 'version ' || version from _sqlx_migrations order by 1",
        Engine::Postgres => "select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '')
                from information_schema.columns where table_schema = 'public'
            union all select indexdef from pg_indexes where schemaname = 'public'
            union all select conrelid::regclass::text || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
            union all select tgname::text from pg_trigger where not tgisinternal
            union all select 'version ' || version from _sqlx_migrations order by 1",
    };
    sqlx::query_scalar(statement).fetch_all(pool).await.unwrap()
}

async fn a_process_that_is_killed_meanwhile_leaves_nothing(engine: Engine) {
    let (mut database, mut finished, mut killed) = (left_by(engine, BEFORE).await, 0, 0);
    let mut life = Duration::from_millis(10);
    loop {
        let mut process = migrating(&database).stderr(Stdio::null()).spawn().unwrap();
        tokio::time::sleep(life).await;
        life += life / 4;
        process.kill().unwrap();
        let ended: ExitStatus = process.wait().unwrap();
        let applied = newest(&database).await;
        assert!(applied == BEFORE || applied == *versions().last().unwrap(), "it stands at {applied}");
        if applied == BEFORE {
            killed += 1;
            continue;
        }
        finished += 1;
        if ended.success() && finished > 1 {
            break;
        }
        database.take_away().await;
        database = left_by(engine, BEFORE).await;
    }
    assert!(killed > 0, "none was killed before its end");
    assert!(migrating(&database).status().unwrap().success());
    let db = Db::connect(&database.url).await.unwrap();
    adds_up(&db).await;
    db.close().await;
    database.take_away().await;
}

async fn newest(database: &Database) -> i64 {
    let db = Db::connect(&database.url).await.unwrap();
    let newest = sqlx::query_scalar("select max(version) from _sqlx_migrations").fetch_one(db.read()).await.unwrap();
    db.close().await;
    newest
}

/// So a process starts on a database that is locked, full or read-only for the moment, and shows what is there.
async fn a_database_that_is_up_to_date_is_not_written_to(engine: Engine) {
    let database = Database::fresh(engine, server_url).await;
    let db = Db::connect(&database.url).await.unwrap();
    db.migrate().await.unwrap();
    let mut other = db.single().acquire().await.unwrap();
    let lock = match engine {
        Engine::Sqlite => "BEGIN IMMEDIATE",
        Engine::Postgres => "BEGIN; select pg_advisory_xact_lock(4242001); lock table money_events in exclusive mode",
    };
    other.execute(sqlx::raw_sql(lock)).await.unwrap();
    let second = Db::connect(&database.url).await.unwrap();
    second.migrate().await.unwrap();
    second.close().await;
    other.execute("ROLLBACK").await.unwrap();
    drop(other);
    db.close().await;
    database.take_away().await;
}
