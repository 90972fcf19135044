//! 「导出」: the refunds that a filter selects as one file, page after page into the answer, so that no more than a page is ever held (P7).

mod cells;
mod csv_file;
mod xlsx_file;

use crate::domain::{AuditedDeed, Granted, Month, SeeMoney, Timestamp};
use crate::server::ctx::Staff;
use crate::server::error::Result;
use crate::server::store::money::refunds::{self as rows, ListedRefund, RefundFilter};
use crate::server::store::people::audits::{self, Audit};
use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt};
use std::io;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Rows read at once.
const PAGE: i64 = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    Csv,
    Xlsx,
}

/// Which refunds.
#[derive(Clone, Debug)]
pub enum ExportScope {
    /// Those of the list.
    Filter(RefundFilter),
    /// Those that the month's sums count.
    Month(Month),
}

/// Begins to write the file. Who takes people's data out of the shop is on record before the first byte, and with the number of rows after the last.
pub async fn export(
    staff: &Staff,
    scope: ExportScope,
    format: ExportFormat,
) -> Result<impl Stream<Item = io::Result<Bytes>> + Send + 'static> {
    let seen = staff.proof(SeeMoney)?;
    let subject = format!("{:x}", staff.app.new_id());
    record(staff, AuditedDeed::RefundsExportBegun, &subject, &format!("{format:?} {scope:?}")).await?;
    let (sender, receiver) = channel(4);
    let pages = Pages { staff: staff.clone(), seen, before: Position::first(&scope, staff), scope, subject, done: false };
    match format {
        ExportFormat::Csv => drop(tokio::spawn(csv_file::write(pages, sender))),
        ExportFormat::Xlsx => drop(tokio::spawn(xlsx_file::write(pages, sender))),
    }
    Ok(told(receiver))
}

/// What the writer sends, as the body of an answer. Compression asks once more after the end.
fn told(receiver: Receiver<io::Result<Bytes>>) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    stream::unfold(receiver, |mut receiver| async { receiver.recv().await.map(|part| (part, receiver)) }).fuse()
}

/// A browser that is told of a failure does not keep the half of a file.
async fn fail(sender: &Sender<io::Result<Bytes>>, why: impl std::fmt::Display) {
    tracing::error!(%why, "an export broke off");
    // Nobody listens any more: then nobody has to be told.
    let _ = sender.send(Err(io::Error::other("the export broke off"))).await;
}

async fn record(staff: &Staff, deed: AuditedDeed, subject: &str, detail: &str) -> Result<()> {
    let mut tx = staff.app.db.write().await?;
    let audit = Audit { shop: staff.shop.id, actor: &staff.actor, deed, subject, detail, at: staff.app.now() };
    audits::record(tx.conn(), staff.app.new_id(), &audit).await?;
    tx.commit().await
}

/// Where a page begins.
struct Position {
    settled: Timestamp,
    id: i64,
}

impl Position {
    fn first(scope: &ExportScope, staff: &Staff) -> Self {
        match scope {
            ExportScope::Filter(_) => Self { settled: Timestamp(i64::MAX), id: i64::MAX },
            ExportScope::Month(month) => Self { settled: month.span(staff.shop.zone).1, id: 0 },
        }
    }
}

/// The refunds of an export, read from behind the last one that was read.
struct Pages {
    staff: Staff,
    seen: Granted<SeeMoney>,
    scope: ExportScope,
    before: Position,
    subject: String,
    done: bool,
}

impl Pages {
    /// The next rows; none at the end.
    async fn next(&mut self) -> Result<Vec<ListedRefund>> {
        if self.done {
            return Ok(Vec::new());
        }
        let mut conn = self.staff.app.db.reader().await?;
        let page = match &self.scope {
            ExportScope::Filter(filter) => rows::list_for_shop(&mut conn, self.seen, filter, self.before.id, PAGE).await?.rows,
            ExportScope::Month(month) => {
                let from = month.span(self.staff.shop.zone).0;
                rows::list_settled(&mut conn, self.seen, from, (self.before.settled, self.before.id), PAGE).await?
            }
        };
        self.done = i64::try_from(page.len()).unwrap_or(PAGE) < PAGE;
        if let Some(last) = page.last() {
            self.before = Position { settled: Timestamp(last.settled_at.unwrap_or(i64::MAX)), id: last.id };
        }
        Ok(page)
    }

    /// Everything was handed over: how much it was goes on record.
    async fn finish(&self, sum: &cells::ExportSum) -> Result<()> {
        record(&self.staff, AuditedDeed::RefundsExported, &self.subject, &sum.in_words()).await
    }
}
