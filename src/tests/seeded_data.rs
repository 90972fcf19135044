//! What was made up is served as a demo and never as a shop of somebody's own; a shop of somebody's own is never served as a demo.

use crate::growth::process::Process;
use crate::support::{Database, Engine, server_url};
use guitu::server::db::Db;
use guitu::server::people::password;
use guitu::server::shop::seeded;
use std::process::{Command, Output};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_sqlite_seeded_data_are_served_as_a_demo_only() {
    seeded_data_are_served_as_a_demo_only(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_postgres_seeded_data_are_served_as_a_demo_only() {
    seeded_data_are_served_as_a_demo_only(Engine::Postgres).await;
}

async fn seeded_data_are_served_as_a_demo_only(engine: Engine) {
    let database = Database::fresh(engine, server_url).await;
    let seeded = guitu(&database, &["seed", "--orders", "20", "--demo"]);
    assert!(seeded.status.success(), "{seeded:?}");
    is_refused(&guitu(&database, &["serve", "--listen", "127.0.0.1:0"]), "guitu seed made up");
    is_refused(&guitu(&database, &CREATE_SHOP), "guitu seed made up");

    let db = Db::connect(&database.url).await.unwrap();
    people_have_read_all_but_a_few_notices(&db).await;
    // As a version has left it that marked nothing.
    for forget in ["delete from installation where name = 'seeded'", "update staff set password_hash = '!' where login <> 'finance'"] {
        sqlx::query(forget).execute(db.single()).await.unwrap();
    }
    is_refused(&guitu(&database, &["serve", "--listen", "127.0.0.1:0"]), "passwords are published");
    is_refused(&guitu(&database, &CREATE_STAFF), "passwords are published");
    let process = Process::of(&database, &["--demo", "--sandbox-listen", "127.0.0.1:0"]).await;
    let mark: String = sqlx::query_scalar("select value from installation where name = 'seeded'").fetch_one(db.read()).await.unwrap();
    assert_eq!(mark, "demo", "what was recognised is marked");
    drop(process);

    // A shop of one's own whose owner is called `owner`, and a buyer who registered a phone of the demo with its password.
    let (own, published) =
        (password::hash("a word of one's own".to_owned()).await.unwrap(), password::hash(seeded::PASSWORD.to_owned()).await.unwrap());
    sqlx::query("delete from installation where name = 'seeded'").execute(db.single()).await.unwrap();
    sqlx::query("update staff set password_hash = $1").bind(own).execute(db.single()).await.unwrap();
    sqlx::query("update buyers set phone = '13800000001', password_hash = $1 where id = (select min(id) from buyers)")
        .bind(published)
        .execute(db.single())
        .await
        .unwrap();
    drop(Process::of(&database, &[]).await);
    is_refused(&guitu(&database, &["serve", "--demo", "--listen", "127.0.0.1:0", "--sandbox-listen", "127.0.0.1:0"]), "somebody's own");
    db.close().await;
    database.take_away().await;
}

/// An entry of the navigation says how many are new: a demo whose every notice is new shows nothing but that.
async fn people_have_read_all_but_a_few_notices(db: &Db) {
    let unread = "select coalesce(buyer_id, 0), count(*) from messages where read_at is null group by buyer_id";
    let unread: Vec<(i64, i64)> = sqlx::query_as(unread).fetch_all(db.read()).await.unwrap();
    let all: i64 = sqlx::query_scalar("select count(*) from messages where buyer_id is null").fetch_one(db.read()).await.unwrap();
    assert!(all > 12, "{all} notices of the shop");
    assert!(unread.iter().any(|(buyer, _)| *buyer == 0), "some are new to the shop: {unread:?}");
    assert!(unread.iter().all(|(_, new)| *new <= 6), "{unread:?}");
}

const CREATE_SHOP: [&str; 7] = ["create-shop", "--code", "river", "--name", "河畔书店", "--phone", "0571-88000000"];
const CREATE_STAFF: [&str; 9] = ["create-staff", "--shop", "shop-1", "--login", "zhou", "--name", "周掌柜", "--role", "owner"];

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn people_of_made_up_orders_have_no_password_but_in_a_demo() {
    let database = Database::fresh(Engine::Sqlite, server_url).await;
    let seeded = guitu(&database, &["seed", "--orders", "20"]);
    assert!(seeded.status.success(), "{seeded:?}");
    let db = Db::connect(&database.url).await.unwrap();
    let statement = "select password_hash from staff union all select password_hash from buyers";
    let hashes: Vec<String> = sqlx::query_scalar(statement).fetch_all(db.read()).await.unwrap();
    assert!(hashes.len() > 4);
    for hash in hashes {
        assert!(!password::verify(seeded::PASSWORD.to_owned(), Some(hash.clone())).await.unwrap(), "{hash}");
        assert!(!password::verify(hash.clone(), Some(hash)).await.unwrap());
    }
    is_refused(&guitu(&database, &["serve", "--listen", "127.0.0.1:0"]), "guitu seed made up");
    db.close().await;
    database.take_away().await;
}

/// The program on this database, with words of its own choice.
fn guitu(database: &Database, words: &[&str]) -> Output {
    let mut guitu = Command::new(env!("CARGO_BIN_EXE_guitu"));
    guitu.args(words).args(["--database-url", &database.url, "--log-filter", "warn"]).arg("--data-dir").arg(&database.folder);
    guitu.env("GUITU_STAFF_PASSWORD", "a word of one's own").output().unwrap()
}

fn is_refused(ended: &Output, words: &str) {
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(2), "{said}");
    assert!(said.contains(words) && said.contains("empty database"), "{said}");
}
