//! A database is opened with the key that it is sealed with; a key that is lost is never silently replaced by another.

use crate::support::{CHEN, TestApp, on_both_engines};
use guitu::server::machinery::config::SecretKey;
use guitu::server::machinery::sealing;
use guitu::server::machinery::secret_box::SecretBox;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};

on_both_engines!(
    a_database_is_opened_with_its_own_key_only,
    what_an_old_version_has_sealed_is_tried_before_the_first_start,
    a_key_that_is_lost_for_good_is_given_up_by_command,
);

/// A case whose refund account has been given.
pub async fn about_cash(app: &TestApp) -> String {
    let chen = app.buyer(CHEN).await;
    let order = app.completed(&chen, &[(app.town.goods.tea, 1)], "cod").await;
    let case = chen.applies(&order, "refund_only", "quality", &[1]).await;
    let path = format!("/after-sales/{case}/refund-account");
    let form = chen.form(&path, &path).await.with("kind", "bank");
    chen.send(&form.with("number", "6222998877665544").with("holder", "陈知行").with("bank", "归途示例银行")).await.goes_to();
    case
}

/// The same as sealed with this key.
pub async fn seal(app: &TestApp, case: &str, key: &SecretKey) {
    let sealed = SecretBox::of(key.clone()).seal(case, "陈知行").unwrap();
    sqlx::query("update refund_accounts set sealed = $1").bind(sealed).execute(app.server.db.single()).await.unwrap();
}

/// The program on the town's database and folder.
fn guitu(app: &TestApp, words: &[&str]) -> Output {
    let mut guitu = Command::new(env!("CARGO_BIN_EXE_guitu"));
    guitu.args(words).args(["--log-filter", "error", "--database-url", &app.database_url]).arg("--data-dir").arg(&app.folder);
    guitu.output().unwrap()
}

fn opens(ended: &Output) {
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
}

fn is_refused(ended: &Output, words: &[&str]) {
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.code() == Some(2) && words.iter().all(|words| said.contains(words)), "{said}");
}

async fn a_database_is_opened_with_its_own_key_only(app: TestApp) {
    opens(&guitu(&app, &["migrate"]));
    let file = app.folder.join("secret.key");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let digits = std::fs::read_to_string(&file).unwrap();
    let fingerprint = sealing::fingerprint_of(&SecretKey::from_digits(&digits).unwrap());

    // Nothing is sealed yet; another process with a key of its own would seal what this one cannot open.
    let other = "22".repeat(32);
    is_refused(&guitu(&app, &["migrate", "--secret-key", &other]), &["another secret key", &fingerprint]);
    std::fs::rename(&file, app.folder.join("elsewhere")).unwrap();
    is_refused(&guitu(&app, &["migrate"]), &["put it back", &fingerprint, "forget-key"]);
    assert!(!file.exists(), "none is made in its place");
    opens(&guitu(&app, &["migrate", "--secret-key", &digits]));
    std::fs::rename(app.folder.join("elsewhere"), &file).unwrap();
    opens(&guitu(&app, &["migrate"]));
}

async fn what_an_old_version_has_sealed_is_tried_before_the_first_start(app: TestApp) {
    let case = about_cash(&app).await;
    let (own, other) = ("ab".repeat(32), "cd".repeat(32));
    seal(&app, &case, &SecretKey::from_digits(&own).unwrap()).await;
    assert_eq!(app.count("select count(*) from installation").await, 0);
    is_refused(&guitu(&app, &["migrate"]), &["there is none here", "put it back"]);
    assert!(!app.folder.join("secret.key").exists());
    is_refused(&guitu(&app, &["migrate", "--secret-key", &other]), &["another secret key"]);
    opens(&guitu(&app, &["migrate", "--secret-key", &own]));
    assert_eq!(app.count("select count(*) from installation where name = 'secret_key'").await, 1);
}

async fn a_key_that_is_lost_for_good_is_given_up_by_command(app: TestApp) {
    let case = about_cash(&app).await;
    let own = "ab".repeat(32);
    seal(&app, &case, &SecretKey::from_digits(&own).unwrap()).await;
    opens(&guitu(&app, &["migrate", "--secret-key", &own]));

    let kept = guitu(&app, &["forget-key", "--secret-key", &own]);
    assert!(String::from_utf8_lossy(&kept.stdout).contains("nothing was changed"), "{kept:?}");
    assert_eq!(app.count("select count(*) from refund_accounts").await, 1);

    is_refused(&guitu(&app, &["migrate"]), &["forget-key"]);
    opens(&guitu(&app, &["forget-key"]));
    assert_eq!(app.count("select count(*) from refund_accounts").await, 0);
    opens(&guitu(&app, &["migrate"]));
    // The buyer is asked anew, and the case goes on.
    app.buyer(CHEN).await.get(&format!("/after-sales/{case}")).await.says(200, "请填写退款账户");
}

#[test]
fn what_others_could_read_is_closed_to_them() {
    let folder = std::env::temp_dir().join(format!("guitu-modes-{}", std::process::id()));
    let mode = |name: &str| std::fs::metadata(folder.join(name)).unwrap().permissions().mode() & 0o777;
    let migrate = |data: &std::path::Path| {
        let mut guitu = Command::new(env!("CARGO_BIN_EXE_guitu"));
        guitu.args(["migrate", "--log-filter", "error"]).arg("--data-dir").arg(data).env_remove("DATABASE_URL").output().unwrap()
    };
    opens(&migrate(&folder));
    assert_eq!([mode(""), mode("guitu.db"), mode("secret.key"), mode("evidence")], [0o700, 0o600, 0o600, 0o700]);

    std::fs::write(folder.join("notes.txt"), "somebody's own").unwrap();
    for (name, open) in [("", 0o755), ("guitu.db", 0o644), ("secret.key", 0o640), ("evidence", 0o777), ("notes.txt", 0o644)] {
        std::fs::set_permissions(folder.join(name), std::fs::Permissions::from_mode(open)).unwrap();
    }
    opens(&migrate(&folder));
    assert_eq!([mode(""), mode("guitu.db"), mode("secret.key"), mode("evidence")], [0o700, 0o600, 0o600, 0o700]);
    assert_eq!(mode("notes.txt"), 0o644, "what is not Guitu's is left alone");

    // A folder like /tmp, which must not be closed to everybody else.
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o1777)).unwrap();
    is_refused(&migrate(&folder), &["everybody shares", "GUITU_DATA_DIR"]);
    assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o7777, 0o1777);
    std::fs::remove_dir_all(&folder).unwrap();

    // Nor one in which others keep their files, and the shop none.
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("notes.txt"), "somebody's own").unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    is_refused(&migrate(&folder), &["others use", "GUITU_DATA_DIR"]);
    assert_eq!((mode(""), std::fs::read_dir(&folder).unwrap().count()), (0o755, 1));
    std::fs::remove_dir_all(&folder).unwrap();
}
