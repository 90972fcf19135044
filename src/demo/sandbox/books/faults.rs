//! Faults that the next requests are to meet.

use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;
use sqlx_macros::FromRow;

use super::{BookedRefundStatus, Books, word};
use crate::demo::sandbox::problem::SandboxProblem;

/// What the shop asks for, or the sandbox says of its own accord.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    Pay,
    Close,
    Refund,
    Query,
    Callback,
    Login,
}

impl Operation {
    pub const ALL: [Self; 6] = [Self::Pay, Self::Close, Self::Refund, Self::Query, Self::Callback, Self::Login];

    /// The word of the wire.
    pub fn code(self) -> String {
        word(self)
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Pay => "支付下单",
            Self::Close => "关闭支付",
            Self::Refund => "退款",
            Self::Query => "查询",
            Self::Callback => "回调",
            Self::Login => "微信登录",
        }
    }
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SandboxFault {
    /// Done, but answered (or called back) late.
    Late { ms: u64 },
    /// Nothing done.
    Refuse { code: String },
    /// Answered 503, nothing done.
    Down,
    /// Done, but the connection is lost instead of an answer.
    Cut,
    /// Done, but something in between answers with a web page.
    Html,
    /// Done, but the answer's signature is wrong.
    Forged,
    /// Done, but the answer is signed with a key that nobody knows.
    Stranger,
    /// Done, but only the first half of the answer arrives.
    Truncated,
    /// Accepted, and fails when it should be paid out.
    FailLater { code: LateFailure },
    /// Called back twice.
    Twice,
    /// Never called back.
    Silent,
}

/// The two ways in which an accepted refund fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LateFailure {
    Abnormal,
    Closed,
}

impl From<LateFailure> for BookedRefundStatus {
    fn from(failure: LateFailure) -> Self {
        match failure {
            LateFailure::Abnormal => Self::Abnormal,
            LateFailure::Closed => Self::Closed,
        }
    }
}

/// Longer than this nobody waits, and a test would hang.
const LATEST_MS: u64 = 600_000;

impl SandboxFault {
    /// Does it make sense for this operation?
    pub fn fits(&self, operation: Operation) -> bool {
        match self {
            Self::Late { ms } => *ms <= LATEST_MS,
            Self::Twice | Self::Silent => operation == Operation::Callback,
            Self::FailLater { .. } => operation == Operation::Refund,
            // Who logged in is told without a signature.
            Self::Forged | Self::Stranger => !matches!(operation, Operation::Callback | Operation::Login),
            Self::Refuse { .. } | Self::Down | Self::Cut | Self::Html | Self::Truncated => operation != Operation::Callback,
        }
    }

    /// In words, for the console.
    pub fn name(&self) -> String {
        match self {
            Self::Late { ms } => format!("延迟 {ms} 毫秒"),
            Self::Refuse { code } => format!("拒绝 {code}"),
            Self::Down => "停机(503,未受理)".to_owned(),
            Self::Cut => "已受理,但断线无应答".to_owned(),
            Self::Html => "已受理,但返回网页".to_owned(),
            Self::Forged => "已受理,但应答签名错误".to_owned(),
            Self::Stranger => "已受理,但应答由未知密钥签名".to_owned(),
            Self::Truncated => "已受理,但应答只有一半".to_owned(),
            Self::FailLater { code: LateFailure::Abnormal } => "受理后退款异常 ABNORMAL".to_owned(),
            Self::FailLater { code: LateFailure::Closed } => "受理后退款关闭 CLOSED".to_owned(),
            Self::Twice => "重复两次".to_owned(),
            Self::Silent => "不发送".to_owned(),
        }
    }
}

/// A fault and how many requests it still meets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlannedFault {
    pub operation: Operation,
    pub fault: SandboxFault,
    #[serde(default = "once")]
    pub count: i64,
}

const fn once() -> i64 {
    1
}

#[derive(FromRow)]
struct FaultRow {
    operation: String,
    fault: String,
    remaining: i64,
}

impl TryFrom<FaultRow> for PlannedFault {
    type Error = SandboxProblem;

    fn try_from(row: FaultRow) -> Result<Self, SandboxProblem> {
        let unreadable = |error: serde_json::Error| SandboxProblem::Failed(error.to_string());
        Ok(Self {
            operation: super::parse_word(row.operation).map_err(unreadable)?,
            fault: serde_json::from_str(&row.fault).map_err(unreadable)?,
            count: row.remaining,
        })
    }
}

const INSERT: &str = "INSERT INTO planned_faults (operation, fault, remaining) VALUES ($1, $2, $3)";
const TAKE: &str = "UPDATE planned_faults SET remaining = remaining - 1
    WHERE id = (SELECT MIN(id) FROM planned_faults WHERE operation = $1 AND remaining > 0) RETURNING operation, fault, remaining";
const LIST: &str = "SELECT operation, fault, remaining FROM planned_faults WHERE remaining > 0 ORDER BY id";
const CLEAR: &str = "DELETE FROM planned_faults";

/// Uses up the oldest fault for this operation.
pub(super) async fn take(connection: &mut SqliteConnection, operation: Operation) -> Result<Option<SandboxFault>, SandboxProblem> {
    let row: Option<FaultRow> = sqlx::query_as(TAKE).bind(operation.code()).fetch_optional(connection).await?;
    Ok(row.map(PlannedFault::try_from).transpose()?.map(|planned| planned.fault))
}

impl Books {
    /// Lets the next requests go wrong.
    pub async fn plan_fault(&self, planned: &PlannedFault) -> Result<(), SandboxProblem> {
        if !planned.fault.fits(planned.operation) || !(1..=1000).contains(&planned.count) {
            return Err(SandboxProblem::param("这种故障不适用于该操作,或者次数、毫秒数超出范围"));
        }
        let fault = serde_json::to_string(&planned.fault).map_err(|error| SandboxProblem::Failed(error.to_string()))?;
        sqlx::query(INSERT).bind(planned.operation.code()).bind(fault).bind(planned.count).execute(&self.pool).await?;
        Ok(())
    }

    /// The fault that this request meets, if any.
    pub async fn take_fault(&self, operation: Operation) -> Result<Option<SandboxFault>, SandboxProblem> {
        take(&mut *self.pool.acquire().await?, operation).await
    }

    pub async fn planned_faults(&self) -> Result<Vec<PlannedFault>, SandboxProblem> {
        let rows: Vec<FaultRow> = sqlx::query_as(LIST).fetch_all(&self.pool).await?;
        rows.into_iter().map(PlannedFault::try_from).collect()
    }

    pub async fn clear_faults(&self) -> Result<(), SandboxProblem> {
        sqlx::query(CLEAR).execute(&self.pool).await?;
        Ok(())
    }
}
