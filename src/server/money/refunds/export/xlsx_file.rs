//! The refunds as XLSX: rows go into the answer as they are read, no more of the book than a page is ever held, on disk neither.

mod book;

use super::cells::{ExportRow, ExportSum, Eyes};
use super::{Pages, fail};
use crate::server::error::Result;
use book::XlsxBook;
use bytes::Bytes;
use std::io::{self, BufWriter, Write};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Bytes of one part of the body.
const PART: usize = 64 * 1024;

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

async fn send_rows(pages: &mut Pages, rows: &Sender<Option<Vec<ExportRow>>>) -> Result<()> {
    let (eyes, mut sum) = (Eyes::of(&pages.staff), ExportSum::default());
    loop {
        let page = pages.next().await?;
        if page.is_empty() {
            break;
        }
        let cells = page.into_iter().map(|refund| eyes.read(refund, &mut sum)).collect::<Vec<_>>();
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

fn bind(mut pages: Receiver<Option<Vec<ExportRow>>>, body: Sender<io::Result<Bytes>>) -> io::Result<()> {
    let mut book = XlsxBook::open(BufWriter::with_capacity(PART, XlsxBody(body)))?;
    while let Some(page) = pages.blocking_recv() {
        let Some(rows) = page else { return book.close() };
        for row in rows {
            book.put(&row)?;
        }
    }
    Ok(())
}

/// The body, as something to write into.
struct XlsxBody(Sender<io::Result<Bytes>>);

impl Write for XlsxBody {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes))).map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
