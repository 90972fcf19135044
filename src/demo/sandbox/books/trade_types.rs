//! Through which door a payment came.

use sqlx::SqliteConnection;

use crate::demo::sandbox::problem::SandboxProblem;

const TRADE_TYPE: &str = "SELECT trade_type FROM wechat_trades WHERE payment_no = $1";

/// How a payment was opened: `JSAPI`, `MWEB` or `NATIVE`; `None` if it did not come through WeChat Pay's door.
pub(super) async fn trade_type(tx: &mut SqliteConnection, payment_no: &str) -> Result<Option<String>, SandboxProblem> {
    Ok(sqlx::query_scalar(TRADE_TYPE).bind(payment_no).fetch_optional(tx).await?)
}
