//! In the demo's place where the program was built without it: no sandbox gateway, no seeds, no clock that can be moved.
//! What asks for them is refused.

#![expect(clippy::unused_async, reason = "the demo's functions do wait")]

mod size;

use crate::server::app::App;
use crate::server::clock::Clock;
use crate::server::error::{Error, Result as ServerResult};
use crate::server::machinery::config::Config;
use std::sync::Arc;

pub use size::Size;

type DemoError = Box<dyn std::error::Error + Send + Sync>;

const ABSENT: &str = "this program was built without the demo: leave --demo away, or build it with the feature `demo`";

/// There is none.
pub enum Demo {}

impl Demo {
    /// Refuses a configuration that asks for it.
    pub fn asked_for(config: &Config) -> Result<Option<Self>, DemoError> {
        if config.demo { Err(ABSENT.into()) } else { Ok(None) }
    }

    pub fn clock(&self) -> Arc<dyn Clock> {
        match *self {}
    }

    pub async fn connect(&mut self, _: &mut App, _: &Config) -> Result<(), DemoError> {
        match *self {}
    }

    pub async fn tell_story(&self, _: &Arc<App>) -> Result<bool, DemoError> {
        match *self {}
    }

    pub fn drives(&self, _: &Arc<App>) {
        match *self {}
    }

    pub fn greeting(&self) -> String {
        match *self {}
    }

    pub async fn shutdown(self) {
        match self {}
    }
}

/// Orders are made up by the demo alone.
pub async fn orders_if_empty(_: &Arc<App>, _: Size, _: impl FnMut(usize)) -> ServerResult<bool> {
    Err(Error::Internal(ABSENT.to_owned()))
}
