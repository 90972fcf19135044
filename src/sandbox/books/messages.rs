//! What is told of a payment, in the manner of the door that it came through.

use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use super::wechat::{payment_of, trade_type};
use super::{Books, Payment, Refund};
use crate::sandbox::problem::Problem;
use crate::sandbox::{alipay, wechat};
use crate::server::payments::alipay::sign::Params;
use crate::server::payments::wire::{Notice, RefundStatus};

/// A callback as the books keep it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Message {
    /// A form, which is signed when it is sent.
    Alipay {
        alipay: Params,
    },
    /// Sealed and signed when it is sent.
    Wechat {
        wechat: wechat::Told,
    },
    Sandbox(Notice),
}

const NOTE: &str = "INSERT INTO alipay_trades (payment_no) VALUES ($1) ON CONFLICT (payment_no) DO NOTHING";
const IS_ALIPAY: &str = "SELECT COUNT(*) FROM alipay_trades WHERE payment_no = $1";
const GONE: &str = "SELECT COALESCE(SUM(amount), 0) FROM refunds WHERE payment_no = $1 AND status = 'succeeded'";

impl Message {
    pub(super) async fn paid(tx: &mut SqliteConnection, payment: &Payment) -> Result<Self, Problem> {
        if is_alipay(tx, &payment.payment_no).await? {
            return Ok(Self::Alipay { alipay: alipay::paid(payment) });
        }
        if let Some(trade_type) = trade_type(tx, &payment.payment_no).await? {
            return Ok(Self::Wechat { wechat: wechat::paid(payment, &trade_type) });
        }
        Ok(Self::Sandbox(Notice::Paid(payment.report())))
    }

    /// Alipay says nothing of a refund that brought no money, WeChat Pay nothing if it was not told where.
    pub(super) async fn refunded(tx: &mut SqliteConnection, refund: &Refund) -> Result<Option<Self>, Problem> {
        if trade_type(tx, &refund.payment_no).await?.is_some() {
            if refund.notify_url.is_empty() {
                return Ok(None);
            }
            let payment = payment_of(tx, refund).await?;
            return Ok(Some(Self::Wechat { wechat: wechat::refunded(&payment, refund) }));
        }
        if !is_alipay(tx, &refund.payment_no).await? {
            return Ok(Some(Self::Sandbox(Notice::Refund(refund.report()))));
        }
        if refund.status != RefundStatus::Succeeded {
            return Ok(None);
        }
        let payment = payment_of(tx, refund).await?;
        let gone: i64 = sqlx::query_scalar(GONE).bind(&refund.payment_no).fetch_one(tx).await?;
        Ok(Some(Self::Alipay { alipay: alipay::refunded(&payment, refund, gone) }))
    }
}

async fn is_alipay(tx: &mut SqliteConnection, payment_no: &str) -> Result<bool, Problem> {
    let count: i64 = sqlx::query_scalar(IS_ALIPAY).bind(payment_no).fetch_one(tx).await?;
    Ok(count > 0)
}

impl Books {
    /// Notes that a payment came through Alipay's door.
    pub async fn note_alipay(&self, payment_no: &str) -> Result<(), Problem> {
        sqlx::query(NOTE).bind(payment_no).execute(&self.pool).await?;
        Ok(())
    }
}
