//! The search box of the back office: what was typed, and how much of the shop it may mean.

use crate::domain::people::phone::Phone;
use crate::domain::{ShopId, text};
use crate::server::db::Conn;
use crate::server::error::Result;

/// What the shop looks for: one box that knows numbers, phones and words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShopSearch {
    Nothing,
    /// The whole number of an order or of a case.
    Number(String),
    /// A whole phone, as phones are kept.
    Phone(String),
    /// The last four digits of a phone.
    Tail(String),
    /// How a buyer's name begins, a whole recipient, or part of a product's title.
    Words(String),
}

/// Nobody looks for more characters than this.
const LONGEST: usize = 60;

impl ShopSearch {
    /// Reads the search box.
    pub fn parse(typed: &str) -> Self {
        let words: String = text::tidy(typed).chars().take(LONGEST).collect();
        let compact = text::compact(&words);
        if words.is_empty() {
            Self::Nothing
        } else if let Some(number) = order_number(&words) {
            Self::Number(number)
        } else if compact.len() == 4 && compact.bytes().all(|b| b.is_ascii_digit()) {
            Self::Tail(compact)
        } else if let Ok(phone) = Phone::parse(&words) {
            Self::Phone(phone.number)
        } else {
            Self::Words(words)
        }
    }

    /// Reads the search box of the workbench, which also knows the numbers of cases.
    pub fn of_cases(typed: &str) -> Self {
        case_number(typed).map_or_else(|| Self::parse(typed), Self::Number)
    }

    /// What was looked for, whatever it was taken for.
    pub fn words(&self) -> &str {
        match self {
            Self::Nothing => "",
            Self::Number(words) | Self::Phone(words) | Self::Tail(words) | Self::Words(words) => words,
        }
    }
}

/// The number of an order in what was typed or pasted: behind a label, with a dash or without.
pub(super) fn order_number(typed: &str) -> Option<String> {
    number(typed, "G")
}

/// Likewise the number of a case.
pub(super) fn case_number(typed: &str) -> Option<String> {
    number(typed, "AS")
}

/// `G2611-7KQ2M4XZ` for an order, `AS7Q2M-4KX9` for a case; old ones are longer or shorter behind the dash. Without the dash a case is told from
/// a word by its length.
fn number(typed: &str, sign: &str) -> Option<String> {
    let upper = text::compact(typed).to_ascii_uppercase();
    let behind_label = upper.rsplit([':', '#']).next().unwrap_or_default();
    let bare = behind_label.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
    let rest = bare.strip_prefix(sign)?;
    let (first, last) = (rest.get(..4)?, rest.get(4..)?);
    let dashed = last.strip_prefix('-');
    let last = dashed.unwrap_or(last);
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric());
    let is_dated = first.bytes().all(|b| b.is_ascii_digit());
    let fits = is_dated || (sign == "AS" && plain(first) && (dashed.is_some() || last.len() == 4));
    (fits && plain(last) && last.len() >= 2).then(|| format!("{sign}{first}-{last}"))
}

/// The tail by which a phone is found, and the whole phone; empty when only the tail is known.
pub(super) fn phone(typed: &str) -> [String; 2] {
    let tail = typed.get(typed.len().saturating_sub(4)..).unwrap_or_default().to_owned();
    [tail, if typed.len() > 4 { typed.to_owned() } else { String::new() }]
}

/// How much of the shop some words may mean, counted no further than it matters.
#[derive(Clone, Copy, Debug, sqlx_macros::FromRow)]
pub(super) struct Reach {
    members: i64,
    products: i64,
    cased_lines: i64,
}

/// So few are gathered one by one. What more of them carry is met everywhere, so that the newest rows are walked and looked at instead.
const FEW_MEMBERS: i64 = 200;
const FEW_PRODUCTS: i64 = 100;
const FEW_CASES: i64 = 1_000;

impl Reach {
    /// The words as they were typed, and as a pattern that a title may match: empty when none of the shop's does, so that none is read.
    pub(super) fn words(self, typed: &str) -> [String; 2] {
        [typed.to_owned(), if self.products > 0 { containing(typed) } else { String::new() }]
    }

    /// Few enough that each one's newest orders or reviews can be gathered?
    pub(super) fn is_narrow(self) -> bool {
        self.members <= FEW_MEMBERS && self.products <= FEW_PRODUCTS
    }

    /// Few enough that every case of theirs can be gathered?
    pub(super) fn has_few_cases(self) -> bool {
        self.members <= FEW_MEMBERS && self.cased_lines <= FEW_CASES
    }
}

const REACH: &str = include_str!("search/reach.sql");

/// Looks how far some words reach within the shop.
pub(super) async fn reach(conn: &mut Conn, shop: ShopId, typed: &str) -> Result<Reach> {
    let query = sqlx::query_as(REACH).bind(shop.0).bind(typed).bind(containing(typed));
    Ok(query.bind(FEW_MEMBERS + 1).bind(FEW_PRODUCTS + 1).bind(FEW_CASES + 1).fetch_one(conn).await?)
}

/// Nobody looks for more characters than this.
const LONGEST_SEARCH: usize = 60;

/// A LIKE pattern, `!` escaping: what a person typed stands for itself.
pub(super) fn containing(words: &str) -> String {
    let words: String = text::tidy(words).chars().take(LONGEST_SEARCH).collect();
    let literal = words.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{literal}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_the_pattern_language_stand_for_themselves() {
        assert_eq!(containing(" 50%_! "), "%50!%!_!!%");
    }

    #[test]
    fn the_box_knows_what_was_typed() {
        let read = |typed: &str| ShopSearch::parse(typed);
        assert_eq!(read("  "), ShopSearch::Nothing);
        assert_eq!(read(" g2611-abcdefgh "), ShopSearch::Number("G2611-ABCDEFGH".to_owned()));
        assert_eq!(read("13800000001"), ShopSearch::Phone("13800000001".to_owned()));
        assert_eq!(read("0001"), ShopSearch::Tail("0001".to_owned()));
        for number in [
            "G2611ABCDEFGH",
            "订单号：G2611-ABCDEFGH",
            "订单号 g2611 abcdefgh",
            "Ｇ２６１１－ＡＢＣＤＥＦＧＨ",
            "#G2611-ABCDEFGH。",
            "\u{200B}G2611\u{2013}ABCDEFGH",
        ] {
            assert_eq!(read(number), ShopSearch::Number("G2611-ABCDEFGH".to_owned()), "{number}");
        }
        assert_eq!(ShopSearch::of_cases("售后单号：as2611abcdefgh"), ShopSearch::Number("AS2611-ABCDEFGH".to_owned()));
        for phone in
            ["138-0000-0001", "+86 138 0000 0001", "008613800000001", "１３８００００００01", "手机:13800000001", "13800000001转7804"]
        {
            assert_eq!(read(phone), ShopSearch::Phone("13800000001".to_owned()), "{phone}");
        }
        assert_eq!(read("0571 8800 1234"), ShopSearch::Phone("0571-88001234".to_owned()));
        assert_eq!(read("\u{3164}"), ShopSearch::Nothing);
        for words in ["王小", "001", "00001", "云雾茶", "138000000012", "Green tea", "G26"] {
            assert_eq!(read(words), ShopSearch::Words(words.to_owned()));
        }
    }

    #[test]
    fn a_whole_phone_is_looked_for_behind_its_tail() {
        assert_eq!(phone("13800000001"), ["0001", "13800000001"]);
        assert_eq!(phone("0001"), ["0001", ""]);
    }
}
