//! Moments as WeChat Pay writes them: RFC 3339 with China's offset.

use chrono::{DateTime, FixedOffset, SecondsFormat};

use crate::server::payments::GatewayError;

/// WeChat Pay's clocks stand in China, seconds east.
const CHINA: i32 = 8 * 3600;

/// A moment in ms UTC: `2018-06-08T10:34:56+08:00`; `None` beyond the calendar.
pub fn written(at: i64) -> Option<String> {
    let china = FixedOffset::east_opt(CHINA)?;
    Some(DateTime::from_timestamp_millis(at)?.with_timezone(&china).to_rfc3339_opts(SecondsFormat::Secs, false))
}

/// Reads it back.
pub fn read(text: &str) -> Result<i64, GatewayError> {
    let read = DateTime::parse_from_rfc3339(text).map_err(|error| GatewayError::Unknown(format!("the time {text:?}: {error}")))?;
    Ok(read.timestamp_millis())
}
