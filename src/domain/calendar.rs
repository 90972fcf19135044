//! Days and months as people name them; when they begin and end depends on the shop's zone.

use super::text;
use super::time::Timestamp;
use chrono::{Datelike, Months, NaiveDate};
use chrono_tz::Tz;

/// A date of the shop's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(NaiveDate);

impl Day {
    /// Reads `2026-01-05` and the ways that people write it: `2026/1/5`, `20260105`, `2026 年 1 月 5 日`, in digits of either width.
    pub fn parse(typed: &str) -> Option<Self> {
        let [year, month, day] = numbers(typed)?;
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).filter(|day| known(*day)).map(Self)
    }

    /// The day that a moment belongs to.
    pub fn of(moment: Timestamp, zone: Tz) -> Self {
        Self(moment.date(zone))
    }

    /// Its first moment, and the first after it.
    pub fn span(self, zone: Tz) -> (Timestamp, Timestamp) {
        span(self.0, self.0.succ_opt(), zone)
    }

    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.pred_opt().unwrap_or(self.0))
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A month of the shop's calendar, by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(NaiveDate);

impl Month {
    /// Reads `2026-01` as a [`Day`] is read.
    pub fn parse(typed: &str) -> Option<Self> {
        let [year, month] = numbers(typed)?;
        Day::parse(&format!("{year}-{month}-1")).map(|day| Self(day.0))
    }

    /// The month that a moment belongs to.
    pub fn of(moment: Timestamp, zone: Tz) -> Self {
        let day = moment.date(zone);
        Self(day.with_day(1).unwrap_or(day))
    }

    /// Its first moment, and the first after it.
    pub fn span(self, zone: Tz) -> (Timestamp, Timestamp) {
        span(self.0, self.0.checked_add_months(Months::new(1)), zone)
    }

    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.checked_sub_months(Months::new(1)).unwrap_or(self.0))
    }

    #[must_use]
    pub fn after(self) -> Self {
        Self(self.0.checked_add_months(Months::new(1)).unwrap_or(self.0))
    }

    /// `2026 年 11 月`
    pub fn name(self) -> String {
        format!("{} 年 {} 月", self.0.year(), self.0.month())
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m"))
    }
}

/// The year of four digits and the numbers behind it, which have two each where nothing stands between them.
fn numbers<const N: usize>(typed: &str) -> Option<[u32; N]> {
    let plain = text::compact(typed).replace(['/', '.', '年', '月'], "-");
    let plain = plain.trim_end_matches('日').trim_end_matches('-');
    let digits = plain.bytes().all(|sign| sign.is_ascii_digit());
    let parts: Vec<&str> = if digits && plain.len() == 2 + 2 * N {
        (0..N).map(|part| if part == 0 { &plain[..4] } else { &plain[2 + 2 * part..4 + 2 * part] }).collect()
    } else {
        plain.split('-').collect()
    };
    let number = |part: &&str| {
        let fits = (1..=4).contains(&part.len()) && part.bytes().all(|sign| sign.is_ascii_digit());
        if fits { part.parse().ok() } else { None }
    };
    let numbers: Vec<u32> = parts.iter().map(number).collect::<Option<_>>()?;
    (parts.first()?.len() == 4).then(|| numbers.try_into().ok())?
}

fn known(day: NaiveDate) -> bool {
    day.year() > 1970 && day.year() < 3000
}

fn span(first: NaiveDate, next: Option<NaiveDate>, zone: Tz) -> (Timestamp, Timestamp) {
    (Timestamp::midnight(first, zone), Timestamp::midnight(next.unwrap_or(first), zone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::DAY;

    const ZONE: Tz = chrono_tz::Asia::Shanghai;

    #[test]
    fn a_month_lasts_from_its_first_midnight_to_the_next_ones() {
        let (from, until) = Month::parse("2026-02").map_or_else(|| panic!("a month"), |month| month.span(ZONE));
        assert_eq!((from.show(ZONE), from.until(until)), ("2026-02-01 00:00".to_owned(), 28 * DAY));
        assert_eq!(Month::of(until.plus(-1), ZONE).to_string(), "2026-02");
        assert_eq!(Month::of(until, ZONE).before().after().name(), "2026 年 3 月");
    }

    #[test]
    fn a_date_is_read_however_people_write_it() {
        let ways = [
            "2026-01-05",
            " 2026-1-5 ",
            "2026/1/5",
            "2026.01.05",
            "20260105",
            "２０２６－０１－０５",
            "２０２６０１０５",
            "2026 年 1 月 5 日",
            "2026年01月05日",
        ];
        for typed in ways {
            assert_eq!(Day::parse(typed).map(|day| day.to_string()).as_deref(), Some("2026-01-05"), "{typed}");
        }
        for typed in ["2026-01", "2026/1", "202601", "２０２６年１月", "2026 年 1 月"] {
            assert_eq!(Month::parse(typed).map(|month| month.to_string()).as_deref(), Some("2026-01"), "{typed}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        assert!(["", "2026-13", "2026-1-1", "0001-01", "x", "2026", "26-01"].iter().all(|typed| Month::parse(typed).is_none()));
        let wrong = [
            "2026-02-30",
            "9999-01-01",
            "1/5/2026",
            "26-1-5",
            "2026-1",
            "2026015",
            "202601055",
            "2026--5",
            "2026-1-5-7",
            "2026-+1-5",
            "5日",
        ];
        assert!(wrong.iter().all(|typed| Day::parse(typed).is_none()));
        assert_eq!(Day::parse("2026-03-01").map(|day| day.before().to_string()).as_deref(), Some("2026-02-28"));
    }
}
