//! `guitu backup` and `guitu restore`, and what they say.

use super::arguments::{Backup, Restore};
use super::connect;
use super::error::StartError;
use crate::server::clock::{Clock, SystemClock};
use crate::server::machinery::backup::{self, WrittenBackup};
use crate::server::machinery::config::Config;

/// Writes a backup of a shop that may go on meanwhile. Nothing of the shop is changed, its tables' form neither.
pub async fn take_backup(config: Config, backup: Backup) -> Result<(), StartError> {
    if config.database_url.sqlite_file().is_some_and(|file| !file.exists()) {
        return Err(backup::BackupError::NoDatabase(config.database_url.to_string()).into());
    }
    let db = connect(&config).await?;
    let taken = backup::take(&db, &config, &backup.to, backup.with_key, SystemClock.now()).await;
    db.close().await;
    say!("{}", told(&taken?, &config).trim_end());
    Ok(())
}

fn told(taken: &WrittenBackup, config: &Config) -> String {
    let WrittenBackup { path, bytes, manifest, rows, pictures, with_key } = taken;
    let what = format!(
        "{}: {rows} rows of {} tables (version {}), {pictures} pictures, {}\n",
        path.display(),
        manifest.tables.len(),
        manifest.schema,
        size(*bytes)
    );
    let key = match (&manifest.secret_key, with_key) {
        (Some(fingerprint), true) => {
            format!("The secret key (fingerprint {fingerprint}) is in it: whoever has the file can open the refund accounts of buyers.\n")
        }
        (Some(fingerprint), false) => format!(
            "The secret key (fingerprint {fingerprint}) is NOT in it: keep a copy of {} apart from this file, or say --with-key.\n\
             Without it the refund accounts of buyers ({} now) cannot be opened after a restore.\n",
            if config.secret_key.is_some() { "secret_key".to_owned() } else { config.data_dir.join("secret.key").display().to_string() },
            manifest.sealed
        ),
        (None, _) => "There is no secret key that belongs to it, and nothing in it is sealed.\n".to_owned(),
    };
    let rest =
        "The configuration file and the gateways' keys are not in it, and log-ins are not: after a restore everybody logs in again.\n";
    [&what, &key, rest].concat()
}

fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..10_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

/// Restores into an empty database. `false`: all of it is there, and the books differ as they did when the backup was taken.
pub async fn restore_backup(config: Config, restore: Restore) -> Result<bool, StartError> {
    let restored = backup::restore(&config, &restore.from).await?;
    let taken_at = chrono::DateTime::from_timestamp_millis(restored.taken_at.0).map(|at| at.format("%Y-%m-%d %H:%M:%S UTC").to_string());
    let rows: i64 = restored.checks.iter().map(|check| check.rows).sum();
    let differing: i64 = restored.checks.iter().map(|check| check.differences).sum();
    say!(
        "{} of {} is restored into {}: {} rows, {} pictures",
        restored.path.display(),
        taken_at.unwrap_or_default(),
        config.database_url,
        restored.rows,
        restored.pictures
    );
    say!("verify-ledger: {} rules, {rows} rows read, {differing} differing", restored.checks.len());
    for row in restored.checks.iter().flat_map(|check| &check.wrong) {
        say!("    {row}");
    }
    if differing > 0 {
        say!("The books differed when the backup was taken; all of it is restored nevertheless.");
    }
    say!(
        "Refunds that were paid after the backup are not known here: before anything is refunded, compare the bills of the days since in 对账."
    );
    Ok(differing == 0)
}
