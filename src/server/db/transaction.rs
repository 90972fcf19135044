//! A transaction: what it locks, and how it ends.

use super::deferred::{self, DeferredStatement};
use super::write_health::WriteHealth;
use super::writer::WriteTicket;
use super::{Conn, Dialect};
use crate::domain::ShopId;
use crate::server::error::{Error, Result};
use sqlx::any::AnyQueryResult;
use sqlx::{Any, AssertSqlSafe, Transaction};

/// A write transaction; dropped without `commit`, nothing of it remains.
pub struct Tx {
    inner: TransactionKind,
    pub(super) dialect: Dialect,
    deferred: Vec<DeferredStatement>,
    /// Hears how a transaction that writes ends.
    writes: Option<WriteHealth>,
}

/// Of one's own, or a turn with the one writer.
pub(super) enum TransactionKind {
    Own(Transaction<'static, Any>),
    Ticket(WriteTicket),
}

/// What a transaction holds before it decides; always in this sequence, so that nobody waits in a circle.
#[derive(Clone, Copy, Debug)]
pub enum Lock {
    Order,
    /// Every order that a buyer ever placed, by the buyer's id, as the orders themselves.
    OrdersOfBuyer,
    /// The buyer, so that of two forms sent at once one waits for the other.
    Buyer,
    /// What the buyer holds at this shop, by the buyer's id.
    Wallet(ShopId),
    Staff,
    /// Every SKU of an order, by the order's id.
    Goods,
}

impl Tx {
    pub(super) fn new(inner: TransactionKind, dialect: Dialect, writes: Option<WriteHealth>) -> Self {
        Self { inner, dialect, deferred: Vec::new(), writes }
    }

    pub fn conn(&mut self) -> &mut Conn {
        match &mut self.inner {
            TransactionKind::Own(own) => &mut **own,
            TransactionKind::Ticket(ticket) => ticket.conn(),
        }
    }

    /// Written before the transaction is committed.
    pub fn defer(&mut self, statement: DeferredStatement) {
        self.deferred.push(statement);
    }

    async fn flush_deferred(&mut self) -> Result<()> {
        let statements = std::mem::take(&mut self.deferred);
        if self.dialect == Dialect::Sqlite && statements.len() > 1 {
            let (text, values) = deferred::at_once(statements)?;
            sqlx::query_with(AssertSqlSafe(text), values).execute(self.conn()).await?;
            return Ok(());
        }
        for statement in statements {
            statement.now(self.conn()).await?;
        }
        Ok(())
    }

    pub async fn commit(mut self) -> Result<()> {
        let flushed = self.flush_deferred().await;
        let Self { inner, writes, .. } = self;
        let kept = match (flushed, inner) {
            (Err(refused), _) => Err(refused),
            (Ok(()), TransactionKind::Own(own)) => own.commit().await.map_err(Error::from),
            (Ok(()), TransactionKind::Ticket(ticket)) => ticket.commit().await.map_err(Error::from),
        };
        if let Some(writes) = writes {
            writes.ended(kept.is_ok());
        }
        kept
    }

    /// Waits until it is this transaction's alone. SQLite's writer is alone anyway.
    pub async fn lock(&mut self, what: Lock, id: i64) -> Result<()> {
        let statement = match (self.dialect, what) {
            (Dialect::Sqlite, _) => return Ok(()),
            (Dialect::Postgres, Lock::Order) => "select id from orders where id = $1 for update",
            (Dialect::Postgres, Lock::OrdersOfBuyer) => "select id from orders where buyer_id = $1 order by id for update",
            (Dialect::Postgres, Lock::Buyer) => "select id from buyers where id = $1 for no key update",
            (Dialect::Postgres, Lock::Wallet(shop)) => {
                let statement = "select shop_id from members where buyer_id = $1 and shop_id = $2 for no key update";
                sqlx::query(statement).bind(id).bind(shop.0).fetch_all(self.conn()).await?;
                return Ok(());
            }
            (Dialect::Postgres, Lock::Staff) => "select id from staff where id = $1 for no key update",
            (Dialect::Postgres, Lock::Goods) => {
                "select s.id from skus s where s.id in (select sku_id from order_lines where order_id = $1) order by s.id for no key update of s"
            }
        };
        sqlx::query(statement).bind(id).fetch_all(self.conn()).await?;
        Ok(())
    }

    /// The text of a statement that takes what it reads: where several can hold something, it says so.
    pub fn taking(&self, alone: &'static str, among_others: &'static str) -> &'static str {
        match self.dialect {
            Dialect::Sqlite => alone,
            Dialect::Postgres => among_others,
        }
    }
}

/// A guarded UPDATE has met exactly the row it expected; none is a change by somebody else.
pub fn expect_one(done: &AnyQueryResult) -> Result<()> {
    match done.rows_affected() {
        1 => Ok(()),
        0 => Err(Error::Stale),
        _ => Err(Error::Internal("an update met more than one row".to_owned())),
    }
}
