//! A refund as a row of a file.

use crate::domain::{Contact, Granted, Money, RefundStatus, SeeContact, Tender, Timestamp};
use crate::server::ctx::Staff;
use crate::server::store::money::refunds::ListedRefund;
use chrono_tz::Tz;

pub(super) const COLUMNS: usize = 15;

pub(super) const HEAD: [&str; COLUMNS] = [
    "申请时间",
    "退款单号",
    "订单号",
    "售后单号",
    "买家",
    "手机",
    "退回方式",
    "原支付方式",
    "退款金额（元）",
    "退回积分",
    "状态",
    "到账时间",
    "同意人",
    "执行人",
    "凭证",
];

/// What stands in a cell. Points are no money: they have a column of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Words(String),
    Yuan(Money),
    Points(i64),
    Nothing,
}

/// One line of the file.
pub(super) type ExportRow = [Cell; COLUMNS];

/// All that was written so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ExportSum {
    rows: i64,
    money: i64,
    points: i64,
}

impl ExportSum {
    /// The last row of the file.
    pub(super) fn cells(&self) -> ExportRow {
        let mut cells = [const { Cell::Nothing }; COLUMNS];
        cells[0] = Cell::Words(format!("合计 {} 笔", self.rows));
        cells[8] = Cell::Yuan(Money(self.money));
        cells[9] = Cell::Points(self.points);
        cells
    }

    pub(super) fn in_words(&self) -> String {
        format!("{} rows, {} fen, {} points", self.rows, self.money, self.points)
    }
}

/// How this member of staff sees rows.
pub(super) struct Eyes {
    zone: Tz,
    contact: Option<Granted<SeeContact>>,
}

impl Eyes {
    pub(super) fn of(staff: &Staff) -> Self {
        Self { zone: staff.shop.zone, contact: staff.granted(SeeContact) }
    }

    /// The row, counted into the sum.
    pub(super) fn read(&self, refund: ListedRefund, sum: &mut ExportSum) -> ExportRow {
        let (tender, source, status) = (refund.tender, refund.source, refund.status);
        let (money, points) = match tender {
            // Nobody collected it: nothing went back.
            Tender::Cod if status == RefundStatus::Succeeded => (Cell::Nothing, Cell::Nothing),
            Tender::Points => {
                sum.points += refund.amount_minor;
                (Cell::Nothing, Cell::Points(refund.amount_minor))
            }
            Tender::Balance | Tender::Wechat | Tender::Alipay | Tender::Cod | Tender::Offline => {
                sum.money += refund.amount_minor;
                (Cell::Yuan(Money(refund.amount_minor)), Cell::Nothing)
            }
        };
        sum.rows += 1;
        let moment = |at: i64| Timestamp(at).to_the_second(self.zone);
        let Contact { name, phone } = refund.buyer.shown(self.contact);
        [
            Cell::Words(moment(refund.created_at)),
            Cell::Words(refund.number),
            Cell::Words(refund.order_number),
            Cell::Words(refund.after_sale_number.unwrap_or_default()),
            Cell::Words(name),
            Cell::Words(phone),
            Cell::Words(tender.name().to_owned()),
            Cell::Words(source.name().to_owned()),
            money,
            points,
            Cell::Words(status.in_words(tender).to_owned()),
            Cell::Words(refund.settled_at.map(moment).unwrap_or_default()),
            Cell::Words(refund.agreed_by.name().to_owned()),
            Cell::Words(refund.operator_name),
            Cell::Words(refund.voucher),
        ]
    }
}

/// Words that a spreadsheet would take for a formula become words again (A5).
pub(super) fn inert(words: &str) -> String {
    if words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{words}")
    } else {
        words.to_owned()
    }
}

/// Digits that a spreadsheet would take for an amount and round or shorten stay the letters they are: a tab behind them makes it a text.
/// Excel, WPS and `LibreOffice` honour it, as in the bills of Alipay; `="…"` would be a formula, which other programs and our own guard against
/// formulas would have to know, and an apostrophe is shown. A tab in front could hide a formula behind it, one at the end cannot.
pub(super) fn kept_as_text(words: String) -> String {
    if is_number_to_spreadsheets(&words) { words + "\t" } else { words }
}

/// Twelve digits and more are shown as 1.23E+11, the sixteenth is lost, leading zeros are dropped, and 12E34 is a power of ten.
fn is_number_to_spreadsheets(words: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if digits(words) {
        return words.len() >= 12 || (words.len() > 1 && words.starts_with('0'));
    }
    words.split_once(['e', 'E']).is_some_and(|(number, power)| digits(number) && digits(power))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_words() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(inert(formula), format!("'{formula}"));
        }
        assert_eq!(inert("李 = 青禾"), "李 = 青禾");
    }

    #[test]
    fn long_digits_and_leading_zeros_stay_as_they_are() {
        for number in ["757512345678", "4200001234202611221234567890", "0012", "007", "1234E56", "75e1234567890"] {
            assert_eq!(kept_as_text(number.to_owned()), format!("{number}\t"));
        }
        for other in ["13800000001", "0", "", "12.50", "0571-88001234", "R2611", "G2611-ABCDEFGH", "E12", "12E", "2026-11-22 10:00:00"] {
            assert_eq!(kept_as_text(other.to_owned()), other);
        }
    }
}
