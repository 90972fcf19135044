//! `guitu check`: one screen of what is right with an installation and what is not, and nothing changed by looking.

use super::connect;
use super::error::StartError;
use crate::domain::Timestamp;
use crate::domain::time::{HOUR, SECOND};
use crate::server::clock::{Clock, SystemClock};
use crate::server::db::{Db, catalog, free_bytes};
use crate::server::error::Result;
use crate::server::machinery::config::Config;
use crate::server::machinery::sealing::{self, Fit};
use crate::server::machinery::{files, verify};
use crate::server::payments::{Finding, name_in_english};
use crate::server::shop::seeded::{self, Seeded};
use crate::server::store::after_sales::refund_accounts;
use crate::server::store::machinery::work;
use std::fmt::Write as _;
use std::path::Path;

/// Less than this is soon full, in MiB.
const ROOM: u64 = 1024;
/// Clocks that are further apart are set wrong.
const TOLERATED: i64 = 5 * SECOND;

/// Prints what was found. `true`: nothing is wrong.
pub async fn check(config: Config) -> std::result::Result<bool, StartError> {
    let (report, right) = looked_over(&config).await;
    say!("{}", report.trim_end());
    Ok(right)
}

/// The report, and whether nothing in it is wrong.
async fn looked_over(config: &Config) -> (String, bool) {
    let mut report = Report { text: String::new(), right: true };
    report.tell("configuration", configuration(config));
    report.tell("permissions", permissions(config));
    report.tell("disk", room(&config.data_dir, "pictures"));
    match config.database_url.sqlite_file() {
        Some(file) if !file.exists() => {
            report.tell("database", Finding::wrong(format!("there is none at {}; guitu serve makes one", config.database_url)));
            return report.end();
        }
        Some(file) => report.tell("disk", room(file.parent().unwrap_or(Path::new(".")), "the database")),
        None => report.tell("disk", Finding::right("that of the database is on its own server, and not seen from here")),
    }
    match connect(config).await {
        Err(error) => report.tell("database", Finding::wrong(error.to_string())),
        Ok(db) => {
            if let Err(error) = database(&mut report, &db, config).await {
                report.tell("database", Finding::wrong(format!("it does not answer: {error:?}")));
            }
            db.close().await;
        }
    }
    report.end()
}

struct Report {
    text: String,
    right: bool,
}

impl Report {
    fn tell(&mut self, what: &str, Finding { right, words }: Finding) {
        self.right &= right;
        let _ = writeln!(self.text, "  {:5} {what:13} {words}", if right { "right" } else { "WRONG" });
    }

    fn end(self) -> (String, bool) {
        let verdict = if self.right { "all is right" } else { "something is WRONG" };
        (format!("guitu {}\n{}{verdict}\n", env!("CARGO_PKG_VERSION"), self.text), self.right)
    }
}

fn configuration(config: &Config) -> Finding {
    let shop = config.public_url.as_str();
    if config.demo {
        Finding::right(format!("a demo at {shop}, paid in play money"))
    } else if config.secure_cookies() {
        Finding::right(format!("people reach the shop at {shop}"))
    } else if config.public_url.is_loopback() {
        Finding::right(format!("only this machine reaches the shop, at {shop}; give public_url before anybody else does"))
    } else {
        Finding::wrong(format!("{shop} is not https://: passwords can be read on the way; put a proxy with a certificate in front"))
    }
}

fn permissions(config: &Config) -> Finding {
    match files::open_to_others(config) {
        Err(error) => Finding::wrong(error.to_string()),
        Ok(open) if open.is_empty() => Finding::right(format!("nobody else reads {}", config.data_dir.display())),
        Ok(open) => {
            let named: Vec<String> = open.iter().map(|path| path.display().to_string()).collect();
            Finding::wrong(format!("others may read {}; guitu serve closes them", named.join(", ")))
        }
    }
}

fn room(folder: &Path, what: &str) -> Finding {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match free_bytes(folder).map(|free| free >> 20) {
        Err(error) => Finding::wrong(format!("{} for {what}: {error}", folder.display())),
        Ok(free) if free < ROOM => Finding::wrong(format!("{free} MiB are free for {what} in {}; make room", folder.display())),
        Ok(free) => Finding::right(format!("{free} MiB are free for {what} in {}", folder.display())),
    }
}

async fn database(report: &mut Report, db: &Db, config: &Config) -> Result<()> {
    let now = SystemClock.now();
    if db.is_restoring().await? {
        report.tell("database", Finding::wrong("a restore was broken off; begin it again with guitu restore"));
        return Ok(());
    }
    let tables = tables(db, config).await?;
    let newest = tables.right;
    report.tell("database", tables);
    if !newest {
        return Ok(());
    }
    report.tell("secret key", secret_key(db, config).await?);
    report.tell("shop", shop(db, config).await?);
    report.tell("clock", clock(db, now).await?);
    for (channel, gateway) in config.accounts.gateways().map_err(|error| crate::server::error::Error::Internal(error.to_string()))?.all() {
        for finding in gateway.check().await.findings(channel) {
            report.tell(name_in_english(channel), finding);
        }
    }
    report.tell("work", waiting(db, now).await?);
    report.tell("ledger", ledger(db).await?);
    Ok(())
}

async fn tables(db: &Db, config: &Config) -> Result<Finding> {
    let url = &config.database_url;
    let Some(version) = db.schema().await? else {
        return Ok(Finding::wrong(format!("{url} is empty; guitu serve fills it with tables")));
    };
    let (newest, _) = catalog::knows(version);
    Ok(match version {
        older if older < newest => {
            Finding::wrong(format!("{url} is of version {older}, this program's is {newest}; take a backup, then guitu migrate"))
        }
        newer if newer > newest => {
            Finding::wrong(format!("{url} is of version {newer}, this program knows {newest}; start the newer Guitu"))
        }
        _ => Finding::right(format!("{url}, tables of version {version}")),
    })
}

async fn secret_key(db: &Db, config: &Config) -> Result<Finding> {
    let wanted = sealing::wanted(db).await?;
    let wanted_in_words = wanted.as_deref().map(|wanted| format!(" with the fingerprint {wanted}")).unwrap_or_default();
    Ok(match sealing::key_at_hand(config) {
        Err(error) => Finding::wrong(error.to_string()),
        Ok(None) if wanted.is_some() || refund_accounts::count(&mut *db.reader().await?).await? > 0 => {
            Finding::wrong(format!("it is missing: put back the one{wanted_in_words}, or if it is lost for good, guitu forget-key"))
        }
        Ok(None) => Finding::right("none yet; the first start makes it"),
        Ok(Some(key)) => match sealing::fit(db, &key).await? {
            Fit::Fits => Finding::right(format!("the one the database is sealed with, fingerprint {}", sealing::fingerprint_of(&key))),
            Fit::Free => Finding::right("nothing is sealed with another"),
            Fit::Other => Finding::wrong(format!("another than the one the database is sealed with; put back the one{wanted_in_words}")),
        },
    })
}

async fn shop(db: &Db, config: &Config) -> Result<Finding> {
    Ok(match (seeded::seeded(db).await?, config.demo) {
        (Seeded::Demo | Seeded::Orders, false) => {
            Finding::wrong("its people are made up and their passwords published: it is served with --demo only")
        }
        (Seeded::Demo | Seeded::Orders, true) => Finding::right("made up, for a demo"),
        (Seeded::No, _) => Finding::right("nothing in it is made up"),
    })
}

async fn clock(db: &Db, now: Timestamp) -> Result<Finding> {
    let Some(theirs) = db.clock().await? else { return Ok(Finding::right("the database's is this machine's own")) };
    let ahead = now.0 - theirs.0;
    let how = format!("{} ms {} the database's", ahead.abs(), if ahead < 0 { "behind" } else { "ahead of" });
    Ok(if ahead.abs() <= TOLERATED { Finding::right(how) } else { Finding::wrong(format!("{how}: set both by NTP")) })
}

async fn waiting(db: &Db, now: Timestamp) -> Result<Finding> {
    let work = work::waiting(db, now).await?;
    let late = [work.clocks.oldest, work.refunds.oldest].into_iter().flatten().map(|due| now.0 - due.0).max().unwrap_or(0);
    let words = format!("{} clocks and {} refunds are due", work.clocks.due, work.refunds.due);
    Ok(if late > HOUR {
        Finding::wrong(format!("{words}, the oldest for {} hours: does a process with workers run?", late / HOUR))
    } else {
        Finding::right(words)
    })
}

async fn ledger(db: &Db) -> Result<Finding> {
    let checks = verify::ledger(db).await?;
    let (rows, differing): (i64, i64) = checks.iter().fold((0, 0), |sum, check| (sum.0 + check.rows, sum.1 + check.differences));
    let words = format!("{} rules, {rows} rows read, {differing} differing", checks.len());
    Ok(if differing == 0 { Finding::right(words) } else { Finding::wrong(format!("{words}; guitu verify-ledger names them")) })
}
