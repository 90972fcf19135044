//! P11: whatever is asked of the store, an index leads to the rows, however many others the table holds. `make bench` asks the same at a million
//! orders (`bench/scans.rs`).

mod plans;

use crate::support::{Engine, Seeded, TestApp, on_both_engines};
use guitu::demo::seed::bulk::Size;
use guitu::server::db::Conn;
use plans::{LARGE, scans};

on_both_engines!(no_statement_of_the_store_reads_a_large_table_from_end_to_end);

async fn no_statement_of_the_store_reads_a_large_table_from_end_to_end(app: TestApp) {
    let seeded = Seeded::beside(&app, Size { orders: 5_000, shops: 2, seed: 11, after_sales: 20 }).await;
    let mut conn = seeded.db.reader().await.unwrap();
    if app.engine == Engine::Postgres {
        leave_it_the_indexes(&mut conn).await;
    }
    let seen = scans(seeded.db.dialect(), &mut conn, &LARGE).await.unwrap();
    assert!(seen.statements > 150, "only {} statements were found", seen.statements);
    let mut wrong = seen.wrong;
    if app.engine == Engine::Sqlite {
        // A shop that grew by itself has never been counted: the plans must hold without.
        wrong.extend(scans(app.server.db.dialect(), &mut app.server.db.reader().await.unwrap(), &LARGE).await.unwrap().wrong);
    }
    drop(conn);
    seeded.take_away().await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Tables of five thousand orders are rather read whole: what is read from end to end even so has no index that serves.
async fn leave_it_the_indexes(conn: &mut Conn) {
    sqlx::raw_sql("set enable_seqscan = off").execute(&mut *conn).await.unwrap();
}
