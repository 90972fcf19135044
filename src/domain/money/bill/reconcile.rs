//! A bill laid against our own rows: what is alike, and what either side says of the rest.

use super::{Bill, BillLine, Entry, Total, UnknownRow};
use crate::domain::money::Money;
use crate::domain::time::Timestamp;
use std::collections::HashMap;

/// What we hold of a payment or a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnRow {
    pub entry: Entry,
    pub number: String,
    pub amount: Money,
    /// When it arrived, by our books; none if it has not.
    pub arrived: Option<Timestamp>,
    /// Its state, in words.
    pub status: String,
    pub order_number: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// The channel has it, and we have not, or hold it as not arrived.
    OnlyInBill,
    /// We hold it as arrived, and the channel does not know it.
    OnlyHere,
    AmountDiffers,
    /// The bill has a row of a kind that is not known here.
    UnknownRow,
}

impl DifferenceKind {
    const ALL: [Self; 4] = [Self::OnlyInBill, Self::OnlyHere, Self::AmountDiffers, Self::UnknownRow];

    pub fn code(self) -> &'static str {
        match self {
            Self::OnlyInBill => "only_in_bill",
            Self::OnlyHere => "only_here",
            Self::AmountDiffers => "amount_differs",
            Self::UnknownRow => "unknown_row",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::OnlyInBill => "仅账单有",
            Self::OnlyHere => "仅系统有",
            Self::AmountDiffers => "金额不符",
            Self::UnknownRow => "无法识别",
        }
    }
}

/// Something the two sides do not say alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub kind: DifferenceKind,
    pub entry: Entry,
    /// Of the payment or the refund; of a row that is not known, its place in the file.
    pub number: String,
    /// What a row that is not known says.
    pub says: String,
    pub bill: Option<BillLine>,
    pub own: Option<OwnRow>,
}

/// A bill laid against our rows: what the bill sums is what matched and what differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    pub paid: Total,
    pub refunded: Total,
    pub differences: Vec<Difference>,
}

/// Matches by number. `own` holds what arrived on that day, and whatever else the bill's numbers name.
pub fn reconcile(bill: &Bill, own: Vec<OwnRow>) -> Reconciled {
    let mut left: HashMap<(Entry, String), OwnRow> = own.into_iter().map(|row| ((row.entry, row.number.clone()), row)).collect();
    let mut done = Reconciled::default();
    for line in bill.lines() {
        let own = left.remove(&(line.entry, line.number.clone()));
        let kind = match &own {
            Some(row) if row.arrived.is_some() && row.amount == line.amount => {
                let total = if line.entry == Entry::Payment { &mut done.paid } else { &mut done.refunded };
                total.add(line.amount);
                continue;
            }
            Some(row) if row.arrived.is_some() => DifferenceKind::AmountDiffers,
            Some(_) | None => DifferenceKind::OnlyInBill,
        };
        let (number, says) = (line.number.clone(), String::new());
        done.differences.push(Difference { kind, entry: line.entry, number, says, bill: Some(line.clone()), own });
    }
    let mut missing: Vec<OwnRow> = left.into_values().filter(|row| row.arrived.is_some()).collect();
    missing.sort_by(|a, b| (a.arrived, &a.number).cmp(&(b.arrived, &b.number)));
    let only_here = |row: OwnRow| Difference {
        kind: DifferenceKind::OnlyHere,
        entry: row.entry,
        number: row.number.clone(),
        says: String::new(),
        bill: None,
        own: Some(row),
    };
    done.differences.extend(missing.into_iter().map(only_here));
    let unknown = |row: &UnknownRow| Difference {
        kind: DifferenceKind::UnknownRow,
        entry: Entry::Unknown,
        number: row.at.to_string(),
        says: row.says.clone(),
        bill: None,
        own: None,
    };
    done.differences.extend(bill.unknown().iter().map(unknown));
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Channel;
    use crate::domain::calendar::Day;
    use crate::domain::money::bill::BillRow;
    use chrono_tz::Tz;

    const ZONE: Tz = chrono_tz::Asia::Shanghai;

    fn day() -> Day {
        Day::parse("2026-11-21").unwrap_or_else(|| panic!("a day"))
    }

    fn line(entry: Entry, number: &str, amount: i64) -> BillLine {
        BillLine { entry, number: number.to_owned(), gateway_no: "4200".to_owned(), amount: Money(amount), at: day().span(ZONE).0 }
    }

    fn own(entry: Entry, number: &str, amount: i64, arrived: bool) -> OwnRow {
        let arrived = arrived.then(|| day().span(ZONE).0);
        OwnRow { entry, number: number.to_owned(), amount: Money(amount), arrived, status: String::new(), order_number: String::new() }
    }

    #[test]
    fn every_line_is_matched_or_differs_in_its_way() {
        let lines = [
            line(Entry::Payment, "same", 100),
            line(Entry::Refund, "same", 30),
            line(Entry::Payment, "more", 50),
            line(Entry::Payment, "unpaid", 7),
            line(Entry::Payment, "unknown", 9),
        ];
        let bill = Bill::of(
            Channel::Wechat,
            day(),
            ZONE,
            (2..)
                .zip(lines.map(BillRow::Line))
                .chain([(9, BillRow::Unknown("交易状态 HELD".to_owned())), (10, BillRow::Nothing)])
                .collect(),
        )
        .unwrap_or_else(|words| panic!("{words}"));
        let rows = vec![
            own(Entry::Payment, "same", 100, true),
            own(Entry::Refund, "same", 30, true),
            own(Entry::Payment, "more", 49, true),
            own(Entry::Payment, "unpaid", 7, false),
            own(Entry::Payment, "ours", 5, true),
        ];
        let done = reconcile(&bill, rows);
        assert_eq!((done.paid, done.refunded), (Total { count: 1, amount: Money(100) }, Total { count: 1, amount: Money(30) }));
        let told: Vec<(&str, DifferenceKind)> = done.differences.iter().map(|one| (one.number.as_str(), one.kind)).collect();
        let expected = [
            ("more", DifferenceKind::AmountDiffers),
            ("unpaid", DifferenceKind::OnlyInBill),
            ("unknown", DifferenceKind::OnlyInBill),
            ("ours", DifferenceKind::OnlyHere),
            ("9", DifferenceKind::UnknownRow),
        ];
        assert_eq!(told, expected);
        let differing: Money = done.differences.iter().filter_map(|one| one.bill.as_ref()).map(|line| line.amount).sum();
        assert_eq!(bill.total(Entry::Payment).amount, done.paid.amount + differing);
    }

    #[test]
    fn a_line_of_another_day_and_a_doubled_line_are_named() {
        let late = BillLine { at: day().span(ZONE).1, ..line(Entry::Payment, "a", 1) };
        let refused = |lines: Vec<(u64, BillLine)>| {
            Bill::of(Channel::Wechat, day(), ZONE, lines.into_iter().map(|(at, line)| (at, BillRow::Line(line))).collect())
                .err()
                .unwrap_or_default()
        };
        assert_eq!(refused(vec![(2, late)]), "第 2 行的时间 2026-11-22 00:00:00 不在账单日期 2026-11-21 内");
        assert_eq!(refused(vec![(2, line(Entry::Payment, "a", 1)), (5, line(Entry::Payment, "a", 1))]), "第 5 行与第 2 行重复：收款单号 a");
    }
}
