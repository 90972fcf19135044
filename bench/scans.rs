//! P11 at any size: explains every statement of the store on a database that is there.
//!
//! usage: `scans URL`; prints how many statements it asked about, and each that would read a large table from end to end, with its plan

#[path = "../src/tests/scans/plans.rs"]
mod plans;
#[path = "../src/tests/sources.rs"]
mod sources;
#[path = "../src/tests/statements.rs"]
mod statements;

use guitu::server::db::Db;
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("usage: scans URL")?;
    let db = Db::connect(&url).await?;
    let mut conn = db.reader().await?;
    let seen = plans::scans(db.dialect(), &mut conn).await?;
    println!("{}", seen.statements);
    for wrong in &seen.wrong {
        println!("\n{wrong}");
    }
    drop(conn);
    db.close().await;
    Ok(())
}
