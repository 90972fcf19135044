//! What the books keep of WeChat's log-in: people, the names that accounts know them by, and codes that are good once.

use super::Books;
use crate::demo::sandbox::problem::SandboxProblem;
use crate::domain::time::MINUTE;

/// So long a code is good.
const LIFE: i64 = 5 * MINUTE;

const MEET: &str = "INSERT INTO wechat_people (person, appid, openid) VALUES ($1, $2, $3)
    ON CONFLICT (person, appid) DO UPDATE SET person = excluded.person RETURNING openid";
const GIVE_CODE: &str = "INSERT INTO wechat_codes (code, openid, made_at) VALUES ($1, $2, $3)";
const USE_CODE: &str = "UPDATE wechat_codes SET used_at = $2 WHERE code = $1 AND used_at IS NULL AND made_at > $3
    AND openid IN (SELECT openid FROM wechat_people WHERE appid = $4) RETURNING openid";
const WAS_USED: &str = "SELECT COUNT(*) FROM wechat_codes WHERE code = $1 AND used_at IS NOT NULL";
const KNOWN_TO: &str = "SELECT appid FROM wechat_people WHERE openid = $1";
const NOTE_PAYER: &str = "INSERT INTO wechat_payers (payment_no, openid) VALUES ($1, $2)
    ON CONFLICT (payment_no) DO UPDATE SET payment_no = excluded.payment_no RETURNING openid";
const IS_JSAPI: &str = "SELECT COUNT(*) FROM wechat_trades WHERE payment_no = $1 AND trade_type = 'JSAPI'";

/// What became of a code.
pub enum CodeUse {
    /// It was this person's.
    Good(String),
    Used,
    /// Nobody's, another account's, or too old.
    Bad,
}

impl Books {
    /// Gives a person a code for an account, which knows them by `fresh` from now on unless it has another name for them.
    pub async fn give_code(&self, person: &str, appid: &str, fresh: &str, code: &str, now: i64) -> Result<(), SandboxProblem> {
        let mut tx = self.pool.begin().await?;
        let openid: String = sqlx::query_scalar(MEET).bind(person).bind(appid).bind(fresh).fetch_one(&mut *tx).await?;
        sqlx::query(GIVE_CODE).bind(code).bind(openid).bind(now).execute(&mut *tx).await?;
        Ok(tx.commit().await?)
    }

    /// Uses a code up.
    pub async fn use_code(&self, code: &str, appid: &str, now: i64) -> Result<CodeUse, SandboxProblem> {
        let openid = sqlx::query_scalar(USE_CODE).bind(code).bind(now).bind(now - LIFE).bind(appid).fetch_optional(&self.pool).await?;
        if let Some(openid) = openid {
            return Ok(CodeUse::Good(openid));
        }
        let used: i64 = sqlx::query_scalar(WAS_USED).bind(code).fetch_one(&self.pool).await?;
        Ok(if used > 0 { CodeUse::Used } else { CodeUse::Bad })
    }

    /// The account that knows somebody by this name.
    pub async fn openid_of(&self, openid: &str) -> Result<Option<String>, SandboxProblem> {
        Ok(sqlx::query_scalar(KNOWN_TO).bind(openid).fetch_optional(&self.pool).await?)
    }

    /// Notes who pays; the one who was noted first.
    pub async fn note_payer(&self, payment_no: &str, openid: &str) -> Result<String, SandboxProblem> {
        Ok(sqlx::query_scalar(NOTE_PAYER).bind(payment_no).bind(openid).fetch_one(&self.pool).await?)
    }

    /// Whether a payment can be made by WeChat's own cashier.
    pub async fn is_for_bridge(&self, payment_no: &str) -> Result<bool, SandboxProblem> {
        let count: i64 = sqlx::query_scalar(IS_JSAPI).bind(payment_no).fetch_one(&self.pool).await?;
        Ok(count > 0)
    }
}
