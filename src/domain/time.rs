//! Moments and spans, in milliseconds; the clock itself is passed in.

use super::text;
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// A moment: milliseconds since 1970, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This moment and `millis` more.
    #[must_use]
    pub fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Milliseconds from `self` to `later`; zero if that is past.
    pub fn until(self, later: Self) -> i64 {
        (later.0 - self.0).max(0)
    }

    fn local(self, zone: Tz) -> DateTime<Tz> {
        DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or_default().with_timezone(&zone)
    }

    /// `2026-11-22 10:20` in the shop's zone.
    pub fn show(self, zone: Tz) -> String {
        self.local(zone).format("%Y-%m-%d %H:%M").to_string()
    }

    /// `2026-11-22 10:20:05` in the shop's zone, as bills write it.
    pub fn to_the_second(self, zone: Tz) -> String {
        self.local(zone).format("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// Reads what [`Timestamp::to_the_second`] writes; `None` if it is anything else.
    pub fn read_local(written: &str, zone: Tz) -> Option<Self> {
        let read = chrono::NaiveDateTime::parse_from_str(written.trim(), "%Y-%m-%d %H:%M:%S").ok()?;
        (read.year() > 1970 && read.year() < 3000).then(|| Self::at_local(read.date(), read.time(), zone))
    }

    /// The local date.
    pub(super) fn date(self, zone: Tz) -> NaiveDate {
        self.local(zone).date_naive()
    }

    /// The first moment of a local date.
    pub(super) fn midnight(day: NaiveDate, zone: Tz) -> Self {
        Self::at_local(day, NaiveTime::MIN, zone)
    }

    /// `11 月 29 日 10:20` in the shop's zone, as a sentence says it.
    pub fn in_words(self, zone: Tz) -> String {
        let at = self.local(zone);
        format!("{} 月 {} 日 {:02}:{:02}", at.month(), at.day(), at.hour(), at.minute())
    }

    /// `2611`: year and month, for public numbers.
    pub fn year_month(self, zone: Tz) -> String {
        self.local(zone).format("%y%m").to_string()
    }

    /// The last second of the day that lies `days` after this one, in the shop's zone (A2: counting starts the next day).
    #[must_use]
    pub fn end_of_day_after(self, days: i64, zone: Tz) -> Self {
        let day = self.local(zone).date_naive() + chrono::Duration::days(days);
        Self::at_local(day, NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default(), zone)
    }

    /// The first moment of a local date, as `2026-11-22` is typed into a filter; `None` if it is no date.
    pub fn start_of_date(typed: &str, zone: Tz) -> Option<Self> {
        let day = NaiveDate::parse_from_str(&text::legible(typed), "%Y-%m-%d").ok()?;
        (day.year() > 1970 && day.year() < 3000).then(|| Self::at_local(day, NaiveTime::MIN, zone))
    }

    fn at_local(day: NaiveDate, time: NaiveTime, zone: Tz) -> Self {
        let naive = day.and_time(time);
        // A moment that a clock change skips or repeats: the later reading never shortens anybody's time.
        let at = zone.from_local_datetime(&naive).latest().unwrap_or_else(|| zone.from_utc_datetime(&naive));
        Self(at.timestamp_millis())
    }
}

/// A clock at zero is seen to within moments; where it takes longer, nothing runs any more.
pub const OVERDUE: &str = "已到时间，系统正在处理";

/// `还剩 3 小时 12 分钟`, or that the time is over.
pub fn left_in_words(millis: i64) -> String {
    if millis > 0 { format!("还剩 {}", span_in_words(millis)) } else { OVERDUE.to_owned() }
}

/// `6 天 3 小时`, `3 小时 1 分钟`, `47 分钟`, `不足 1 分钟`: how long something still takes, in its two largest units.
pub fn span_in_words(millis: i64) -> String {
    let (days, hours, minutes) = (millis / DAY, millis % DAY / HOUR, millis % HOUR / MINUTE);
    match (days, hours, minutes) {
        (0, 0, 0) => "不足 1 分钟".to_owned(),
        (0, 0, m) => format!("{m} 分钟"),
        (0, h, 0) => format!("{h} 小时"),
        (0, h, m) => format!("{h} 小时 {m} 分钟"),
        (d, 0, _) => format!("{d} 天"),
        (d, h, _) => format!("{d} 天 {h} 小时"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_ends_with_the_last_second_of_its_last_local_day() {
        let zone = chrono_tz::Asia::Shanghai;
        let signed = Timestamp::start_of_date("2026-11-01", zone).map(|t| t.plus(9 * HOUR));
        assert_eq!(signed.map(|t| t.end_of_day_after(7, zone).show(zone)).as_deref(), Some("2026-11-08 23:59"));
    }

    #[test]
    fn spans_are_said_in_their_two_largest_units() {
        assert_eq!(span_in_words(6 * DAY + 3 * HOUR + 59 * MINUTE), "6 天 3 小时");
        assert_eq!(span_in_words(6 * DAY + 59 * MINUTE), "6 天");
        assert_eq!(span_in_words(3 * HOUR + MINUTE), "3 小时 1 分钟");
        assert_eq!(span_in_words(3 * HOUR + 59 * SECOND), "3 小时");
        assert_eq!(span_in_words(47 * MINUTE), "47 分钟");
        assert_eq!(span_in_words(30 * SECOND), "不足 1 分钟");
        assert_eq!([1, 0, -HOUR].map(left_in_words), ["还剩 不足 1 分钟", OVERDUE, OVERDUE]);
    }
}
