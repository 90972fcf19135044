//! Where parcels go: the buyer's address on an order, the shop's address for returns. Both are kept as they were (B27).

use super::field_error::{FieldErrors, Parsed};
use serde::{Deserialize, Serialize};

/// A recipient and a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub recipient: String,
    pub phone: String,
    /// Province, city and district in one line.
    pub region: String,
    pub detail: String,
}

impl Address {
    /// Reads a typed address; every missing or impossible part gets its own words.
    pub fn parse(recipient: &str, phone: &str, region: &str, detail: &str) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        let recipient = errors.text("recipient", recipient, 1, 30, "请填写收件人姓名");
        let phone = errors.check("phone", parse_contact_phone(phone));
        let region = errors.text("region", region, 2, 60, "请填写省、市、区");
        let detail = errors.text("detail", detail, 2, 120, "请填写详细地址");
        match (recipient, phone, region, detail) {
            (Some(recipient), Some(phone), Some(region), Some(detail)) => Ok(Self { recipient, phone, region, detail }),
            _ => Err(errors),
        }
    }

    /// Region and detail in one line.
    pub fn place(&self) -> String {
        format!("{} {}", self.region, self.detail)
    }
}

/// A mobile number as buyers log in with: eleven digits from 13 to 19.
pub fn parse_mobile(typed: &str) -> Result<String, &'static str> {
    let digits: String = typed.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let valid = digits.len() == 11 && digits.bytes().all(|b| b.is_ascii_digit()) && digits.starts_with('1') && digits.as_bytes()[1] >= b'3';
    if valid { Ok(digits) } else { Err("请填写 11 位手机号码") }
}

/// A phone a courier can call: a mobile number, or a landline with its area code.
fn parse_contact_phone(typed: &str) -> Result<String, &'static str> {
    let trimmed = typed.trim();
    let digits = trimmed.bytes().filter(u8::is_ascii_digit).count();
    let only_phone_signs = trimmed.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b' ' | b'+'));
    if only_phone_signs && (7..=15).contains(&digits) { Ok(trimmed.to_owned()) } else { Err("请填写正确的电话号码") }
}

/// `138****8000`: what a role sees that does not need the number.
pub fn mask_phone(phone: &str) -> String {
    let signs: Vec<char> = phone.chars().collect();
    if signs.len() < 8 {
        return "****".to_owned();
    }
    let (head, tail) = (&signs[..3], &signs[signs.len() - 4..]);
    head.iter().chain(&['*'; 4]).chain(tail).collect()
}

/// `王*`, `王**`: the family name alone.
pub fn mask_name(name: &str) -> String {
    let mut signs = name.chars();
    let first = signs.next().unwrap_or('*');
    format!("{first}{}", "*".repeat(signs.count().clamp(1, 2)))
}

/// The place without what lies behind the door.
pub fn mask_place(address: &Address) -> String {
    format!("{} ****", address.region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_masked_for_those_who_do_not_need_them() {
        assert_eq!(mask_phone("13800138000"), "138****8000");
        assert_eq!(mask_name("王小明"), "王**");
        assert_eq!(mask_name("王"), "王*");
    }

    #[test]
    fn each_missing_part_of_an_address_is_named() {
        let errors = Address::parse("", "abc", "", "").err().unwrap_or_default();
        assert_eq!(errors.fields(), ["recipient", "phone", "region", "detail"]);
    }
}
