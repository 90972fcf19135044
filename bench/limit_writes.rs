//! The limit that `make bench` holds written cases against on SQLite: the statements that were heard of one case, said for many, each case by one
//! of so many clients. One connection writes, as there can be no more, and each client reads with its own; sqlx alone is between them and SQLite.
//!
//! usage: `bench-limit-writes sqlite:FILE SCRIPT CLIENTS SECONDS`; prints how many cases were finished, and how many of them within the seconds after
//! the first one, in which the statements are prepared

use serde::Deserialize;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor, SqliteConnection};
use std::error::Error;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use tokio::task::JoinSet;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Transactions and single statements, and the values of each case.
#[derive(Deserialize)]
struct Script {
    units: Vec<Vec<Statement>>,
    cases: Vec<Vec<String>>,
}

/// A value is one of the case's, and a number or not; or it is missing.
#[derive(Deserialize)]
struct Statement {
    text: String,
    values: Vec<Option<(usize, bool)>>,
}

type Failure = Box<dyn Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, file, clients, seconds] = arguments.as_slice() else {
        return Err("usage: bench-limit-writes sqlite:FILE SCRIPT CLIENTS SECONDS".into());
    };
    let script: Arc<Script> = Arc::new(serde_json::from_slice(&std::fs::read(file)?)?);
    let options = SqliteConnectOptions::from_str(url)?
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(1_000)
        .disable_statement_logging();
    let writer = Arc::new(Mutex::new(options.connect().await?));
    let (next, finished, counted) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let from = Instant::now() + Duration::from_secs(1);
    let until = from + Duration::from_secs(seconds.parse()?);
    let mut hands = JoinSet::new();
    for _ in 0..clients.parse::<usize>()? {
        let (script, writer, mut reader) = (script.clone(), writer.clone(), options.connect().await?);
        let (next, finished, counted) = (next.clone(), finished.clone(), counted.clone());
        hands.spawn(async move {
            while Instant::now() < until {
                let Some(case) = script.cases.get(next.fetch_add(1, Ordering::Relaxed)) else { return Err("not enough cases".into()) };
                one(&script.units, case, &writer, &mut reader).await?;
                finished.fetch_add(1, Ordering::Relaxed);
                if (from..until).contains(&Instant::now()) {
                    counted.fetch_add(1, Ordering::Relaxed);
                }
            }
            Ok::<(), Failure>(())
        });
    }
    // As they end: the first that fails leaves its transaction open, at which the others only stumble.
    while let Some(hand) = hands.join_next().await {
        hand??;
    }
    println!("{} {}", finished.load(Ordering::Relaxed), counted.load(Ordering::Relaxed));
    Ok(())
}

async fn one(
    units: &[Vec<Statement>],
    case: &[String],
    writer: &Mutex<SqliteConnection>,
    reader: &mut SqliteConnection,
) -> Result<(), Failure> {
    for unit in units {
        if unit[0].text.starts_with("select") {
            say(unit, case, reader).await?;
        } else {
            say(unit, case, &mut *writer.lock().await).await?;
        }
    }
    Ok(())
}

async fn say(unit: &[Statement], case: &[String], connection: &mut SqliteConnection) -> Result<(), Failure> {
    for Statement { text, values } in unit {
        let mut query = sqlx::query(AssertSqlSafe(text.as_str()));
        for value in values {
            query = match value {
                Some((nth, true)) => query.bind(case[*nth].parse::<i64>()?),
                Some((nth, false)) => query.bind(case[*nth].as_str()),
                None => query.bind(None::<String>),
            };
        }
        std::hint::black_box((&mut *connection).fetch_all(query).await?);
    }
    Ok(())
}
