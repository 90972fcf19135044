//! Days and months as people name them; when they begin and end depends on the shop's zone.

use super::text;
use super::time::Timestamp;
use chrono::{Datelike, Months, NaiveDate};
use chrono_tz::Tz;

/// A date of the shop's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(NaiveDate);

impl Day {
    /// Reads `2026-11-22`; anything else is `None`.
    pub fn parse(typed: &str) -> Option<Self> {
        NaiveDate::parse_from_str(&text::legible(typed), "%Y-%m-%d").ok().filter(|day| known(*day)).map(Self)
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
    /// Reads `2026-11`; anything else is `None`.
    pub fn parse(typed: &str) -> Option<Self> {
        Day::parse(&format!("{}-01", text::legible(typed))).map(|day| Self(day.0))
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
    fn what_is_no_date_is_none() {
        assert!(["", "2026-13", "2026-1-1", "0001-01", "x"].iter().all(|typed| Month::parse(typed).is_none()));
        assert!(["2026-02-30", "20261101", "9999-01-01"].iter().all(|typed| Day::parse(typed).is_none()));
        assert_eq!(Day::parse("2026-03-01").map(|day| day.before().to_string()).as_deref(), Some("2026-02-28"));
    }
}
