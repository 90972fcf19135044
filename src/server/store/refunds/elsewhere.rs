//! A refund that the buyer's account did not take, on its way to another.

use super::Refund;
use crate::domain::Timestamp;
use crate::server::db::expect_one;
use crate::server::error::Result;
use sqlx::AnyConnection;

/// Where it goes instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// A bank card of the buyer's.
    BuyerCard,
    /// The shop's own account, whence finance pays by hand.
    MerchantAccount,
}

impl Elsewhere {
    /// As stored, and as forms say it.
    pub fn code(self) -> &'static str {
        match self {
            Self::BuyerCard => "buyer_card",
            Self::MerchantAccount => "merchant_account",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::BuyerCard, Self::MerchantAccount].into_iter().find(|to| to.code() == code)
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::BuyerCard => "买家的银行卡",
            Self::MerchantAccount => "商户银行账户",
        }
    }
}

const SEND: &str = "update refunds set status = 'unknown', trouble = '', elsewhere = $3, elsewhere_at = $4, version = version + 1
    where id = $1 and version = $2 and status = 'failed'";

/// The gateway is about to be asked; until it is known what became of that, nobody may pay it in another way (B2).
pub async fn send_elsewhere(conn: &mut AnyConnection, refund: &Refund, to: Elsewhere, now: Timestamp) -> Result<()> {
    expect_one(&sqlx::query(SEND).bind(refund.id.0).bind(refund.version).bind(to.code()).bind(now.0).execute(conn).await?)
}

const COME_BACK: &str = "update refunds set status = 'failed', trouble = $3, elsewhere = null, elsewhere_at = null, version = version + 1
    where id = $1 and version = $2 and status = 'unknown'";

/// The gateway has not taken the wish: the refund stands where it stood.
pub async fn come_back(conn: &mut AnyConnection, refund: &Refund, trouble: &str) -> Result<()> {
    expect_one(&sqlx::query(COME_BACK).bind(refund.id.0).bind(refund.version).bind(trouble).execute(conn).await?)
}
