//! The demo's own parts: the sandbox gateway beside the shop, a clock that can be moved, and a story for an empty database.

mod accounts;
mod clock;

pub use clock::DemoClock;

use super::command::StartError;
use crate::sandbox::{ClockControl, Sandbox, SandboxConfig, SandboxHandle};
use crate::server::app::App;
use crate::server::clock::MockClock;
use crate::server::config::{Accounts, Config};
use crate::server::seed;
use accounts::DemoAccounts;
use std::sync::Arc;

/// Starts the sandbox and connects the shop to it.
pub async fn start_sandbox(app: &mut App, config: &Config, clock: &Arc<DemoClock>) -> Result<SandboxHandle, StartError> {
    let accounts = DemoAccounts::kept_in(&config.data_dir)?;
    let mut sandbox = SandboxConfig::new(
        config.sandbox.listen,
        config.sandbox.database_url.as_str(),
        config.public_url.as_str(),
        clock.clone() as Arc<dyn ClockControl>,
    );
    (sandbox.wechat, sandbox.alipay) = (Some(accounts.at_wechat()?), Some(accounts.at_alipay()?));
    let handle =
        Sandbox::start(sandbox).await.map_err(|error| format!("cannot start the sandbox gateway on {}: {error}", config.sandbox.listen))?;
    let (wechat, alipay) = (accounts.of_wechat(&handle.base_url)?, accounts.of_alipay(&handle.base_url)?);
    app.gateways = Accounts { wechat: Some(wechat), alipay: Some(alipay) }.gateways()?;
    Ok(handle)
}

/// Fills the database if no shop is in it; `true` if it did. Meanwhile the sandbox lives in the time of the story.
pub async fn tell_story(app: &Arc<App>, sandbox: &SandboxHandle, clock: &DemoClock) -> Result<bool, StartError> {
    let past = Arc::new(MockClock::at(app.now()));
    clock.follow(Some(past.clone()));
    let told = seed::demo_if_empty(app, past, &sandbox.base_url).await;
    clock.follow(None);
    told.map_err(|error| format!("the demo shop could not be set up: {error:?}").into())
}
