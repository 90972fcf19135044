//! Values that have broken shops before.

use super::knocker::MARKUP;
use crate::torture::dice::Dice;

const WORDS: &[&str] = &[
    "",
    " ",
    "\0",
    "\r\n",
    "\u{b}",
    "\t",
    "0",
    "-0",
    "-1",
    "1",
    "2",
    "00",
    "1e9",
    "0x10",
    "1.5",
    ".",
    "-",
    "+",
    "—1",
    "NaN",
    "inf",
    "null",
    "undefined",
    "true",
    "on",
    "12,50",
    "1,234.56",
    "1.234,56",
    "１２．５０",
    "¥12.50",
    "0.001",
    "0.005",
    "99999999999999999999",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "18446744073709551616",
    "2147483648",
    "92233720368547758.07",
    "79228162514264337593543950336",
    "'",
    "\"",
    "`",
    "\\",
    "%",
    "_",
    "%25",
    "%%",
    "' or '1'='1",
    "\"; drop table orders; --",
    "$1",
    "{}",
    "{{7*7}}",
    "${jndi:x}",
    "../../etc/passwd",
    "..%2f..",
    "file:///etc/passwd",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "http://127.0.0.1:1/",
    "=cmd|' /c calc'!A0",
    "@SUM(1)",
    "+1+1",
    "-1+1",
    "\u{202e}gnp.exe",
    "\u{200b}",
    "\u{2060}",
    "\u{3164}",
    "\u{ad}",
    "\u{feff}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{10ffff}",
    "e\u{301}\u{301}\u{301}\u{301}",
    "👨‍👩‍👧‍👦",
    "ﷺ",
    "İstanbul",
    "ß",
    "ǅ",
    "2026-11-29",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "-262144-01-01",
    "262143-12-31",
    "2026-11-29T25:61:61",
    "1970-01-01",
    "99999-01-01",
    "２０２６年１１月２９日",
    "JDVB01234567890-1-1-",
    "SF1234567890123",
    "sf 1234 5678 90123",
    "订单号：G2611-AAAA",
    "+86 138 0000 0001",
    "０１３８",
    "139-1234-5678转7804",
    "13800000001",
    "wechat",
    "alipay",
    "balance",
    "points",
    "all",
    "done",
    "refund_only",
    "return_refund",
    "exchange",
    "quality",
    "agree_refund",
    "reject",
    "approve_return",
    "manual",
    "a=b&c=d",
    "a;b",
    "a,b",
    "[1]",
    "[]",
    "{\"a\":1}",
    "<script>alert(1)</script>",
    "]]>",
    "<!--",
    "&#0;",
    "&amp;",
];

/// A value to try: one from the list, one that says whether it is drawn as markup, or a long or random one.
pub fn value(dice: &mut Dice) -> String {
    match dice.below(12) {
        0 => format!("\"'>{MARKUP}"),
        1 => (*dice.pick(WORDS)).repeat(dice.below(40)),
        2 => "长".repeat(1 << dice.below(13)),
        3 => "9".repeat(dice.below(400)),
        4 => letters(dice),
        5 => format!("{}{}", dice.pick(WORDS), dice.pick(WORDS)),
        _ => (*dice.pick(WORDS)).to_owned(),
    }
}

/// Letters of any planes of Unicode.
fn letters(dice: &mut Dice) -> String {
    let planes = [0x20, 0x80, 0x300, 0x2000, 0x2100, 0xD7FF, 0xFFFF, 0x10_FFFF];
    (0..dice.below(30))
        .filter_map(|_| {
            let plane = *dice.pick(&planes);
            char::from_u32(u32::try_from(dice.below(plane)).unwrap())
        })
        .collect()
}

/// Bytes that are no letters.
pub fn bytes(dice: &mut Dice) -> Vec<u8> {
    (0..dice.below(600)).map(|_| u8::try_from(dice.below(256)).unwrap()).collect()
}

/// For a path or a query: written as browsers write it, or as they never would, as far as a request line has room for it.
pub fn encoded(dice: &mut Dice, value: &str) -> String {
    if dice.one_in(8) {
        return value
            .chars()
            .filter(|letter| letter.is_ascii_graphic() && !matches!(letter, '#' | '?' | '"' | '<' | '>' | '`' | '{' | '}'))
            .collect();
    }
    if dice.one_in(12) {
        return ["%", "%0", "%ff%fe", "%c0%af", "%0d%0aX", "%00", "%e4%bd", "%2e%2e"][dice.below(8)].to_owned();
    }
    value.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02x}") }).collect()
}
