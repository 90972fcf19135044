//! Couriers and their waybills. Numbers drift every year: only letters and length are refused, an odd pattern is a warning.

use super::field_error::{FieldErrors, Parsed};
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

/// A courier and its waybill number.
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
        let number: String = tracking.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_ascii_uppercase();
        if number.is_empty() {
            errors.add("tracking", "请填写快递单号");
        } else if !(6..=32).contains(&number.len()) || !number.bytes().all(|b| b.is_ascii_alphanumeric()) {
            errors.add("tracking", "快递单号为 6–32 位字母或数字");
        }
        match carrier {
            Some(carrier) if errors.is_empty() => Ok(Self { carrier: carrier.code.to_owned(), tracking: number }),
            _ => Err(errors),
        }
    }

    /// Words of warning if the number does not look like the courier's; it is accepted all the same.
    pub fn doubt(&self) -> Option<String> {
        let carrier = Carrier::from_code(&self.carrier)?;
        (!(carrier.looks_right)(&self.tracking)).then(|| format!("单号 {} 看起来不像{}的单号，请再核对一次", self.tracking, carrier.name))
    }

    /// `顺丰速运 SF1234567890123`.
    pub fn show(&self) -> String {
        format!("{} {}", Carrier::name_of(&self.carrier), self.tracking)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
