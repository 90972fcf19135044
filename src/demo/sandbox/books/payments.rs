//! Payments in the sandbox's books.

use axum::http::StatusCode;

use super::{BookedNotice, BookedPayment, BookedPaymentStatus, Books};
use crate::demo::sandbox::problem::SandboxProblem;

/// What a merchant asks for, through whichever door.
#[derive(Clone, Debug)]
pub struct OpenPayment {
    pub payment_no: String,
    pub channel: String,
    pub amount: i64,
    pub currency: String,
    pub title: String,
    pub return_url: String,
    pub notify_url: String,
    pub expires_at: i64,
}

impl BookedPayment {
    fn was_asked_as(&self, order: &OpenPayment) -> bool {
        (&self.channel, self.amount, &self.currency) == (&order.channel, order.amount, &order.currency)
    }
}

/// Asking again for a known number changes nothing but gives it back.
const OPEN: &str = "INSERT INTO payments
    (payment_no, token, channel, amount, currency, title, return_url, notify_url, created_at, expires_at, status)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'pending')
    ON CONFLICT (payment_no) DO UPDATE SET payment_no = excluded.payment_no RETURNING *";
const EXPIRE: &str = "UPDATE payments SET status = 'closed' WHERE status = 'pending' AND expires_at <= $1";
const FIND: &str = "SELECT * FROM payments WHERE payment_no = $1";
const FIND_BY_TRADE_NO: &str = "SELECT * FROM payments WHERE trade_no = $1";
const FIND_BY_TOKEN: &str = "SELECT * FROM payments WHERE token = $1";
const NEWEST: &str = "SELECT * FROM payments ORDER BY created_at DESC, rowid DESC LIMIT 30";
const PAY: &str = "UPDATE payments SET status = 'paid', trade_no = $2, paid_amount = COALESCE($3, amount), paid_at = $4
    WHERE payment_no = $1 AND status = 'pending' RETURNING *";
const CLOSE: &str = "UPDATE payments SET status = 'closed' WHERE payment_no = $1 AND status = 'pending'";

impl Books {
    /// Opens a payment, once a number.
    pub async fn open_payment(&self, order: &OpenPayment, token: &str, now: i64) -> Result<BookedPayment, SandboxProblem> {
        let payment: BookedPayment = sqlx::query_as(OPEN)
            .bind(&order.payment_no)
            .bind(token)
            .bind(&order.channel)
            .bind(order.amount)
            .bind(&order.currency)
            .bind(&order.title)
            .bind(&order.return_url)
            .bind(&order.notify_url)
            .bind(now)
            .bind(order.expires_at)
            .fetch_one(&self.pool)
            .await?;
        if !payment.was_asked_as(order) {
            return Err(SandboxProblem::mismatch());
        }
        match payment.status {
            BookedPaymentStatus::Pending => Ok(payment),
            BookedPaymentStatus::Paid => Err(SandboxProblem::refused(StatusCode::CONFLICT, "ORDER_PAID", "该订单已支付")),
            BookedPaymentStatus::Closed => Err(SandboxProblem::refused(StatusCode::CONFLICT, "ORDER_CLOSED", "该订单已关闭")),
        }
    }

    /// A payment as it stands now: one that nobody paid in time is closed.
    pub async fn payment(&self, payment_no: &str, now: i64) -> Result<Option<BookedPayment>, SandboxProblem> {
        sqlx::query(EXPIRE).bind(now).execute(&self.pool).await?;
        Ok(sqlx::query_as(FIND).bind(payment_no).fetch_optional(&self.pool).await?)
    }

    /// The same by the gateway's own number, which only a paid one has.
    pub async fn payment_by_trade_no(&self, trade_no: &str, now: i64) -> Result<Option<BookedPayment>, SandboxProblem> {
        sqlx::query(EXPIRE).bind(now).execute(&self.pool).await?;
        Ok(sqlx::query_as(FIND_BY_TRADE_NO).bind(trade_no).fetch_optional(&self.pool).await?)
    }

    /// The payment behind a cashier's address.
    pub async fn payment_by_token(&self, token: &str, now: i64) -> Result<Option<BookedPayment>, SandboxProblem> {
        sqlx::query(EXPIRE).bind(now).execute(&self.pool).await?;
        Ok(sqlx::query_as(FIND_BY_TOKEN).bind(token).fetch_optional(&self.pool).await?)
    }

    /// The last payments, newest first.
    pub async fn newest_payments(&self, now: i64) -> Result<Vec<BookedPayment>, SandboxProblem> {
        sqlx::query(EXPIRE).bind(now).execute(&self.pool).await?;
        Ok(sqlx::query_as(NEWEST).fetch_all(&self.pool).await?)
    }

    /// Takes the money for a pending payment and notes the callback to send; `None` if it is not pending.
    pub async fn pay(&self, payment_no: &str, trade_no: &str, paying: Paying) -> Result<Option<Vec<super::PendingNotice>>, SandboxProblem> {
        let mut tx = self.pool.begin().await?;
        let paid: Option<BookedPayment> =
            sqlx::query_as(PAY).bind(payment_no).bind(trade_no).bind(paying.amount).bind(paying.at).fetch_optional(&mut *tx).await?;
        let Some(payment) = paid else { return Ok(None) };
        let notices = if paying.quiet {
            Vec::new()
        } else {
            let message = BookedNotice::paid(&mut tx, &payment).await?;
            super::notices::plan(&mut tx, payment_no, &payment.notify_url, &message).await?
        };
        tx.commit().await?;
        Ok(Some(notices))
    }

    /// Takes no money for it any more, unless it was paid.
    pub async fn close_payment(&self, payment_no: &str, now: i64) -> Result<Option<BookedPayment>, SandboxProblem> {
        sqlx::query(CLOSE).bind(payment_no).execute(&self.pool).await?;
        self.payment(payment_no, now).await
    }
}

/// How the buyer pays.
#[derive(Clone, Copy, Debug)]
pub struct Paying {
    pub at: i64,
    /// Something else than was asked for, to try how the shop takes it.
    pub amount: Option<i64>,
    /// Tell the shop nothing.
    pub quiet: bool,
}
