//! Where finance sends a refund that the buyer's account did not take.

use crate::domain::money::way_back::Elsewhere;
use crate::domain::{FieldErrors, Parsed, text};
use crate::server::payments::AbnormalTarget;
use crate::server::payments::wechat::BANKS;

pub enum Redirection {
    BuyerCard(BuyerCard),
    MerchantAccount,
}

/// A bank card of the buyer's, who agrees to it. It passes through to the gateway, and is neither kept nor printed.
pub struct BuyerCard {
    /// The gateway's word, and ours.
    bank: (&'static str, &'static str),
    name: String,
    account: String,
}

impl BuyerCard {
    /// Reads the fields `bank`, `name`, `account` and `consent`.
    pub fn parse(bank: &str, name: &str, account: &str, consent: bool) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        let bank = BANKS.into_iter().find(|(code, _)| *code == bank);
        let bank = errors.check("bank", bank.ok_or("请选择开户银行"));
        let name = errors.line("name", name, 2, 30, "请填写持卡人姓名，与银行卡一致");
        let account = text::compact(account);
        let is_card = (12..=19).contains(&account.len()) && account.bytes().all(|sign| sign.is_ascii_digit());
        let account = errors.check("account", if is_card { Ok(account) } else { Err("请填写 12 到 19 位数字的银行卡号") });
        if !consent {
            errors.add("consent", "退到其他账户须先征得买家同意");
        }
        match (bank, name, account) {
            (Some(bank), Some(name), Some(account)) if errors.is_empty() => Ok(Self { bank, name, account }),
            _ => Err(errors),
        }
    }
}

impl Redirection {
    /// As the refund's row has it.
    pub fn to(&self) -> Elsewhere {
        match self {
            Self::BuyerCard(_) => Elsewhere::BuyerCard,
            Self::MerchantAccount => Elsewhere::MerchantAccount,
        }
    }

    /// For the record, which knows of no card.
    pub fn in_words(&self) -> String {
        match self {
            Self::BuyerCard(card) => format!("{}（{}），已征得买家同意", self.to().name(), card.bank.1),
            Self::MerchantAccount => self.to().name().to_owned(),
        }
    }

    /// For the gateway.
    pub fn into_target(self) -> AbnormalTarget {
        match self {
            Self::BuyerCard(BuyerCard { bank, name, account }) => AbnormalTarget::BuyerCard { bank_type: bank.0.to_owned(), account, name },
            Self::MerchantAccount => AbnormalTarget::MerchantAccount,
        }
    }
}
