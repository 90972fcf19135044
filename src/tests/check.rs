//! `guitu check`: what is wrong with an installation is named, with its way out, and the exit code says so.

use crate::sealing::about_cash;
use crate::support::{TestApp, on_both_engines};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

on_both_engines!(a_sound_installation_is_right_and_every_fault_is_named);

/// The exit code and the screen.
fn checked(app: &TestApp, flags: &[&str]) -> (Option<i32>, String) {
    checked_at(app, &app.database_url, flags)
}

fn checked_at(app: &TestApp, database_url: &str, flags: &[&str]) -> (Option<i32>, String) {
    let mut guitu = Command::new(env!("CARGO_BIN_EXE_guitu"));
    guitu.args(["check", "--log-filter", "error", "--database-url", database_url]).arg("--data-dir").arg(&app.folder).args(flags);
    let ended = guitu.output().unwrap();
    (ended.status.code(), format!("{}{}", String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr)))
}

fn names(checked: &(Option<i32>, String), what: &str, words: &str) {
    let (code, screen) = checked;
    let line = screen.lines().find(|line| line.contains("WRONG") && line.contains(what) && line.contains(words));
    assert!(*code == Some(1) && line.is_some() && screen.lines().count() < 24, "{what}, {words}: {screen}");
}

async fn a_sound_installation_is_right_and_every_fault_is_named(app: TestApp) {
    about_cash(&app).await;
    sqlx::query("delete from refund_accounts").execute(app.server.db.single()).await.unwrap();
    std::fs::set_permissions(&app.folder, std::fs::Permissions::from_mode(0o700)).unwrap();
    for path in guitu::server::machinery::files::open_to_others(&crate::backups::config(&app.database_url, &app.folder)).unwrap() {
        let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o700;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    // The town's clock is not this machine's: nothing is late.
    let change = async |statement: &'static str| {
        sqlx::query(statement).execute(app.server.db.single()).await.unwrap();
    };
    change("update clocks set due_at = 4000000000000").await;
    change("update jobs set run_at = 4000000000000").await;
    let right = checked(&app, &[]);
    assert!(right.0 == Some(0) && right.1.contains("all is right") && !right.1.contains("WRONG"), "{}", right.1);
    assert_eq!(app.count("select count(*) from installation").await, 0, "looking changes nothing");
    assert!(!app.folder.join("secret.key").exists());

    names(&checked(&app, &["--public-url", "http://shop.example"]), "configuration", "https://");
    std::fs::set_permissions(&app.folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    names(&checked(&app, &[]), "permissions", "others may read");
    std::fs::set_permissions(&app.folder, std::fs::Permissions::from_mode(0o700)).unwrap();
    names(&checked_at(&app, "postgres://guitu@127.0.0.1:1/none", &[]), "database", "cannot open");
    names(&checked_at(&app, "sqlite:/nowhere/at/all.db", &[]), "database", "there is none");

    change("insert into installation (name, value, at) values ('secret_key', 'fedcba9876543210', 1)").await;
    names(&checked(&app, &[]), "secret key", "fedcba9876543210");
    names(&checked(&app, &["--secret-key", &"22".repeat(32)]), "secret key", "fedcba9876543210");
    change("update installation set name = 'seeded', value = 'demo'").await;
    names(&checked(&app, &[]), "shop", "--demo");
    change("delete from installation").await;
    change("update skus set sellable = sellable + 1 where id = (select min(id) from skus)").await;
    names(&checked(&app, &[]), "ledger", "guitu verify-ledger");
    change("update skus set sellable = sellable - 1 where id = (select min(id) from skus)").await;
    change("update clocks set due_at = 1").await;
    names(&checked(&app, &[]), "work", "workers");
}
