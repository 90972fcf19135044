//! A bill as it is uploaded: whose, of which day, and the file.

use crate::domain::{Channel, Day, FieldErrors, Parsed};
use crate::server::machinery::pictures::MAX_UPLOAD;
use bytes::Bytes;

/// A channel's bill of a day that is over, not read yet.
#[derive(Clone, Debug)]
pub struct BillUpload {
    pub(super) channel: Channel,
    pub(super) day: Day,
    pub(super) file: Bytes,
}

impl BillUpload {
    /// Reads `channel`, `day` and `file`. A bill of `today` is not complete yet.
    pub fn parse(channel: &str, day: &str, file: Option<Bytes>, today: Day) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        let channel = errors.check("channel", Channel::from_code(channel).ok_or("请选择渠道"));
        let day = errors.check("day", Day::parse(day).ok_or("请填写账单日期，例如 2026-11-22"));
        if day.is_some_and(|day| day >= today) {
            errors.add("day", "只能对已经结束的日期，当天的账单还不完整");
        }
        let file = errors.check("file", file.ok_or("请选择账单文件"));
        if file.as_ref().is_some_and(|file| file.len() > MAX_UPLOAD) {
            errors.add("file", "账单文件不能超过 5 MB");
        }
        match (channel, day, file) {
            (Some(channel), Some(day), Some(file)) if errors.is_empty() => Ok(Self { channel, day, file }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(channel: &str, day: &str, file: Option<Vec<u8>>) -> Vec<String> {
        let today = Day::parse("2026-11-22").unwrap_or_else(|| panic!("a day"));
        let errors = BillUpload::parse(channel, day, file.map(Bytes::from), today).err().unwrap_or_default();
        errors.fields().into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn a_bill_names_what_it_lacks() {
        assert!(wrong("wechat", "2026-11-21", Some(vec![b'x'])).is_empty());
        assert_eq!(wrong("", "", None), ["channel", "day", "file"]);
        assert_eq!(wrong("alipay", "2026-11-22", Some(vec![0; MAX_UPLOAD + 1])), ["day", "file"]);
    }
}
