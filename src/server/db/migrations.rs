//! What migrations there are: one text for both engines, and behind it what an engine can only be told in its own words.

use super::Dialect;
use sqlx::migrate::{Migration, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};
use std::borrow::Cow;
use std::sync::LazyLock;

pub(super) static SHARED: Migrator = sqlx_macros::migrate!("./migrations");
static SQLITE_OWN: Migrator = sqlx_macros::migrate!("./migrations/sqlite");
static POSTGRES_OWN: Migrator = sqlx_macros::migrate!("./migrations/postgres");

static SQLITE: LazyLock<Migrator> = LazyLock::new(|| joined(&SQLITE_OWN));
static POSTGRES: LazyLock<Migrator> = LazyLock::new(|| joined(&POSTGRES_OWN));

/// Every migration of this program, as this engine is told it.
pub fn for_engine(dialect: Dialect) -> &'static Migrator {
    match dialect {
        Dialect::Sqlite => &SQLITE,
        Dialect::Postgres => &POSTGRES,
    }
}

/// Both texts of a number are one migration, so that they are applied together or not at all.
fn joined(own: &Migrator) -> Migrator {
    let join = |shared: &Migration| match own.iter().find(|own| own.version == shared.version) {
        None => shared.clone(),
        Some(own) => {
            let text = AssertSqlSafe(format!("{}{}", shared.sql.as_str(), own.sql.as_str())).into_sql_str();
            Migration::new(shared.version, shared.description.clone(), shared.migration_type, text, shared.no_tx)
        }
    };
    Migrator { migrations: Cow::Owned(SHARED.iter().map(join).collect()), ..Migrator::DEFAULT }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_engine_is_told_the_other_is_told_too() {
        let versions = |migrator: &Migrator| migrator.iter().map(|migration| migration.version).collect::<Vec<_>>();
        assert_eq!(versions(&SQLITE_OWN), versions(&POSTGRES_OWN));
        for version in versions(&SQLITE_OWN) {
            assert!(SHARED.version_exists(version), "{version} has no text for both");
            let text = |dialect| for_engine(dialect).iter().find(|found| found.version == version).unwrap().sql.as_str().len();
            assert_ne!(text(Dialect::Sqlite), text(Dialect::Postgres));
        }
    }
}
