//! Moments as Alipay writes them: `2026-11-25 13:07:50`, by the clocks of China.

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeZone};

use crate::server::payments::GatewayError;

/// Seconds east of Greenwich.
const CHINA: i32 = 8 * 3600;

/// A moment in ms UTC as it stands on the wire.
pub fn written(at: i64) -> Option<String> {
    let china = FixedOffset::east_opt(CHINA)?;
    Some(DateTime::from_timestamp_millis(at)?.with_timezone(&china).format("%Y-%m-%d %H:%M:%S").to_string())
}

/// Reads it back; some of Alipay's moments have milliseconds behind a point.
pub fn read(text: &str) -> Result<i64, GatewayError> {
    let nonsense = || GatewayError::Unknown(format!("the moment {text:?}"));
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").map_err(|_| nonsense())?;
    let china = FixedOffset::east_opt(CHINA).ok_or_else(nonsense)?;
    china.from_local_datetime(&local).single().map(|at| at.timestamp_millis()).ok_or_else(nonsense)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn china_is_eight_hours_ahead() {
        assert_eq!(written(1_795_312_800_000).as_deref(), Some("2026-11-22 10:00:00"));
        assert_eq!(read("2026-11-22 10:00:00").unwrap(), 1_795_312_800_000);
        assert_eq!(read("2026-11-22 10:00:00.250").unwrap(), 1_795_312_800_250);
        for text in ["", "2026-11-22", "2026-11-22T18:00:00", "2026-02-30 00:00:00", "2026-11-22 10:00:00 +0800"] {
            assert!(read(text).is_err(), "{text}");
        }
        assert_eq!(written(i64::MAX), None);
    }
}
