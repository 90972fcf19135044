//! Somebody was first: what a form did not know of when it was sent.

use crate::domain::text::isolated;
use crate::domain::time::Timestamp;
use chrono_tz::Tz;
use std::fmt;

/// Who acted, when, and what they did, in words for whoever was late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overtaken {
    who: String,
    when: String,
    what: String,
}

/// No more letters of a sentence are repeated.
const LONGEST: usize = 80;

impl Overtaken {
    pub fn new(who: &str, at: Timestamp, zone: Tz, what: &str) -> Self {
        let short: String = what.chars().take(LONGEST).collect();
        let what = if short.len() < what.len() { short + "…" } else { short };
        Self { who: who.to_owned(), when: at.in_words(zone), what }
    }
}

impl fmt::Display for Overtaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { who, when, what } = self;
        write!(f, "{}已于 {when} 处理：{what}", isolated(who))
    }
}
