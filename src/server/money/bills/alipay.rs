//! Alipay's detail of a day's business (业务明细): remarks behind `#`, columns named in one line, values padded with tabs, refunds negative.

use super::row::{BillValues, Columns};
use crate::domain::Money;
use crate::domain::money::bill::{BillLine, BillRow, Entry};
use chrono_tz::Tz;

const NUMBER: &str = "商户订单号";
const AMOUNT: &str = "订单金额（元）";
const RECEIVED: &str = "商家实收（元）";
const REQUEST: &str = "退款批次号/请求号";
const NEEDED: [&str; 6] = ["支付宝交易号", NUMBER, "业务类型", "完成时间", AMOUNT, REQUEST];
const OLDER: [(&str, &str); 2] = [("退款批次号", REQUEST), ("退款请求号", REQUEST)];
/// What is told of a row that is not known.
const TOLD: [&str; 5] = ["业务类型", AMOUNT, NUMBER, REQUEST, "完成时间"];
const END: &str = "业务明细列表结束";

/// What the rows of a kind sum to, as the remarks at the end tell it: by what the shop received, which a discount of its own may lessen.
#[derive(Clone, Copy, Default)]
struct BillSum {
    rows: usize,
    received: Money,
}

/// The rows with their numbers in the file, or why it cannot be this bill.
pub(super) fn read(text: &str, zone: Tz) -> Result<Vec<(u64, BillRow)>, String> {
    let mut records = csv::ReaderBuilder::new().has_headers(false).flexible(true).comment(Some(b'#')).from_reader(text.as_bytes());
    let mut columns = None;
    let mut read = Vec::new();
    let (mut paid, mut refunded) = (BillSum::default(), BillSum::default());
    for record in records.records() {
        let record = record.map_err(|error| format!("文件无法读取：{error}"))?;
        let Some(known) = &columns else {
            columns = Some(Columns::of(record.iter(), &NEEDED, &OLDER)?);
            continue;
        };
        let at = record.position().map_or(0, csv::Position::line);
        let row = BillValues { at, columns: known, values: record.iter().collect() };
        let found = bill_row(&row, zone)?;
        if let BillRow::Line(line) = &found {
            let sum = if line.entry == Entry::Payment { &mut paid } else { &mut refunded };
            sum.rows += 1;
            sum.received = sum.received + received_of(&row).unwrap_or(line.amount);
        }
        read.push((at, found));
    }
    if columns.is_none() && !text.contains(END) {
        return Err("文件里没有业务明细".to_owned());
    }
    closes(text, paid, refunded)?;
    Ok(read)
}

fn bill_row(row: &BillValues<'_>, zone: Tz) -> Result<BillRow, String> {
    let (entry, number, amount) = match row.get("业务类型")? {
        "交易" => (Entry::Payment, row.number(NUMBER)?, row.amount(AMOUNT)?),
        "退款" => (Entry::Refund, row.number(REQUEST)?, row.negative(AMOUNT)?),
        _ => return Ok(BillRow::Unknown(row.says(&TOLD))),
    };
    let (gateway_no, at) = (row.number("支付宝交易号")?, row.moment("完成时间", zone)?);
    Ok(BillRow::Line(BillLine { entry, number, gateway_no, amount, at }))
}

fn received_of(row: &BillValues<'_>) -> Option<Money> {
    Money::parse(row.get(RECEIVED).ok()?.trim_start_matches('-')).ok()
}

/// The remarks at the end say how much there is of each: else a part of it is missing.
fn closes(text: &str, paid: BillSum, refunded: BillSum) -> Result<(), String> {
    let remarks = || text.lines().map(str::trim).filter(|line| line.starts_with('#'));
    if !remarks().any(|line| line.contains(END)) {
        return Err("文件不完整：缺少明细结束行，请重新下载".to_owned());
    }
    for (sum, title) in [(paid, "#交易合计："), (refunded, "#退款合计：")] {
        let Some(told) = remarks().find_map(|line| line.strip_prefix(title)) else {
            return Err("文件不完整：缺少最后的合计行，请重新下载".to_owned());
        };
        let count = told.split('笔').next().and_then(|count| count.trim().parse::<usize>().ok());
        if count != Some(sum.rows) || received(told).is_some_and(|amount| amount != sum.received) {
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
