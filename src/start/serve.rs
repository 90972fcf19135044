//! `guitu serve`: migrate, seed the demo if it is new, work and answer until told to stop.

use super::error::StartError;
use super::{http, metrics, open};
use crate::demo::Demo;
use crate::http::net::{self, Bounds, raise_file_handles};
use crate::server::after_sales::batches;
use crate::server::app::App;
use crate::server::clock::{Clock, SystemClock};
use crate::server::jobs;
use crate::server::machinery::config::Config;
use crate::server::machinery::shutdown;
use crate::server::shop::seeded;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Serves until SIGTERM or Ctrl-C; what is under way is finished.
pub async fn serve(config: Config) -> Result<(), StartError> {
    let stop = shutdown::requested()?;
    let mut demo = Demo::asked_for(&config)?;
    let clock: Arc<dyn Clock> = demo.as_ref().map_or_else(|| Arc::new(SystemClock) as _, Demo::clock);
    let mut app = open(&config, clock).await?;
    seeded::fits(&app).await?;
    // Bound before anything is begun: a second shop on the same address says so at once.
    let listener =
        net::listen(config.listen).map_err(|error| format!("cannot listen on {}: {error}; choose another with --listen", config.listen))?;
    if let Some(demo) = &mut demo {
        demo.connect(&mut app, &config).await?;
    }
    if let Err(error) = app.db.open_all().await {
        tracing::warn!(%error, "not every connection to the database could be opened; more are tried for when they are needed");
    }
    let app = Arc::new(app);
    if let Some(demo) = &demo {
        demo.drives(&app);
        demo.tell_story(&app).await?;
    }
    let (tell, told) = watch::channel(false);
    // Batches have a worker of their own: a long one keeps no clock and no refund waiting.
    let workers = config.workers.then(|| {
        let batches = batches::work(app.clone(), told.clone());
        (tokio::spawn(jobs::work(app.clone(), told)), tokio::spawn(batches))
    });
    let handles = raise_file_handles();
    let bounds = Bounds::new(handles, app.proxies.clone());
    tracing::info!(handles, connections = bounds.all(), per_address = bounds.per_address(), "connections are bounded");
    let metrics = metrics::tell(&app, config.metrics_listen, &bounds)?;
    announce(&config, listener.local_addr()?, demo.as_ref());
    answer(&app, listener, stop, config.drain, tell, bounds).await;
    if let Some((jobs, batches)) = workers {
        jobs.await?;
        batches.await?;
    }
    if let Some(metrics) = metrics {
        metrics.abort();
    }
    if let Some(demo) = demo {
        demo.shutdown().await;
    }
    app.db.close().await;
    Ok(())
}

/// Answers until told to stop, and then for as long as it takes to finish what is under way.
async fn answer(
    app: &Arc<App>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
    drain: Duration,
    tell: watch::Sender<bool>,
    bounds: Bounds,
) {
    let (leaving, told) = (app.clone(), tell.subscribe());
    let graceful = async move {
        stop.await;
        leaving.stopping.store(true, Ordering::Relaxed);
        // A proxy that asks /readyz sends its people elsewhere before the door is shut.
        tokio::time::sleep(drain).await;
        let _ = tell.send(true);
    };
    tokio::select! {
        () = net::serve(listener, http::router(app), bounds, graceful) => {}
        // A browser that keeps its connection open does not keep us: requests end within their own limit.
        () = late(told) => tracing::warn!("some connections were still open"),
    }
}

async fn late(mut told: watch::Receiver<bool>) {
    let _ = told.wait_for(|stop| *stop).await;
    tokio::time::sleep(Duration::from_secs(20)).await;
}

fn announce(config: &Config, listen: SocketAddr, demo: Option<&Demo>) {
    tracing::info!(%listen, "serving");
    let shop = config.public_url.as_str();
    say!("\n归途 Guitu\n  buyers     {shop}/\n  merchants  {shop}/merchant");
    if let Some(demo) = demo {
        say!("{}", demo.greeting());
    }
}
