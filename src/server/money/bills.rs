//! 「对账」: a channel's bill of a day is read once, laid against our rows, and kept with what differs (S76, B19).

mod alipay;
mod row;
mod upload;
mod wechat;

pub use upload::BillUpload;

use crate::domain::money::bill::{self, Bill, DifferenceNote};
use crate::domain::{Channel, Day, Permission, SeeMoney};
use crate::server::ctx::{Staff, overtaken};
use crate::server::error::{Error, Result};
use crate::server::machinery::digest::sha256;
use crate::server::store::Slice;
use crate::server::store::money::bills::{self as rows, KeptBill, KeptDifference, NewBill};
use chrono_tz::Tz;

/// Lines of one bill.
const MOST_LINES: usize = 50_000;

/// Reads the bytes of a bill; the words of a refusal name the line and the column.
pub fn read(channel: Channel, day: Day, zone: Tz, bytes: &[u8]) -> std::result::Result<Bill, String> {
    let text = decoded(bytes)?;
    let lines = match channel {
        Channel::Wechat => wechat::read(&text, zone)?,
        Channel::Alipay => alipay::read(&text, zone)?,
    };
    if lines.len() > MOST_LINES {
        return Err(format!("账单超过 {MOST_LINES} 行，请按渠道拆分后上传"));
    }
    Bill::of(channel, day, zone, lines)
}

/// UTF-8 as WeChat Pay sends it, GBK as Alipay does, or what a spreadsheet has made of them: it says so in the first bytes.
fn decoded(bytes: &[u8]) -> std::result::Result<String, String> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let (text, _, broken) = encoding_rs::GBK.decode(bytes);
    if broken { Err("文件不是账单 CSV：请解压后上传其中的 .csv 文件".to_owned()) } else { Ok(text.into_owned()) }
}

/// Keeps an uploaded bill with what differs; refused, nothing of it is kept.
pub async fn upload(staff: &Staff, new: BillUpload) -> Result<(Channel, Day)> {
    staff.require(Permission::SettleMoney)?;
    let BillUpload { channel, day, file } = new;
    let sha256 = sha256(&file);
    let zone = staff.shop.zone;
    let bytes = i64::try_from(file.len()).unwrap_or(i64::MAX);
    let read = tokio::task::spawn_blocking(move || self::read(channel, day, zone, &file)).await;
    let bill = read.map_err(|error| Error::Internal(error.to_string()))?.map_err(|words| Error::field("file", words))?;
    let mut tx = staff.app.db.write().await?;
    if let Some(known) = rows::find_same(tx.conn(), staff.shop.id, channel, day, &sha256).await? {
        return Err(Error::field("file", format!("{} {} 的账单已经上传过", known.channel.name(), known.day)));
    }
    let own = rows::own_rows(tx.conn(), staff.shop.id, &bill, day.span(zone)).await?;
    let reconciled = bill::reconcile(&bill, own);
    let new = NewBill {
        id: staff.app.new_id(),
        shop: staff.shop.id,
        bill: &bill,
        reconciled: &reconciled,
        sha256: &sha256,
        bytes,
        by: &staff.actor,
        now: staff.now,
    };
    let kept = rows::insert(tx.conn(), &new, || staff.app.new_id()).await;
    match kept {
        Err(error) if error.is_duplicate() => return Err(Error::field("file", "这份账单刚刚已有人上传")),
        other => other?,
    }
    tx.commit().await?;
    tracing::info!(shop = staff.shop.id.0, channel = channel.code(), %day, differences = reconciled.differences.len(), "a bill was reconciled");
    Ok((channel, day))
}

/// The shop's bills, newest first.
pub async fn list(staff: &Staff, before: Option<i64>) -> Result<Slice<KeptBill>> {
    staff.require(Permission::SettleMoney)?;
    rows::list(&mut *staff.app.db.reader().await?, staff.proof(SeeMoney)?, before.unwrap_or(i64::MAX), 20).await
}

/// One bill with a page of its differences.
pub async fn find(staff: &Staff, channel: Channel, day: Day, after: Option<i64>) -> Result<(KeptBill, Slice<KeptDifference>)> {
    staff.require(Permission::SettleMoney)?;
    let seen = staff.proof(SeeMoney)?;
    let mut conn = staff.app.db.reader().await?;
    let bill = rows::find(&mut conn, seen, channel, day).await?.ok_or(Error::NotFound)?;
    let differences = rows::differences(&mut conn, &bill, after.unwrap_or(0), 50).await?;
    Ok((bill, differences))
}

/// Somebody has looked into a difference and says how it stands.
pub async fn settle(staff: &Staff, channel: Channel, day: Day, note: &DifferenceNote) -> Result<()> {
    staff.require(Permission::SettleMoney)?;
    let mut tx = staff.app.db.write().await?;
    let bill = rows::find(tx.conn(), staff.proof(SeeMoney)?, channel, day).await?.ok_or(Error::NotFound)?;
    match rows::settle(tx.conn(), &bill, note.entry, &note.number, note.words(), staff.actor.name(), staff.now).await {
        Ok(()) => tx.commit().await,
        Err(Error::Stale) => Err(match rows::settled_by(tx.conn(), &bill, note.entry, &note.number).await? {
            Some((by, at, said)) => overtaken::by_colleague(staff, &by, at, &said),
            None => Error::Stale,
        }),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Money;
    use crate::domain::money::bill::Entry;

    const ZONE: Tz = chrono_tz::Asia::Shanghai;
    const WECHAT: &str =
        "交易时间,微信订单号,商户订单号,交易状态,货币种类,微信退款单号,商户退款单号,退款状态,商品名称,订单金额,申请退款金额
`2026-11-21 09:00:00,`42001,`P1,`SUCCESS,`CNY,`0,`0,`,`茶, 二两,`100.00,`0.00
`2026-11-21 10:00:00,`42002,`P2,`REFUND,`CNY,`5001,`R2,`SUCCESS,`茶,`0.00,`1,030.00
`2026-11-21 11:00:00,`42003,`P3,`REVOKED,`CNY,`0,`0,`SUCCESS,`茶,`0.00,`5.00
`2026-11-21 11:00:00,`42004,`P4,`REFUND,`CNY,`5004,`R4,`FAIL,`茶,`0.00,`6.00
`2026-11-21 12:00:00,`42005,`P5,`SUCCESS,`USD,`0,`0,`,`茶,`7.00,`0.00
总交易单数,订单总金额,申请退款总金额
`5,`107.00,`1,041.00
";
    const ALIPAY: &str = "#支付宝业务明细查询
支付宝交易号,商户订单号,业务类型,完成时间,订单金额(元),商家实收（元）,退款批次号/请求号
2026A\t,P1\t,交易,2026-11-21 09:00:00,100.00,95.00,
2026B\t,P2\t,退款,2026-11-21 10:00:00,-30.00,-30.00,R2\t
2026C\t,P3\t,预授权,2026-11-21 11:00:00,8.00,8.00,
#----业务明细列表结束----
#交易合计：1笔，商家实收共95.00元
#退款合计：1笔，商家实收退款共-30.00元
";

    fn read_as(channel: Channel, bytes: &[u8]) -> Bill {
        let day = Day::parse("2026-11-21").unwrap_or_else(|| panic!("a day"));
        read(channel, day, ZONE, bytes).unwrap_or_else(|words| panic!("{words}"))
    }

    fn found(bill: &Bill) -> Vec<(Entry, &str, Money)> {
        bill.lines().iter().map(|line| (line.entry, line.number.as_str(), line.amount)).collect()
    }

    #[test]
    fn states_that_are_known_are_read_and_others_are_told_by_their_line() {
        let bill = read_as(Channel::Wechat, WECHAT.as_bytes());
        let payment = (Entry::Payment, "P1", Money(10_000));
        assert_eq!(found(&bill), [payment, (Entry::Refund, "R2", Money(103_000)), (Entry::Refund, "P3", Money(500))]);
        assert_eq!(bill.unknown().iter().map(|row| row.at).collect::<Vec<_>>(), [6]);
        assert!(bill.unknown()[0].says.contains("货币种类 USD"), "{:?}", bill.unknown());
        let bill = read_as(Channel::Alipay, ALIPAY.as_bytes());
        assert_eq!(found(&bill), [payment, (Entry::Refund, "R2", Money(3_000))]);
        assert!(bill.unknown()[0].says.contains("业务类型 预授权"), "{:?}", bill.unknown());
    }

    #[test]
    fn encodings_spreadsheets_and_older_headers_change_nothing() {
        let whole = found(&read_as(Channel::Wechat, WECHAT.as_bytes())).len();
        let utf_16: Vec<u8> = format!("\u{feff}{WECHAT}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let older = WECHAT.replace("订单金额", "总金额").replace("申请退款金额", "退款金额");
        let older = older.replace("订单总金额", "总交易额").replace("申请退款总金额", "总退款金额");
        for bytes in [
            format!("\u{feff}{WECHAT}").into_bytes(),
            encoding_rs::GBK.encode(WECHAT).0.into_owned(),
            utf_16,
            WECHAT.replace('\n', "\r\n").into_bytes(),
            WECHAT.replace("茶, 二两", "茶").replace("1,0", "10").replace('`', "").into_bytes(),
            format!("{}\n\n以上为全部交易\n", WECHAT.replace("总交易单数", "`总交易单数")).into_bytes(),
            older.into_bytes(),
        ] {
            assert_eq!(found(&read_as(Channel::Wechat, &bytes)).len(), whole);
        }
        assert_eq!(found(&read_as(Channel::Alipay, &encoding_rs::GBK.encode(ALIPAY).0)).len(), 2);
    }

    #[test]
    fn a_day_without_business_is_an_empty_bill() {
        let head = WECHAT.lines().next().unwrap_or_default();
        let wechat = format!("{head}\n总交易单数,订单总金额,申请退款总金额\n`0,`0.00,`0.00\n");
        assert!(found(&read_as(Channel::Wechat, wechat.as_bytes())).is_empty());
        let alipay = "#----业务明细列表结束----\n#交易合计：0笔，商家实收共0.00元\n#退款合计：0笔，商家实收退款共0.00元\n";
        assert!(found(&read_as(Channel::Alipay, alipay.as_bytes())).is_empty());
    }
}
