//! The demo's own parts: the sandbox gateway beside the shop, a clock that can be moved, and a story for an empty database.
//! `absent.rs` stands in its place where the program is built without the feature `demo`, with the same functions.

mod accounts;
mod clock;
pub mod sandbox;
pub mod seed;
mod size;

use crate::http::assets;
use crate::server::app::App;
use crate::server::clock::{Clock, MockClock};
use crate::server::machinery::config::{Accounts, Config};
use crate::server::shop::seeded;
use accounts::DemoAccounts;
use clock::DemoClock;
use sandbox::{ClockControl, Sandbox, SandboxConfig, SandboxHandle};
use std::sync::Arc;

pub use seed::bulk::orders_if_empty;
pub use size::Size;

type DemoError = Box<dyn std::error::Error + Send + Sync>;

/// A demo that was asked for: its clock from the beginning, its sandbox once the shop stands.
pub struct Demo {
    clock: Arc<DemoClock>,
    sandbox: Option<SandboxHandle>,
}

impl Demo {
    /// The demo, if the configuration says so. `make dev` names the folder of the style sheets that are worked on.
    pub fn asked_for(config: &Config) -> Result<Option<Self>, DemoError> {
        if let Some(styles) = std::env::var_os("GUITU_WORKED_ON_STYLES").filter(|_| config.demo) {
            assets::work_on(styles.into());
        }
        Ok(config.demo.then(|| Self { clock: Arc::new(DemoClock::kept_in(&config.data_dir)), sandbox: None }))
    }

    pub fn clock(&self) -> Arc<dyn Clock> {
        self.clock.clone()
    }

    /// Starts the sandbox and connects the shop to it.
    pub async fn connect(&mut self, app: &mut App, config: &Config) -> Result<(), DemoError> {
        let accounts = DemoAccounts::kept_in(&config.data_dir)?;
        let mut sandbox = SandboxConfig::new(
            config.sandbox.listen,
            config.sandbox.database_url.as_str(),
            config.public_url.as_str(),
            self.clock.clone() as Arc<dyn ClockControl>,
        );
        (sandbox.wechat, sandbox.alipay) = (Some(accounts.at_wechat()?), Some(accounts.at_alipay()?));
        let handle = Sandbox::start(sandbox)
            .await
            .map_err(|error| format!("cannot start the sandbox gateway on {}: {error}", config.sandbox.listen))?;
        let (wechat, alipay) = (accounts.of_wechat(&handle.base_url)?, accounts.of_alipay(&handle.base_url)?);
        app.gateways = Accounts { wechat: Some(wechat), alipay: Some(alipay) }.gateways()?;
        self.sandbox = Some(handle);
        Ok(())
    }

    /// Fills the database if no shop is in it; `true` if it did. Meanwhile the sandbox lives in the time of the story.
    pub async fn tell_story(&self, app: &Arc<App>) -> Result<bool, DemoError> {
        let sandbox = self.sandbox.as_ref().ok_or("the sandbox gateway has not been started")?;
        let past = Arc::new(MockClock::at(app.now()));
        self.clock.follow(Some(past.clone()));
        let told = seed::demo_if_empty(app, past, &sandbox.base_url).await;
        self.clock.follow(None);
        told.map_err(|error| format!("the demo shop could not be set up: {error:?}").into())
    }

    /// From now on moving the demo's clock lets this shop's clocks fire.
    pub fn drives(&self, app: &Arc<App>) {
        self.clock.drives(app);
    }

    /// What whoever started it wants to know.
    pub fn greeting(&self) -> String {
        let sandbox = self.sandbox.as_ref().map_or("", |sandbox| sandbox.base_url.as_str());
        format!(
            "  sandbox    {sandbox}/   (gateway, faults, clock)\n\n  demo log-ins, password {} for all\n  \
             buyers     13800000001 … 13800000005\n  staff      owner  service  warehouse  finance\n",
            seeded::PASSWORD
        )
    }

    pub async fn shutdown(self) {
        if let Some(sandbox) = self.sandbox {
            sandbox.shutdown().await;
        }
    }
}
