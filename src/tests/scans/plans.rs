//! How the engines would carry out the store's statements, and which large tables they would read from end to end.

use crate::sources::below;
use crate::statements::statements_of;
use guitu::server::db::{Conn, Dialect};
use sqlx::Row;
use std::collections::BTreeSet;

/// The tables that grow with the orders: the large ones.
pub const LARGE: [&str; 16] = [
    "orders",
    "order_lines",
    "payments",
    "line_tenders",
    "shipments",
    "shipment_lines",
    "after_sales",
    "after_sale_items",
    "refunds",
    "refund_lines",
    "money_events",
    "stock_moves",
    "events",
    "messages",
    "reviews",
    "members",
];

/// Indexes of what is under way alone: they stay small however long a shop has been open, and may be read whole.
const SMALL: [&str; 2] = ["using payments_one_pending", "using refunds_not_arrived"];

/// What was asked of an engine, and what it would read whole.
pub struct Scans {
    pub statements: usize,
    /// Each with its plan.
    pub wrong: Vec<String>,
}

/// Explains every statement of the store, and looks for tables that are large.
pub async fn scans(dialect: Dialect, conn: &mut Conn, large: &[&str]) -> sqlx::Result<Scans> {
    let mut found = Scans { statements: 0, wrong: Vec::new() };
    for statement in statements() {
        let (plan, scanned) = match dialect {
            Dialect::Sqlite if ["for update", "for no key update", "pg_advisory"].iter().any(|lock| statement.contains(lock)) => continue,
            Dialect::Sqlite => {
                let plan = plan_of_sqlite(conn, &statement).await?;
                let scanned = scanned_by_sqlite(&plan, &statement, large);
                (plan, scanned)
            }
            Dialect::Postgres => {
                let plan = plan_of_postgres(conn, &statement).await?;
                let scanned = scanned_by_postgres(&plan, large);
                (plan, scanned)
            }
        };
        found.statements += 1;
        if !scanned.is_empty() {
            found.wrong.push(format!("{scanned:?}: {statement}\n{}", plan.join("\n")));
        }
    }
    Ok(found)
}

/// Of the whole store.
fn statements() -> BTreeSet<String> {
    below("src/server/store").iter().flat_map(statements_of).collect()
}

async fn plan_of_sqlite(conn: &mut Conn, statement: &str) -> sqlx::Result<Vec<String>> {
    let explain = sqlx::query(sqlx::AssertSqlSafe(format!("explain query plan {statement}")));
    let steps = explain.fetch_all(conn).await?;
    Ok(steps.iter().map(|step| step.get::<String, _>(3)).collect())
}

async fn plan_of_postgres(conn: &mut Conn, statement: &str) -> sqlx::Result<Vec<String>> {
    let given = (1..30).filter(|nth| has_parameter(statement, *nth)).map(|_| "null").collect::<Vec<_>>().join(", ");
    let given = if given.is_empty() { given } else { format!("({given})") };
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("prepare asked as {statement}"))).execute(&mut *conn).await?;
    let explain = sqlx::raw_sql(sqlx::AssertSqlSafe(format!("explain (costs off) execute asked{given}")));
    let lines = explain.fetch_all(&mut *conn).await?;
    sqlx::raw_sql("deallocate asked").execute(&mut *conn).await?;
    Ok(lines.iter().map(|line| line.get::<String, _>(0)).collect())
}

fn has_parameter(statement: &str, nth: usize) -> bool {
    let name = format!("${nth}");
    statement.match_indices(&name).any(|(at, _)| !statement[at + name.len()..].starts_with(|next: char| next.is_ascii_digit()))
}

/// `SCAN x`, where x is a large table or its name within the statement.
fn scanned_by_sqlite(plan: &[String], statement: &str, large: &[&str]) -> Vec<String> {
    let words: Vec<&str> = statement.split([' ', ',', '(', ')']).filter(|word| !word.is_empty()).collect();
    let named = |name: &str| {
        words.windows(2).any(|pair| large.contains(&pair[0]) && pair[1] == name)
            || words.windows(3).any(|three| large.contains(&three[0]) && three[1] == "as" && three[2] == name)
    };
    let scans = plan.iter().filter_map(|step| step.split_whitespace().skip_while(|word| *word != "SCAN").nth(1));
    scans.filter(|name| large.contains(name) || named(name)).map(str::to_owned).collect()
}

/// `Seq Scan on x`, or an index of x that is read without a condition.
fn scanned_by_postgres(plan: &[String], large: &[&str]) -> Vec<String> {
    let mut scanned = Vec::new();
    for (at, line) in plan.iter().enumerate() {
        let Some((how, table)) = line.split_once("Scan ").and_then(|(how, rest)| Some((how, rest.split_once("on ")?.1))) else { continue };
        let table = table.split(' ').next().unwrap_or_default();
        let mut details = plan[at + 1..]
            .iter()
            .take_while(|detail| !["->", "SubPlan", "InitPlan"].iter().any(|next| detail.trim_start().starts_with(next)));
        let led = details.any(|detail| detail.contains("Index Cond:") || detail.contains("Recheck Cond:"));
        let small = SMALL.iter().any(|index| line.contains(index));
        if large.contains(&table) && !small && (how.contains("Seq") || !led) {
            scanned.push(table.to_owned());
        }
    }
    scanned
}

#[test]
fn a_scan_is_seen_in_the_plans_of_either_engine() {
    let sqlite = ["SCAN o", "SEARCH l USING INDEX order_lines_of_order (order_id=?)", "SCAN few"].map(str::to_owned);
    assert_eq!(scanned_by_sqlite(&sqlite, "select 1 from orders o, (select 1 from order_lines l) few", &LARGE), ["o"]);
    let postgres = [
        "Nested Loop",
        "  ->  Seq Scan on orders o",
        "  ->  Index Only Scan using order_lines_of_order on order_lines l",
        "        Index Cond: (order_id = o.id)",
        "  ->  Index Scan using reviews_pkey on reviews r",
        "        Filter: (rating = 1)",
        "  ->  Index Scan using members_pkey on members m",
        "        Index Cond: (buyer_id >= COALESCE((SubPlan 1), $4))",
        "  ->  Index Scan using payments_one_pending on payments",
        "        Filter: (id = $1)",
    ];
    assert_eq!(scanned_by_postgres(&postgres.map(str::to_owned), &LARGE), ["orders", "reviews"]);
}
