//! The refunds as CSV: UTF-8 with its mark, so that spreadsheets read the Chinese, and every cell in quotes.

use super::cells::{Cell, ExportRow, ExportSum, Eyes, HEAD, inert, kept_as_text};
use super::{Pages, fail};
use crate::server::error::{Error, Result};
use bytes::Bytes;
use csv::{QuoteStyle, Terminator, WriterBuilder};
use std::io;
use tokio::sync::mpsc::Sender;

const MARK: &str = "\u{feff}";

/// A page of rows is a part of the body. Stops when nobody takes it any more.
pub(super) async fn write(mut pages: Pages, sender: Sender<io::Result<Bytes>>) {
    if let Err(error) = send_all(&mut pages, &sender).await {
        fail(&sender, error).await;
    }
}

async fn send_all(pages: &mut Pages, sender: &Sender<io::Result<Bytes>>) -> Result<()> {
    let (eyes, mut sum) = (Eyes::of(&pages.staff), ExportSum::default());
    let head = lines([HEAD.map(|title| Cell::Words(title.to_owned()))])?;
    let mut part = [MARK.as_bytes(), &head].concat();
    loop {
        let page = pages.next().await?;
        if page.is_empty() {
            break;
        }
        part.extend(lines(page.into_iter().map(|refund| eyes.read(refund, &mut sum)))?);
        if sender.send(Ok(std::mem::take(&mut part).into())).await.is_err() {
            return Ok(());
        }
    }
    pages.finish(&sum).await?;
    part.extend(lines([sum.cells()])?);
    // Whoever has gone away meanwhile misses the last line.
    let _ = sender.send(Ok(part.into())).await;
    Ok(())
}

fn lines(rows: impl IntoIterator<Item = ExportRow>) -> Result<Vec<u8>> {
    let internal = |error: String| Error::Internal(error);
    let mut writer = WriterBuilder::new().quote_style(QuoteStyle::Always).terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.map(written)).map_err(|error| internal(error.to_string()))?;
    }
    writer.into_inner().map_err(|error| internal(error.to_string()))
}

fn written(cell: Cell) -> String {
    match cell {
        Cell::Words(words) => kept_as_text(inert(&words)),
        Cell::Yuan(amount) => amount.plain(),
        Cell::Points(points) => points.to_string(),
        Cell::Nothing => String::new(),
    }
}
