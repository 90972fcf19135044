//! `guitu serve`: migrate, seed the demo if it is new, work and answer until told to stop.

use super::command::StartError;
use super::{http, metrics, open};
use crate::demo::Demo;
use crate::server::app::App;
use crate::server::clock::{Clock, SystemClock};
use crate::server::config::Config;
use crate::server::{batches, jobs, seeded, shutdown};
use axum::serve::ListenerExt;
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
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}; choose another with --listen", config.listen))?;
    if let Some(demo) = &mut demo {
        demo.connect(&mut app, &config).await?;
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
    let metrics = metrics::tell(&app, config.metrics_listen).await?;
    announce(&config, listener.local_addr()?, demo.as_ref());
    answer(&app, listener, stop, config.drain, tell).await?;
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
) -> Result<(), StartError> {
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "no TCP_NODELAY");
        }
    });
    let service = http::router(app).into_make_service_with_connect_info::<SocketAddr>();
    let (leaving, told) = (app.clone(), tell.subscribe());
    let graceful = async move {
        stop.await;
        leaving.stopping.store(true, Ordering::Relaxed);
        // A proxy that asks /readyz sends its people elsewhere before the door is shut.
        tokio::time::sleep(drain).await;
        let _ = tell.send(true);
    };
    let serving = async { axum::serve(listener, service).with_graceful_shutdown(graceful).await };
    tokio::select! {
        result = serving => result?,
        // A browser that keeps its connection open does not keep us: requests end within their own limit.
        () = late(told) => tracing::warn!("some connections were still open"),
    }
    Ok(())
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
