//! P11 at any size: explains every statement of the store on a database that is there. Tables are large here that hold many rows: fewer are rightly
//! read whole where half of them is wanted.
//!
//! usage: `bench-scans URL`; prints how many statements it asked about and how many tables are large, and each statement that would read one of them
//! from end to end, with its plan

#[path = "../src/tests/scans/plans.rs"]
mod plans;
#[path = "../src/tests/sources.rs"]
mod sources;
#[path = "../src/tests/statements.rs"]
mod statements;

use guitu::server::db::Db;
use std::error::Error;

/// Rows of a table that is large.
const MANY: i64 = 100_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("usage: bench-scans URL")?;
    let db = Db::connect(&url).await?;
    let mut conn = db.reader().await?;
    let mut large = Vec::new();
    for table in plans::LARGE {
        let count = sqlx::AssertSqlSafe(format!("select count(*) from (select 1 from {table} limit {MANY}) as counted"));
        let rows: i64 = sqlx::query_scalar(count).fetch_one(&mut *conn).await?;
        if rows == MANY {
            large.push(table);
        }
    }
    let seen = plans::scans(db.dialect(), &mut conn, &large).await?;
    println!("{} {}", seen.statements, large.len());
    for wrong in &seen.wrong {
        println!("\n{wrong}");
    }
    drop(conn);
    db.close().await;
    Ok(())
}
