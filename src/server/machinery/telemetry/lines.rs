//! Log lines on their way to standard error. A thread of its own writes them: a disk that is full, or a reader that has gone to sleep, costs
//! lines and keeps no request waiting.

use std::io::{self, Write};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;
use tracing_subscriber::fmt::MakeWriter;

/// Lines that may wait to be written; further ones are dropped.
const WAITING: usize = 4_096;
/// So long the end of the process waits for lines that are not written yet.
const PATIENCE: Duration = Duration::from_secs(1);

static LINES: OnceLock<SyncSender<LogMessage>> = OnceLock::new();
static DROPPED: AtomicU64 = AtomicU64::new(0);

enum LogMessage {
    Line(Vec<u8>),
    /// Answered once everything before is written.
    End(SyncSender<()>),
}

/// Lines that could not be written since the process began.
pub fn dropped() -> u64 {
    DROPPED.load(Ordering::Relaxed)
}

/// Where the subscriber writes.
#[derive(Clone, Copy)]
pub(super) struct Lines;

impl Lines {
    /// Begins to write; later calls change nothing.
    pub(super) fn begin() -> Self {
        LINES.get_or_init(|| {
            let (sender, receiver) = sync_channel(WAITING);
            // Without a thread there is no receiver: every line is dropped, and counted.
            drop(thread::Builder::new().name("log".to_owned()).spawn(move || write_all(&receiver, &mut io::stderr())));
            sender
        });
        Self
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        Self
    }
}

impl Write for Lines {
    /// Called once a line.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let taken = LINES.get().is_some_and(|lines| lines.try_send(LogMessage::Line(line.to_vec())).is_ok());
        if !taken {
            DROPPED.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write_all(told: &Receiver<LogMessage>, to: &mut impl Write) {
    for told in told {
        match told {
            LogMessage::Line(line) => {
                if to.write_all(&line).is_err() {
                    DROPPED.fetch_add(1, Ordering::Relaxed);
                }
            }
            // Who asked may have gone.
            LogMessage::End(written) => drop(written.try_send(())),
        }
    }
}

/// Waits a moment for the lines that are not written yet.
pub fn finish() {
    let (written, wait) = sync_channel(1);
    if LINES.get().is_some_and(|lines| lines.try_send(LogMessage::End(written)).is_ok()) {
        let _ = wait.recv_timeout(PATIENCE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes a line or two, and then nothing more.
    struct Small(usize);

    impl Write for Small {
        fn write(&mut self, line: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(1).ok_or(io::ErrorKind::StorageFull)?;
            Ok(line.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_cannot_be_written_is_counted_and_the_rest_goes_on() {
        let (sender, receiver) = sync_channel(8);
        for line in ["one\n", "two\n", "three\n"] {
            sender.send(LogMessage::Line(line.into())).unwrap();
        }
        let (written, wait) = sync_channel(1);
        sender.send(LogMessage::End(written)).unwrap();
        drop(sender);
        let before = dropped();
        write_all(&receiver, &mut Small(1));
        assert!(wait.try_recv().is_ok() && dropped() >= before + 2);
    }
}
