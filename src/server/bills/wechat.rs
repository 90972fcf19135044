//! The trade bill of WeChat Pay v3 (tradebill, ALL): a line of column names, a backtick before every value, payments and refunds
//! in one list, and two lines of sums that close it.

use super::row::{Columns, Row};
use crate::domain::Money;
use crate::domain::bill::{BillLine, Entry};
use chrono_tz::Tz;

const PAYMENTS: &str = "订单金额";
const REFUNDS: &str = "申请退款金额";
const NEEDED: [&str; 10] =
    ["交易时间", "微信订单号", "商户订单号", "交易状态", "货币种类", "微信退款单号", "商户退款单号", "退款状态", PAYMENTS, REFUNDS];
const CLOSING: &str = "总交易单数";
const SUMS: [&str; 3] = [CLOSING, "订单总金额", "申请退款总金额"];

/// The lines with their numbers in the file, or why it cannot be this bill.
pub(super) fn read(text: &str, zone: Tz) -> Result<Vec<(u64, BillLine)>, String> {
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let (_, head) = lines.next().ok_or("文件是空的")?;
    let columns = Columns::of(head.split(','), &NEEDED)?;
    let mut read = Vec::new();
    for (at, line) in lines.by_ref() {
        if line.starts_with(CLOSING) {
            let (sums_at, sums) = lines.next().ok_or("文件不完整：缺少最后的合计行，请重新下载")?;
            let closing = Row { at: sums_at, columns: &Columns::of(line.split(','), &SUMS)?, values: values(sums) };
            closes(&closing, &read)?;
            return Ok(read);
        }
        read.push((at, bill_line(&Row { at, columns: &columns, values: values(line) }, zone)?));
    }
    Err("文件不完整：缺少最后的合计行，请重新下载".to_owned())
}

/// Names of goods may hold commas: a value ends where the next one's backtick stands.
fn values(line: &str) -> Vec<&str> {
    line.trim().trim_start_matches('`').split(",`").collect()
}

fn bill_line(row: &Row<'_>, zone: Tz) -> Result<BillLine, String> {
    if row.get("货币种类")? != "CNY" {
        return Err(row.wrong("货币种类"));
    }
    let at = row.moment("交易时间", zone)?;
    match row.get("交易状态")? {
        "SUCCESS" => Ok(BillLine {
            entry: Entry::Payment,
            number: row.number("商户订单号")?,
            gateway_no: row.number("微信订单号")?,
            amount: row.amount(PAYMENTS)?,
            at,
        }),
        "REFUND" if matches!(row.get("退款状态")?, "SUCCESS" | "PROCESSING" | "CHANGE") => Ok(BillLine {
            entry: Entry::Refund,
            number: row.number("商户退款单号")?,
            gateway_no: row.number("微信退款单号")?,
            amount: row.amount(REFUNDS)?,
            at,
        }),
        "REFUND" => Err(row.wrong("退款状态")),
        _ => Err(row.wrong("交易状态")),
    }
}

/// The bill's own sums must be those of its lines: else a part of it is missing.
fn closes(closing: &Row<'_>, lines: &[(u64, BillLine)]) -> Result<(), String> {
    let sum = |entry: Entry| lines.iter().filter(|(_, line)| line.entry == entry).map(|(_, line)| line.amount).sum::<Money>();
    let count: usize = closing.get(CLOSING)?.parse().map_err(|_| closing.wrong(CLOSING))?;
    let told = (count, closing.sum(SUMS[1])?, closing.sum(SUMS[2])?);
    if told == (lines.len(), sum(Entry::Payment), sum(Entry::Refund)) {
        Ok(())
    } else {
        Err("文件不完整：明细与最后的合计不一致，请重新下载".to_owned())
    }
}
