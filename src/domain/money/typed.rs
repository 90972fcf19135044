//! Amounts as people type them: one rule for every field. A comma only parts thousands; where it could be meant as a decimal point, the words
//! name the sums it could stand for, and nothing is guessed.

use super::Money;
use crate::domain::text;

/// More than any order of a shop: typed amounts above it are mistakes (B9).
const LARGEST: i64 = 10_000_000_000;
const NOT_A_NUMBER: &str = "金额只能是数字，例如 12.50";

pub(super) fn amount(typed: &str) -> Result<Money, String> {
    match split_sign(&plain(typed)) {
        (true, _) => Err("金额不能是负数".to_owned()),
        (false, digits) => fen(digits),
    }
}

pub(super) fn change(typed: &str) -> Result<Money, String> {
    let typed = plain(typed);
    if typed.is_empty() {
        return Ok(Money::ZERO);
    }
    let (minus, digits) = split_sign(&typed);
    fen(digits).map(|amount| if minus { Money(-amount.0) } else { amount })
}

/// Without spaces and signs of the yuan, in ASCII: what input methods make of digits, comma and point is read as what it looks like.
fn plain(typed: &str) -> String {
    let legible = text::legible(typed).replace('。', ".");
    let text: String = legible.chars().filter(|sign| !matches!(sign, ' ' | '¥' | '￥')).collect();
    text.strip_suffix('元').map(str::to_owned).unwrap_or(text)
}

/// Is there a minus in front? Input methods write a dash as two.
fn split_sign(plain: &str) -> (bool, &str) {
    match plain.strip_prefix('-') {
        Some(rest) => (true, rest.strip_prefix('-').unwrap_or(rest)),
        None => (false, plain.strip_prefix('+').unwrap_or(plain)),
    }
}

fn fen(digits: &str) -> Result<Money, String> {
    if digits.is_empty() {
        return Err("请填写金额".to_owned());
    }
    let known = digits.bytes().all(|sign| sign.is_ascii_digit() || matches!(sign, b',' | b'.'));
    if !known || digits.len() > 20 || !digits.bytes().any(|sign| sign.is_ascii_digit()) {
        return Err(NOT_A_NUMBER.to_owned());
    }
    let (yuan, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    if !digits.contains(',') || (parts_thousands(yuan) && !decimals.contains(',')) {
        return of_digits(&yuan.replace(',', ""), decimals);
    }
    Err(doubtful(digits))
}

fn of_digits(yuan: &str, decimals: &str) -> Result<Money, String> {
    let decimals = decimals.trim_end_matches('0');
    if decimals.contains('.') {
        return Err(NOT_A_NUMBER.to_owned());
    }
    if decimals.len() > 2 {
        return Err("金额最多两位小数".to_owned());
    }
    match format!("{yuan}{decimals:0<2}").parse() {
        Ok(fen) if fen <= LARGEST => Ok(Money(fen)),
        // More digits than fit are many.
        Ok(_) | Err(_) => Err("金额太大".to_owned()),
    }
}

/// `1,234,567`: every comma has three digits behind it, and one to three before the first.
fn parts_thousands(yuan: &str) -> bool {
    let mut groups = yuan.split(',');
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
}

/// `12,50` may be ¥12.50 or ¥1,250.00.
fn doubtful(digits: &str) -> String {
    let without = digits.replace(',', "");
    let (yuan, decimals) = without.split_once('.').unwrap_or((&without, ""));
    let parted = of_digits(yuan, decimals).ok();
    let as_point = digits.rsplit_once(',').and_then(|(before, behind)| {
        let before: String = before.chars().filter(char::is_ascii_digit).collect();
        of_digits(&before, behind).ok()
    });
    let mut meant: Vec<String> = [as_point, parted].into_iter().flatten().map(Money::show).collect();
    meant.dedup();
    if meant.is_empty() {
        return NOT_A_NUMBER.to_owned();
    }
    format!("「{digits}」可能是 {}，请用小数点重新填写，例如 12.50", meant.join(" 或 "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_to_the_fen_or_refused() {
        for (typed, fen) in [
            ("12", 1_200),
            (" ¥1,234.5 ", 123_450),
            ("7.", 700),
            (".5", 50),
            ("0.050", 5),
            ("1,234", 123_400),
            ("1，234", 123_400),
            ("12。5", 1_250),
            ("１２．５０", 1_250),
            ("￥ 12,345,678.90 元", 1_234_567_890),
            ("+3", 300),
            ("1 234.50", 123_450),
            // Pasted: with letters that nobody sees.
            ("\u{200B}１２．５０\u{3000}", 1_250),
        ] {
            assert_eq!(amount(typed), Ok(Money(fen)), "{typed}");
        }
        for wrong in ["", "-1", "—1", "1.005", "1e3", "NaN", "1.2.3", "1..0", ".", ",", "1.2.", "99999999999999", "十二", "1-2", "--"] {
            assert!(amount(wrong).is_err(), "{wrong} was accepted");
        }
    }

    #[test]
    fn a_comma_that_parts_no_thousands_is_refused_with_what_it_may_mean() {
        for (typed, meant) in [
            ("12,50", "¥12.50 或 ¥1,250.00"),
            ("12，5", "¥12.50 或 ¥125.00"),
            ("1.234,56", "¥1,234.56"),
            ("1,2345", "¥12,345.00"),
            (",50", "¥50.00"),
            ("1,23,456", "¥123,456.00"),
            ("1,234,5", "¥1,234.50 或 ¥12,345.00"),
            ("1234,567", "¥1,234,567.00"),
        ] {
            let words = amount(typed).err().unwrap_or_default();
            assert!(words.contains(meant), "{typed}: {words}");
        }
        assert!(change("-12,50").is_err());
    }

    #[test]
    fn a_change_may_be_nothing_or_less() {
        for (typed, fen) in
            [("", 0), ("—10", -1_000), ("——10", -1_000), ("－ 0.5", -50), ("+2", 200), ("−1,000", -100_000), ("-¥3", -300), ("¥-3", -300)]
        {
            assert_eq!(change(typed), Ok(Money(fen)), "{typed}");
        }
        assert!(change("-").is_err());
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back_and_nothing_breaks_the_reader(fen in 0i64..=LARGEST, typed in ".{0,24}") {
            prop_assert_eq!(amount(&Money(fen).show()), Ok(Money(fen)));
            prop_assert_eq!(amount(&Money(fen).plain()), Ok(Money(fen)));
            prop_assert_eq!(change(&Money(-fen).show()), Ok(Money(-fen)));
            let _ = amount(&typed);
        }
    }
}
