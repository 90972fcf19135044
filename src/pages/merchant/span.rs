//! The days a list is narrowed to, as its URL names them.

use crate::domain::calendar::Day;
use crate::domain::text;
use crate::domain::time::SECOND;
use crate::domain::{FieldErrors, Timestamp};
use chrono_tz::Tz;

/// From the first day's midnight to the end of the last, which counts too; an empty field leaves its end open.
/// What is wrong is named by field, `from` or `until`.
pub(super) fn parse(from: &str, until: &str, zone: Tz) -> (Option<Timestamp>, Option<Timestamp>, FieldErrors) {
    let mut errors = FieldErrors::default();
    let from = date(&mut errors, "from", "开始日期", from, zone);
    let until = date(&mut errors, "until", "结束日期", until, zone).map(|day| day.end_of_day_after(0, zone).plus(SECOND));
    if from.zip(until).is_some_and(|(from, until)| from >= until) {
        errors.add("until", "结束日期不能早于开始日期");
    }
    (from, until, errors)
}

fn date(errors: &mut FieldErrors, field: &str, label: &str, typed: &str, zone: Tz) -> Option<Timestamp> {
    if text::is_blank(typed) {
        return None;
    }
    errors.check(
        field,
        Day::parse(typed).map(|day| day.span(zone).0).ok_or_else(|| format!("「{label}」不是有效的日期，请按 2026-11-22 的格式填写")),
    )
}
