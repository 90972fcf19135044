//! Where parcels go: the buyer's address on an order, the shop's address for returns. Both are kept as they were (B27).

use super::phone::Phone;
use crate::domain::field_error::{FieldErrors, Parsed};
use crate::domain::text::isolated;
use serde::{Deserialize, Serialize};

/// A recipient and a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub recipient: String,
    pub phone: String,
    /// What to ask for after the phone has answered; empty for most.
    #[serde(default)]
    pub extension: String,
    /// Province, city and district in one line.
    pub region: String,
    pub detail: String,
}

impl Address {
    /// Reads a typed address; every missing or impossible part gets its own words.
    pub fn parse(recipient: &str, phone: &str, region: &str, detail: &str) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        let recipient = errors.line("recipient", recipient, 1, 30, "请填写收件人姓名");
        let phone = errors.check("phone", Phone::parse(phone));
        let region = errors.line("region", region, 2, 60, "请填写省、市、区");
        let detail = errors.line("detail", detail, 2, 120, "请填写详细地址，至少两个字");
        match (recipient, phone, region, detail) {
            (Some(recipient), Some(Phone { number: phone, extension }), Some(region), Some(detail)) => {
                Ok(Self { recipient, phone, extension, region, detail })
            }
            _ => Err(errors),
        }
    }

    /// The number to call, and the extension behind it.
    pub fn phone_in_words(&self) -> String {
        if self.extension.is_empty() { self.phone.clone() } else { format!("{} 转 {}", self.phone, self.extension) }
    }

    /// Recipient, phone and place in one line.
    pub fn in_words(&self) -> String {
        format!("{} {}，{}", isolated(&self.recipient), self.phone_in_words(), self.place())
    }

    /// Region and detail in one line.
    pub fn place(&self) -> String {
        format!("{} {}", isolated(&self.region), isolated(&self.detail))
    }
}

/// A mobile number as buyers log in with: eleven digits from 13 to 19, however it is written.
pub fn parse_mobile(typed: &str) -> Result<String, &'static str> {
    Phone::parse(typed).ok().filter(Phone::is_mobile).map(|phone| phone.number).ok_or("请填写 11 位手机号码")
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
    fn a_phone_is_kept_one_way_and_its_extension_apart() {
        let to = Address::parse("王小明", "+86 139-1234-5678 转 7804", "浙江省 杭州市", "环山路 66 号").unwrap_or_default();
        assert_eq!((to.phone.as_str(), to.extension.as_str()), ("13912345678", "7804"));
        let again = Address::parse("王小明", &to.phone_in_words(), "浙江省 杭州市", "环山路 66 号");
        assert_eq!(again, Ok(to));
    }

    #[test]
    fn letters_that_nobody_sees_fill_no_field() {
        let errors = Address::parse("\u{200B}", "13912345678", "\u{3164}\u{3000}", "\u{2060}1\u{AD}").err().unwrap_or_default();
        assert_eq!(errors.fields(), ["recipient", "region", "detail"]);
    }

    #[test]
    fn each_missing_part_of_an_address_is_named() {
        let errors = Address::parse("", "abc", "", "").err().unwrap_or_default();
        assert_eq!(errors.fields(), ["recipient", "phone", "region", "detail"]);
    }
}
