//! The secret key is named by its fingerprint or, if wanted, in the backup; what is sealed is never restored without it.

use super::{Place, are_right, config, entries};
use crate::sealing::{about_cash, seal};
use crate::support::{TestApp, on_both_engines};
use guitu::server::machinery::backup::{self, WrittenBackup};
use guitu::server::machinery::config::SecretKey;
use guitu::server::machinery::sealing;
use std::os::unix::fs::PermissionsExt;

on_both_engines!(the_key_is_named_or_included_and_never_replaced, nothing_sealed_needs_no_key);

async fn backed_up(app: &TestApp, name: &str, with_key: bool) -> WrittenBackup {
    let to = app.folder.join(name);
    backup::take(&app.server.db, &config(&app.database_url, &app.folder), &to, with_key, app.server.now()).await.unwrap()
}

async fn the_key_is_named_or_included_and_never_replaced(app: TestApp) {
    let case = about_cash(&app).await;
    let key = SecretKey::kept_in(&app.folder).unwrap();
    seal(&app, &case, &key).await;
    let kept = sealing::key_for(&app.server.db, &config(&app.database_url, &app.folder), app.server.now()).await.unwrap();
    assert!(kept == key);

    let (without, with) = (backed_up(&app, "without.tar.gz", false).await, backed_up(&app, "with.tar.gz", true).await);
    let fingerprint = sealing::fingerprint_of(&key);
    assert_eq!((without.manifest.secret_key.as_deref(), without.manifest.sealed), (Some(fingerprint.as_str()), 1));
    let holds =
        |taken: &WrittenBackup| entries(&taken.path).iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(&key.digits()));
    assert!(holds(&with) && !holds(&without));

    let place = Place::empty(&app, app.engine).await;
    let words = place.restores(&without.path).await.unwrap_err().to_string();
    assert!(words.contains(&fingerprint) && words.contains("secret.key"), "{words}");
    assert!(place.is_empty().await);
    std::fs::write(place.folder.join("secret.key"), "11".repeat(32)).unwrap();
    for backup in [&without, &with] {
        let words = place.restores(&backup.path).await.unwrap_err().to_string();
        assert!(words.contains("another secret key") && words.contains(&fingerprint), "{words}");
        assert!(place.is_empty().await);
    }
    std::fs::remove_file(place.folder.join("secret.key")).unwrap();
    are_right(&place.restores(&with.path).await.unwrap());
    let restored = place.folder.join("secret.key");
    assert_eq!(std::fs::read_to_string(&restored).unwrap(), key.digits());
    assert_eq!(std::fs::metadata(&restored).unwrap().permissions().mode() & 0o777, 0o600);
    place.database.take_away().await;

    let place = Place::empty(&app, app.engine).await;
    std::fs::create_dir_all(&place.folder).unwrap();
    std::fs::write(place.folder.join("secret.key"), key.digits()).unwrap();
    are_right(&place.restores(&without.path).await.unwrap());
    place.database.take_away().await;
}

async fn nothing_sealed_needs_no_key(app: TestApp) {
    SecretKey::kept_in(&app.folder).unwrap();
    let shop = config(&app.database_url, &app.folder);
    sealing::key_for(&app.server.db, &shop, app.server.now()).await.unwrap();
    let backup = backed_up(&app, "without.tar.gz", false).await;
    let place = Place::empty(&app, app.engine).await;
    are_right(&place.restores(&backup.path).await.unwrap());
    assert!(!place.folder.join("secret.key").exists());
    let db = guitu::server::db::Db::connect(&place.url).await.unwrap();
    let fresh = sealing::key_for(&db, &place.config(), app.server.now()).await;
    assert!(fresh.is_ok(), "it begins with a new one: {:?}", fresh.err());
    db.close().await;
    place.database.take_away().await;
}
