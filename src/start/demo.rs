//! The demo's own parts: the sandbox gateway beside the shop, and a clock that can be moved.

mod accounts;

use super::command::StartError;
use crate::sandbox::{ClockControl, Sandbox, SandboxConfig, SandboxHandle};
use crate::server::app::App;
use crate::server::clock::{Clock, SystemClock};
use crate::server::config::{Accounts, Config};
use crate::server::jobs;
use crate::server::payments::calling::TIMEOUT;
use crate::server::payments::sandbox::{SandboxGateway, SandboxSettings};
use accounts::DemoAccounts;
use async_trait::async_trait;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

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
    let accounts = DemoAccounts::kept_in(&config.data_dir)?;
    let key = config.data_dir.display().to_string().into_bytes();
    let mut sandbox = SandboxConfig::new(
        config.sandbox.listen,
        config.sandbox.database_url.as_str(),
        "demo",
        key.clone(),
        config.public_url.as_str(),
        clock.clone() as Arc<dyn ClockControl>,
    );
    sandbox.alipay = Some(accounts.at_alipay()?);
    let handle =
        Sandbox::start(sandbox).await.map_err(|error| format!("cannot start the sandbox gateway on {}: {error}", config.sandbox.listen))?;
    let settings = SandboxSettings { base_url: handle.base_url.clone(), key_id: "demo".to_owned(), key, timeout: TIMEOUT };
    let shop = Accounts { wechat: None, alipay: Some(accounts.of_alipay(&handle.base_url)?) };
    app.gateways = shop.gateways()?;
    app.gateways.wechat = Some(Arc::new(SandboxGateway::new(&settings)?));
    Ok(handle)
}
