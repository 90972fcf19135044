//! Where a buyer who paid in cash wants money to go (S48).

use crate::domain::field_error::{FieldErrors, Parsed};
use crate::domain::text;
use serde::{Deserialize, Serialize};

/// An account that finance pays to by hand. Only ever kept sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundAccount {
    pub kind: AccountKind,
    /// In whose name it is.
    pub holder: String,
    pub number: String,
    /// The bank; empty for Alipay.
    pub bank: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    Bank,
    Alipay,
}

impl AccountKind {
    pub fn code(self) -> &'static str {
        match self {
            Self::Bank => "bank",
            Self::Alipay => "alipay",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Bank => "银行卡",
            Self::Alipay => "支付宝",
        }
    }
}

/// Says that there is one, and nothing of it: whatever is logged or printed shows no account.
impl std::fmt::Debug for RefundAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RefundAccount(…)")
    }
}

impl RefundAccount {
    /// Reads what the buyer typed: a bank card of 12 to 25 digits with its bank, or an Alipay account by phone or e-mail.
    pub fn parse(kind: &str, holder: &str, number: &str, bank: &str) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        let kind = match kind {
            "bank" => Some(AccountKind::Bank),
            "alipay" => Some(AccountKind::Alipay),
            _ => errors.check("kind", Err("请选择收款方式")),
        };
        let holder = errors.line("holder", holder, 2, 30, "请填写收款人姓名，与账户一致");
        let number = text::compact(number);
        let (number, bank) = match kind {
            Some(AccountKind::Bank) => (errors.check("number", card_number(number)), errors.line("bank", bank, 2, 40, "请填写开户银行")),
            Some(AccountKind::Alipay) => (errors.check("number", alipay_account(number)), Some(String::new())),
            None => (None, None),
        };
        match (kind, holder, number, bank) {
            (Some(kind), Some(holder), Some(number), Some(bank)) => Ok(Self { kind, holder, number, bank }),
            _ => Err(errors),
        }
    }
}

fn card_number(typed: String) -> Result<String, &'static str> {
    let digits = typed.bytes().all(|sign| sign.is_ascii_digit());
    if digits && (12..=25).contains(&typed.len()) { Ok(typed) } else { Err("请填写 12 到 25 位数字的银行卡号") }
}

fn alipay_account(typed: String) -> Result<String, &'static str> {
    let phone = typed.len() == 11 && typed.starts_with('1') && typed.bytes().all(|sign| sign.is_ascii_digit());
    let mail = typed.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@')
    });
    let written = typed.is_ascii() && typed.len() <= 60;
    if written && (phone || mail) { Ok(typed) } else { Err("请填写支付宝账号：手机号或邮箱") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_read_or_named_field_by_field() {
        let card = RefundAccount::parse("bank", "王小满", "6222 0000 1111 2222", "示例银行");
        assert_eq!(card.map(|card| card.number), Ok("6222000011112222".to_owned()));
        assert!(RefundAccount::parse("alipay", "王小满", "13800000001", "").is_ok());
        assert!(RefundAccount::parse("alipay", "王小满", "wang@example.com", "").is_ok());
        let wrong = |kind, holder, number, bank| RefundAccount::parse(kind, holder, number, bank).err().unwrap_or_default().0.len();
        assert_eq!(wrong("", "王小满", "1", ""), 1);
        assert_eq!(wrong("bank", "王", "62220000", ""), 3);
        for number in ["", "1380000000", "wang@", "@example.com", "wang@example", "wang@@example.com", "王@example.com"] {
            assert_eq!(wrong("alipay", "王小满", number, ""), 1, "{number}");
        }
    }

    #[test]
    fn it_is_not_printed() {
        let account = RefundAccount::parse("alipay", "王小满", "13800000001", "");
        assert_eq!(format!("{account:?}"), "Ok(RefundAccount(…))");
    }
}
