//! What is kept of a typed text: letters that nobody sees and letters that turn what stands behind them are known here.

use std::borrow::Cow;

/// Direction marks (bidirectional controls): invisible, and they change the order in which the letters behind them are shown.
const DIRECTION_MARKS: [char; 12] = [
    '\u{61C}', '\u{200E}', '\u{200F}', '\u{202A}', '\u{202B}', '\u{202C}', '\u{202D}', '\u{202E}', '\u{2066}', '\u{2067}', '\u{2068}',
    '\u{2069}',
];

/// The text without direction marks. Every typed text passes here when its form is read.
pub fn without_direction_marks(mut typed: String) -> String {
    typed.retain(|letter| !DIRECTION_MARKS.contains(&letter));
    typed
}

/// Does the letter leave no trace on the page? White space, controls and what Unicode calls default-ignorable; also the blanks that are
/// counted as letters (Hangul fillers, the empty braille cell) and the interlinear marks.
fn is_invisible(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(letter,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{16FE4}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Says nothing by itself: it is unseen, an accent without its letter, or a sign that each machine draws as it likes.
fn says_nothing(letter: char) -> bool {
    is_invisible(letter)
        || matches!(letter, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}'
            | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// Is there nothing to read?
pub fn is_blank(text: &str) -> bool {
    text.chars().all(says_nothing)
}

/// How many letters can be seen.
pub fn visible_length(text: &str) -> usize {
    text.chars().filter(|letter| !says_nothing(*letter)).count()
}

/// A text of one line: where lines ended, there is a gap.
pub fn one_line(typed: &str) -> String {
    tidy(&typed.replace(['\n', '\r', '\u{2028}', '\u{2029}'], " "))
}

/// A text of people as it is kept: no direction marks, no control characters but line ends, nothing invisible at its ends.
/// Inside it nothing else is touched: joiners make emoji and the letters of Arabic and Indic scripts what they are.
pub fn tidy(typed: &str) -> String {
    let kept = |letter: &char| (!letter.is_control() || *letter == '\n') && !DIRECTION_MARKS.contains(letter);
    trimmed(&typed.chars().filter(kept).collect::<String>()).to_owned()
}

/// Without the invisible letters at its ends, but with those that belong to the last visible one.
fn trimmed(text: &str) -> &str {
    let text = text.trim_start_matches(is_invisible);
    let seen = text.trim_end_matches(is_invisible).len();
    let last = text[..seen].chars().next_back();
    let end = text[seen..].char_indices().find(|(_, letter)| !belongs_to(last, *letter)).map_or(text.len(), |(at, _)| seen + at);
    &text[..end]
}

/// Does the invisible letter shape the one before it? Variation selectors, the tags of flags, and joiners in scripts that join.
fn belongs_to(last: Option<char>, letter: char) -> bool {
    match letter {
        '\u{FE00}'..='\u{FE0F}' | '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{E0100}'..='\u{E01EF}' => true,
        '\u{E0020}'..='\u{E007F}' => last == Some('\u{1F3F4}'),
        '\u{200C}' | '\u{200D}' => last.is_some_and(|last| ('\u{600}'..='\u{1CFF}').contains(&last)),
        _ => false,
    }
}

/// A number, code or date as it was meant: nothing invisible in it, full-width signs and every dash as their plain ones, trimmed.
/// White space inside stays, because it may stand between two numbers.
pub fn legible(typed: &str) -> String {
    let plain = typed.chars().filter_map(|letter| match letter {
        space if space.is_whitespace() => Some(' '),
        '\u{FE63}' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        unseen if is_invisible(unseen) => None,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0),
        plain => Some(plain),
    });
    plain.collect::<String>().trim().to_owned()
}

/// Like [`legible`], for what has no gaps: account, waybill and order numbers.
pub fn compact(typed: &str) -> String {
    let mut plain = legible(typed);
    plain.retain(|letter| letter != ' ');
    plain
}

/// A text of people for a sentence: set apart where it is written from right to left, so that it does not turn the numbers beside it.
pub fn isolated(text: &str) -> Cow<'_, str> {
    if text.chars().any(runs_leftwards) { Cow::Owned(format!("\u{2068}{text}\u{2069}")) } else { Cow::Borrowed(text) }
}

fn runs_leftwards(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_nobody_sees_is_blank() {
        for blank in [
            "",
            " ",
            "\u{200B}",
            "\u{2060}",
            "\u{3164}",
            "\u{AD}",
            "\u{3000}\u{FEFF}",
            "\u{115F}\u{1160}",
            "\u{17B4}",
            "\u{2800}",
            "\u{E0001}",
        ] {
            assert!(is_blank(blank), "{blank:?}");
            assert_eq!(tidy(blank), "", "{blank:?}");
        }
        assert!(!is_blank("\u{200B}王"));
        assert_eq!(visible_length("王\u{200B}小\u{2060}明"), 3);
    }

    #[test]
    fn ends_are_trimmed_of_all_that_is_invisible() {
        assert_eq!(tidy("\u{3164}\u{200B} 王小明\u{FEFF}\u{3000}\r\n"), "王小明");
        assert_eq!(tidy("一行\r\n另一行"), "一行\n另一行");
    }

    #[test]
    fn direction_marks_do_not_get_in() {
        assert_eq!(tidy("张三\u{202E}"), "张三");
        assert_eq!(tidy("\u{2067}a\u{200F}b\u{61C}c\u{2069}"), "abc");
        assert_eq!(without_direction_marks("收\u{202D}货\u{202C}".to_owned()), "收货");
    }

    #[test]
    fn joiners_survive_where_they_shape_letters() {
        let flag = "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}";
        for whole in ["👨\u{200D}👩\u{200D}👧", "好❤\u{FE0F}", "क\u{94D}\u{200D}", "می\u{200C}خواهم", "ه\u{200D}", "葛\u{E0100}", flag]
        {
            assert_eq!(tidy(&format!(" {whole}\u{200B}")), whole);
        }
        // A joiner that joins nothing is nothing.
        assert_eq!(tidy("王\u{200D}"), "王");
    }

    #[test]
    fn pasted_numbers_lose_what_was_pasted_with_them() {
        assert_eq!(legible("\u{FEFF}１２．５０\u{200B}"), "12.50");
        assert_eq!(legible("\u{2212}3"), "-3");
        assert_eq!(legible("12 50"), "12 50");
        assert_eq!(compact("6222\u{A0}0000\u{2060}1111 2222"), "6222000011112222");
    }

    #[test]
    fn only_what_runs_leftwards_is_set_apart() {
        assert_eq!(isolated("王小明"), "王小明");
        assert_eq!(isolated("محمد"), "\u{2068}محمد\u{2069}");
    }

    proptest! {
        #[test]
        fn what_is_kept_is_kept_as_it_is(typed in any::<String>()) {
            let once = tidy(&typed);
            prop_assert_eq!(tidy(&once), once.clone());
            prop_assert_eq!(is_blank(&once), is_blank(&typed));
            prop_assert!(!once.contains(DIRECTION_MARKS));
            prop_assert_eq!(visible_length(&once), visible_length(&typed));
            let number = compact(&typed);
            prop_assert_eq!(compact(&number), number.clone());
            prop_assert!(!number.contains(is_invisible));
        }
    }
}
