//! Alipay's detail of a day's business (业务明细): remarks behind `#`, columns named in one line, values padded with tabs, refunds negative.

use super::row::{Columns, Row};
use crate::domain::Money;
use crate::domain::bill::{BillLine, Entry};
use chrono_tz::Tz;

const NUMBER: &str = "商户订单号";
const AMOUNT: &str = "订单金额（元）";
const REQUEST: &str = "退款批次号/请求号";
const NEEDED: [&str; 6] = ["支付宝交易号", NUMBER, "业务类型", "完成时间", AMOUNT, REQUEST];
const END: &str = "业务明细列表结束";

/// The lines with their numbers in the file, or why it cannot be this bill.
pub(super) fn read(text: &str, zone: Tz) -> Result<Vec<(u64, BillLine)>, String> {
    let mut records = csv::ReaderBuilder::new().has_headers(false).flexible(true).comment(Some(b'#')).from_reader(text.as_bytes());
    let mut columns = None;
    let mut read = Vec::new();
    for record in records.records() {
        let record = record.map_err(|error| format!("文件无法读取：{error}"))?;
        let Some(known) = &columns else {
            columns = Some(Columns::of(record.iter(), &NEEDED)?);
            continue;
        };
        let at = record.position().map_or(0, csv::Position::line);
        read.push((at, bill_line(&Row { at, columns: known, values: record.iter().collect() }, zone)?));
    }
    if columns.is_none() {
        return Err("文件里没有业务明细".to_owned());
    }
    closes(text, &read)?;
    Ok(read)
}

fn bill_line(row: &Row<'_>, zone: Tz) -> Result<BillLine, String> {
    let (gateway_no, at) = (row.number("支付宝交易号")?, row.moment("完成时间", zone)?);
    match row.get("业务类型")? {
        "交易" => Ok(BillLine { entry: Entry::Payment, number: row.number(NUMBER)?, gateway_no, amount: row.amount(AMOUNT)?, at }),
        "退款" => Ok(BillLine { entry: Entry::Refund, number: row.number(REQUEST)?, gateway_no, amount: row.negative(AMOUNT)?, at }),
        _ => Err(row.wrong("业务类型")),
    }
}

/// The remarks at the end say how much there is of each: else a part of it is missing.
fn closes(text: &str, lines: &[(u64, BillLine)]) -> Result<(), String> {
    let remarks = || text.lines().map(str::trim).filter(|line| line.starts_with('#'));
    if !remarks().any(|line| line.contains(END)) {
        return Err("文件不完整：缺少明细结束行，请重新下载".to_owned());
    }
    for (entry, title) in [(Entry::Payment, "#交易合计："), (Entry::Refund, "#退款合计：")] {
        let Some(told) = remarks().find_map(|line| line.strip_prefix(title)) else {
            return Err("文件不完整：缺少最后的合计行，请重新下载".to_owned());
        };
        let of_kind = || lines.iter().filter(|(_, line)| line.entry == entry);
        let sum: Money = of_kind().map(|(_, line)| line.amount).sum();
        let count = told.split('笔').next().and_then(|count| count.trim().parse::<usize>().ok());
        if count != Some(of_kind().count()) || received(told).is_some_and(|amount| amount != sum) {
            return Err("文件不完整：明细与最后的合计不一致，请重新下载".to_owned());
        }
    }
    Ok(())
}

/// `…商家实收共98.00元…`, `…商家实收退款共-10.00元…`
fn received(told: &str) -> Option<Money> {
    let amount = told.split_once('共')?.1.split('元').next()?;
    Money::parse(amount.trim().trim_start_matches('-')).ok()
}
