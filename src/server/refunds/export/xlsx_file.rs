//! The refunds as XLSX. Rows go through a file of the machine, the finished book straight into the answer: neither is held in memory.

use super::cells::{COLUMNS, Cell, Eyes, HEAD, Sum};
use super::{Pages, fail};
use crate::server::error::Result;
use bytes::Bytes;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use std::io::{self, BufWriter, Write};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// A sheet holds 1,048,576 rows; what is more goes on to the next.
const SHEET: u32 = 1_000_000;
/// Bytes of one part of the body.
const PART: usize = 64 * 1024;

type Row = [Cell; COLUMNS];

/// Reads here, writes on a thread that may block.
pub(super) async fn write(mut pages: Pages, sender: Sender<io::Result<Bytes>>) {
    let (rows, received) = channel(4);
    let body = sender.clone();
    let book = tokio::task::spawn_blocking(move || bind(received, body));
    let read = send_rows(&mut pages, &rows).await;
    drop(rows);
    let bound = book.await;
    match (read, bound) {
        (Err(error), _) => fail(&sender, error).await,
        (_, Err(error)) => fail(&sender, error).await,
        (_, Ok(Err(error))) => fail(&sender, error).await,
        (Ok(()), Ok(Ok(()))) => {}
    }
}

async fn send_rows(pages: &mut Pages, rows: &Sender<Option<Vec<Row>>>) -> Result<()> {
    let (eyes, mut sum) = (Eyes::of(&pages.staff), Sum::default());
    loop {
        let page = pages.next().await?;
        if page.is_empty() {
            break;
        }
        let cells = page.into_iter().map(|refund| eyes.read(refund, &mut sum)).collect::<Result<Vec<_>>>()?;
        if rows.send(Some(cells)).await.is_err() {
            return Ok(());
        }
    }
    pages.finish(&sum).await?;
    // The book is whole only with this: a reader that broke off leaves no half of one.
    for last in [Some(vec![sum.cells()]), None] {
        let _ = rows.send(last).await;
    }
    Ok(())
}

fn bind(mut pages: Receiver<Option<Vec<Row>>>, body: Sender<io::Result<Bytes>>) -> std::result::Result<(), XlsxError> {
    let (mut book, money) = (Workbook::new(), Format::new().set_num_format("0.00"));
    let (mut sheets, mut line, mut whole) = (0, SHEET, false);
    while let Some(page) = pages.blocking_recv() {
        let Some(rows) = page else {
            whole = true;
            break;
        };
        for row in rows {
            if line == SHEET {
                begin(&mut book)?;
                (sheets, line) = (sheets + 1, 1);
            }
            put(book.worksheet_from_index(sheets - 1)?, line, row, &money)?;
            line += 1;
        }
    }
    if whole { book.save_to_writer(BufWriter::with_capacity(PART, Parts(body))) } else { Ok(()) }
}

fn begin(book: &mut Workbook) -> std::result::Result<(), XlsxError> {
    let sheet = book.add_worksheet_with_constant_memory()?;
    for (column, title) in (0..).zip(HEAD) {
        sheet.write_string(0, column, title)?;
    }
    Ok(())
}

/// Texts are written as texts: a spreadsheet takes none of them for a formula (A5).
fn put(sheet: &mut Worksheet, line: u32, row: Row, money: &Format) -> std::result::Result<(), XlsxError> {
    for (column, cell) in (0..).zip(row) {
        match cell {
            Cell::Words(words) => sheet.write_string(line, column, words)?,
            Cell::Yuan(amount) => sheet.write_number_with_format(line, column, number(&amount.plain()), money)?,
            Cell::Points(points) => sheet.write_number(line, column, number(&points.to_string()))?,
            Cell::Nothing => continue,
        };
    }
    Ok(())
}

fn number(written: &str) -> f64 {
    written.parse().unwrap_or_default()
}

/// The body, as something to write into.
struct Parts(Sender<io::Result<Bytes>>);

impl Write for Parts {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes))).map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
