//! What is told of a payment, in the manner of the door that it came through.

use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use super::rows::payment_of;
use super::trade_types::trade_type;
use super::{BookedPayment, BookedRefund, BookedRefundStatus};
use crate::demo::sandbox::problem::SandboxProblem;
use crate::demo::sandbox::{alipay, wechat};
use crate::server::payments::alipay::sign::Params;

/// A callback as the books keep it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum BookedNotice {
    /// A form, which is signed when it is sent.
    Alipay { alipay: Params },
    /// Sealed and signed when it is sent.
    Wechat { wechat: wechat::WechatNotice },
}

const GONE: &str = "SELECT COALESCE(SUM(amount), 0) FROM refunds WHERE payment_no = $1 AND status = 'succeeded'";

impl BookedNotice {
    pub(super) async fn paid(tx: &mut SqliteConnection, payment: &BookedPayment) -> Result<Self, SandboxProblem> {
        Ok(match trade_type(tx, &payment.payment_no).await? {
            Some(trade_type) => Self::Wechat { wechat: wechat::paid(payment, &trade_type) },
            None => Self::Alipay { alipay: alipay::paid(payment) },
        })
    }

    /// Alipay says nothing of a refund that brought no money.
    pub(super) async fn refunded(tx: &mut SqliteConnection, refund: &BookedRefund) -> Result<Option<Self>, SandboxProblem> {
        let payment = payment_of(tx, refund).await?;
        if trade_type(tx, &refund.payment_no).await?.is_some() {
            return Ok(Some(Self::Wechat { wechat: wechat::refunded(&payment, refund) }));
        }
        if refund.status != BookedRefundStatus::Succeeded {
            return Ok(None);
        }
        let gone: i64 = sqlx::query_scalar(GONE).bind(&refund.payment_no).fetch_one(tx).await?;
        Ok(Some(Self::Alipay { alipay: alipay::refunded(&payment, refund, gone) }))
    }
}
