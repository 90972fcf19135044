//! The demo's own parts: the sandbox gateway beside the shop, and a clock that can be moved.

use super::command::StartError;
use crate::sandbox::{ClockControl, Sandbox, SandboxConfig, SandboxHandle};
use crate::server::app::App;
use crate::server::clock::{Clock, SystemClock};
use crate::server::config::{Config, Origin, SandboxKey};
use crate::server::jobs;
use crate::server::payments::sandbox::{SandboxGateway, SandboxSettings};
use crate::server::payments::{Gateway, Gateways};
use async_trait::async_trait;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

const KEY_ID: &str = "demo";

/// The machine's clock, moved by an offset that outlives the process: what happened in a moved future stays past.
pub struct DemoClock {
    clock: Arc<SystemClock>,
    file: PathBuf,
    /// Known once the shop stands: what falls due by a move happens before the move is answered.
    app: OnceLock<Arc<App>>,
}

impl DemoClock {
    /// Goes on with the offset that an earlier process left.
    pub fn kept_in(folder: &std::path::Path) -> Self {
        let file = folder.join("clock-offset");
        let offset = std::fs::read_to_string(&file).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0);
        Self { clock: Arc::new(SystemClock::shifted(offset)), file, app: OnceLock::new() }
    }

    pub fn clock(&self) -> Arc<dyn Clock> {
        self.clock.clone()
    }

    /// From now on moves let this shop's clocks fire.
    pub fn drives(&self, app: &Arc<App>) {
        let _ = self.app.set(app.clone());
    }
}

#[async_trait]
impl ClockControl for DemoClock {
    fn now(&self) -> i64 {
        self.clock.now().0
    }

    async fn advance(&self, ms: i64) -> Result<i64, String> {
        let offset = self.clock.advance(ms);
        std::fs::write(&self.file, offset.to_string()).map_err(|error| error.to_string())?;
        if let Some(app) = self.app.get() {
            jobs::run_due(app).await.map_err(|error| error.to_string())?;
        }
        Ok(self.now())
    }
}

/// Starts the sandbox and connects the shop to it.
pub async fn start_sandbox(app: &mut App, config: &Config, clock: &Arc<DemoClock>) -> Result<SandboxHandle, StartError> {
    let key = SandboxKey::kept_in(&config.data_dir)?.as_bytes().to_vec();
    let sandbox = SandboxConfig::new(
        config.sandbox.listen,
        config.sandbox.database_url.as_str(),
        KEY_ID,
        key.clone(),
        config.public_url.as_str(),
        clock.clone() as Arc<dyn ClockControl>,
    );
    let handle =
        Sandbox::start(sandbox).await.map_err(|error| format!("cannot start the sandbox gateway on {}: {error}", config.sandbox.listen))?;
    let settings = SandboxSettings { base_url: handle.base_url.clone(), key_id: KEY_ID.to_owned(), key, timeout: Duration::from_secs(5) };
    let gateway: Arc<dyn Gateway> = Arc::new(SandboxGateway::new(&settings)?);
    app.gateways = Gateways { wechat: Some(gateway.clone()), alipay: Some(gateway) };
    app.cashier_origins = vec![Origin::parse("sandbox", &handle.base_url)?.as_str().to_owned()];
    Ok(handle)
}
