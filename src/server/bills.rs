//! 「对账」: a channel's bill of a day is read once, laid against our rows, and kept with what differs (S76, B19).

mod alipay;
mod row;
mod wechat;

use super::ctx::Staff;
use super::digest::sha256;
use super::error::{Error, Result};
use super::form::Form;
use super::pictures::MAX_UPLOAD;
use super::store::Slice;
use super::store::bills::{self as rows, KeptBill, KeptDifference, NewBill};
use crate::domain::bill::{self, Bill, Channel, Entry};
use crate::domain::{Day, FieldErrors, Permission};
use bytes::Bytes;
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

/// UTF-8 as WeChat Pay sends it, or GBK as Alipay does.
fn decoded(bytes: &[u8]) -> std::result::Result<String, String> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.trim_start_matches('\u{feff}').to_owned());
    }
    let (text, _, broken) = encoding_rs::GBK.decode(bytes);
    if broken { Err("文件不是账单 CSV：请解压后上传其中的 .csv 文件".to_owned()) } else { Ok(text.into_owned()) }
}

/// Keeps an uploaded bill with what differs; refused, nothing of it is kept.
pub async fn upload(staff: &Staff, form: &Form) -> Result<(Channel, Day)> {
    staff.require(Permission::SettleMoney)?;
    let (channel, day, file) = parse(staff, form)?;
    let sha256 = sha256(&file);
    let zone = staff.shop.zone;
    let bytes = i64::try_from(file.len()).unwrap_or(i64::MAX);
    let read = tokio::task::spawn_blocking(move || self::read(channel, day, zone, &file)).await;
    let bill = read.map_err(|error| Error::Internal(error.to_string()))?.map_err(|words| Error::field("file", words))?;
    let mut tx = staff.app.db.write().await?;
    if let Some(known) = rows::find_same(tx.conn(), staff.shop.id, channel, day, &sha256).await? {
        return Err(Error::field("file", format!("{} {} 的账单已经上传过", known.channel()?.name(), known.day)));
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

fn parse(staff: &Staff, form: &Form) -> Result<(Channel, Day, Bytes)> {
    let mut errors = FieldErrors::default();
    let channel = errors.check("channel", Channel::from_code(form.get("channel")).ok_or("请选择渠道"));
    let day = errors.check("day", Day::parse(form.get("day")).ok_or("请填写账单日期，例如 2026-11-22"));
    if day.is_some_and(|day| day >= Day::of(staff.now, staff.shop.zone)) {
        errors.add("day", "只能对已经结束的日期，当天的账单还不完整");
    }
    let file = errors.check("file", form.files("file").first().map(|file| file.bytes.clone()).ok_or("请选择账单文件"));
    if file.as_ref().is_some_and(|file| file.len() > MAX_UPLOAD) {
        errors.add("file", "账单文件不能超过 5 MB");
    }
    match (channel, day, file) {
        (Some(channel), Some(day), Some(file)) if errors.is_empty() => Ok((channel, day, file)),
        _ => Err(errors.into()),
    }
}

/// The shop's bills, newest first.
pub async fn list(staff: &Staff, before: Option<i64>) -> Result<Slice<KeptBill>> {
    staff.require(Permission::SettleMoney)?;
    rows::list(&mut *staff.app.db.reader().await?, staff.shop.id, before.unwrap_or(i64::MAX), 20).await
}

/// One bill with a page of its differences.
pub async fn find(staff: &Staff, channel: Channel, day: Day, after: Option<i64>) -> Result<(KeptBill, Slice<KeptDifference>)> {
    staff.require(Permission::SettleMoney)?;
    let mut conn = staff.app.db.reader().await?;
    let bill = rows::find(&mut conn, staff.shop.id, channel, day).await?.ok_or(Error::NotFound)?;
    let differences = rows::differences(&mut conn, bill.id, after.unwrap_or(0), 50).await?;
    Ok((bill, differences))
}

/// Somebody has looked into a difference and says how it stands.
pub async fn settle(staff: &Staff, channel: Channel, day: Day, form: &Form) -> Result<()> {
    staff.require(Permission::SettleMoney)?;
    let entry = Entry::from_code(form.get("entry")).ok_or(Error::NotFound)?;
    let mut tx = staff.app.db.write().await?;
    let bill = rows::find(tx.conn(), staff.shop.id, channel, day).await?.ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::default();
    let Some(note) = errors.text("note", form.get("note"), 2, 200, "请写明处理结果，至少两个字") else {
        return Err(errors.into());
    };
    rows::settle(tx.conn(), bill.id, entry, form.get("number"), &note, staff.actor.name(), staff.now).await?;
    tx.commit().await
}
