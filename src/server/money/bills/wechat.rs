//! The trade bill of WeChat Pay v3 (tradebill, ALL): a line of column names, a backtick before every value, payments and refunds
//! in one list, and two lines of sums that close it.

use super::row::{BillValues, Columns};
use crate::domain::Money;
use crate::domain::money::bill::{BillLine, BillRow, Entry};
use chrono_tz::Tz;

const PAYMENTS: &str = "订单金额";
const REFUNDS: &str = "申请退款金额";
const NEEDED: [&str; 10] =
    ["交易时间", "微信订单号", "商户订单号", "交易状态", "货币种类", "微信退款单号", "商户退款单号", "退款状态", PAYMENTS, REFUNDS];
const CLOSING: &str = "总交易单数";
const SUMS: [&str; 3] = [CLOSING, "订单总金额", "申请退款总金额"];
/// What the same is called in bills of before v3.
const OLDER: [(&str, &str); 4] = [("总金额", PAYMENTS), ("退款金额", REFUNDS), ("总交易额", SUMS[1]), ("总退款金额", SUMS[2])];
/// What is told of a row that is not known.
const TOLD: [&str; 7] = ["交易状态", "退款状态", "货币种类", PAYMENTS, REFUNDS, "商户订单号", "商户退款单号"];
const CUT_OFF: &str = "文件不完整：缺少最后的合计行，请重新下载";

/// What the rows sum to, whatever their state: the bill closes with the same.
#[derive(Default)]
struct Sums {
    rows: usize,
    paid: Money,
    refunded: Money,
    /// A row's amounts cannot be read: then only the number of rows is compared.
    unreadable: bool,
}

/// The rows with their numbers in the file, or why it cannot be this bill.
pub(super) fn read(text: &str, zone: Tz) -> Result<Vec<(u64, BillRow)>, String> {
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let (_, head) = lines.next().ok_or("文件是空的")?;
    let columns = Columns::of(head.split(','), &NEEDED, &OLDER)?;
    if columns.has("退款成功时间") {
        return Err("这是只有退款的账单，请下载包含全部交易的账单".to_owned());
    }
    let (mut read, mut sums) = (Vec::new(), Sums::default());
    for (at, line) in lines.by_ref() {
        if line.trim_start_matches(['`', '"', ' ']).starts_with(CLOSING) {
            let (sums_at, closing) = lines.next().ok_or(CUT_OFF)?;
            let closing = BillValues { at: sums_at, columns: &Columns::of(line.split(','), &SUMS, &OLDER)?, values: values(closing) };
            closes(&closing, &sums)?;
            return Ok(read);
        }
        let row = BillValues { at, columns: &columns, values: values(line) };
        sums.add(&row);
        read.push((at, bill_row(&row, zone)?));
    }
    Err(CUT_OFF.to_owned())
}

/// Names of goods may hold commas: a value ends where the next one's backtick stands. A spreadsheet may have taken the backticks away.
fn values(line: &str) -> Vec<&str> {
    let line = line.trim();
    if line.contains('`') { line.trim_start_matches('`').split(",`").collect() } else { line.split(',').collect() }
}

impl Sums {
    fn add(&mut self, row: &BillValues<'_>) {
        self.rows += 1;
        match (row.sum(PAYMENTS), row.sum(REFUNDS)) {
            (Ok(paid), Ok(refunded)) => (self.paid, self.refunded) = (self.paid + paid, self.refunded + refunded),
            _ => self.unreadable = true,
        }
    }
}

/// Trade states: SUCCESS is money in, REFUND is money back, REVOKED is a payment that was taken back whole. What is new is for a person.
fn bill_row(row: &BillValues<'_>, zone: Tz) -> Result<BillRow, String> {
    if row.get("货币种类")? != "CNY" {
        return Ok(BillRow::Unknown(row.says(&TOLD)));
    }
    match (row.get("交易状态")?, row.get("退款状态")?) {
        ("SUCCESS", _) => line(row, zone, Entry::Payment, row.number("商户订单号")?, row.number("微信订单号")?, row.amount(PAYMENTS)?),
        ("REFUND", "SUCCESS" | "PROCESSING" | "CHANGE") => {
            line(row, zone, Entry::Refund, row.number("商户退款单号")?, row.number("微信退款单号")?, row.amount(REFUNDS)?)
        }
        ("REFUND" | "REVOKED", "FAIL" | "CLOSED") => Ok(BillRow::Nothing),
        ("REVOKED", _) => revoked(row, zone),
        _ => Ok(BillRow::Unknown(row.says(&TOLD))),
    }
}

/// Money that went back without a refund of ours: under the number of a refund if the bill names one, else under that of the payment.
fn revoked(row: &BillValues<'_>, zone: Tz) -> Result<BillRow, String> {
    let named = |column: &str, instead: &str| match row.get(column)? {
        "" | "0" => row.number(instead),
        _ => row.number(column),
    };
    let amount = [REFUNDS, PAYMENTS].into_iter().find_map(|column| row.amount(column).ok());
    let Some(amount) = amount else { return Ok(BillRow::Nothing) };
    line(row, zone, Entry::Refund, named("商户退款单号", "商户订单号")?, named("微信退款单号", "微信订单号")?, amount)
}

fn line(row: &BillValues<'_>, zone: Tz, entry: Entry, number: String, gateway_no: String, amount: Money) -> Result<BillRow, String> {
    Ok(BillRow::Line(BillLine { entry, number, gateway_no, amount, at: row.moment("交易时间", zone)? }))
}

/// The bill's own sums must be those of its rows: else a part of it is missing.
fn closes(closing: &BillValues<'_>, sums: &Sums) -> Result<(), String> {
    let count: usize = closing.get(CLOSING)?.parse().map_err(|_| closing.wrong(CLOSING))?;
    let told = (closing.sum(SUMS[1])?, closing.sum(SUMS[2])?);
    if count == sums.rows && (sums.unreadable || told == (sums.paid, sums.refunded)) {
        Ok(())
    } else {
        Err("文件不完整：明细与最后的合计不一致，请重新下载".to_owned())
    }
}
