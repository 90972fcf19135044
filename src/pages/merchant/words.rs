//! Sentences of timelines and notices, as each role may read them (roles.md).

use crate::domain::Permission;
use crate::server::ctx::Staff;

/// The words whole for those who see money; for those who only ship every amount reads `¥***`, points `*** 积分`.
pub fn for_role(staff: &Staff, words: &str) -> String {
    if staff.may(Permission::SeeMoney) { words.to_owned() } else { without_amounts(words) }
}

fn without_amounts(words: &str) -> String {
    let is_amount = |sign: char| sign.is_ascii_digit() || matches!(sign, ',' | '.');
    let mut parts = words.split('¥');
    let first = parts.next().unwrap_or_default().to_owned();
    let hidden = parts.fold(first, |said, part| said + "¥***" + part.trim_start_matches(is_amount));
    let mut parts = hidden.split(" 积分");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, part| said.trim_end_matches(is_amount).to_owned() + "*** 积分" + part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_hidden_and_the_rest_is_kept() {
        assert_eq!(without_amounts("商家改价：商品 −¥1,010.00，应付 ¥91.00"), "商家改价：商品 −¥***，应付 ¥***");
        assert_eq!(without_amounts("微信支付 ¥269.00、1,500 积分"), "微信支付 ¥***、*** 积分");
        assert_eq!(without_amounts("买家确认收货"), "买家确认收货");
    }
}
