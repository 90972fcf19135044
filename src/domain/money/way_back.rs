//! What goes back which way: each part by its tender (M6, S72).

use super::Money;
use super::payment::Tender;
use serde::{Deserialize, Serialize};

/// What one tender gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub tender: Tender,
    pub amount: Money,
    /// Cash on delivery of goods that never left: nobody has it.
    pub never_collected: bool,
}

impl Part {
    /// Was it paid by other means than the wallet, and is it there to be paid back?
    pub fn leaves_the_house(self) -> bool {
        !self.tender.is_wallet() && !self.never_collected
    }
}

/// Where a refund goes that the buyer's account did not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

    /// As the shop reads it.
    pub fn name(self) -> &'static str {
        match self {
            Self::BuyerCard => "买家的银行卡",
            Self::MerchantAccount => "商户银行账户",
        }
    }
}
