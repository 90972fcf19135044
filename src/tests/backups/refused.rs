//! A file that is damaged, foreign or of a newer version is refused with words, a shop is never written over, and nothing is left of a try.

use super::{Place, are_right, entries, taken};
use crate::support::{TestApp, on_both_engines};
use std::path::{Path, PathBuf};

on_both_engines!(
    a_file_with_any_fault_is_refused_and_leaves_nothing,
    a_shop_is_never_written_over,
    a_restore_that_was_broken_off_is_not_served_and_begun_anew,
);

async fn a_file_with_any_fault_is_refused_and_leaves_nothing(app: TestApp) {
    let whole = taken(&app, "whole.tar.gz").await.path;
    let place = Place::empty(&app, app.engine).await;
    for (what, file, words) in faulty(&whole, &app.folder) {
        let refused = place.restores(&file).await.unwrap_err().to_string();
        assert!(refused.contains(words), "{what}: {refused}");
        assert!(place.is_empty().await, "{what}: something is left");
    }
    are_right(&place.restores(&whole).await.unwrap());
    place.database.take_away().await;
}

/// Names and contents of an archive.
type Entries = Vec<(String, Vec<u8>)>;

fn faulty(whole: &Path, folder: &Path) -> Vec<(&'static str, PathBuf, &'static str)> {
    let bytes = std::fs::read(whole).unwrap();
    let named = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let flipped = |at: usize| {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x10;
        bytes
    };
    let rewritten = |name: &str, change: &dyn Fn(&mut Entries)| {
        let mut entries = entries(whole);
        change(&mut entries);
        named(name, &packed(&entries))
    };
    let in_manifest = |from: &'static str, to: &'static str| {
        move |entries: &mut Vec<(String, Vec<u8>)>| {
            let text = String::from_utf8(entries[0].1.clone()).unwrap();
            assert!(text.contains(from), "{text}");
            entries[0].1 = text.replacen(from, to, 1).into_bytes();
        }
    };
    let rows_of = |entries: &mut Vec<(String, Vec<u8>)>, table: &str| {
        entries.iter().position(|(name, _)| name.contains(table)).unwrap_or_else(|| panic!("no rows of {table}"))
    };
    vec![
        ("a changed byte in the middle", named("flipped", &flipped(bytes.len() / 2)), "damaged"),
        ("cut off in the middle", named("half", &bytes[..bytes.len() / 2]), "damaged"),
        ("cut off at the end", named("almost", &bytes[..bytes.len() - 20]), "damaged"),
        ("empty", named("empty", b""), "not a backup"),
        ("another archive", named("foreign", &packed(&[("hello.txt".to_owned(), b"hello".to_vec())])), "not a backup"),
        ("no archive", named("text", b"select 1;"), "not a backup"),
        ("a manifest of another program", rewritten("other", &in_manifest("guitu-backup", "other-backup")), "not a backup"),
        ("newer tables", rewritten("newer", &in_manifest("\"schema\":", "\"schema\":9")), "newer Guitu"),
        ("a newer form", rewritten("form", &in_manifest("\"form\":1", "\"form\":2")), "newer Guitu"),
        ("another column", rewritten("column", &in_manifest("\"time_zone\"", "\"zone_of_time\"")), "not those of any version"),
        (
            "a row that is gone",
            rewritten("gone", &|entries| {
                let nth = rows_of(entries, "-staff/");
                let text = String::from_utf8(entries[nth].1.clone()).unwrap();
                entries[nth].1 = text.lines().skip(1).flat_map(|line| [line, "\n"]).collect::<String>().into_bytes();
            }),
            "damaged",
        ),
        (
            "another sum of money",
            rewritten("money", &|entries| {
                let nth = rows_of(entries, "-skus/");
                let text = String::from_utf8(entries[nth].1.clone()).unwrap();
                entries[nth].1 = text.replacen("00,", "01,", 1).into_bytes();
            }),
            "damaged",
        ),
        (
            "entries in another order",
            rewritten("order", &|entries| {
                let (one, other) = (rows_of(entries, "-shops/"), rows_of(entries, "-staff/"));
                entries.swap(one, other);
            }),
            "",
        ),
        (
            "a picture that climbs out of its folder",
            rewritten("climbs", &|entries| {
                let end = entries.pop().unwrap();
                entries.push(("pictures/..".to_owned(), b"x".to_vec()));
                entries.push(end);
            }),
            "damaged",
        ),
    ]
}

fn packed(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
    for (name, bytes) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        // By hand, for the archive's own function refuses a name that climbs.
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        archive.append(&header, bytes.as_slice()).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

async fn a_shop_is_never_written_over(app: TestApp) {
    let backup = taken(&app, "whole.tar.gz").await.path;
    let orders = app.count("select count(*) from staff").await;
    let refused = guitu::server::machinery::backup::restore(&super::config(&app.database_url, &app.folder.join("fresh")), &backup).await;
    let words = refused.unwrap_err().to_string();
    assert!(words.contains("is not empty"), "{words}");
    assert_eq!(app.count("select count(*) from staff").await, orders);

    let place = Place::empty(&app, app.engine).await;
    std::fs::create_dir_all(place.folder.join("evidence")).unwrap();
    std::fs::write(place.folder.join("evidence/kept.jpg"), b"somebody's").unwrap();
    let words = place.restores(&backup).await.unwrap_err().to_string();
    assert!(words.contains("folder of pictures") && words.contains("is not empty"), "{words}");
    assert!(place.folder.join("evidence/kept.jpg").exists());
    place.database.take_away().await;
}

async fn a_restore_that_was_broken_off_is_not_served_and_begun_anew(app: TestApp) {
    use crate::support::Engine;
    use guitu::server::db::Db;
    let backup = taken(&app, "whole.tar.gz").await.path;
    let place = Place::empty(&app, app.engine).await;
    // What a killed restore leaves: on PostgreSQL tables and its mark, on SQLite a file under another name.
    match app.engine {
        Engine::Postgres => {
            let db = Db::connect(&place.url).await.unwrap();
            db.begin_restoring().await.unwrap();
            db.migrate().await.unwrap();
            db.close().await;
            let mut guitu = std::process::Command::new(env!("CARGO_BIN_EXE_guitu"));
            let ended = guitu.args(["migrate", "--database-url", &place.url]).arg("--data-dir").arg(&place.folder).output().unwrap();
            let said = String::from_utf8_lossy(&ended.stderr);
            assert!(ended.status.code() == Some(2) && said.contains("broken off"), "{said}");
        }
        Engine::Sqlite => {
            std::fs::create_dir_all(&place.folder).unwrap();
            std::fs::write(place.folder.join("guitu.db.restoring"), b"half a file").unwrap();
        }
    }
    are_right(&place.restores(&backup).await.unwrap());
    place.database.take_away().await;
}
