//! What is told of a payment, in the manner of the door that it came through.

use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use super::rows::payment_of;
use super::trade_types::trade_type;
use super::{Payment, Refund, RefundStatus};
use crate::demo::sandbox::problem::Problem;
use crate::demo::sandbox::{alipay, wechat};
use crate::server::payments::alipay::sign::Params;

/// A callback as the books keep it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Message {
    /// A form, which is signed when it is sent.
    Alipay { alipay: Params },
    /// Sealed and signed when it is sent.
    Wechat { wechat: wechat::Told },
}

const GONE: &str = "SELECT COALESCE(SUM(amount), 0) FROM refunds WHERE payment_no = $1 AND status = 'succeeded'";

impl Message {
    pub(super) async fn paid(tx: &mut SqliteConnection, payment: &Payment) -> Result<Self, Problem> {
        Ok(match trade_type(tx, &payment.payment_no).await? {
            Some(trade_type) => Self::Wechat { wechat: wechat::paid(payment, &trade_type) },
            None => Self::Alipay { alipay: alipay::paid(payment) },
        })
    }

    /// Alipay says nothing of a refund that brought no money.
    pub(super) async fn refunded(tx: &mut SqliteConnection, refund: &Refund) -> Result<Option<Self>, Problem> {
        let payment = payment_of(tx, refund).await?;
        if trade_type(tx, &refund.payment_no).await?.is_some() {
            return Ok(Some(Self::Wechat { wechat: wechat::refunded(&payment, refund) }));
        }
        if refund.status != RefundStatus::Succeeded {
            return Ok(None);
        }
        let gone: i64 = sqlx::query_scalar(GONE).bind(&refund.payment_no).fetch_one(tx).await?;
        Ok(Some(Self::Alipay { alipay: alipay::refunded(&payment, refund, gone) }))
    }
}
