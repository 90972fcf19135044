//! The second listener: what the process tells those who run it.

use super::error::StartError;
use crate::http::metrics;
use crate::http::net::{self, Bounds};
use crate::server::app::App;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::task::JoinHandle;

/// Tells `/metrics` on an address of its own until the task is ended; where nobody may ask there is no task.
pub fn tell(app: &Arc<App>, listen: Option<SocketAddr>, bounds: &Bounds) -> Result<Option<JoinHandle<()>>, StartError> {
    let (Some(listen), Some(metrics)) = (listen, &app.metrics) else { return Ok(None) };
    let listener = net::listen(listen)
        .map_err(|error| format!("cannot tell /metrics on {listen}: {error}; choose another address with --metrics-listen"))?;
    tracing::info!(listen = %listener.local_addr()?, "telling /metrics");
    Ok(Some(tokio::spawn(net::serve(listener, metrics::routes(app, metrics), bounds.clone(), std::future::pending()))))
}
