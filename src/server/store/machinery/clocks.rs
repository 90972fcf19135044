//! Clocks and jobs: what wakes up by itself, claimed by one worker at a time.

use crate::domain::{AfterSaleId, OrderId, RefundId, Timestamp};
use crate::server::db::{Conn, Db, DeferredStatement, Tx};
use crate::server::error::{Error, Result};

/// Whose clock it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Order(OrderId),
    AfterSale(AfterSaleId),
    /// Of a return that has to be on its way soon.
    ReturnReminder(AfterSaleId),
}

impl Subject {
    /// The schema has room for subjects that nothing here knows yet.
    fn from_parts(kind: &str, id: i64) -> Option<Self> {
        match kind {
            "order" => Some(Self::Order(OrderId(id))),
            "after_sale" => Some(Self::AfterSale(AfterSaleId(id))),
            "return_reminder" => Some(Self::ReturnReminder(AfterSaleId(id))),
            _ => None,
        }
    }

    fn parts(self) -> (&'static str, i64) {
        match self {
            Self::Order(id) => ("order", id.0),
            Self::AfterSale(id) => ("after_sale", id.0),
            Self::ReturnReminder(id) => ("return_reminder", id.0),
        }
    }
}

const SET: &str = "insert into clocks (subject, subject_id, due_at) values ($1, $2, $3)
    on conflict (subject, subject_id) do update set due_at = excluded.due_at, attempts = 0";

/// The subject's one clock runs until `due`.
pub fn set(subject: Subject, due: Timestamp) -> DeferredStatement {
    let (kind, id) = subject.parts();
    DeferredStatement::new(SET).bind(kind).bind(id).bind(due.0)
}

const CLEAR_DUE: &str = "delete from clocks where subject = $1 and subject_id = $2 and due_at <= $3";

/// Removes a clock that the subject does not wait for any more; one that was set meanwhile runs on.
pub async fn clear_due(db: &Db, subject: Subject, now: Timestamp) -> Result<()> {
    let (kind, id) = subject.parts();
    sqlx::query(CLEAR_DUE).bind(kind).bind(id).bind(now.0).execute(db.single()).await?;
    Ok(())
}

const CLEAR: &str = "delete from clocks where subject = $1 and subject_id = $2";

/// The subject's clock stops, if it runs.
pub fn clear(subject: Subject) -> DeferredStatement {
    let (kind, id) = subject.parts();
    DeferredStatement::new(CLEAR).bind(kind).bind(id)
}

/// Stops the subject's clock now; `false` if it did not run.
pub async fn take(conn: &mut Conn, subject: Subject) -> Result<bool> {
    let (kind, id) = subject.parts();
    let done = sqlx::query(CLEAR).bind(kind).bind(id).execute(conn).await?;
    Ok(done.rows_affected() > 0)
}

/// The clocks of subjects that only a newer program knows are left to it.
const DUE: &str = "select subject, subject_id from clocks
    where due_at <= $1 and subject in ('order', 'after_sale', 'return_reminder') order by due_at limit $2";

/// What is due now. Reading takes nothing: whoever fires first finds the subject still waiting, the others do not.
pub async fn due(db: &Db, now: Timestamp, limit: i64) -> Result<Vec<Subject>> {
    let rows: Vec<(String, i64)> = sqlx::query_as(DUE).bind(now.0).bind(limit).fetch_all(db.read()).await?;
    rows.into_iter()
        .map(|(kind, id)| Subject::from_parts(&kind, id).ok_or_else(|| Error::inconsistent("clocks", "subject", format!("{kind} {id}"))))
        .collect()
}

const POSTPONE: &str = "update clocks set due_at = $3, attempts = attempts + 1 where subject = $1 and subject_id = $2 and due_at < $3";

/// It could not fire now; it will be tried again at `at`.
pub async fn postpone(db: &Db, subject: Subject, at: Timestamp) -> Result<()> {
    let (kind, id) = subject.parts();
    sqlx::query(POSTPONE).bind(kind).bind(id).bind(at.0).execute(db.single()).await?;
    Ok(())
}

const ENQUEUE: &str = "insert into jobs (id, kind, subject_id, run_at) values ($1, 'refund', $2, $3)
    on conflict (kind, subject_id) do update set run_at = excluded.run_at";

/// The worker will see to this refund.
pub async fn enqueue_refund(conn: &mut Conn, id: i64, refund: RefundId, at: Timestamp) -> Result<()> {
    sqlx::query(ENQUEUE).bind(id).bind(refund.0).bind(at.0).execute(conn).await?;
    Ok(())
}

const CLAIM: &str = "select subject_id, attempts from jobs where kind = 'refund' and run_at <= $1 order by run_at limit 1";
const CLAIM_AMONG_OTHERS: &str =
    "select subject_id, attempts from jobs where kind = 'refund' and run_at <= $1 order by run_at limit 1 for update skip locked";
const LEASE: &str = "update jobs set run_at = $2, attempts = attempts + 1 where kind = 'refund' and subject_id = $1";

/// Takes one due refund job for `lease` milliseconds; whoever dies with it lets it fall due again.
pub async fn claim_refund(tx: &mut Tx, now: Timestamp, lease: i64) -> Result<Option<(RefundId, i64)>> {
    let statement = tx.taking(CLAIM, CLAIM_AMONG_OTHERS);
    let found: Option<(i64, i64)> = sqlx::query_as(statement).bind(now.0).fetch_optional(tx.conn()).await?;
    let Some((id, attempts)) = found else { return Ok(None) };
    sqlx::query(LEASE).bind(id).bind(now.plus(lease).0).execute(tx.conn()).await?;
    Ok(Some((RefundId(id), attempts)))
}

const RESCHEDULE: &str = "update jobs set run_at = $2, trouble = $3 where kind = 'refund' and subject_id = $1";

pub async fn reschedule_refund(conn: &mut Conn, refund: RefundId, at: Timestamp, trouble: &str) -> Result<()> {
    sqlx::query(RESCHEDULE).bind(refund.0).bind(at.0).bind(trouble).execute(conn).await?;
    Ok(())
}

pub async fn finish_refund(conn: &mut Conn, refund: RefundId) -> Result<()> {
    sqlx::query("delete from jobs where kind = 'refund' and subject_id = $1").bind(refund.0).execute(conn).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_are_read_as_they_were_stored_and_no_others() {
        for subject in [Subject::Order(OrderId(1)), Subject::AfterSale(AfterSaleId(1)), Subject::ReturnReminder(AfterSaleId(1))] {
            let (kind, id) = subject.parts();
            assert_eq!(Subject::from_parts(kind, id), Some(subject));
        }
        assert_eq!(Subject::from_parts("dispute", 1), None);
    }
}
