//! When to stop: a first SIGTERM or Ctrl-C lets what is under way finish.

use std::{future::Future, io};

use tokio::signal::unix::{SignalKind, signal};

/// Listens from now on; the future resolves when the process is asked to stop.
pub fn requested() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("asked to stop; finishing what is under way");
    })
}
