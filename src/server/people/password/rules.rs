//! Which passwords are taken: long enough, and none that is guessed first. What they are made of is nobody's business (NIST SP 800-63B).

use std::fmt;
use unicode_normalization::UnicodeNormalization;

const LEAST: usize = 8;
pub const MOST: usize = 128;
/// So many characters have to be left of a password without the words that anybody knows of its owner.
const LEAST_OF_ONES_OWN: usize = 6;

/// Common passwords of at least eight characters, one to a line, in the order of their bytes: from the list that Django ships (BSD-3-Clause), which
/// Royce Williams drew from Pwned Passwords, <https://gist.github.com/roycewilliams/226886fd01572964e1431ac8afc999ce>.
const COMMON: &str = include_str!("common.txt");
/// The demo has it, for all the world to read.
const PUBLISHED: [&str; 1] = ["guitu-demo"];
/// The program itself is no secret either.
const PROGRAM: [&str; 2] = ["guitu", "归途"];

/// Along the keys of a keyboard, too, words are no secrets.
const ROWS: [&str; 6] = ["01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedcrfvtgbyhnujmikolp"];

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    Missing,
    TooShort,
    TooLong,
    /// Spaces alone, one character over and over, or characters in their order.
    Pattern,
    Common,
    /// Hardly more than what everybody knows: the name, the phone, the shop.
    Personal,
}

impl Weakness {
    /// What to do, for people.
    pub fn words(self) -> String {
        match self {
            Self::Missing => "请填写密码".to_owned(),
            Self::TooShort => format!("密码至少 {LEAST} 位"),
            Self::TooLong => format!("密码最多 {MOST} 位"),
            Self::Pattern => "密码太容易猜到：请不要只用空格、重复或连续的字符".to_owned(),
            Self::Common => "这个密码太常见，容易被猜到，请换一个；几个不相关的词连在一起就很好".to_owned(),
            Self::Personal => "密码里几乎只有手机号、账号、名字或店名，容易被猜到，请换一个".to_owned(),
        }
    }
}

/// For the command line.
impl fmt::Display for Weakness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the password is missing"),
            Self::TooShort => write!(f, "the password needs at least {LEAST} characters"),
            Self::TooLong => write!(f, "the password has more than {MOST} characters"),
            Self::Pattern => f.write_str("spaces alone, repeated characters and sequences are guessed at once; choose another password"),
            Self::Common => f.write_str("this password is among the most common ones; choose another, a few unrelated words are good"),
            Self::Personal => f.write_str("the password is hardly more than the log-in, the name or the shop; choose another"),
        }
    }
}

/// One spelling for what looks the same, whatever keyboard it was typed on.
pub fn normalized(typed: &str) -> String {
    typed.nfkc().collect()
}

/// The password in its one spelling, if it may be used by whom these words belong to: phone, log-in, name, shop.
pub fn accept(typed: &str, about: &[&str]) -> Result<String, Weakness> {
    let password = normalized(typed);
    let length = password.chars().count();
    if length == 0 {
        return Err(Weakness::Missing);
    }
    if length < LEAST {
        return Err(Weakness::TooShort);
    }
    if length > MOST {
        return Err(Weakness::TooLong);
    }
    let low = password.to_lowercase();
    let characters: Vec<char> = low.chars().collect();
    if low.trim().is_empty() || is_repeated(&characters) || is_sequence(&low) {
        return Err(Weakness::Pattern);
    }
    if is_common(low.trim()) {
        return Err(Weakness::Common);
    }
    if is_personal(&low, about) {
        return Err(Weakness::Personal);
    }
    Ok(password)
}

/// One to four characters over and over.
fn is_repeated(characters: &[char]) -> bool {
    (1..=4).any(|period| characters.iter().zip(characters.iter().skip(period)).all(|(one, next)| one == next))
}

/// Made of one row that is run along, forwards or backwards: `12345678`, `87654321`, `qwertyuiop`, `abcdefgh`.
fn is_sequence(low: &str) -> bool {
    let backwards: String = low.chars().rev().collect();
    let twice = |row: &str| row.repeat(2);
    ROWS.iter().any(|row| twice(row).contains(low) || twice(row).contains(&backwards))
        || is_digits_in_order(low)
        || is_digits_in_order(&backwards)
}

/// `90123456`: behind the nine comes the nought.
fn is_digits_in_order(text: &str) -> bool {
    text.bytes().all(|digit| digit.is_ascii_digit()) && text.as_bytes().windows(2).all(|pair| (pair[0] - b'0' + 1) % 10 == pair[1] - b'0')
}

fn is_common(low: &str) -> bool {
    static SORTED: std::sync::LazyLock<Vec<&str>> = std::sync::LazyLock::new(|| COMMON.lines().collect());
    PUBLISHED.contains(&low) || SORTED.binary_search(&low).is_ok()
}

/// Takes out what is known of the owner and looks at the rest.
fn is_personal(low: &str, about: &[&str]) -> bool {
    let mut known: Vec<String> = PROGRAM.iter().chain(about).flat_map(|word| parts(&normalized(word).to_lowercase())).collect();
    known.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let rest = known.iter().fold(low.to_owned(), |rest, word| rest.replace(word.as_str(), ""));
    rest != low && rest.chars().filter(|sign| sign.is_alphanumeric()).count() < LEAST_OF_ONES_OWN
}

/// A word, its parts where it has some, and the tails of a number: what is too short to mean anything is left out.
fn parts(word: &str) -> Vec<String> {
    let mut parts = vec![word.to_owned(), word.split_whitespace().collect()];
    parts.extend(word.split(|sign: char| !sign.is_alphanumeric()).map(str::to_owned));
    if word.bytes().all(|digit| digit.is_ascii_digit()) {
        parts.extend([8, 6, 4].iter().filter_map(|tail| word.len().checked_sub(*tail)).map(|from| word[from..].to_owned()));
    }
    parts.retain(|part| if part.is_ascii() { part.len() >= 3 } else { part.chars().count() >= 2 });
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: [&str; 4] = ["13800001234", "小林 Xiaolin", "guoran-1", "河畔书店"];

    fn refused(typed: &str) -> Option<Weakness> {
        accept(typed, &ABOUT).err()
    }

    #[test]
    fn length_is_counted_in_characters_of_the_one_spelling() {
        assert_eq!(refused(""), Some(Weakness::Missing));
        assert_eq!(refused("kf8-Qz1"), Some(Weakness::TooShort));
        assert_eq!(refused("茶壶在河边睡"), Some(Weakness::TooShort));
        assert_eq!(refused("茶壶在河边睡着了"), None);
        assert_eq!(refused(&"七上八下".repeat(33)), Some(Weakness::TooLong));
        assert_eq!(refused(&format!("{}x", "ab cd!".repeat(21))), None);
        assert_eq!(accept("ｋｆ８－Ｑｚ１ｍ", &ABOUT).as_deref(), Ok("kf8-Qz1m"));
    }

    #[test]
    fn nothing_has_to_be_mixed_in() {
        for good in ["correct horse battery", "lantern moss tuesday", "93715204868", "ilovemydoganna2", "    river  stones  "] {
            assert_eq!(refused(good), None, "{good}");
        }
    }

    #[test]
    fn what_is_guessed_first_is_refused_whatever_its_case_and_width() {
        for common in ["password", "PassWord1", "qwerty123", "１ｑ２ｗ３ｅ４ｒ", "iloveyou", "GUITU-demo", " password "] {
            assert_eq!(refused(common), Some(Weakness::Common), "{common}");
        }
    }

    #[test]
    fn spaces_repetitions_and_sequences_are_refused() {
        let patterns = [
            "        ",
            "\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}",
            "aaaaaaaa",
            "88888888",
            "abababab",
            "12341234",
            "一一一一一一一一",
            "12345678",
            "98765432",
            "９０１２３４５６",
            "bcdefghi",
            "Zyxwvuts",
            "qwertyui",
            "poiuytre",
            "asdfghjkl",
            "qazwsxed",
        ];
        for pattern in patterns {
            assert_eq!(refused(pattern), Some(Weakness::Pattern), "{pattern}");
        }
    }

    #[test]
    fn what_everybody_knows_of_the_owner_makes_no_password() {
        let personal = [
            "13800001234",
            "13800001234!",
            "a13800001234",
            "00001234ab",
            "xiaolin1234",
            "Xiaolin2026",
            "小林小林2026",
            "guoran-1guoran",
            "GuiTu2026",
            "河畔书店8888",
            "归途归途2026",
        ];
        for typed in personal {
            assert_eq!(refused(typed), Some(Weakness::Personal), "{typed}");
        }
        assert_eq!(refused("xiaolin likes oolong"), None, "a name among other words is no harm");
    }

    #[test]
    fn the_list_is_in_its_order_and_long() {
        let words: Vec<&str> = COMMON.lines().collect();
        assert!(words.len() > 8_000 && words.is_sorted(), "{}", words.len());
    }
}
