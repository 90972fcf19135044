//! Couriers and their waybills. Numbers drift every year: only letters and length are refused, an odd pattern is a warning.

use super::field_error::{FieldErrors, Parsed};
use super::text;
use serde::{Deserialize, Serialize};

/// A courier, as people choose it.
#[derive(Clone, Copy, Debug)]
pub struct Carrier {
    pub code: &'static str,
    pub name: &'static str,
    /// Does a number look like this courier's? `true` where nothing is known.
    looks_right: fn(&str) -> bool,
}

/// The couriers on offer; the last is 其他.
pub const CARRIERS: [Carrier; 11] = [
    Carrier { code: "sf", name: "顺丰速运", looks_right: |n| n.starts_with("SF") && n.len() == 15 },
    Carrier { code: "zto", name: "中通快递", looks_right: |n| n.starts_with('7') && n.len() == 14 && digits(n) },
    Carrier { code: "yto", name: "圆通速递", looks_right: |n| n.starts_with("YT") && n.len() == 15 && digits(&n[2..]) },
    Carrier {
        code: "yunda",
        name: "韵达快递",
        looks_right: |n| digits(n) && matches!((n.as_bytes()[0], n.len()), (b'3' | b'4', 15) | (b'5', 13)),
    },
    Carrier {
        code: "sto",
        name: "申通快递",
        looks_right: |n| digits(n) && (n.starts_with("77") || n.starts_with("43")) && (14..=17).contains(&n.len()),
    },
    Carrier { code: "jd", name: "京东物流", looks_right: |n| n.starts_with("JD") && n.len() == 15 },
    Carrier { code: "jt", name: "极兔速递", looks_right: |n| n.starts_with("JT") && n.len() == 15 && digits(&n[2..]) },
    Carrier { code: "deppon", name: "德邦快递", looks_right: |n| n.starts_with("DPK") && n.len() == 15 && digits(&n[3..]) },
    Carrier { code: "ems", name: "EMS", looks_right: |n| n.len() == 13 },
    Carrier { code: "cainiao", name: "菜鸟速递", looks_right: |n| n.starts_with("621") && n.len() == 15 && digits(n) },
    Carrier { code: "other", name: "其他", looks_right: |_| true },
];

fn digits(number: &str) -> bool {
    number.bytes().all(|b| b.is_ascii_digit())
}

impl Carrier {
    pub fn from_code(code: &str) -> Option<Self> {
        CARRIERS.into_iter().find(|carrier| carrier.code == code)
    }

    /// The name people know, or the code of a courier we no longer offer.
    pub fn name_of(code: &str) -> String {
        Self::from_code(code).map_or_else(|| code.to_owned(), |carrier| carrier.name.to_owned())
    }
}

/// A courier and the waybill number as it is printed, with the part that names one package of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    pub carrier: String,
    pub tracking: String,
}

impl Parcel {
    /// Reads 「快递公司」 and 「快递单号」; the fields are named `carrier` and `tracking`.
    pub fn parse(carrier: &str, tracking: &str) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        let carrier = errors.check("carrier", Carrier::from_code(carrier.trim()).ok_or("请选择快递公司"));
        let number = text::compact(tracking).to_ascii_uppercase();
        let main = main_number(&number);
        let printable = number.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'#'));
        if number.is_empty() {
            errors.add("tracking", "请填写快递单号");
        } else if !(6..=32).contains(&main.len()) || !printable || number.len() > 48 {
            errors.add("tracking", "快递单号为 6–32 位字母或数字");
        }
        match carrier {
            Some(carrier) if errors.is_empty() => Ok(Self { carrier: carrier.code.to_owned(), tracking: number }),
            _ => Err(errors),
        }
    }

    /// The number that names the whole shipment: what parcels are compared and looked for by.
    pub fn main_number(&self) -> String {
        main_number(&self.tracking)
    }

    /// Do both travel under one number, whichever package of it they are?
    pub fn is_with(&self, other: &Self) -> bool {
        self.main_number() == other.main_number()
    }

    /// Words of warning if the number does not look like the courier's; it is accepted all the same.
    pub fn doubt(&self) -> Option<String> {
        let carrier = Carrier::from_code(&self.carrier)?;
        (!(carrier.looks_right)(&self.main_number()))
            .then(|| format!("单号 {} 看起来不像{}的单号，请再核对一次", self.tracking, carrier.name))
    }

    /// An odd number is asked about once: `confirmed` is the parcel that the person has been asked about and sends all the same.
    pub fn ask(&self, confirmed: &str) -> Option<String> {
        self.doubt().filter(|_| confirmed != self.show()).map(|words| format!("{words}；确认无误请再次提交"))
    }

    /// `顺丰速运 SF1234567890123`.
    pub fn show(&self) -> String {
        format!("{} {}", Carrier::name_of(&self.carrier), self.tracking)
    }
}

/// Without dashes and without the package's part: `-1-3-` (the first of three), `-2`, `#2`.
fn main_number(printed: &str) -> String {
    let bare = printed.trim_matches('#');
    let bare = bare.split_once('#').map_or(bare, |(number, _)| number);
    let number = without_package(bare).unwrap_or(bare);
    number.chars().filter(|sign| *sign != '-').collect()
}

fn without_package(number: &str) -> Option<&str> {
    let part = |digits: &str| digits.parse::<u32>().ok().filter(|part| digits.len() <= 2 && *part > 0);
    let (head, last) = number.trim_end_matches('-').rsplit_once('-')?;
    let last = part(last)?;
    let head = match head.rsplit_once('-') {
        Some((head, first)) if part(first).is_some_and(|first| first <= last) => head,
        // Printed in groups, of which this is the last.
        Some(_) => return None,
        None => head,
    };
    let whole = head.bytes().filter(u8::is_ascii_alphanumeric).count() >= LEAST_BEFORE_PACKAGE;
    whole.then_some(head)
}

/// No waybill that couriers number the packages of is shorter.
const LEAST_BEFORE_PACKAGE: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn jd(tracking: &str) -> Parcel {
        Parcel::parse("jd", tracking).expect("a waybill")
    }

    #[test]
    fn a_waybill_is_kept_as_it_is_printed() {
        for (typed, kept) in [
            ("JDVB01234567890-1-1-", "JDVB01234567890-1-1-"),
            (" jdvb0123 4567890-2-3- ", "JDVB01234567890-2-3-"),
            ("\u{200B}JDVB01234567890\u{2011}1\u{FEFF}", "JDVB01234567890-1"),
            ("ＪＤＶＢ01234567890＃2", "JDVB01234567890#2"),
        ] {
            let parcel = jd(typed);
            assert_eq!(parcel.tracking, kept, "{typed:?}");
            assert_eq!(parcel.main_number(), "JDVB01234567890");
            assert_eq!(parcel.doubt(), None);
            assert!(parcel.is_with(&jd("JDVB01234567890")));
        }
        // Dashes that only group the digits are kept and tell nothing apart; a short number has no packages.
        assert!(jd("JDVB-0123-4567890").is_with(&jd("JDVB01234567890")));
        assert_eq!(jd("123456-78").main_number(), "12345678");
    }

    #[test]
    fn doubt_is_asked_about_once_for_each_number() {
        let odd = Parcel::parse("sf", "1234567890").expect("accepted");
        assert!(odd.ask("").is_some_and(|words| words.contains("1234567890") && words.contains("再次提交")));
        assert_eq!(odd.ask(&odd.show()), None);
        let other = Parcel::parse("sf", "1234567899").expect("accepted");
        assert!(other.ask(&odd.show()).is_some());
    }

    proptest! {
        #[test]
        fn any_typed_number_is_kept_or_refused_and_never_becomes_another(typed in "\\PC{0,50}|[A-Za-z0-9 #-]{0,40}") {
            if let Ok(parcel) = Parcel::parse("sf", &typed) {
                prop_assert_eq!(&parcel.tracking, &text::compact(&typed).to_ascii_uppercase());
                prop_assert_eq!(Parcel::parse("sf", &parcel.tracking), Ok(parcel.clone()));
                let main = parcel.main_number();
                prop_assert!(main.bytes().all(|b| b.is_ascii_alphanumeric()) && (6..=32).contains(&main.len()));
                let _ = parcel.doubt();
            }
        }
    }

    #[test]
    fn an_odd_number_is_doubted_and_accepted_a_broken_one_refused() {
        let parcel = Parcel::parse("yto", " yt 123 ").expect_err("too short");
        assert_eq!(parcel.fields(), ["tracking"]);
        let odd = Parcel::parse("sf", "1234567890").expect("accepted");
        assert!(odd.doubt().is_some());
        let right = Parcel::parse("yto", "YT1234567890123").expect("accepted");
        assert_eq!(right.doubt(), None);
        assert_eq!(Parcel::parse("", "").expect_err("empty").fields(), ["carrier", "tracking"]);
    }
}
