//! A channel's bill of one day, and how it lies against our own rows: pure, so that what is matched can be tested without either.

mod note;
mod reconcile;

pub use note::DifferenceNote;
pub use reconcile::{Difference, DifferenceKind, OwnRow, Reconciled, reconcile};

use super::Money;
use super::channel::Channel;
use crate::domain::calendar::Day;
use crate::domain::time::Timestamp;
use chrono_tz::Tz;
use std::collections::HashMap;

/// Money that came in, or that went back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Entry {
    Payment,
    Refund,
    /// A row of a kind that is not known here; a person looks at it.
    Unknown,
}

impl Entry {
    pub fn code(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Refund => "refund",
            Self::Unknown => "unknown",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Payment, Self::Refund, Self::Unknown].into_iter().find(|entry| entry.code() == code)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Payment => "收款",
            Self::Refund => "退款",
            Self::Unknown => "其他",
        }
    }
}

/// One line of a bill. The amount is never negative: `entry` says which way it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillLine {
    pub entry: Entry,
    /// Ours: of the payment, or of the refund.
    pub number: String,
    /// The channel's own.
    pub gateway_no: String,
    pub amount: Money,
    pub at: Timestamp,
}

/// A row that the bill's reader does not know: where it stands in the file, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRow {
    pub at: u64,
    pub says: String,
}

/// What a row of a bill is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BillRow {
    Line(BillLine),
    /// Nothing was moved by it: a refund that failed.
    Nothing,
    Unknown(String),
}

/// How many, and how much together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    pub count: i64,
    pub amount: Money,
}

impl Total {
    fn add(&mut self, amount: Money) {
        self.count += 1;
        self.amount = self.amount + amount;
    }
}

/// A whole bill: every line is of its day, and none stands in it twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    pub channel: Channel,
    pub day: Day,
    lines: Vec<BillLine>,
    unknown: Vec<UnknownRow>,
}

impl Bill {
    /// Takes rows with the numbers they have in the file; words name the row that cannot be.
    pub fn of(channel: Channel, day: Day, zone: Tz, numbered: Vec<(u64, BillRow)>) -> Result<Self, String> {
        let (from, until) = day.span(zone);
        let mut seen: HashMap<(Entry, String), u64> = HashMap::with_capacity(numbered.len());
        let mut bill = Self { channel, day, lines: Vec::with_capacity(numbered.len()), unknown: Vec::new() };
        for (at, row) in numbered {
            let line = match row {
                BillRow::Line(line) => line,
                BillRow::Nothing => continue,
                BillRow::Unknown(says) => {
                    bill.unknown.push(UnknownRow { at, says });
                    continue;
                }
            };
            if line.at < from || line.at >= until {
                return Err(format!("第 {at} 行的时间 {} 不在账单日期 {day} 内", line.at.to_the_second(zone)));
            }
            if let Some(first) = seen.insert((line.entry, line.number.clone()), at) {
                return Err(format!("第 {at} 行与第 {first} 行重复：{}单号 {}", line.entry.name(), line.number));
            }
            bill.lines.push(line);
        }
        Ok(bill)
    }

    pub fn lines(&self) -> &[BillLine] {
        &self.lines
    }

    /// Rows of a kind that is not known.
    pub fn unknown(&self) -> &[UnknownRow] {
        &self.unknown
    }

    /// All its payments, or all its refunds.
    pub fn total(&self, entry: Entry) -> Total {
        let mut total = Total::default();
        self.lines.iter().filter(|line| line.entry == entry).for_each(|line| total.add(line.amount));
        total
    }
}
