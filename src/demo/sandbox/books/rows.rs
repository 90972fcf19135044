//! The rows of the books.

use serde::{Deserialize, Serialize};
use sqlx::error::BoxDynError;
use sqlx::sqlite::{SqliteTypeInfo, SqliteValueRef};
use sqlx::{Decode, Sqlite, SqliteConnection, Type};
use sqlx_macros::FromRow;

use super::parse_word;
use crate::demo::sandbox::problem::SandboxProblem;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookedPaymentStatus {
    Pending,
    Paid,
    Closed,
}

/// One payment.
#[derive(Clone, Debug, FromRow)]
pub struct BookedPayment {
    pub payment_no: String,
    /// The unguessable part of the cashier's address.
    pub token: String,
    pub channel: String,
    pub amount: i64,
    pub currency: String,
    pub title: String,
    pub return_url: String,
    pub notify_url: String,
    pub created_at: i64,
    pub expires_at: i64,
    pub status: BookedPaymentStatus,
    pub trade_no: Option<String>,
    pub paid_amount: Option<i64>,
    pub paid_at: Option<i64>,
}

impl Type<Sqlite> for BookedPaymentStatus {
    fn type_info() -> SqliteTypeInfo {
        <String as Type<Sqlite>>::type_info()
    }
}

impl Decode<'_, Sqlite> for BookedPaymentStatus {
    fn decode(word: SqliteValueRef<'_>) -> Result<Self, BoxDynError> {
        Ok(parse_word(<String as Decode<'_, Sqlite>>::decode(word)?)?)
    }
}

impl BookedPayment {
    /// What came in; what was asked for as long as nothing did.
    pub fn sum(&self) -> i64 {
        self.paid_amount.unwrap_or(self.amount)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookedRefundStatus {
    Processing,
    Succeeded,
    /// The money did not arrive.
    Abnormal,
    /// Given up for good.
    Closed,
}

/// One refund.
#[derive(Clone, Debug, FromRow)]
pub struct BookedRefund {
    pub refund_no: String,
    pub payment_no: String,
    pub gateway_refund_no: String,
    pub amount: i64,
    pub total: i64,
    pub currency: String,
    pub reason: String,
    pub notify_url: String,
    pub status: BookedRefundStatus,
    pub created_at: i64,
    pub at: i64,
    pub payouts: i64,
}

impl Type<Sqlite> for BookedRefundStatus {
    fn type_info() -> SqliteTypeInfo {
        <String as Type<Sqlite>>::type_info()
    }
}

impl Decode<'_, Sqlite> for BookedRefundStatus {
    fn decode(word: SqliteValueRef<'_>) -> Result<Self, BoxDynError> {
        Ok(parse_word(<String as Decode<'_, Sqlite>>::decode(word)?)?)
    }
}

pub(super) const FIND_PAYMENT: &str = "SELECT * FROM payments WHERE payment_no = $1";

/// The payment behind a refund.
pub(super) async fn payment_of(tx: &mut SqliteConnection, refund: &BookedRefund) -> Result<BookedPayment, SandboxProblem> {
    Ok(sqlx::query_as(FIND_PAYMENT).bind(&refund.payment_no).fetch_one(tx).await?)
}
