//! One line of a bill by the names of its columns; whatever cannot be read names its line and column.

use crate::domain::{Money, Timestamp};
use chrono_tz::Tz;

/// Where each column stands.
pub(super) struct Columns(Vec<String>);

impl Columns {
    /// The names of the first line. `other_names` are those that older bills have for the same: a pair counts where the bill does not know the
    /// second by itself. Columns that are missing are named.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>, needed: &[&str], other_names: &[(&str, &str)]) -> Result<Self, String> {
        let mut names: Vec<String> = names.map(|name| bare(name).replace("(元)", "（元）").replace(' ', "")).collect();
        for (older, name) in other_names.iter().filter(|(_, name)| !knows(&names, name)).collect::<Vec<_>>() {
            if let Some(found) = names.iter_mut().find(|found| found == older) {
                (*name).clone_into(found);
            }
        }
        let missing: Vec<String> = needed.iter().filter(|name| !knows(&names, name)).map(|name| format!("「{name}」")).collect();
        if missing.is_empty() { Ok(Self(names)) } else { Err(format!("这不是所选渠道的账单：缺少列{}", missing.join(""))) }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        knows(&self.0, name)
    }
}

fn knows(names: &[String], name: &str) -> bool {
    names.iter().any(|known| known == name)
}

/// The values of a line.
pub(super) struct BillValues<'a> {
    pub(super) at: u64,
    pub(super) columns: &'a Columns,
    pub(super) values: Vec<&'a str>,
}

impl<'a> BillValues<'a> {
    pub(super) fn get(&self, column: &str) -> Result<&'a str, String> {
        let place = self.columns.0.iter().position(|name| name == column);
        place.and_then(|place| self.values.get(place)).map(|value| bare(value)).ok_or_else(|| format!("第 {} 行缺少「{column}」", self.at))
    }

    pub(super) fn wrong(&self, column: &str) -> String {
        let value: String = self.get(column).unwrap_or_default().chars().take(40).collect();
        format!("第 {} 行「{column}」无法识别：{value}", self.at)
    }

    /// `交易状态 HELD，商户订单号 P1`: what a row that is not known says in these columns, for a person to look at.
    pub(super) fn says(&self, columns: &[&str]) -> String {
        let said = |column: &&str| {
            let value: String = self.get(column).unwrap_or_default().chars().filter(|sign| !sign.is_control()).take(64).collect();
            (!value.is_empty()).then(|| format!("{column} {value}"))
        };
        columns.iter().filter_map(said).collect::<Vec<_>>().join("，")
    }

    /// A number of ours or of the channel: never empty, never longer than any of them.
    pub(super) fn number(&self, column: &str) -> Result<String, String> {
        let value = self.get(column)?;
        let readable = (1..=64).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_graphic());
        if readable { Ok(value.to_owned()) } else { Err(self.wrong(column)) }
    }

    pub(super) fn moment(&self, column: &str, zone: Tz) -> Result<Timestamp, String> {
        Timestamp::read_local(self.get(column)?, zone).ok_or_else(|| self.wrong(column))
    }

    /// More than nothing.
    pub(super) fn amount(&self, column: &str) -> Result<Money, String> {
        self.sum(column).ok().filter(|amount| amount.is_positive()).ok_or_else(|| self.wrong(column))
    }

    /// More than nothing, written with a minus.
    pub(super) fn negative(&self, column: &str) -> Result<Money, String> {
        let amount = self.get(column)?.strip_prefix('-').and_then(|amount| Money::parse(amount).ok());
        amount.filter(|amount| amount.is_positive()).ok_or_else(|| self.wrong(column))
    }

    pub(super) fn sum(&self, column: &str) -> Result<Money, String> {
        Money::parse(self.get(column)?).map_err(|_| self.wrong(column))
    }
}

/// Without the backticks, tabs and quotes that keep spreadsheets from changing numbers.
fn bare(value: &str) -> &str {
    value.trim_matches(|sign: char| sign.is_whitespace() || matches!(sign, '`' | '"' | '\u{feff}'))
}
