//! Telephone numbers: many ways of writing one, and one way in which it is kept and looked for.

use crate::domain::text;

/// A number that can be called: `13912345678`, `0571-88888888`, `4001234567` or `+85212345678`, and the extension that a person or a
/// machine asks for afterwards (privacy numbers of couriers have one).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    pub number: String,
    /// Digits; empty without one.
    pub extension: String,
}

const WRONG: &str = "请填写正确的电话号码：11 位手机号，或带区号的座机，例如 0571-88888888";
const LONGEST_EXTENSION: usize = 8;
/// What announces an extension, longest first.
const EXTENSION_SIGNS: [&str; 8] = ["extension", "分机号", "分机", "ext.", "ext", "转", "轉", "#"];

impl Phone {
    /// Reads a number as people and shops write it: with spaces, dashes, brackets or a label, with or without the country's code.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let typed = text::legible(typed).to_lowercase();
        // 「电话：139…」: what stands before a colon is its label.
        let typed = typed.rsplit(':').next().unwrap_or_default().trim();
        let (main, announced) = split_at_sign(typed)?;
        let written = Written::read(main.trim_start_matches(['(', ' ']))?;
        let (number, dashed) = written.split().ok_or(WRONG)?;
        let extension = match (announced, dashed) {
            (Some(announced), None) => announced,
            (None, dashed) => dashed.unwrap_or_default(),
            (Some(_), Some(_)) => return Err(WRONG),
        };
        if extension.len() > LONGEST_EXTENSION { Err(WRONG) } else { Ok(Self { number, extension }) }
    }

    /// A mobile number of the mainland, which can receive a message.
    pub fn is_mobile(&self) -> bool {
        self.extension.is_empty() && is_mobile(&self.number)
    }
}

/// Eleven digits from 13 to 19.
fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.bytes().all(|b| b.is_ascii_digit()) && digits.starts_with('1') && digits.as_bytes()[1] >= b'3'
}

/// `…转7804` or `… ext 7804` in two.
fn split_at_sign(typed: &str) -> Result<(&str, Option<String>), &'static str> {
    let Some((main, rest)) = EXTENSION_SIGNS.iter().find_map(|sign| typed.split_once(sign)) else { return Ok((typed, None)) };
    let digits = rest.trim();
    let is_extension = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if is_extension { Ok((main.trim_end_matches([' ', ',', '-', '(']), Some(digits.to_owned()))) } else { Err(WRONG) }
}

/// The digits of a number, and before which of them a dash or a gap stood.
struct Written {
    abroad: bool,
    digits: String,
    gaps: Vec<usize>,
}

impl Written {
    fn read(main: &str) -> Result<Self, &'static str> {
        let plus = main.starts_with('+');
        let mut written = Self { abroad: plus, digits: String::new(), gaps: Vec::new() };
        for sign in main.strip_prefix('+').unwrap_or(main).chars() {
            match sign {
                '0'..='9' => written.digits.push(sign),
                '-' | ' ' | '(' | ')' | '.' | '/' => written.gaps.push(written.digits.len()),
                _ => return Err(WRONG),
            }
        }
        if !plus && written.digits.starts_with("00") {
            written.drop_first(2);
            written.abroad = true;
        }
        written.come_home();
        Ok(written)
    }

    fn drop_first(&mut self, count: usize) {
        self.digits.drain(..count);
        self.gaps = self.gaps.iter().map(|gap| gap.saturating_sub(count)).collect();
    }

    /// Numbers of the mainland are kept without its code, and landlines with the zero that is left out behind it.
    fn come_home(&mut self) {
        let mobile_behind_code = self.digits.len() >= 13 && is_mobile(&self.digits[2..13]);
        if !self.digits.starts_with("86") || !(self.abroad || mobile_behind_code) {
            return;
        }
        self.drop_first(2);
        let whole = is_mobile(self.digits.get(..11).unwrap_or_default()) || self.digits.starts_with('0') || self.is_service_number();
        if !whole {
            self.digits.insert(0, '0');
            self.gaps.iter_mut().for_each(|gap| *gap += 1);
        }
        self.abroad = false;
    }

    fn is_service_number(&self) -> bool {
        self.digits.len() == 10 && (self.digits.starts_with("400") || self.digits.starts_with("800"))
    }

    /// The number as it is kept, and the extension that a dash set apart from it.
    fn split(&self) -> Option<(String, Option<String>)> {
        let all = self.digits.len();
        if self.abroad {
            return ((7..=15).contains(&all) && !self.digits.starts_with('0')).then(|| (format!("+{}", self.digits), None));
        }
        if self.is_service_number() {
            return Some((self.digits.clone(), None));
        }
        if self.digits.starts_with('0') {
            return self.split_landline();
        }
        if !is_mobile(self.digits.get(..11)?) {
            return None;
        }
        self.split_behind(11).map(|(number, extension)| (number.to_owned(), extension))
    }

    /// 010 and 02x stand before eight digits, areas of four digits before seven or eight.
    fn split_landline(&self) -> Option<(String, Option<String>)> {
        let (area, lengths): (usize, &[usize]) = match self.digits.as_bytes() {
            [_, b'1', b'0', ..] | [_, b'2', ..] => (3, &[8]),
            [_, b'3'..=b'9', ..] => (4, &[7, 8]),
            _ => return None,
        };
        // A dash behind the seventh digit of the place ends it there.
        lengths.iter().find_map(|place| {
            let (number, extension) = self.split_behind(area + place)?;
            Some((format!("{}-{}", &number[..area], &number[area..]), extension))
        })
    }

    /// The first `length` digits, if nothing follows them or a gap and an extension do.
    fn split_behind(&self, length: usize) -> Option<(&str, Option<String>)> {
        let number = self.digits.get(..length)?;
        let rest = &self.digits[length..];
        let apart = rest.is_empty() || self.gaps.contains(&length);
        apart.then(|| (number, (!rest.is_empty()).then(|| rest.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(typed: &str) -> Option<(String, String)> {
        Phone::parse(typed).ok().map(|phone| (phone.number, phone.extension))
    }

    fn is(typed: &str, number: &str, extension: &str) {
        assert_eq!(read(typed), Some((number.to_owned(), extension.to_owned())), "{typed:?}");
    }

    #[test]
    fn one_mobile_number_is_written_in_many_ways() {
        for typed in [
            "13912345678",
            " 139-1234-5678 ",
            "139 1234 5678",
            "+86 139 1234 5678",
            "+86-13912345678",
            "(+86)13912345678",
            "008613912345678",
            "0086 139-1234-5678",
            "8613912345678",
            "１３９１２３４５６７８",
            "+86\u{A0}139\u{2011}1234\u{2011}5678",
            "\u{202A}13912345678\u{202C}\u{200B}",
            "电话：139 1234 5678",
            "tel:+8613912345678",
        ] {
            is(typed, "13912345678", "");
        }
    }

    #[test]
    fn extensions_are_kept_apart() {
        for typed in [
            "13912345678-7804",
            "13912345678转7804",
            "139-1234-5678 转 7804",
            "+86 13912345678 ext 7804",
            "13912345678#7804",
            "13912345678，分机7804",
            "13912345678 ext.7804",
        ] {
            is(typed, "13912345678", "7804");
        }
        is("0571-88888888-123", "0571-88888888", "123");
        is("0571-8888888-1", "0571-8888888", "1");
        is("010-66668888转801", "010-66668888", "801");
        is("400-123-4567转2", "4001234567", "2");
    }

    #[test]
    fn landlines_keep_the_dash_behind_their_area() {
        for typed in ["0571-88888888", "057188888888", "(0571) 8888 8888", "+86 571 88888888", "+86 0571 88888888", "0086-571-8888-8888"] {
            is(typed, "0571-88888888", "");
        }
        is("010 6666 8888", "010-66668888", "");
        is("02166668888", "021-66668888", "");
        is("0575-8123456", "0575-8123456", "");
        is("400 800 1234", "4008001234", "");
        is("+852 2123 4567", "+85221234567", "");
        is("001 (212) 555-0100", "+12125550100", "");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for typed in [
            "",
            "abc",
            "12345678",
            "88888888",
            "1391234567",
            "139123456789",
            "12912345678",
            "0571-888",
            "010-1234567",
            "13912345678 13800000001 1",
            "13912345678转",
            "转7804",
            "13912345678转abc",
            "13912345678-123456789",
            "+0012",
            "☎️",
            "1391234567八",
            "86",
        ] {
            assert_eq!(read(typed), None, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn anything_is_read_or_refused_and_what_is_kept_reads_as_itself(typed in "\\PC{0,40}|[-+0-9０-９ ()转#.]{0,30}") {
            if let Ok(phone) = Phone::parse(&typed) {
                prop_assert_eq!(read(&phone.number), Some((phone.number.clone(), String::new())));
                prop_assert!(phone.extension.bytes().all(|b| b.is_ascii_digit()));
                prop_assert!(phone.number.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'+'));
            }
        }

        #[test]
        fn gaps_and_codes_do_not_matter(number in "1[3-9][0-9]{9}", at in 1..10_usize, gap in "[- ]", code in "(\\+86 ?|0086[- ]?|86)?") {
            let typed = format!("{code}{}{gap}{}", &number[..at], &number[at..]);
            prop_assert_eq!(read(&typed), Some((number, String::new())));
        }
    }
}
