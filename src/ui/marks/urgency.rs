//! How urgent a running clock is, for its colour; the words beside it say the same.

use crate::domain::time::HOUR;

/// `calm` above a day, `soon` above six hours, `near` above one, then `now`; `over` once nothing is left (S44).
pub fn urgency(left: i64) -> &'static str {
    match left {
        over if over <= 0 => "over",
        now if now <= HOUR => "now",
        near if near <= 6 * HOUR => "near",
        soon if soon <= 24 * HOUR => "soon",
        _ => "calm",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_hour_is_now_and_the_last_day_is_no_longer_calm() {
        assert_eq!([25, 24, 7, 6, 2, 1, 0].map(|hours| urgency(hours * HOUR)), ["calm", "soon", "soon", "near", "near", "now", "over"]);
    }
}
